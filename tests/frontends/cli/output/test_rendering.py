"""Output to a terminal, and to a pipe."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.answer import Answer, AnswerKind, Match, NearTitle, Repair
from bot.core.article import Head, Span
from bot.core.passage import Passage
from bot.core.passages.citation import Citation
from bot.frontends.cli.output.answer_text import answer_as_text
from bot.frontends.cli.output.terminal import (
    emphasised,
    indented,
    is_colourful,
    json_text,
    printable,
    progress_bar,
    style,
    wrapped,
)

ANY_TEXT = st.text(st.characters(), max_size=300)


class Terminal(io.StringIO):
    """A stream that says that a person looks at it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 40 columns with colours, as standard output and standard error. No fixture,
    for pytest has streams of its own for each phase of a test."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "20")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return stream


@given(ANY_TEXT)
@example("\x00\x07\x08\r\x1b[31m\x7f\x9b0m\u202e\u2066\u2028\u061c\ufeff\U000e0067\ud800")
def test_nothing_that_commands_a_terminal_is_left(text: str) -> None:
    shown = printable(text)
    kept = {"\n", "\t", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad"}
    for char in shown:
        assert char in kept or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    assert printable(shown) == shown


@pytest.mark.parametrize(
    "text", ["Größe", "नमस्ते", "می‌خواهم", "👩‍👩‍👧", "שלום", "a\tb\nc", "\u00a0"]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252"])
@given(value=VALUES)
@example(value="é\x9b\u202e\U0001f600\ud800\x7f")
def test_json_reads_back_and_commands_nothing(encoding: str, value: object) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        text = json_text(value)
    text.encode(encoding)
    assert {char for char in text if not char.isprintable()} <= {"\n"}
    assert json.loads(text) == json.loads(json.dumps(value))


@given(ANY_TEXT, st.integers(0, 20))
def test_wrapping_moves_no_character(text: str, indent: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", Terminal())
        patch.setenv("COLUMNS", "40")
        lines = wrapped(text, indent)
    assert len(lines) == len(text)
    assert {(old, new) for old, new in zip(text, lines, strict=True) if old != new} <= {(" ", "\n")}


def test_wrapping_keeps_to_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    open_terminal(monkeypatch)
    text = "one two three four five six seven eight nine ten " * 5
    assert max(map(len, wrapped(text).split("\n"))) <= 40
    assert max(map(len, wrapped(text, 10).split("\n"))) <= 30
    assert wrapped("x" * 100) == "x" * 100


def test_a_pipe_wraps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    text = "word " * 100
    assert wrapped(text) == text
    assert style("text", "bold") == "text"


@pytest.mark.parametrize(
    ("name", "value", "colourful"),
    [
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "", True),
        ("TERM", "dumb", False),
        ("TERM", "xterm", True),
    ],
)
def test_who_gets_colours(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, colourful: bool
) -> None:
    terminal = open_terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    assert is_colourful(terminal) is colourful
    assert (style("text", "bold") == "\x1b[1mtext\x1b[0m") is colourful
    assert style("", "bold") == ""


def test_the_sentence_is_bold_and_what_matched_is_underlined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_terminal(monkeypatch)
    arguments = ("No. A red \x1b fox. No.", Span(4, 16), [Span(0, 2), Span(6, 9), Span(12, 15)])
    assert emphasised(*arguments) == (
        "No. \x1b[1mA \x1b[0m\x1b[1;4mred\x1b[0m\x1b[1m \\u001b \x1b[0m\x1b[1;4mfox\x1b[0m"
        "\x1b[1m.\x1b[0m No."
    )
    monkeypatch.setenv("NO_COLOR", "1")
    assert emphasised(*arguments) == "No. **A red \\u001b fox.** No."


def test_indenting_leaves_no_space_at_a_lines_end() -> None:
    assert indented("a\n\nb") == "  a\n\n  b"


def test_progress_is_shown_to_people_only(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)

    def work() -> str:
        with progress_bar("reading") as report:
            for done in range(1, 4):
                if report is not None:
                    report(done, 3)
        return terminal.getvalue()

    monkeypatch.setenv("TERM", "dumb")
    assert work() == ""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setenv("TERM", "xterm-256color")
    assert work() == ""
    monkeypatch.setattr(sys, "stderr", terminal)
    assert re.search(r"reading.*3/3", work())


def test_one_thing_is_done_without_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    with progress_bar("reading") as report:
        assert report is not None
        report(1, 1)
    assert terminal.getvalue() == ""


def match(title: str, text: str, link: str | None) -> Match:
    passage = Passage("a", 0, 1, 1, 0, len(text), text, (Span(0, len(text)),), None)
    citation = Citation("a", Head(title), 1, 1, 3, "a#1@00000000", link, 7)
    return Match(passage, citation, Span(0, len(text)), (), 1.0)


def declined(kind: AnswerKind) -> Answer:
    return Answer(
        "q",
        kind,
        confidence=0.1,
        matches=(match("T\x1b", "Text.", "https://example.org/"),),
        unknown=("wh\x1bale", "krill"),
        repairs=(Repair("foks", "fox"),),
        explanation=None,
        nearest=(NearTitle("a", "T\x1b"),),
    )


NOTES = "No article contains: wh\\u001bale, krill.\nSearched for “fox” instead of “foks”.\n"
QUOTED = """\

  **Text.**

— “T\\u001b”
  paragraph 1 of 3, p. 7 · a#1@00000000
  https://example.org/"""


def test_what_is_not_answered_names_the_nearest_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    heading = f"Nothing in the articles answers this.\n{NOTES}"
    assert answer_as_text(declined("none")) == f"{heading}The nearest titles:\n  “T\\u001b” · a"
    assert answer_as_text(declined("none"), with_nearest=True) == (
        f"{heading}The nearest passage, though not an answer:\n{QUOTED}"
    )


def test_an_unsure_answer_is_shown_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    shown = answer_as_text(declined("unsure"))
    assert shown == f"{NOTES}Not sure. The closest passage:\n{QUOTED}"


def test_a_long_word_that_no_article_contains_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    answer = declined("none")._replace(unknown=("a" * 40, "b" * 5000), repairs=(), nearest=())
    assert answer_as_text(answer) == (
        f"Nothing in the articles answers this.\nNo article contains: {'a' * 40}, {'b' * 40}…."
    )


def test_an_earlier_question_is_shown_on_one_short_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    answer = declined("none")._replace(follows="Who\nwas it? " + "x" * 200, unknown=(), repairs=())
    line = answer_as_text(answer).split("\n")[1]
    assert line == f"Taken together with “Who was it? {'x' * 88}…”."


def test_a_reply_stands_in_place_of_a_quotation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    answer = Answer("hi", "talk", 0.0, (), (), (), None, reply="Ask me\x1b.\nNow.")
    assert answer_as_text(answer) == "Ask me\\u001b.\nNow."


def test_a_long_citation_is_wrapped_at_spaces_and_its_link_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_terminal(monkeypatch)
    title = "A title of many words that is longer than the terminal"
    link = "https://example.org/" + "x" * 60
    answer = Answer("q", "answer", 0.9, (match(title, "Text.", link),), (), (), None)
    plain = re.sub(r"\x1b\[[\d;]*m", "", answer_as_text(answer))
    assert plain.split("\n") == [
        "  Text.",
        "",
        "— “A title of many words that is longer",
        "  than the terminal”",
        "  paragraph 1 of 3, p. 7 · a#1@00000000",
        f"  {link}",
    ]


def test_what_is_said_around_quotations_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    open_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    answer = Answer(
        "why?",
        "none",
        0.0,
        (),
        ("marmalade", "zeppelin", "xylophone", "trombone"),
        (Repair("zeppellin", "zeppelin"),),
        None,
        nearest=(NearTitle("ferry", "The ferry"),),
        follows="When does the zeppelin to Zanzibar depart?",
    )
    lines = answer_as_text(answer).split("\n")
    assert max(map(len, lines)) <= 40
    assert "Taken together with “When does the" in lines
    assert "zeppelin to Zanzibar depart?”." in lines
