"""The directions in which the glyphs of a PDF's page are set: upright or turned, and in horizontal
or vertical lines."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pdfminer.layout import LTChar

_PART_LINES = 3
"""Least number of lines of a part that is turned another way than the rest of its page."""
_LEAST_SLANT = 0.25
"""Rise of a line, by its length, that no scanner's slip makes."""
_RUBY = 0.65
"""Share of the letters' size: smaller ones beside a vertical line give its pronunciation."""


def turns_of(glyphs: Sequence[LTChar]) -> dict[int, int]:
    """Return the degrees, clockwise, by which each glyph must be turned to be upright, by its id;
    white space left out."""
    turns = {}
    for glyph in glyphs:
        a, b, *_ = glyph.matrix
        if not glyph.get_text().isspace():
            turns[id(glyph)] = round(math.degrees(math.atan2(b, a)) / 90) % 4 * 90
    return turns


def slanted(glyphs: Sequence[LTChar]) -> set[int]:
    """Return the ids of glyphs that stand aslant, as a watermark or a stamp does; of none if most
    do."""
    found = set()
    for glyph in glyphs:
        a, b, *_ = glyph.matrix
        if a and b and min(abs(a), abs(b)) > _LEAST_SLANT * max(abs(a), abs(b)):
            found.add(id(glyph))
    return found if len(found) < len(glyphs) / 2 else set()


def turn_of(glyphs: Sequence[LTChar], turns: Mapping[int, int]) -> tuple[int, list[int]]:
    """Return the degrees by which most of these glyphs must be turned, and those of the parts of
    several lines that are turned another way. A line or two in a margin are no such part."""
    lines: dict[int, Counter[int]] = defaultdict(Counter)
    for glyph in glyphs:
        if id(glyph) in turns:
            turn = turns[id(glyph)]
            side, height = (glyph.x0, glyph.width) if turn % 180 else (glyph.y0, glyph.height)
            lines[turn][round(side / max(1.0, height))] += 1
    if not lines:
        return 0, []
    most = max(lines, key=lambda turn: lines[turn].total())
    parts = [
        turn
        for turn, found in lines.items()
        if turn != most and sum(letters > 1 for letters in found.values()) >= _PART_LINES
    ]
    return most, parts


def is_vertical(glyphs: Sequence[LTChar], vertical: set[int]) -> bool:
    """Return whether most of these glyphs are set in vertical lines: by fonts that are vertical, or
    one below the other in the order in which they are painted."""
    if len(vertical) > len(glyphs) / 2:
        return True
    ideographs = sum("\u3040" <= glyph.get_text() <= "\u9fff" for glyph in glyphs)
    if ideographs < max(8, len(glyphs) / 2):
        return False
    below = sum(
        abs(one.x0 - two.x0) < 0.3 * one.size and 0.5 * one.size < one.y0 - two.y0 < 2 * one.size
        for one, two in pairwise(glyphs)
    )
    return below > len(glyphs) / 2


def columns_of(glyphs: Sequence[LTChar]) -> list[list[LTChar]]:
    """Return glyphs as vertical lines, from right to left, each from top to bottom; cut at gaps
    wider than two of them."""
    size = statistics.median(glyph.size for glyph in glyphs)
    found: list[list[LTChar]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -(glyph.x0 + glyph.x1)):
        if glyph.size < _RUBY * size:
            continue
        if found and found[-1][0].x0 + found[-1][0].x1 - glyph.x0 - glyph.x1 < size:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    lines: list[list[LTChar]] = []
    for column in found:
        column.sort(key=lambda glyph: -glyph.y1)
        line = column[:1]
        for one, two in pairwise(column):
            if one.y0 - two.y1 > 2 * size:
                lines.append(line)
                line = []
            line.append(two)
        lines.append(line)
    return lines
