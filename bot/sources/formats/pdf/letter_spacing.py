"""Words whose letters are set apart from one another, for stress or in a heading."""

from __future__ import annotations

import statistics
from itertools import pairwise

from pdfminer.layout import LTAnno, LTChar, LTItem

_LEAST_LETTERS = 6
_LONGEST_WORD = 4
"""Letters that the longest word has, at least: else they are single letters, as in a formula."""
_WIDER = 0.12
"""Difference between the gaps between words and those between letters, in parts of their size."""


def without_letter_spacing(part: list[LTItem]) -> list[LTItem]:
    """Return the letters of a line without the spaces that pdfminer takes the gaps between them
    for, where these are set apart evenly; otherwise unchanged."""
    letters = [each for each in part if isinstance(each, LTChar) and not each.get_text().isspace()]
    spaces = sum(isinstance(each, LTAnno) for each in part)
    if len(letters) < _LEAST_LETTERS or spaces < 0.6 * len(letters):
        return part
    if any(letter.get_text() >= "\u2e80" for letter in letters):
        return part  # ideographs
    gaps = [two.x0 - one.x1 for one, two in pairwise(letters)]
    usual = statistics.median_low(gaps)
    kept: list[LTItem] = []
    last: LTChar | None = None
    for item in part:
        if isinstance(item, LTAnno):
            continue
        if isinstance(item, LTChar) and not item.get_text().isspace():
            if last is not None and item.x0 - last.x1 > usual + _WIDER * item.size:
                kept.append(LTAnno(" "))
            last = item
        kept.append(item)
    text = "".join(item.get_text() for item in kept if isinstance(item, LTChar | LTAnno))
    words = text.split()
    longest = max(map(len, words))
    return kept if longest >= _LONGEST_WORD else part
