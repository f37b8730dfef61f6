"""Conversion of what was read from any format to Markdown; and the lines above a text that say who
wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from bot.sources.formats.author_lines import is_byline, is_stamp
from bot.sources.formats.dates import find_date
from bot.sources.formats.markdown import escape


class DocumentBlock(Protocol):
    """A block of a document, of whatever format."""

    @property
    def kind(self) -> str:
        """``paragraph``, ``heading``, ``item``, ``quotation``, ``table`` or ``code``."""

    @property
    def level(self) -> int:
        """A list item's number in an ordered list, else 0."""

    @property
    def text(self) -> str:
        """Plain; a table's rows a line each, its cells with ``" | "`` between two."""


def write_body(parts: Sequence[DocumentBlock]) -> str:
    """Return Markdown that reads as these blocks, with lists, quotations and tables."""
    written = []
    for kind, group in groupby(parts, key=lambda part: part.kind):
        members = list(group)
        if kind == "item":
            written.append("\n".join(_item(part) for part in members))
        elif kind == "heading":
            written.extend(f"## {escape(_line(part.text))}" for part in members)
        elif kind == "table":
            written.extend(_table(part.text) for part in members)
        elif kind == "quotation":
            quoted = "\n\n".join(escape(part.text) for part in members)
            written.append("\n".join(f"> {line}".rstrip(" ") for line in quoted.split("\n")))
        elif kind == "code":
            written.extend(fenced(part.text) for part in members)
        else:
            written.extend(escape(part.text) for part in members)
    return "\n\n".join(written)


class Opening(NamedTuple):
    """The facts in the lines above a text."""

    taken: frozenset[int]
    """Ordinals of the lines that say no more than that."""
    author: str | None
    published: str | None


def read_opening(lines: Sequence[str], author: str | None) -> Opening:
    """Read byline and date from a document's first lines. Takes the author if known."""
    taken = set()
    published = None
    for number, line in enumerate(lines[:6]):
        if len(line) > 120:
            continue
        if is_stamp(line) and (date := find_date(line)):
            published = published or date
            taken.add(number)
        elif is_byline(line, (author,) if author else ()):
            author = author or re.sub(r"^\W*(?i:by)\b:?\s+", "", line).strip() or None
            published = published or find_date(line)
            taken.add(number)
    return Opening(frozenset(taken), author, published)


def _line(text: str) -> str:
    return " ".join(text.split())


def _item(part: DocumentBlock) -> str:
    marker = f"{part.level}." if part.level else "-"
    text = escape("\n".join(filter(None, map(_line, part.text.split("\n")))))
    indent = " " * (len(marker) + 1)
    return f"{marker} " + text.replace("\n", f"\n{indent}")


def _table(text: str) -> str:
    rows = [[escape(_line(cell)) for cell in row.split(" | ")] for row in text.split("\n")]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def fenced(text: str) -> str:
    """Return Markdown that reads as these lines of code."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
