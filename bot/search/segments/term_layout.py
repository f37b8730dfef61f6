"""Laying out postings in the format of a segment's file, in numpy throughout: many terms at once,
or one very frequent term piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np

from bot.search.segments.impacts import frequency_below, steps
from bot.search.segments.scratch import Scratch
from bot.search.segments.segment_format import PADDED, SIZES, Array

_LIMITS = np.array([1, 0xFF, 0xFFFF, 0xFFFFFFFF])
"""The widest gap by the code of its width."""
_FREQUENT = 8
"""A term that stands in one passage of eight, or more, has an entry for each passage. That takes
more room, but such a term is looked up far more often than added up."""
_AT_ONCE = 1 << 20
"""Number of entries, or of bytes, that are written at a time."""


class Run(NamedTuple):
    """Terms in the order of their hashes, with all their postings."""

    terms: list[bytes]
    hashes: Array
    """Their CRC-32s; int64."""
    counts: Array
    """Number of passages that hold each term."""
    passages: Array
    """The passages of the first term in order, those of the second, and so on; int64."""
    frequencies: Array
    """Frequency of the term in each of them; int64."""


class Layout(NamedTuple):
    """The form of some terms' postings, without the postings themselves."""

    terms: list[bytes]
    hashes: Array
    flags: Array
    entries: Array
    """Number of entries of each term."""
    sizes: Array
    """Number of bytes of each term."""


class Laid(NamedTuple):
    """Some terms' postings, in the file's format."""

    layout: Layout
    data: Array
    exceptions_at: Array
    """The offsets in ``data`` of the impacts that do not give the frequency, in order; uint64."""
    exceptions: Array
    """The frequencies behind them; uint32."""


class Output(Protocol):
    """Takes the bytes of postings."""

    def write(self, data: Any, /) -> object: ...


Pieces = Callable[[], Iterable[tuple[Array, Array]]]
"""Yields the passages of a term in order and the frequency in each, some at a time; both int64."""


def lay_out(run: Run, norms: Array) -> Laid:
    """Give each term the form that is smallest; ``norms`` are those of all passages."""
    counts = np.asarray(run.counts, np.int64)
    starts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    gaps = np.diff(run.passages, prepend=0)
    gaps[starts] = run.passages[starts]
    paddings = np.zeros((4, len(counts)), np.int64)
    for code in (1, 2):
        wider = np.flatnonzero(gaps > _LIMITS[code])
        padding = (gaps[wider] - 1) // _LIMITS[code]
        paddings[code] = np.bincount(owners[wider], padding, len(counts))
    codes, entries = _forms(counts, paddings, len(norms))
    widths = np.asarray(SIZES)
    heads = (entries != counts) * PADDED
    sizes = heads + entries * (widths[codes] + 1)
    ends = np.cumsum(sizes)

    # index of each posting among its term's entries
    limits = _LIMITS[codes][owners]
    wider = np.flatnonzero(gaps > limits)
    padding = (gaps[wider] - 1) // limits[wider]
    gaps[wider] -= padding * limits[wider]
    skipped = np.zeros(len(gaps), np.int64)
    skipped[wider] = padding
    within = np.arange(len(gaps)) + np.cumsum(skipped)
    within -= (within[starts] - skipped[starts])[owners]
    every = np.flatnonzero((codes == 0)[owners])
    within[every] = run.passages[every]

    impacts, odd = _impacts(run.frequencies, norms[run.passages])
    data = np.zeros(int(sizes.sum()), np.uint8)  # the impacts of entries that are no postings
    impacts_at = (ends - entries)[owners] + within
    data[impacts_at] = impacts
    gaps_at = ends - sizes + heads
    for code in (1, 2, 3):
        if not (mine := codes == code).any():
            continue
        # entries that are no postings have the widest gap, of which all bytes are 255
        some = np.flatnonzero(mine[owners[wider]])
        before = np.repeat(np.cumsum(padding[some]) - padding[some], padding[some])
        empty = np.arange(len(before)) - before
        empty += np.repeat(within[wider[some]] - padding[some], padding[some])
        empty *= SIZES[code]
        empty += np.repeat(gaps_at[owners[wider[some]]], padding[some])
        own = np.flatnonzero(mine[owners])
        at = gaps_at[owners[own]] + within[own] * SIZES[code]
        own_gaps = gaps[own]
        for byte in range(SIZES[code]):
            data[empty + byte] = 0xFF
            data[at + byte] = own_gaps >> 8 * byte & 0xFF
    padded = heads > 0
    at = (ends - sizes)[padded]
    for byte in range(PADDED):
        data[at + byte] = counts[padded] >> 8 * byte & 0xFF
    return Laid(
        Layout(run.terms, run.hashes, codes | heads, entries, sizes),
        data,
        impacts_at[odd].astype(np.uint64),
        run.frequencies[odd].astype(np.uint32),
    )


def _forms(counts: Array, paddings: Array, passages: int) -> tuple[Array, Array]:
    """Return the code of each term's gaps and its number of entries, given how many postings it has
    and how many entries that are no postings, by code."""
    choices = paddings + counts
    choices[0] = passages
    codes = (choices * (np.asarray(SIZES) + 1)[:, None]).argmin(axis=0)
    codes[counts * _FREQUENT >= passages] = 0
    return codes, choices[codes, np.arange(len(counts))]


def _impacts(frequencies: Array, norms: Array) -> tuple[Array, Array]:
    """Return the impacts of postings, given the norm of each one's passage, and the indexes of
    those that do not give the frequency."""
    impacts = np.ceil(steps(frequencies, norms))
    below = frequency_below(impacts, norms)
    return impacts, np.flatnonzero((below >= frequencies) | (below < frequencies - 1))


def lay_out_pieces(
    term: bytes, hash_: int, pieces: Pieces, norms: Array, scratch: Scratch, output: Output
) -> Laid:
    """Write the postings of one term, in the form that is smallest; ``pieces`` is called twice.
    Memory holds one piece at a time. What is returned has no data. Raises `OSError`."""
    count = last = 0
    paddings = np.zeros((4, 1), np.int64)
    for passages, _ in pieces():
        gaps = np.diff(passages, prepend=last)
        for code in (1, 2):
            paddings[code] += int((np.maximum(gaps - 1, 0) // _LIMITS[code]).sum())
        count, last = count + len(passages), int(passages[-1])
    codes, all_entries = _forms(np.array([count]), paddings, len(norms))
    code, entries = int(codes[0]), int(all_entries[0])
    head = PADDED if entries != count else 0
    impacts_at = head + entries * SIZES[code]
    if head:
        output.write(count.to_bytes(PADDED, "little"))
    all_impacts, odd_at, odd_frequencies = scratch.file(), scratch.file(), scratch.file()
    last = done = 0
    for passages, frequencies in pieces() if code else _narrow(pieces()):
        if code:
            gaps = np.diff(passages, prepend=last)
            padding = np.maximum(gaps - 1, 0) // _LIMITS[code]
            within = np.arange(len(gaps)) + np.cumsum(padding)
            written = np.full(int(within[-1]) + 1, _LIMITS[code], f"<u{SIZES[code]}")
            written[within] = gaps - padding * _LIMITS[code]
            output.write(written)
        else:
            _write_zeros(int(passages[0]) - done, all_impacts)
            done = int(passages[0])
            within = passages - done
        impacts, odd = _impacts(frequencies, norms[passages])
        written = np.zeros(int(within[-1]) + 1, np.uint8)
        written[within] = impacts
        all_impacts.write(written)
        odd_at.write((impacts_at + done + within[odd]).astype(np.uint64))
        odd_frequencies.write(frequencies[odd].astype(np.uint32))
        last, done = int(passages[-1]), done + len(written)
    _write_zeros(entries - done, all_impacts)  # of the passages behind the last
    _copy(all_impacts.array(), output)
    layout = Layout(
        [term],
        np.array([hash_]),
        np.array([code | head]),
        np.array([entries]),
        np.array([impacts_at + entries]),
    )
    nothing = np.empty(0, np.uint8)
    return Laid(layout, nothing, odd_at.array(np.uint64), odd_frequencies.array(np.uint32))


def _narrow(pieces: Iterable[tuple[Array, Array]]) -> Iterator[tuple[Array, Array]]:
    """Yield the same postings in pieces, none of which reaches over many passages."""
    for passages, frequencies in pieces:
        windows = passages // _AT_ONCE
        cuts = [0, *(np.flatnonzero(np.diff(windows)) + 1).tolist(), len(passages)]
        for first, end in pairwise(cuts):
            yield passages[first:end], frequencies[first:end]


def _write_zeros(count: int, output: Output) -> None:
    for at in range(0, count, _AT_ONCE):
        output.write(bytes(min(_AT_ONCE, count - at)))


def _copy(array: Array, output: Output) -> None:
    for at in range(0, len(array), _AT_ONCE):
        output.write(array[at : at + _AT_ONCE])
