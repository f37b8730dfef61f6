"""Postings that one process lays out and another writes into a segment: they are handed over in a
file, so that neither holds more than it looks at."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.search.segments.joining import HashSpan, SpanLayout
from bot.search.segments.scratch import mapped
from bot.search.segments.term_layout import Laid, Layout


class SavedLaid(NamedTuple):
    """A `Laid` whose arrays of postings lie in a file."""

    path: Path
    layout: Layout
    exceptions: int
    """Number of them."""


def save(layouter: SpanLayout, span: HashSpan, path: Path) -> SavedLaid:
    """Lay out a span, in a new file. Raises `OSError`."""
    with path.open("xb") as file:
        laid = layouter.lay_out(span, file)
        file.write(laid.exceptions_at)
        file.write(laid.exceptions)
    return SavedLaid(path, laid.layout, len(laid.exceptions))


def open_saved(saved: SavedLaid) -> Laid:
    """Return what was saved; its file is deleted, and vanishes with the arrays."""
    data = mapped(saved.path, np.uint8)
    saved.path.unlink()
    at = int(saved.layout.sizes.sum())
    frequencies_at = at + 8 * saved.exceptions
    return Laid(
        saved.layout,
        data[:at],
        data[at:frequencies_at].view(np.uint64),
        data[frequencies_at:].view(np.uint32),
    )
