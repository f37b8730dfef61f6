"""The order in which a person reads a page: columns from left to right, each from top to bottom,
with what spans them before or after them; without running heads, footers and page numbers.

Columns are found by cutting the page where white space runs through it (Nagy, Seth and
Viswanathan, "A prototype document image analysis system for technical journals", 1992, call it
the X-Y cut).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from bot.sources.formats.pdf.page_lines import LABEL, Cell, Line, Sheet

MARGIN = 0.13
"""Share of a page's height, at either end, that may hold running heads and footers."""
TABLE_CELLS = 3
CELL_WORDS = 3.5
"""Words per line below which a page with that many lines at each height holds a table, not
columns."""
_LONG_LINE = 5
"""Number of words of a line of running text, at least."""
PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|pág(?:ina)?\.?|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_LABEL = re.compile(LABEL)


def without_furniture(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """Return each page's lines without page numbers and without those that are repeated, apart from
    numbers, on several pages in the same position. A paragraph's line is no such line, nor is a
    heading with a number of its own."""
    body = _usual_size([line for sheet in sheets for line in sheet.lines])
    sheets_with: dict[tuple[str, int], set[int]] = defaultdict(set)
    for sheet in sheets:
        for line in _marginal(sheet):
            sheets_with[_pattern(line, body), round(line.bottom / 6)].add(sheet.number)
    kept = []
    for sheet in sheets:
        furniture = {
            line
            for line in _marginal(sheet)
            if any(
                len(sheets_with.get((_pattern(line, body), round(line.bottom / 6) + d), ())) > 1
                for d in (-1, 0, 1)
            )
        }
        lines = [
            line
            for line in sheet.lines
            if line not in furniture or _is_in_paragraph(line, sheet.lines, furniture)
        ]
        kept.append(_without_number(lines, sheet))
    return kept


def _is_in_paragraph(line: Line, lines: Sequence[Line], furniture: Set[Line]) -> bool:
    """Return whether a line that is repeated on other pages stands right above or below one that is
    not, as in a paragraph."""
    if len(line.text.split()) < _LONG_LINE:
        return False
    return any(
        other not in furniture
        and abs(other.size - line.size) < 0.6
        and len(other.text.split()) >= _LONG_LINE
        and abs(other.left - line.left) < 3 * line.size
        and 0 < abs(other.bottom - line.bottom) < 1.4 * line.size
        for other in lines
    )


def _usual_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _marginal(sheet: Sheet) -> list[Line]:
    return [
        line
        for line in sheet.lines
        if line.bottom > (1 - MARGIN) * sheet.height or line.top < MARGIN * sheet.height
    ]


def _pattern(line: Line, body: float) -> str:
    text = line.text.casefold()
    return text if line.size > 1.12 * body else re.sub(r"\d+", "#", text)


def _without_number(lines: list[Line], sheet: Sheet) -> list[Line]:
    """Return the lines without a page's first or last row if it is a page number, or if it is small
    and holds a page number, an address or a time, as browsers print them."""
    for end in (max, min):
        if not lines:
            return lines
        edge = end(line.bottom for line in lines)
        row = [line for line in lines if abs(line.bottom - edge) < 4]
        others = [line for line in lines if line not in row]
        marginal = edge > (1 - MARGIN) * sheet.height or row[0].top < MARGIN * sheet.height
        size = Counter(line.size for line in lines).most_common(1)[0][0]
        small = all(line.size < 0.9 * size for line in row)
        numbered = [PAGE_NUMBER.fullmatch(line.text) is not None for line in row]
        if marginal and (all(numbered) or (small and (any(numbered) or any(map(_is_print, row))))):
            lines = others
    return lines


def _is_print(line: Line) -> bool:
    return re.search(r"\w+://\S|\d{1,2}:\d\d\b", line.text) is not None


def in_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return one page's lines in reading order, as runs of lines of one column."""
    if not lines:
        return []
    lines = sorted(lines, key=lambda line: (-line.top, line.left))
    gutter = _gutter(lines)
    if gutter is None:
        return [_rows(lines)]
    runs: list[list[Line]] = []
    band: list[Line] = []
    for line in lines:
        if line.left < gutter - 1 and line.right > gutter + 1:
            runs.extend(_columns(band, gutter))
            band = []
            if runs and _spans(runs[-1], gutter):
                runs[-1].append(line)
            else:
                runs.append([line])
        else:
            band.append(line)
    runs.extend(_columns(band, gutter))
    return runs


def _spans(run: Sequence[Line], gutter: float) -> bool:
    return all(line.left < gutter - 1 and line.right > gutter + 1 for line in run)


def _columns(band: Sequence[Line], gutter: float) -> list[list[Line]]:
    left = [line for line in band if line.right <= gutter + 1]
    right = [line for line in band if line.right > gutter + 1]
    return [*in_order(left), *in_order(right)]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the position of the white space between columns: a vertical strip that few lines
    cross, with several lines on either side next to one another. None if there is one column."""
    if len(lines) < 6:
        return None
    best: tuple[float, float] | None = None
    size = Counter(line.size for line in lines).most_common(1)[0][0]
    words = {line: len(line.text.split()) for line in lines}
    rows = {round(line.bottom / 4) for line in lines}
    if len(lines) >= TABLE_CELLS * len(rows) and sum(words.values()) <= CELL_WORDS * len(lines):
        return None  # a table, however wide
    for start in sorted({round(line.left) for line in lines}):
        at = start - 1.0
        left = [line for line in lines if line.right <= at - 0.5 * size]
        right = [line for line in lines if line.left >= at]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < 3 or crossing > 0.4 * len(lines):
            continue
        if not (_is_column(left, words) and _is_column(right, words)):
            continue
        if _beside(left, right) < 0.5 * min(len(left), len(right)):
            continue
        width = min(line.left for line in right) - max(line.right for line in left)
        score = width - 4 * crossing
        if best is None or score > best[0]:
            best = score, min(line.left for line in right) - width / 2
    return None if best is None else best[1]


def _beside(left: Sequence[Line], right: Sequence[Line]) -> int:
    """Return the number of lines on the right that are at the height of one on the left."""
    bands: list[list[float]] = []  # the heights at which there is any, from below
    for line in sorted(left, key=lambda line: line.bottom):
        if bands and line.bottom <= bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], line.top)
        else:
            bands.append([line.bottom, line.top])
    ends = [top for _, top in bands]
    found = 0
    for line in right:
        ordinal = bisect_right(ends, line.bottom)
        found += ordinal < len(bands) and bands[ordinal][0] < line.top
    return found


def _is_column(lines: Sequence[Line], words: Mapping[Line, int]) -> bool:
    """Return whether lines with these numbers of words read as running text rather than as cells of
    a table."""
    rows = {round(line.bottom / 4) for line in lines}
    return sum(map(words.__getitem__, lines)) >= 3 * len(rows)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Return lines of one column, in which those at one height (cells, a bullet and its text) are
    joined."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last is not None and _on_one_height(last, line):
            one, two = sorted((last, line), key=lambda each: each.left)
            rows[-1] = last._replace(
                text=f"{one.text} {two.text}",
                cells=_beside_each_other(_cells(one), _cells(two)),
                left=one.left,
                right=max(one.right, two.right),
                top=max(one.top, two.top),
                bottom=min(one.bottom, two.bottom),
            )
        else:
            rows.append(line)
    return [row for row in rows if row.text != "•"]  # a sign of its own, and no bullet


def _beside_each_other(one: tuple[Cell, ...], two: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells of a row's halves; what labels a list's item is no cell of its own."""
    if len(one) == 1 and _LABEL.fullmatch(one[0].text):
        first = Cell(f"{one[0].text} {two[0].text}", one[0].left, two[0].right)
        return (first, *two[1:])
    return (*one, *two)


def _cells(line: Line) -> tuple[Cell, ...]:
    return line.cells or (Cell(line.text, line.left, line.right),)


def _on_one_height(one: Line, two: Line) -> bool:
    overlap = min(one.top, two.top) - max(one.bottom, two.bottom)
    apart = one.right <= two.left + 1 or two.right <= one.left + 1
    return apart and overlap > 0.6 * min(one.top - one.bottom, two.top - two.bottom)
