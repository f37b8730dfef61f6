"""Nothing in a text takes effect, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontends.discord.cards import escaping
from tests.loopback import markdown
from tests.loopback.markdown import Node

MARKS = st.sampled_from(
    [
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "```",
        "||",
        "\\",
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        "#",
        "-",
        "-# ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        ">>> ",
        "\n",
        "\n\n",
        "  ",
        ":",
        "@everyone",
        "@here",
        "<@1>",
        "<@!1>",
        "<@&1>",
        "<#1>",
        "<t:1:R>",
        "<:e:1>",
        "<a:e:1>",
        ":smile:",
        "</ask:1>",
        "<id:customize>",
        "https://example.com/a_b_c",
        "<https://example.com>",
        "[a](https://b.c)",
        "¯\\_(ツ)_/¯",
        "word",
        "É",
        "🦊",
        "\u202e",
        "<a@b.cd>",
        "<+123>",
        "steam://x/y",
        "!",
    ]
)
HOSTILE = st.one_of(
    st.lists(MARKS, max_size=12).map("".join),
    st.text(max_size=60),
    st.lists(st.one_of(MARKS, st.characters()), max_size=20).map("".join),
)


def shown(text: str) -> str:
    """Return a text as a reader sees it: Discord trims it."""
    return escaping.sendable(text).strip()


@given(HOSTILE)
def test_a_text_shows_as_it_is_and_does_nothing(text: str) -> None:
    escaped = escaping.escape(text)
    expected = (Node("text", shown(text)),) if shown(text) else ()
    assert markdown.parse(escaped) == expected


@given(HOSTILE, HOSTILE, HOSTILE)
def test_bold_is_the_only_markup_around_a_sentence(before: str, bold: str, after: str) -> None:
    bold = "x" + bold.strip() + "x"
    text = f"{escaping.escape(before)}**{escaping.escape(bold)}**{escaping.escape(after)}"
    nodes = markdown.parse(text)
    assert [node for node in nodes if node.kind != "text"] == [
        Node("bold", "", (Node("text", escaping.sendable(bold)),))
    ]
    assert markdown.plain(nodes) == shown(before + bold + after)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("It rose by 5 %.", "It rose by 5 %."),
        ("well-known, 10:30, a #1 hit", "well-known, 10\\:30, a #1 hit"),
        ("# Title", "\\# Title"),
        ("   ## Title", "   \\## Title"),
        ("1. first\n2) second", "1\\. first\n2\\) second"),
        ("- item\n-# small", "\\- item\n\\-# small"),
        ("<@1> and @everyone", "\\<\\@1\\> and \\@everyone"),
        ("see https://example.com/a_b", "see https\\://example.com/a\\_b"),
        ("snake_case **x**", "snake\\_case \\*\\*x\\*\\*"),
        ("a\x00b\ud800c\rd", "a\ufffdb\ufffdc d"),
    ],
)
def test_what_is_escaped(text: str, escaped: str) -> None:
    assert escaping.escape(text) == escaped


@given(HOSTILE, st.integers(1, 80))
def test_a_short_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = escaping.one_line(text, limit)
    assert escaping.length(line) <= limit
    assert "\n" not in line
    line.encode()  # no half of a surrogate pair


@given(st.text(st.sampled_from("a🦊é"), max_size=50), st.integers(0, 60))
def test_a_prefix_is_the_longest_that_fits(text: str, limit: int) -> None:
    kept = escaping.prefix(text, limit)
    assert text.startswith(kept)
    assert escaping.length(kept) <= limit
    if kept != text:
        assert escaping.length(text[: len(kept) + 1]) > limit


@given(HOSTILE)
def test_code_shows_as_it_is(text: str) -> None:
    line = escaping.one_line(text, 1000)
    nodes = markdown.parse(escaping.code(text))
    assert markdown.plain(nodes) == line
    assert markdown.kinds(nodes) <= {"code"}


def test_shortening_ends_at_a_word() -> None:
    assert escaping.shorten("one two three four", 12) == "one two…"
    assert escaping.shorten("short", 12) == "short"
