"""The article that a question means, and what its head tells of it."""

from __future__ import annotations

import pytest

from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

HARBOUR = Head(
    "The harbour of Orlo", "Jo Marsh", "The Quay", "2020-05-01", "https://quay.example/harbour"
)
ARTICLES = {
    "harbour": (HARBOUR, "The harbour was dug by hand. Its master is Rolf Penn."),
    "pool": (
        Head("Rules of the Elmley pool", "Ida Brook", None, "2019"),
        "Nobody may dive from the edge. The pool opens at six. All signs are written in red.",
    ),
    "choir": (
        Head("Choir changes its statutes again", "Pim Vos"),
        "The choir sings on Fridays. The old statutes were written by Hanna Lund.",
    ),
    "soup": (Head("Bean soup", "Lea Orr", None, None, "https://pot.example/soup"), "Boil beans."),
}


def library_of(articles: dict[str, tuple[Head, str]]) -> Library:
    store, analyzer = FakeArticleStore(), Languages()
    for slug, (head, text) in articles.items():
        store.save(slug, Draft(head, text))
    found = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    found.refresh()
    return found


@pytest.fixture(scope="module")
def library() -> Library:
    return library_of(ARTICLES)


@pytest.mark.parametrize(
    ("question", "kind", "reply"),
    [
        (
            "link to the harbour article pls",
            "answer",
            "“The harbour of Orlo” was written by Jo Marsh and published by The Quay on "
            "2020-05-01. It can be read at https://quay.example/harbour.\nharbour",
        ),
        (
            "where can I find the original of the bean soup recipe?",
            "answer",
            "“Bean soup” was written by Lea Orr. It can be read at https://pot.example/soup.\nsoup",
        ),
        (
            "what is the source of the soup recipe",
            "answer",
            "“Bean soup” was written by Lea Orr. It can be read at https://pot.example/soup.\nsoup",
        ),
        (
            "link to the article on the pool rules?",
            "none",
            "“Rules of the Elmley pool” was written by Ida Brook and published on 2019. "
            "Nothing is known of its address on the web.\npool",
        ),
        (
            "who wrote the pool rules?",
            "answer",
            "“Rules of the Elmley pool” was written by Ida Brook and published on 2019.\npool",
        ),
        (
            "how recent is the article about the harbour?",
            "answer",
            "“The harbour of Orlo” was written by Jo Marsh and published by The Quay on "
            "2020-05-01.\nharbour",
        ),
        (
            "who wrote this about the harbour, and when?",
            "answer",
            "“The harbour of Orlo” was written by Jo Marsh and published by The Quay on "
            "2020-05-01.\nharbour",
        ),
    ],
)
def test_what_a_head_tells(library: Library, question: str, kind: str, reply: str) -> None:
    answer = library.ask(question)
    assert (answer.kind, answer.reply, answer.unknown) == (kind, reply, ())


@pytest.mark.parametrize(
    "question",
    [
        "who wrote the statutes?",  # an article tells of them, and is none itself
        "who wrote the choir statutes?",
        "who wrote the rules of the harbour?",
        "who wrote this about the harbour mayor?",
        "who wrote the petition of the pool?",
        "where can I find the harbour master?",
    ],
)
def test_what_articles_tell_of_is_not_asked_of_their_heads(library: Library, question: str) -> None:
    assert library.ask(question).reply == ""


def test_what_the_text_says_of_its_rules_goes_before_the_head() -> None:
    rules = (Head("Pool rules", "Ida Brook"), "The pool rules were written by Hanna Lund in 1990.")
    answer = library_of({"pool": rules}).ask("who wrote the pool rules?")
    assert (answer.kind, answer.reply) == ("answer", "")


def test_other_parts_are_asked_of_the_article_before(library: Library) -> None:
    earlier = ["who wrote the pool rules?"]
    written = library.ask("when was it written?", earlier=earlier)  # so are the signs
    assert (written.kind, written.reply[-10:]) == ("answer", "2019.\npool")
    assert library.ask("who is the author of the pool rules?").reply == written.reply
    earlier = ["who is the harbour master?"]
    linked = library.ask("do you have a link?", earlier=earlier)
    assert (linked.kind, linked.follows) == ("answer", earlier[0])
    assert "https://quay.example/harbour" in linked.reply
    assert library.ask("do you have a link?").reply == ""
    unlinked = library.ask("and the link?", earlier=["who wrote the pool rules?"])
    assert unlinked.reply.endswith("Nothing is known of its address on the web.\npool")


def _mills(names: list[str], text: str = "Rye is ground here.") -> dict[str, tuple[Head, str]]:
    return {name: (Head(f"The mill of {name}"), text) for name in names}


def test_of_titles_that_hold_as_much_the_surest_answer_counts() -> None:
    mill = (Head("The mill report of 1990"), "Its wheel was carved by Jon Cole.")
    others = _mills(["Ask", "Birk", "Crane"], "The mill report says that the mill is a mill.")
    library = library_of({**others, "mill": mill})
    answer = library.ask("According to the mill, who carved the wheel?")
    assert [each.citation.slug for each in answer.matches] == ["mill"]


def test_a_whole_title_counts_before_a_part_of_one() -> None:
    whole = (Head("The mill"), "The miller is old.")
    other = (Head("The mill in winter"), "The miller of the mill is called Rolf Penn.")
    library = library_of({"whole": whole, "winter": other})
    answer = library.ask("According to the mill, what is the miller called?")
    assert {each.citation.slug for each in answer.matches} == {"whole"}


def test_words_of_very_many_titles_name_none_of_them() -> None:
    told = (Head("Wheels"), "The wheel was carved by Jon Cole.")
    library = library_of({**_mills(["Ask", "Birk", "Crane", "Dale", "Ekby"]), "wheels": told})
    answer = library.ask("According to the mill, who carved the wheel?")
    assert answer.matches[0].citation.slug == "wheels"
