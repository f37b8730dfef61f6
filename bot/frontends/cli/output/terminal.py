"""Output to a terminal: styles, wrapped text, a progress bar; none of them in a pipe."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.core.article import Span
from bot.core.light_typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bot.core.seams import Progress

_STYLES = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "cyan": "36"}
MOST_READ = 1_000_000
"""Characters of standard input that are read as a question or a quotation: it may have no end."""
_WIDEST = 100
"""Columns; a longer line is hard to read."""


def is_colourful(stream: TextIO) -> bool:
    """Return whether styles may be written: the output is a terminal that knows them, and NO_COLOR
    is not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, *names: str) -> str:
    """Return the text in these styles on standard output, where it may have any."""
    if not text or not is_colourful(sys.stdout):
        return text
    codes = ";".join(_STYLES[name] for name in names)
    return f"\x1b[{codes}m{text}\x1b[0m"


def printable(text: str) -> str:
    """Return the text without anything that a terminal would take as a command: control characters,
    and those that turn the direction of writing around, are shown as what they are."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or char in "\u200c\u200d\u200e\u200f\u00ad"
        else f"\\u{ord(char):04x}"
        for char in text
    )  # fmt: skip


def json_text(value: object) -> str:
    """Return a value as JSON for standard output. What a terminal would take as a command, and what
    the stream's encoding lacks, is escaped as JSON does, so that it reads back as what it was."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2)
    return re.sub(r"[^\n -~]", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]


def terminal_width() -> int | None:
    """Return the number of columns of the terminal on standard output; None if that is no
    terminal."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def wrapped(text: str, indent: int = 0) -> str:
    """Return the text with spaces turned into line breaks so that it fits a terminal; every
    character stays at its offset. In a pipe the text as it is."""
    columns = terminal_width()
    if columns is None:
        return text
    width = min(columns, _WIDEST) - indent
    characters = list(text)
    line_start, last_space = 0, -1
    for offset, char in enumerate(text):
        if char == "\n":
            line_start, last_space = offset + 1, -1
        elif char == " ":
            last_space = offset
        if offset - line_start >= width and last_space >= 0:
            characters[last_space] = "\n"
            line_start, last_space = last_space + 1, -1
    return "".join(characters)


def emphasised(text: str, sentence: Span, words: Sequence[Span]) -> str:
    """Return a quotation with its answer sentence in bold and the words that matched in it
    underlined; without styles, the sentence between two pairs of asterisks."""
    if not is_colourful(sys.stdout):
        parts = [text[: sentence.start], text[sentence.start : sentence.end], text[sentence.end :]]
        return printable(wrapped("**".join(parts), indent=2))
    text = wrapped(text, indent=2)
    before, after = text[: sentence.start], text[sentence.end :]
    parts = [printable(before)]
    position = sentence.start
    for word in words:
        if sentence.start <= word.start and word.end <= sentence.end:
            parts.append(style(printable(text[position : word.start]), "bold"))
            parts.append(style(printable(text[word.start : word.end]), "bold", "underline"))
            position = word.end
    parts.append(style(printable(text[position : sentence.end]), "bold"))
    return "".join([*parts, printable(after)])


def indented(text: str, prefix: str = "  ") -> str:
    """Return the text with a prefix before each line."""
    return "\n".join(prefix + line if line else prefix.rstrip() for line in text.split("\n"))


def can_ask() -> bool:
    """Return whether there is a user at a terminal who can answer a question."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agrees(question: str) -> bool | None:
    """Ask the user a printable question at the terminal; None, without asking, if there is no
    terminal."""
    if not can_ask():
        return None
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        return False
    return answer.strip().lower() in ("y", "yes")


@contextmanager
def progress_bar(what: str) -> Iterator[Progress | None]:
    """Show a progress bar on standard error during a long task, once it takes longer than a moment;
    yields None, without a bar, if standard error is no terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from bot.frontends.cli.ending import uninterrupted

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # else it would take to itself what goes to a file
    )
    task = bar.add_task(what)
    started = False

    def report(done: int, total: int) -> None:
        nonlocal started
        bar.update(task, completed=done, total=total)
        if not started and total > 1:
            with uninterrupted():  # rich cannot undo half of a start
                bar.start()
                started = True

    try:
        yield report
    finally:
        if started:
            with uninterrupted():
                bar.stop()


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Return a text padded with spaces to this number of a terminal's columns."""
    spaces = " " * (columns - columns_of(text))
    return spaces + text if right else text + spaces


def columns_of(text: str) -> int:
    """Return the columns that a text takes in a terminal: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
