"""Drop caps: a paragraph's first letter, set as high as several lines, put back into its word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.sources.formats.pdf.page_lines import Line

_CAPITAL = re.compile(r"[\"“«„‘]?[^\W\d_a-z]")
TIMES_HIGHER = 1.6
"""Least height of a drop cap, as a multiple of a line's."""
_WORDS_ALONE = frozenset("AIOÀÉÓY")
"""Capitals that may be a word of their own."""


def with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page, with each drop cap as the beginning of the line beside it, and
    the lines beside it as long as those below."""
    if not lines:
        return []
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    words = {word.lower() for line in lines for word in re.findall(r"\w+", line.text)}
    found = list(lines)
    for cap in lines:
        if _CAPITAL.fullmatch(cap.text) and cap.size > TIMES_HIGHER * body:
            _put_before(cap, found, body, words)
    return found


def _put_before(cap: Line, found: list[Line], body: float, words: set[str]) -> None:
    beside = [
        line
        for line in found
        if line is not cap
        and abs(line.left - cap.right) < 1.5 * body
        and cap.bottom - 0.3 * body < (line.top + line.bottom) / 2 < cap.top + 0.3 * body
    ]
    if not beside or cap.size < TIMES_HIGHER * beside[0].size:
        return
    first = max(beside, key=lambda line: line.top)
    text = _joined(cap.text, first.text, words)
    found[found.index(first)] = first._replace(text=text, left=cap.left)
    found.remove(cap)
    _widen(cap, found, body)


def _widen(cap: Line, found: list[Line], body: float) -> None:
    """Let the lines beside a drop cap begin at its left edge."""
    for ordinal, line in enumerate(found):
        if (
            cap.left + 0.3 * body < line.left < cap.left + 8 * body
            and line.size < cap.top - cap.bottom
            and cap.bottom - 0.3 * body < (line.top + line.bottom) / 2 < cap.top
        ):
            found[ordinal] = line._replace(left=cap.left)


def _joined(capital: str, rest: str, words: set[str]) -> str:
    """Return the capital and what follows, as one word unless it is more likely a word alone."""
    head = re.match(r"\w+", rest)
    alone = capital[-1] in _WORDS_ALONE and (
        head is None or (head[0].lower() in words and (capital[-1] + head[0]).lower() not in words)
    )
    gap = " " if alone and head is not None and len(head[0]) > 1 and head[0] not in _ENDINGS else ""
    return capital + gap + rest


_ENDINGS = frozenset("t n f s nd ll re ve m d".split())
"""Endings of short words after a capital: "At", "If", "It"."""
