"""The postings of one term are put in order without all of them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.segments.posting_streams import Stream, merged


def stream_of(numbers: list[int], holding: set[int], piece: int) -> Stream:
    """A source whose passages get these numbers; those in ``holding`` hold the term."""
    passages = np.array([at for at, number in enumerate(numbers) if number in holding], np.uint32)
    frequencies = passages % 7 + 1

    def read() -> Iterator[tuple[Any, Any]]:
        for at in range(0, len(passages), piece):
            yield passages[at : at + piece], frequencies[at : at + piece]

    return Stream(read, np.array(numbers, np.uint32))


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=60),
    st.sets(st.integers(0, 59)),
    st.integers(1, 9),
    st.integers(1, 30),
)
def test_postings_come_in_the_order_of_their_passages(
    owners: list[int], holding: set[int], piece: int, least: int
) -> None:
    held = holding & set(range(len(owners)))
    by_owner = [
        [number for number, owner in enumerate(owners) if owner == each] for each in range(4)
    ]
    streams = [stream_of(numbers, held, piece) for numbers in by_owner if numbers]
    pieces = list(merged(streams, least))
    passages = [number for piece, _ in pieces for number in piece.tolist()]
    frequencies = [number for _, piece in pieces for number in piece.tolist()]
    assert passages == sorted(held)
    at = {n: own.index(n) for own in by_owner for n in own}
    assert frequencies == [at[number] % 7 + 1 for number in sorted(held)]
    assert all(len(piece) >= least for piece, _ in pieces[:-1])


def test_a_stream_is_not_read_before_it_is_needed() -> None:
    begun: list[int] = []

    def source(first: int) -> Stream:
        def read() -> Iterator[tuple[Any, Any]]:
            begun.append(first)
            yield np.arange(10), np.ones(10, np.int64)

        return Stream(read, np.arange(first, first + 10, dtype=np.uint32))

    pieces = merged([source(20), source(0), source(10)], 10)
    for number, (passages, _) in enumerate(pieces, 1):
        assert passages.tolist() == list(range(10 * number - 10, 10 * number))
        assert begun == [0, 10, 20][:number]
