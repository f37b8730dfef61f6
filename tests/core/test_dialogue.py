"""Messages that are no question to the articles."""

from __future__ import annotations

import pytest

from bot.core.answer import Answer
from bot.core.article import Draft, Head
from bot.core.library import Library
from bot.core.shelf import Shelf
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex

FERRY = "The ferry across the bay sails at noon. Its captain is Ada Weld, who bought it in 1990."
MILL = "The mill by the brook grinds rye. It burnt down in 1823, and was built again by Jon Cole."


@pytest.fixture
def library() -> Library:
    store = FakeArticleStore()
    store.save("ferry", Draft(Head("The ferry of Elling"), FERRY))
    store.save("mill", Draft(Head("A mill in the woods"), MILL))
    analyzer = Languages()
    found = Library([Shelf(store, FakeIndex(store, analyzer))], analyzer)
    found.refresh()
    return found


def said(answer: Answer) -> str:
    assert answer.kind == "talk"
    assert not answer.answered
    assert answer.matches == ()
    return answer.reply


def test_small_talk_quotes_nothing(library: Library) -> None:
    assert said(library.ask("hello there!")).startswith("Hello! Ask me about the articles")
    assert "I’m a bot" in said(library.ask("are you human?"))


def test_who_asks_for_articles_gets_their_list(library: Library) -> None:
    assert said(library.ask("what articles do you have?")) == (
        "There are 2 articles to ask about:\n"
        "“A mill in the woods” (mill)\n“The ferry of Elling” (ferry)"
    )


def test_who_asks_for_a_summary_is_told_where_to_read(library: Library) -> None:
    assert said(library.ask("please sum up the article about the mill by the brook")) == (
        "I quote articles, and don’t sum them up. You can open and read: "
        "“A mill in the woods” (mill)"
    )
    assert "(ferry)" in said(library.ask("tl;dr", "ferry"))
    assert "open one" in said(library.ask("tl;dr"))


def test_filler_changes_no_answer_and_is_no_missing_word(library: Library) -> None:
    plain = library.ask("who is the captain of the ferry?")
    polite = library.ask("Hey folks, I'd like to know who the captain of the ferry is, please lol")
    assert plain.kind == polite.kind
    assert polite.unknown == ()
    assert polite.confidence == pytest.approx(plain.confidence, abs=0.05)


def test_the_rest_of_a_long_post_helps(library: Library) -> None:
    post = (
        "Hi all! We spent a week by the bay and took the ferry every day. "
        "My children loved it. Who is its captain? Thanks!"
    )
    answer = library.ask(post)
    assert answer.matches[0].citation.slug == "ferry"
    assert answer.unknown == ()
