"""An article's text as a browser shows it on the page, and the search for words in it.

A browser compares without case and accents, and white space as one space; nothing is found across
two blocks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from bot.core.article import Span

MARK = "\0"
"""Stands for what the article has and the page does not: the number of a list's item."""
# compiled on first use: most answers have no link
_ACCENTS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"


class ShownPage:
    """An article's text on its page, for any number of links into it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown = as_on_page(text)
        """As `as_on_page` returns it."""
        self._starts = [0]
        """Where each line of what is shown begins."""
        self._lengths = [0]
        """The length of all lines before it, folded."""
        folded = []
        for line in self.shown.split("\n"):
            block = fold(line)
            folded.append(f"{block}\n" if block else "")
            self._starts.append(self._starts[-1] + len(line) + 1)
            self._lengths.append(self._lengths[-1] + len(folded[-1]))
        self._folded = "".join(folded)

    def folded(self, start: int, end: int, after: int) -> tuple[str, Span]:
        """Return the page as `fold_blocks` does, with what comes before ``after``, where a line
        ends, at least; and where what is shown from ``start`` to ``end`` stands there."""
        line = bisect_right(self._starts, start) - 1
        before = fold(f"{self.shown[self._starts[line] : start]}|")[:-1]
        words = fold_blocks(self.shown[start:end])
        rest = before + words + fold_blocks(f"|{self.shown[end:after]}")[1:]
        begin = self._lengths[line]
        at = begin + len(before)
        is_whole = self._folded.startswith(rest, begin)
        page = self._folded if is_whole else self._folded[:begin] + rest
        return page, Span(at, at + len(words))


def as_on_page(text: str) -> str:
    """Return the text, each character where it was, as it stands on the page: the numbers of an
    ordered list are not part of its items there, and each cell of a table is a block of its own."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    numbers = [_number(line) for line in lines]
    cells = [" | " in line for line in lines]
    if not (any(cells) or any(numbers)):
        return text
    shown = []
    for at, line in enumerate(lines):
        # a blank line parts items that are long
        nearby = [near for near in (at - 2, at - 1, at + 1, at + 2) if 0 <= near < len(lines)]
        if numbers[at] and any(abs(numbers[near] - numbers[at]) == 1 for near in nearby):
            mark = line.index(" ")
            line = MARK * mark + "\n" + line[mark + 1 :]
        if cells[at] and any(cells[near] for near in nearby if abs(near - at) == 1):
            line = line.replace("|", "\n")
        shown.append(line)
    return "\n".join(shown)


def _number(line: str) -> int:
    """Return the number that an ordered list's item begins with; 0 for any other line."""
    mark, space, _ = line[:12].partition(" ")
    digits = mark[:-1]
    is_number = space and mark[-1:] == "." and digits.isascii() and digits.isdecimal()
    return int(digits) if is_number else 0


def occurrences(page: str, words: str, start: int, ends_word: bool) -> Iterator[int]:
    """Yield the offsets of these words from ``start`` on, where a word begins; at the end of one,
    too, if that is required."""
    at = page.find(words, start)
    while at >= 0:
        if is_edge(page, at) and (not ends_word or is_edge(page, at + len(words))):
            yield at
        at = page.find(words, at + 1)


def is_edge(page: str, at: int) -> bool:
    """Return whether a word may begin or end here. Between letters of scripts written without
    spaces it may anywhere."""
    pair = page[max(0, at - 1) : at + 1]
    return len(pair) < 2 or not pair.isalnum() or not pair.isascii()


def skip_space(page: str, at: int) -> int:
    return at + 1 if page.startswith((" ", "\n"), at) else at


def follows(page: str, at: int, words: str) -> bool:
    """Return whether these words come next."""
    at = skip_space(page, at)
    return page.startswith(words, at) and is_edge(page, at + len(words))


def fold_blocks(text: str) -> str:
    return "\n".join(filter(None, map(fold, text.split("\n"))))


def fold(text: str) -> str:
    """Return the text as a browser compares it: white space as one space, no case, no accents."""
    words = text if _is_even(text) else " ".join(text.split())
    if words.isascii():
        return words.lower()
    return re.sub(_ACCENTS, "", unicodedata.normalize("NFD", words.casefold()))


def _is_even(text: str) -> bool:
    """Return whether all white space in the text is single spaces between words. The test is quick,
    because no other white space is printable; False proves nothing."""
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
