"""Answers that list the articles of an author, or about something."""

from __future__ import annotations

import pytest

from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.core.conversation.test_named_article import library_of
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

ARTICLES = {
    "otters": (
        Head("Otters return to the Wend", "Ida Brook"),
        "They eat trout. Nobody feeds them.",
    ),
    "mill": (Head("The old mill", "Ida Brook"), "The mill grinds rye for bread."),
    "otter-law": (Head("A law for the otter", "Jo Marsh"), "It passed. Pim Vos wrote two novels."),
    "ovens": (Head("Ovens of Elmley", "Pim Vos, Ann Hill"), "Bread is baked there on Fridays."),
}


@pytest.fixture(scope="module")
def library() -> Library:
    store, analyzer = FakeArticleStore(), Languages()
    for slug, (head, text) in ARTICLES.items():
        store.save(slug, Draft(head, text))
    found = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    found.refresh()
    return found


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        (
            "any articles by Ida Brook?",
            "Articles by Ida Brook:\n“Otters return to the Wend” (otters)\n“The old mill” (mill)",
        ),
        (
            "what did ida brook write?",
            "Articles by Ida Brook:\n“Otters return to the Wend” (otters)\n“The old mill” (mill)",
        ),
        (
            "has Ann Hill written anything here?",
            "Articles by Pim Vos, Ann Hill:\n“Ovens of Elmley” (ovens)",
        ),
    ],
)
def test_the_articles_of_an_author(library: Library, question: str, reply: str) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.reply, answer.matches, answer.unknown) == ("answer", reply, (), ())


@pytest.mark.parametrize("question", ["who is Jo Marsh?", "whos jo marsh", "who was marsh"])
def test_who_an_author_is_of_whom_no_text_tells(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.unknown, answer.repairs) == ("answer", (), ())
    assert answer.reply == "Articles by Jo Marsh:\n“A law for the otter” (otter-law)"


def test_who_somebody_is_whom_a_text_tells_of_is_answered_from_it() -> None:
    text = "Pim Vos is the baker of Elmley. He bakes on Fridays."
    answer = library_of({"baker": (Head("Ovens", "Pim Vos"), text)}).ask("who is Pim Vos?")
    assert (answer.kind, answer.reply) == ("answer", "")


def test_an_author_of_whom_there_is_none(library: Library) -> None:
    answer = library.ask("are there any articles by Hanna Lund?")
    assert (answer.kind, answer.reply) == ("none", "No article is known to be by Hanna Lund.")
    assert library.ask("what did Hanna Lund write?").reply == ""


def test_what_the_text_says_that_somebody_wrote_goes_before_a_list(library: Library) -> None:
    answer = library.ask("what has Pim Vos written?")
    assert (answer.kind, answer.reply) == ("answer", "")
    assert answer.matches[0].citation.slug == "otter-law"


@pytest.mark.parametrize(
    "question",
    [
        "is there an article about otters?",
        "do you have anything on the otter",
        "articles about otter",
    ],
)
def test_the_articles_about_something(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.matches, answer.unknown) == ("talk", (), ())
    assert answer.reply == (
        "Articles with this in their titles:\n“A law for the otter” (otter-law)\n"
        "“Otters return to the Wend” (otters)"
    )


def test_what_no_title_holds_a_text_may_tell_of(library: Library) -> None:
    answer = library.ask("is there an article about bread?")
    assert (answer.kind, answer.reply, answer.unknown) == ("unsure", "", ())
    assert {match.citation.slug for match in answer.matches} == {"mill", "ovens"}
    none = library.ask("is there an article about zebras?")
    assert (none.kind, none.reply, none.unknown) == ("none", "", ("zebras",))
    assert none.question == "is there an article about zebras?"


def test_a_question_to_one_article_asks_for_no_list(library: Library) -> None:
    assert library.ask("do you have anything on the otter?", "mill").reply == ""


def test_an_article_of_a_list_may_be_asked_about_next(library: Library) -> None:
    earlier = ["any articles by Jo Marsh?"]
    assert library.ask("do they eat trout?", earlier=earlier).reply == ""
    written = library.ask("who is its author?", earlier=earlier)
    assert written.reply == "“A law for the otter” was written by Jo Marsh.\notter-law"
