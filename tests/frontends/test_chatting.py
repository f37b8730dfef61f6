"""Lines typed in a chat, and what the Tab key offers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Head
from bot.core.errors import AddressError, BotError
from bot.core.seams import Entry
from bot.frontends.chatting import Request, completions, find_article, parse_line

TITLES = (
    "China and Russia’s North Korea problem",
    "China’s Aluminium Production",
    "The café at the quay",
    "Fish",
    "Fish and chips",
)
ENTRIES = tuple(
    Entry(f"slug-{number}", Head(title), "en", 1, 5) for number, title in enumerate(TITLES)
)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Why?", Request("ask", {"question": "Why?"})),
        ("what does article: mean", Request("ask", {"question": "what does article: mean"})),
        ("/ask Why?", Request("ask", {"question": "Why?"})),
        ("/ask question: Why?", Request("ask", {"question": "Why?"})),
        ("/ask question:Why?", Request("ask", {"question": "Why?"})),
        ("/ask", Request("ask", {})),
        (
            "/ask question: Why is it: a ratio 1:2? article: Fish  private: yes",
            Request(
                "ask", {"question": "Why is it: a ratio 1:2?", "article": "Fish", "private": "yes"}
            ),
        ),
        (
            "/ask article: Fish question: Why?",
            Request("ask", {"article": "Fish", "question": "Why?"}),
        ),
        ("/ask Why? article: Fish", Request("ask", {"question": "Why?", "article": "Fish"})),
        ("/ask question: the particle: x", Request("ask", {"question": "the particle: x"})),
        ("/article Fish", Request("article", {"title": "Fish"})),
        ("/article title: title: x", Request("article", {"title": "x"})),
        ("/articles please", Request("articles", {})),
        ("/help", Request("help", {})),
    ],
)
def test_a_line(line: str, wanted: Request) -> None:
    assert parse_line(line) == wanted


@pytest.mark.parametrize("line", ["/", "/asks", "/ASK x", "/ ask", "/\x1b[31m", "//", "/%s"])
def test_a_command_that_is_none(line: str) -> None:
    name = line[1:].partition(" ")[0]
    with pytest.raises(BotError) as caught:
        parse_line(line)
    assert str(caught.value) == (
        f"there is no command /{name}; there are /ask, /articles, /article, /help"
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
            assert request == Request("ask", {"question": line})


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("slug-0", TITLES[0]),
        ("SLUG-0", TITLES[0]),
        ("china and russia's north korea problem", TITLES[0]),
        (" russia ", TITLES[0]),
        ("cafe", TITLES[2]),
        ("CAFE\u0301 AT", TITLES[2]),
        ("fish", TITLES[3]),
        ("chips", TITLES[4]),
        ("\u202efish", TITLES[3]),
    ],
)
def test_an_article_by_its_title(wanted: str, title: str) -> None:
    assert find_article(ENTRIES, wanted).head.title == title


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ("", "name an article; /articles lists them"),
        (" ", "name an article; /articles lists them"),
        ("\u202e", "name an article; /articles lists them"),
        ("whale", "no article is called “whale”; /articles lists them"),
        (
            "china",
            "several articles are called so: “China and Russia’s North Korea problem”, "
            "“China’s Aluminium Production”; write more of the title",
        ),
    ],
)
def test_an_article_that_is_not_one(wanted: str, error: str) -> None:
    with pytest.raises(AddressError) as caught:
        find_article(ENTRIES, wanted)
    assert str(caught.value) == error


def test_every_title_finds_its_article_and_so_does_its_completion() -> None:
    for entry in ENTRIES:
        assert find_article(ENTRIES, entry.head.title) == entry
    hostile = Entry("evil", Head("\u202eEvil \u2066title"), "en", 1, 1)
    (completed,) = completions("/article title: evil", [hostile.head.title])
    assert completed == (4, "Evil title")
    assert find_article([hostile], completed[1]) == hostile


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("", []),
        ("what", []),
        (
            "/",
            [(1, "/ask "), (1, "/articles "), (1, "/article "), (1, "/help ")],
        ),
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
    assert list(completions(before, TITLES)) == wanted


@given(st.text(), st.lists(st.text()))
def test_a_completion_replaces_what_was_typed(before: str, titles: list[str]) -> None:
    for replaced, _ in completions(f"/ask article:{before}", titles):
        assert 0 <= replaced <= len(before)
