"""Links that lead to a quotation: URL text fragments.

``url#:~:text=[prefix-,]start[,end][,-suffix]``, as the WICG's "URL Fragment Text Directives"
specification says. A browser takes the first position of ``start`` (as whole words, whatever their
case and accents, after ``prefix`` and before ``suffix`` if they are given), then the first ``end``
after it. Each of the four has to lie within one block of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.core.article import Span
from bot.core.passages.text_on_page import (
    MARK,
    ShownPage,
    fold,
    follows,
    is_edge,
    occurrences,
    skip_space,
)

LONGEST_LINK = 512
"""Characters; what a link button of Discord holds, and no chat cuts."""

_MARKER = ":~:"
_MOST_BEGINNINGS = 5
_HEADING_WORDS = 14
_SHORT_WORDS = 3
# compiled on first use: most answers have no link
_UNIT = r"[^\s，。、；：！？]+[，。、；：！？]*"
_ATTEMPTS = (
    *((8, 0), (5, 0), (8, 4), (5, 4), (12, 8), (3, 0), (3, 3), (2, 2), (1, 2), (1, 0)),
    *((16, 0), (24, 0)),
)
"""Numbers of words at each end of the quotation and in its context, tried in order: the readable
ones first, short and very long ones last."""
_ATTEMPTS_IN_TABLES = ((2, 0), (1, 0), (3, 0), (5, 0), (8, 0), (2, 2), (3, 3), (5, 4), (1, 2))
"""The same within a table: a cell may consist of several blocks, and few words are within one."""
_SHORT_CELL = 3
"""Number of words of a cell that is one block; a longer one may consist of several."""
_CELL = " | "
_GAPS = ("\n", "  ")


def link_to(url: str, text: str, start: int, end: int, limit: int = LONGEST_LINK) -> str:
    """Return a link that leads to ``text[start:end]`` on the page at ``url``.

    ``text`` is the article's, with a line break between two blocks; ``start`` and ``end`` are in
    code points. What comes after the block that follows the quotation changes nothing. Gives the
    plain url where no fragment of at most ``limit`` characters in all leads to just that position.
    """
    return link_into(url, ShownPage(text), start, end, limit)


def link_into(url: str, page: ShownPage, start: int, end: int, limit: int = LONGEST_LINK) -> str:
    """Return the same for one of several links into a page."""
    text = page.shown
    is_table = _CELL in page.text[start:end] and _CELL not in text[start:end]
    attempts = _ATTEMPTS_IN_TABLES if is_table else _ATTEMPTS
    place, _, fragment = url.partition("#")
    fragment, _, directive = fragment.partition(_MARKER)
    plain = f"{place}#{fragment}" if fragment else place if directive else url
    beginnings = _beginnings(text, start, end, is_table)
    if is_table:
        beginnings.sort(key=lambda span: _line_words(text, span) > _SHORT_CELL)
    quotations = [_Quotation.within(page, *span) for span in beginnings]
    for has_context in (False, True):
        for quoted in quotations:
            if not quoted.first:
                continue
            for attempt in quoted.directives(attempts, has_context):
                link = f"{place}#{fragment}{_MARKER}text={attempt.encoded()}"
                if len(link) <= limit and quoted.is_found_by(attempt):
                    return link
    return plain


def _beginnings(text: str, start: int, end: int, is_table: bool) -> list[Span]:
    """Return the spans from where the link may begin to its end, the best first. Many pages repeat
    headings, above all in a list of contents, so the text below them is better; where that begins
    with items of a word or two, these may be skipped."""
    whole = start
    below = _below_headings(text, start, end)
    found = [below]
    line_end = text.find("\n", below, end)
    while line_end >= 0 and len(found) < _MOST_BEGINNINGS:
        if not is_table and text[found[-1] : line_end].count(" ") >= _SHORT_WORDS:
            break
        found.append(_skip(text, line_end, end))
        line_end = text.find("\n", found[-1], end)
    if whole != below:
        found.append(_skip(text, whole, end))
    return [Span(at, end) for at in found if at < end]


def _line_words(text: str, span: Span) -> int:
    """Return the number of words in the first line of a span."""
    line_end = text.find("\n", span.start, span.end)
    return len(text[span.start : line_end if line_end >= 0 else span.end].split())


def _below_headings(text: str, start: int, end: int) -> int:
    """Return the offset of the text below the headings with which a quotation begins."""
    start = _skip(text, start, end)
    line_end = text.find("\n\n", start, end)
    while line_end >= 0:
        line = text[start:line_end].rstrip()
        below = _skip(text, line_end, end)
        is_sentence = "\n" in line or line.endswith((".", "!", "?", ":"))
        if is_sentence or line.count(" ") >= _HEADING_WORDS or below >= end:
            break
        start, line_end = below, text.find("\n\n", below, end)
    return start


def _skip(text: str, start: int, end: int) -> int:
    """Return the offset of the next words from ``start`` on."""
    while start < end and (text[start].isspace() or text[start] == MARK):
        start += 1
    return start


class _Directive(NamedTuple):
    """A text directive's parts, as they stand on the page."""

    prefix: str
    start: str
    end: str
    suffix: str

    def encoded(self) -> str:
        parts = [_encode(self.start)]
        if self.prefix:
            parts.insert(0, _encode(self.prefix) + "-")
        if self.end:
            parts.append(_encode(self.end))
        if self.suffix:
            parts.append("-" + _encode(self.suffix))
        return ",".join(parts)


class _Quotation(NamedTuple):
    """A quotation within its page, and the blocks at its ends and next to them."""

    text: str
    page: str
    """The text up to the end of the block after the quotation at least, folded, with a line feed
    between two blocks: nothing is found across it, and what comes later is met after the
    quotation."""
    span: Span
    """Span of the quotation in ``page``."""
    before: Span
    """The block before the quotation, up to it."""
    first: list[Span]
    """The quotation's words in the block in which it begins."""
    last: list[Span]
    """The quotation's words in the block in which it ends; the same list where that is one."""
    after: Span
    """The block after the quotation, from it."""

    @classmethod
    def within(cls, page: ShownPage, start: int, end: int) -> _Quotation:
        text = page.shown
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        first_end, last_start = _line_end(text, start, end), _line_start(text, start, end)
        before = start
        while before and text[before - 1].isspace():
            before -= 1
        after = end
        while after < len(text) and text[after].isspace():
            after += 1
        after_end = text.find("\n", after)
        after_end = after_end if after_end >= 0 else len(text)
        first = _units(text, start, first_end)
        return cls(
            text,
            *page.folded(start, end, after_end),
            Span(_line_start(text, 0, before), before),
            first,
            _units(text, last_start, end) if first_end < end else first,
            Span(after, _line_end(text, after, after_end)),
        )

    def directives(
        self, attempts: tuple[tuple[int, int], ...], has_context: bool
    ) -> Iterator[_Directive]:
        """Yield candidates in the order of the attempts: with words around the quotation, between
        which the page may have words that the article lacks, or without."""
        for size, context in attempts:
            prefix = suffix = ""
            if has_context != bool(context):
                continue
            if context:
                prefix = self._slice(_units(self.text, *self.before)[-context:])
                suffix = self._slice(_units(self.text, *self.after)[:context])
            if self.first is self.last and len(self.first) <= 2 * size:
                start, end = self._slice(self.first), ""
            else:
                start, end = self._slice(self.first[:size]), self._slice(self.last[-size:])
            if prefix and suffix:
                # on the page, a picture's caption or a box may stand on one side of the quotation
                yield _Directive(prefix, start, end, "")
                yield _Directive("", start, end, suffix)
            yield _Directive(prefix, start, end, suffix)

    def is_found_by(self, directive: _Directive) -> bool:
        """Return whether a browser that follows the directive on this page stops at the quotation,
        by the specification's "find a range from a text directive"."""
        prefix, start, end, suffix = folded = tuple(map(fold, directive))
        if (
            not start
            or any(MARK in part for part in directive)
            or any(part and not words for part, words in zip(directive, folded, strict=True))
        ):
            return False
        for at in self._openings(prefix, start, is_whole=bool(end) or not suffix):
            stop = at + len(start)
            if end:
                stop = self._closing(end, suffix, stop)
            elif suffix and not follows(self.page, stop, suffix):
                continue
            return Span(at, stop) == self.span
        return False

    def _openings(self, prefix: str, start: str, is_whole: bool) -> Iterator[int]:
        """Yield the offsets of ``start``, after ``prefix`` if there is one."""
        if not prefix:
            yield from occurrences(self.page, start, 0, is_whole)
            return
        for at in occurrences(self.page, prefix, 0, False):
            after = skip_space(self.page, at + len(prefix))
            if self.page.startswith(start, after) and (
                not is_whole or is_edge(self.page, after + len(start))
            ):
                yield after

    def _closing(self, end: str, suffix: str, start: int) -> int:
        """Return the offset behind the first ``end`` from ``start`` on that ``suffix`` follows; -1
        if there is none."""
        while True:
            at = next(occurrences(self.page, end, start, not suffix), -1)
            if at < 0:
                return -1
            start = at + len(end)
            if not suffix or follows(self.page, start, suffix):
                return start

    def _slice(self, units: list[Span]) -> str:
        return " ".join(self.text[units[0].start : units[-1].end].split()) if units else ""


def _line_end(text: str, start: int, end: int) -> int:
    """Return the offset at which the first line ends, or the first words of a line of code before
    several spaces: a browser finds nothing across those."""
    return min((at for gap in _GAPS if (at := text.find(gap, start, end)) >= 0), default=end)


def _line_start(text: str, start: int, end: int) -> int:
    """Return the offset at which the last line begins, or the last words of a line of code after
    several spaces."""
    for gap in _GAPS:  # the second is looked for within the last line
        if (at := text.rfind(gap, start, end)) >= 0:
            start = at + len(gap)
    return start


def _units(text: str, start: int, end: int) -> list[Span]:
    """Return the words between two offsets; where a script has no spaces, its clauses."""
    return [Span(*match.span()) for match in re.compile(_UNIT).finditer(text, start, end)]


def _encode(words: str) -> str:
    """Return the percent-encoding of a directive's part: beyond what every URL needs, the
    characters that the directive's own grammar uses (``-``, ``,`` and ``&``)."""
    from urllib.parse import quote

    return quote(words.encode("utf-8", "replace"), safe="!$'()*:;=?@/").replace("-", "%2D")
