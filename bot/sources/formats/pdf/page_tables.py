"""The tables of a PDF's pages: lines whose pieces stand below one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.sources.formats.pdf.page_lines import Cell, Line


def are_rows(one: Line, two: Line) -> bool:
    """Return whether two lines are rows of one table: cells beyond the first are set to one
    edge."""
    return any(
        min(abs(a.left - b.left), abs(a.right - b.right)) < 2
        or abs(a.left + a.right - b.left - b.right) < 4
        for a in one.cells[1:]
        for b in two.cells[1:]
    ) and all(_gap(line) > 0.8 * line.size for line in (one, two))


def is_table(lines: Sequence[Line]) -> bool:
    """Return whether lines that stand together are a table's rows."""
    return len(lines) > 1 and are_rows(lines[0], lines[1])


def table_of(rows: Sequence[Line]) -> str:
    """Return a table's text: a row a line, its cells with ``" | "`` between two. A row with fewer
    cells than others has each in the column where it stands."""
    most = max(len(row.cells) for row in rows)
    whole = [row.cells for row in rows if len(row.cells) == most]
    columns = [
        (min(cell.left for cell in column), max(cell.right for cell in column))
        for column in zip(*whole, strict=True)
    ]
    lines = []
    for row in rows:
        if len(row.cells) == most:
            lines.append(" | ".join(cell.text for cell in row.cells))
            continue
        cells = [""] * most
        for cell in row.cells:
            at = _column(cell, columns)
            cells[at] = f"{cells[at]} {cell.text}".strip()
        lines.append(" | ".join(cells))
    return "\n".join(lines)


def _column(cell: Cell, columns: Sequence[tuple[float, float]]) -> int:
    """Return the ordinal of the column in which a cell stands: the nearest one."""

    def distance(at: int) -> tuple[float, float]:
        left, right = columns[at]
        apart = max(cell.left, left) - min(cell.right, right)
        return max(apart, 0.0), abs(cell.left + cell.right - left - right)

    return min(range(len(columns)), key=distance)


def _gap(line: Line) -> float:
    return max((b.left - a.right for a, b in pairwise(line.cells)), default=0.0)
