"""Glyphs that are painted more than once, a little apart, to look bold or to cast a shadow."""

from __future__ import annotations

from collections.abc import Sequence

from pdfminer.layout import LTChar

_STEP = 1.6
"""Points, the side of the squares that are compared first: two letters are farther apart."""
_NEAR = 0.13
"""Maximum distance of two paintings of one glyph, in parts of its height."""


def doubled(glyphs: Sequence[LTChar]) -> set[int]:
    """Return the ids of glyphs that repeat one that was painted before at nearly the same place."""
    last: dict[tuple[str, int], float] = {}
    for glyph in glyphs:
        at = (glyph.get_text(), int(glyph.x0 / _STEP))
        if abs(last.get(at, -1e9) - glyph.y0) <= _NEAR * glyph.size:
            return _doubled(glyphs)
        last[at] = glyph.y0
    return set()


def _doubled(glyphs: Sequence[LTChar]) -> set[int]:
    found: set[int] = set()
    painted: dict[tuple[str, int, int], list[LTChar]] = {}
    for glyph in glyphs:
        text, near = glyph.get_text(), _NEAR * glyph.size
        across, along = int(glyph.x0 / _STEP), int(glyph.y0 / _STEP)
        reach = range(-1 - int(near / _STEP), 2 + int(near / _STEP))
        if not text.isspace() and any(
            abs(other.x0 - glyph.x0) <= near and abs(other.y0 - glyph.y0) <= near
            for x in reach
            for y in reach
            for other in painted.get((text, across + x, along + y), ())
        ):
            found.add(id(glyph))
        else:
            painted.setdefault((text, across, along), []).append(glyph)
    return found
