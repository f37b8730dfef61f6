"""A term's postings are laid out piece by piece as they are laid out at once."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.segments.scratch import Scratch
from bot.search.segments.term_layout import Laid, Run, lay_out, lay_out_pieces


def both(
    postings: dict[int, int], passages: int, piece: int, folder: Path | None = None
) -> tuple[Any, Any]:
    """All that is said of a term's postings, laid out at once and piece by piece."""
    held = np.array(sorted(postings), np.int64)
    frequencies = np.array([postings[passage] for passage in held.tolist()], np.int64)
    norms = 0.5 + np.arange(passages) % 5 / 4

    def pieces() -> Iterator[tuple[Any, Any]]:
        for at in range(0, len(held), piece):
            yield held[at : at + piece], frequencies[at : at + piece]

    hash_ = zlib.crc32(b"red")
    run = Run([b"red"], np.array([hash_]), np.array([len(held)]), held, frequencies)
    output = io.BytesIO()
    laid = lay_out_pieces(b"red", hash_, pieces, norms, Scratch(folder), output)
    once = lay_out(run, norms)
    assert laid.data.tolist() == []
    return said_of(once, once.data.tobytes()), said_of(laid, output.getvalue())


def said_of(laid: Laid, data: bytes) -> list[object]:
    arrays = (*laid.layout[1:], laid.exceptions_at, laid.exceptions)
    return [laid.layout.terms, data, *(array.tolist() for array in arrays)]


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 3000), st.integers(1, 40), min_size=1, max_size=60),
    st.integers(0, 70_000),
    st.integers(1, 20),
)
def test_pieces_make_what_all_at_once_makes(
    postings: dict[int, int], more: int, piece: int
) -> None:
    once, laid = both(postings, max(postings) + 1 + more, piece)
    assert laid == once


@pytest.mark.thorough
@pytest.mark.parametrize("step", [1, 3, 9, 300, 70_000])
def test_so_do_pieces_of_very_many(step: int, tmp_path: Path) -> None:
    count = 1_300_000 if step < 300 else 20_000_000
    postings = {at: 1 + at % 30 for at in range(step * 2, count, step)}
    once, laid = both(postings, count + 1_200_000, 100_000, tmp_path)
    assert laid == once
    assert list(tmp_path.iterdir()) == []
