"""A web page as the list of its text blocks, each with the properties that tell body from
trimmings.

A block is what a browser starts on a line of its own: a paragraph, a heading, a list's item, a
table, or bare text between two of them. Words are taken from the page as they stand; white space
is folded as a browser folds it (CSS Text 3, section 4.1), and two line breaks in a row part two
paragraphs. Elements that a browser would not show, and controls, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.list_numbers import ListNumbers
from bot.sources.formats.html.blocks.mathematics import formula
from bot.sources.formats.html.blocks.visibility import footnote_sign, hidden
from bot.sources.formats.html.blocks.wording import count_words
from bot.sources.formats.sentence_ends import CLOSING, MARKS

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr q rb "
    "ruby samp small span strong sub sup time tt u var wbr amp-link".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff\u2028\u2029]+")
_EDIT = re.compile(
    r"\s*\[\s*(?:edit|bearbeiten|modifier|editar|modifica|править|edytuj|bewerken|redigera|rediger"
    r"|編集|编辑|編輯)(?:\s*[|·]\s*[\w ]{2,30})?\s*\]$|\s*\[edit source\]$",
    re.IGNORECASE,
)
"""A wiki's link to the editor of a chapter, at the end of its heading."""
_HEADING_WORDS = 8
"""Most words of a line that is a heading within an item of a list."""
BREAK = "\N{INFORMATION SEPARATOR TWO}"
"""Represents one <br> while a block's text is gathered; removed from the text of a page."""


class PageBlock(NamedTuple):
    """One block of a page, in the page's order."""

    kind: str
    """``paragraph``, ``heading``, ``item``, ``quotation``, ``table`` or ``code``."""
    level: int
    """A heading's level from 1; a list item's number in an ordered list, 0 in any other."""
    text: str
    words: int
    linked: int
    """Number of its words that are links to another page."""
    element: HtmlElement
    """The innermost block-level element around it."""


def blocks_of(root: HtmlElement) -> list[PageBlock]:
    """Return all blocks that a browser would show, in order. Takes a page's tree, or a part of
    it."""
    return list(_Walker().walk(root))


class TextRun(NamedTuple):
    """A run of text within a block."""

    text: str
    linked: bool
    named: HtmlElement | None
    """The outermost inline element around it that bears a class or an id."""


class _Walker:
    """Gathers runs of inline text and hands out a block wherever a block-level element ends one."""

    def __init__(self) -> None:
        self._parts: list[TextRun] = []
        self._named: HtmlElement | None = None
        self._numbers = ListNumbers()

    def walk(self, root: HtmlElement) -> Iterator[PageBlock]:
        yield from self._visit(root, root, "paragraph", 0, linked=False)
        yield from self._flush(root, "paragraph", 0)

    def _visit(
        self, element: HtmlElement, holder: HtmlElement, kind: str, level: int, linked: bool
    ) -> Iterator[PageBlock]:
        """Walk one element; ``holder`` is the block-level element that contains it."""
        tag = element.tag
        if not isinstance(tag, str):
            return
        if tag == "math" or "mwe-math-element" in (element.get("class") or ""):
            self._formula(element, linked)
            return
        if element is not holder and hidden(element):
            return
        if sign := footnote_sign(element):
            self._parts.append(TextRun(f"[{sign}]", False, self._named))
            return
        if tag == "br":
            self._parts.append(TextRun(BREAK, linked, self._named))
            return
        if tag == "hr":
            yield from self._flush(holder, kind, level)
            return
        if tag == "a":
            linked = linked or leads_away(element)
        inline = tag in INLINE or ("-" in tag and not _holds_blocks(element))
        if inline and element is not holder:
            outer = self._named
            if outer is None and (element.get("class") or element.get("id")):
                self._named = element
            if tag == "q":
                self._parts.append(TextRun("“", linked, self._named))
            yield from self._children(element, holder, kind, level, linked)
            if tag == "q":
                self._parts.append(TextRun("”", linked, self._named))
            self._named = outer
            return
        yield from self._flush(holder, kind, level)
        if tag == "table" and (rows := data_table(element)):
            for caption in element.iterchildren("caption"):
                yield from self._visit(caption, caption, "paragraph", 0, linked=False)
            text = "\n".join(" | ".join(row) for row in rows)
            words = count_words(text) - text.count(" | ")
            links = sum(
                count_words(str(a.text_content())) for a in element.iter("a") if leads_away(a)
            )
            yield PageBlock("table", 0, text, words, links, element)
            return
        if tag == "pre":
            text = _lines(element).strip("\n").rstrip()
            if text.strip():
                yield PageBlock("code", 0, text, count_words(text), 0, element)
            return
        kind, level = self._kind(element, kind, level)
        yield from self._children(element, element, kind, level, linked)
        yield from self._flush(element, kind, level)

    def _kind(self, element: HtmlElement, kind: str, level: int) -> tuple[str, int]:
        tag = element.tag
        if tag in HEADINGS:
            return "heading", HEADINGS[tag]
        if element.get("role") == "heading":
            return "heading", 2
        if tag == "summary":
            return "heading", 3
        if tag in ("li", "dd", "dt"):
            return "item", self._numbers.of(element)
        if tag == "blockquote":
            return "quotation", 0
        if tag in ("p", "div") and kind in ("quotation", "item"):
            return kind, level
        if kind == "heading" and tag in ("div", "p", "center"):
            return kind, level
        return "paragraph", 0

    def _formula(self, element: HtmlElement, linked: bool) -> None:
        """Take in a formula, which may be hidden beside a picture of it."""
        for math in element.iter("math", "{*}math"):
            self._parts.append(TextRun(formula(math), linked, self._named))
            return
        for picture in element.iter("img"):
            self._parts.append(TextRun(picture.get("alt") or "", linked, self._named))

    def _children(
        self, element: HtmlElement, holder: HtmlElement, kind: str, level: int, linked: bool
    ) -> Iterator[PageBlock]:
        if element.text:
            self._parts.append(TextRun(element.text, linked, self._named))
        for child in element:
            yield from self._visit(child, holder, kind, level, linked)
            if child.tail:
                self._parts.append(TextRun(child.tail, linked, self._named))

    def _flush(self, holder: HtmlElement, kind: str, level: int) -> Iterator[PageBlock]:
        parts, self._parts = self._parts, []
        if not parts:
            return
        end = TextRun(BREAK, False, None)
        run: list[TextRun] = []
        breaks = 0
        for piece in [*parts, end, end]:
            if piece.text == BREAK:
                breaks += 1
                if breaks == 1:
                    run.append(piece)
                elif run:
                    yield from _block(run, holder, kind, level)
                    run = []
                continue
            if SPACE.sub("", piece.text):
                breaks = 0
            run.append(piece)


def _block(run: list[TextRun], holder: HtmlElement, kind: str, level: int) -> Iterator[PageBlock]:
    """Yield one run of text as a block, or as several if its line breaks separate paragraphs."""
    whole = SPACE.sub(" ", "".join(piece.text for piece in run)).strip(" " + BREAK)
    if not whole:
        return
    written = [p for p in run if p.text != BREAK and not p.text.isspace()]
    named = {piece.named for piece in written}
    element = next(iter(named)) if len(named) == 1 and holder.tag not in HEADINGS else None
    element = holder if element is None else element
    linked = sum(count_words(piece.text) for piece in written if piece.linked)
    lines = [line for line in (part.strip() for part in whole.split(BREAK)) if line]
    if kind == "paragraph" and len(lines) > 1 and _are_paragraphs(lines):
        for line in lines:
            share = round(linked * len(line) / len(whole))
            yield PageBlock(kind, level, line, count_words(line), share, element)
        return
    text = _joined(lines, kind)
    if kind == "heading":
        text = _EDIT.sub("", text)
    yield PageBlock(kind, level, text, count_words(text), linked, element)


def _joined(lines: list[str], kind: str) -> str:
    """Return the lines of a block as its text. Those of an item stay lines where one is meant to
    begin: after what ends as a sentence or is as short as a heading, with a capital."""
    if kind in ("paragraph", "quotation"):
        return "\n".join(lines)
    text = lines[0]
    for last, line in pairwise(lines):
        ended = last[-1] in MARKS or len(last.split()) <= _HEADING_WORDS
        is_line = kind == "item" and ended and not line[0].islower()
        text += f"\n{line}" if is_line else f" {line}"
    return text


def _are_paragraphs(lines: list[str]) -> bool:
    """Return whether lines separated by single line breaks are paragraphs: long ones that end as
    sentences do, or long ones with short ones between them. Those of a poem or an address are
    not."""
    ended = sum(line[-1] in MARKS + CLOSING for line in lines)
    mixed = max(map(len, lines)) > 100 and min(map(len, lines)) < 60
    return mixed or (ended >= 0.7 * len(lines) and sum(map(len, lines)) / len(lines) > 100)


def _lines(element: HtmlElement) -> str:
    """Return the text of preformatted lines, with a line break where an element begins or ends
    one."""
    parts: list[str] = []

    def visit(part: HtmlElement) -> None:
        if not isinstance(part.tag, str) or (part is not element and hidden(part)):
            return
        edge = BREAK if part.tag in ("div", "p", "li", "tr") else ""
        parts.append("\n" if part.tag == "br" else edge + (part.text or ""))
        for child in part:
            visit(child)
            parts.append(child.tail or "")
        parts.append(edge)

    visit(element)
    return re.sub(rf"\n?(?:{BREAK}\n?)+", "\n", "".join(parts))


def leads_away(link: HtmlElement) -> bool:
    """Return whether a link leads to another page, not to an anchor on this one."""
    href = (link.get("href") or "").strip()
    return bool(href) and not href.startswith("#")


def _holds_blocks(element: HtmlElement) -> bool:
    return any(
        isinstance(child.tag, str) and child.tag not in INLINE and not hidden(child)
        for child in element.iterdescendants()
    )


def data_table(table: HtmlElement) -> list[list[str]]:
    """Return the rows of a table that holds data, each a list of its cells' texts; empty if the
    table only lays out a page (a table in it, long cells, a single column)."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return []
    rows = []
    for row in table.iter("tr"):
        cells = [
            " ".join(block.text for block in blocks_of(cell)).replace("\n", " ")
            for cell in row
            if cell.tag in ("td", "th")
        ]
        if any(cells):
            rows.append(cells)
    wide = sum(len(row) > 1 for row in rows)
    longest = max((len(cell.split()) for row in rows for cell in row), default=0)
    if len(rows) < 2 or wide < len(rows) / 2 or longest > 60:
        return []
    return rows
