"""Lines typed in a chat, and what the Tab key offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BotError
from bot.frontends.cli.chat.chat_lines import TypedCommand, completions, parse_line
from bot.service.shelves.titles import Found, Title, Titles
from tests.fakes.titled_articles import titled_articles
from tests.wording import worded

TITLES = (
    "China and Russia’s North Korea problem",
    "China’s Aluminium Production",
    "The café at the quay",
    "Fish",
    "Fish and chips",
)


def titles_of(titles: Iterable[str]) -> Titles:
    """The titles of articles that are called so."""
    return Titles(titled_articles(Title(str(n), title) for n, title in enumerate(titles)))


def offered(titles: Titles) -> Callable[[str], list[Title]]:
    """The completer of titles."""
    return partial(titles.complete, limit=25)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Why?", TypedCommand("ask", {"question": "Why?"})),
        ("what does article: mean", TypedCommand("ask", {"question": "what does article: mean"})),
        ("/ask Why?", TypedCommand("ask", {"question": "Why?"})),
        ("/ask question: Why?", TypedCommand("ask", {"question": "Why?"})),
        ("/ask question:Why?", TypedCommand("ask", {"question": "Why?"})),
        ("/ask", TypedCommand("ask", {})),
        (
            "/ask question: Why is it: a ratio 1:2? article: Fish  private: yes",
            TypedCommand(
                "ask", {"question": "Why is it: a ratio 1:2?", "article": "Fish", "private": "yes"}
            ),
        ),
        (
            "/ask article: Fish question: Why?",
            TypedCommand("ask", {"article": "Fish", "question": "Why?"}),
        ),
        ("/ask Why? article: Fish", TypedCommand("ask", {"question": "Why?", "article": "Fish"})),
        ("/ask question: the particle: x", TypedCommand("ask", {"question": "the particle: x"})),
        ("/article Fish", TypedCommand("article", {"title": "Fish"})),
        ("/article title: title: x", TypedCommand("article", {"title": "x"})),
        ("/articles please", TypedCommand("articles", {})),
        ("/help", TypedCommand("help", {})),
    ],
)
def test_a_line(line: str, wanted: TypedCommand) -> None:
    assert parse_line(line) == wanted


@pytest.mark.parametrize("line", ["/", "/asks", "/ASK x", "/ ask", "/\x1b[31m", "//", "/%s"])
def test_a_command_that_is_none(line: str) -> None:
    name = line[1:].partition(" ")[0]
    with pytest.raises(BotError) as caught:
        parse_line(line)
    assert worded(caught.value) == (
        f"there is no command /{name}; there are /ask, /articles, /article, /help, /nearest, /quit"
    )


@given(st.text())
def test_every_line_is_a_request_or_an_error(line: str) -> None:
    try:
        request = parse_line(line)
    except BotError:
        assert line.startswith("/")
    else:
        assert request.command in ("ask", "articles", "article", "help")
        if not line.startswith("/"):
            assert request == TypedCommand("ask", {"question": line})


def test_a_completion_shows_what_it_writes() -> None:
    hostile = Titles(titled_articles([Title("evil", "\u202eEvil \u2066title")]))
    assert list(completions("/article title: evil", offered(hostile))) == [(4, "Evil title")]
    assert hostile.resolve("Evil title") == Found(
        Title("evil", "\u202eEvil \u2066title"), is_exact=True
    )


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("", []),
        ("what", []),
        ("/", [(1, "/ask "), (1, "/articles "), (1, "/article "), (1, "/help ")]),
        ("/ar", [(3, "/articles "), (3, "/article ")]),
        ("/zz", []),
        ("/zz x", []),
        ("/help ", []),
        ("/article ", [(0, "title: ")]),
        ("/article ti", [(2, "title: ")]),
        ("/ask ", [(0, "question: "), (0, "article: "), (0, "private: ")]),
        ("/ask question: Why? a", [(1, "article: ")]),
        ("/ask question: Why? article: fi", [(2, "Fish"), (2, "Fish and chips")]),
        ("/ask question: Why? article: Fish", [(4, "Fish and chips")]),
        ("/article title: CAFE", [(4, "The café at the quay")]),
        ("/article title: chi", [(3, TITLES[0]), (3, TITLES[1]), (3, TITLES[4])]),
        ("/article title: whale", []),
    ],
)
def test_completions(before: str, wanted: list[tuple[int, str]]) -> None:
    assert (
        list(
            completions(
                before,
                offered(
                    Titles(titled_articles(Title(str(n), title) for n, title in enumerate(TITLES)))
                ),
            )
        )
        == wanted
    )


@given(st.text(), st.lists(st.text()))
def test_a_completion_replaces_what_was_typed(before: str, titles: list[str]) -> None:
    for replaced, _ in completions(
        f"/ask article:{before}",
        offered(Titles(titled_articles(Title(str(n), title) for n, title in enumerate(titles)))),
    ):
        assert 0 <= replaced <= len(before)
