"""The pages of a PDF as lines with their positions: the values that reading gives, and that the
layout is read from."""

from __future__ import annotations

from typing import NamedTuple

LABEL = r"[•‣◦▪●–—*·-]|\(?\d{1,2}[.)]|\(?(?:[a-z]|[ivx]{1,5})\)"
"""Pattern of the label of a list's item."""


class Cell(NamedTuple):
    """A piece of a line with white space around it."""

    text: str
    left: float
    right: float


class Line(NamedTuple):
    """One line of text on a page; lengths in points, from the page's lower left corner."""

    text: str
    page: int
    """Page number, from 1."""
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Height of most of the letters."""
    bold: bool
    cells: tuple[Cell, ...] = ()
    """Its pieces, if white space separates it into several."""


class Sheet(NamedTuple):
    number: int
    """Page number, from 1."""
    height: float
    width: float
    lines: tuple[Line, ...]
    pictures: bool
    """True if the page shows any picture."""
