"""The postings of one term, read from several sources some at a time and put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.search.segments.segment_format import Array

Piece = tuple[Array, Array]
"""Passages in order, and the frequency of the term in each; both int64."""


class Stream(NamedTuple):
    """One source's postings of one term."""

    read: Callable[[], Iterable[Piece]]
    """Reads them, their passages numbered as in the source."""
    numbers: Array
    """The number that each of the source's passages gets: never less than the one before it, and
    not empty."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the postings, their passages renumbered."""
        for passages, frequencies in self.read():
            if len(passages):
                yield self.numbers[passages].astype(np.int64), frequencies.astype(np.int64)


def merged(streams: Sequence[Stream], least: int) -> Iterator[Piece]:
    """Yield the postings of all streams in the order of their passages, at least about ``least`` at
    a time. A stream is opened only after all streams that end before it begins."""
    gathered: list[Piece] = []
    count = 0
    for piece in _merged(streams):
        gathered.append(piece)
        count += len(piece[0])
        if count >= least:
            yield _one(gathered)
            gathered, count = [], 0
    if gathered:
        yield _one(gathered)


def _merged(streams: Sequence[Stream]) -> Iterator[Piece]:
    waiting = sorted(streams, key=lambda stream: -int(stream.numbers[0]))  # the first comes last
    opened: list[tuple[Piece, Iterator[Piece]]] = []
    while opened or waiting:
        if not opened:
            _open(waiting.pop(), opened)
            continue
        limit = min(int(piece[0][-1]) for piece, _ in opened)
        if waiting and waiting[-1].numbers[0] <= limit:
            _open(waiting.pop(), opened)
            continue
        parts, still = [], []
        for (passages, frequencies), more in opened:
            cut = int(passages.searchsorted(limit, "right"))
            parts.append((passages[:cut], frequencies[:cut]))
            if cut < len(passages):
                still.append(((passages[cut:], frequencies[cut:]), more))
            elif (following := next(more, None)) is not None:
                still.append((following, more))
        opened = still
        yield parts[0] if len(parts) == 1 else _in_order(_one(parts))


def _open(stream: Stream, opened: list[tuple[Piece, Iterator[Piece]]]) -> None:
    pieces = stream.pieces()
    first = next(pieces, None)
    if first is not None:
        opened.append((first, pieces))


def _one(pieces: Sequence[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    passages, frequencies = zip(*pieces, strict=True)
    return np.concatenate(passages), np.concatenate(frequencies)


def _in_order(piece: Piece) -> Piece:
    order = np.argsort(piece[0], kind="stable")
    return piece[0][order], piece[1][order]
