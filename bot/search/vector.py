"""The best passages of a segment, in numpy: what answers all but a process's first question.

A term at a time, impacts are added up in an array that has a place for every passage (Buckley and
Lewit, "Optimization of inverted vector searches", SIGIR 1985): three calls of numpy a term, and
no step in Python for each posting. The few passages whose sums may be the best are then scored
exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np

from bot.search.impacts import least_frequency, least_score, least_sum, weight
from bot.search.scoring import K1, length_norm
from bot.search.segment import Postings, Segment

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

Terms = Sequence[tuple[float, Postings]]
"""The idf and the postings of each term of a question."""

_LEAST_COLUMNS = 1024
_ROWS = 64
_MOST_SPACES = 2
_TINY = 1e-30
_TIE = 1e-12
"""What the order of adding up may make of a sum in 64 bits, as a part of it."""


def best(
    segment: Segment,
    terms: Terms,
    average_length: float,
    limit: int,
    threshold: float,
    mask: bytearray | None,
    gone: Sequence[range] = (),
) -> list[tuple[float, int]]:
    """The exact scores of at least the ``limit`` best passages, with their numbers.

    ``threshold`` is the least score that is of any use, ``mask`` has a 1 for each passage that
    may be found, where not all may, and ``gone`` are those that may not.
    """
    terms = sorted(terms, key=lambda term: term[1].gaps is None)  # lists first
    columns = max(_LEAST_COLUMNS, limit, segment.passages // _ROWS)
    rows = -(-segment.passages // columns)
    with _borrowed(rows * columns, sum(len(own.impacts) + 1 for _, own in terms)) as space:
        sums = space.sums[: rows * columns]
        starts = _add_up(terms, sums[: segment.passages], space)
        if mask is not None:
            sums[: segment.passages] *= np.frombuffer(mask, np.uint8)
        for removed in gone:
            sums[removed.start : removed.stop] = 0.0
        growth = average_length / segment.header.average_length
        idfs = [idf for idf, _ in terms]
        grid = sums.reshape(rows, columns)
        # the k-th best of the columns' best is no better than the k-th best of all, but soon found
        peaks = grid.max(axis=0)
        kth = least_score(float(np.partition(peaks, -limit)[-limit]), idfs, growth)
        least = max(_TINY, least_sum(max(kth, threshold), growth))
        high = (peaks >= least).nonzero()[0]
        in_row, in_high = (grid[:, high] >= least).nonzero()
        candidates = in_row * columns + high[in_high]
        candidates.sort()
        impacts, exceptional = _impacts(terms, starts, space, candidates)
    lengths = np.asarray(segment.lengths)[candidates]
    norms_before = _norms(segment.header.longest, segment.header.average_length)[lengths]
    norms = _norms(segment.header.longest, average_length)[lengths]
    frequencies = np.maximum(least_frequency(impacts, norms_before), 0)
    for row, at, frequency in exceptional:
        frequencies[row, at] = frequency
    gives = np.array(idfs)[:, None] * ((frequencies * (K1 + 1)) / (norms + frequencies))
    if len(candidates) > limit:
        scores = gives.sum(axis=0)
        kept = (scores >= np.partition(scores, -limit)[-limit] * (1 - _TIE)).nonzero()[0]
        if len(kept) > 4 * limit:  # so many of one score: the first of them suffice
            kept = kept[np.argsort(-scores[kept], kind="stable")[: 4 * limit]]
        gives, candidates = gives[:, kept], candidates[kept]
    return list(zip(map(math.fsum, gives.T.tolist()), candidates.tolist(), strict=True))


def _add_up(terms: Terms, sums: Array, space: _Space) -> list[int]:
    """Add what the terms give to each passage's sum. Returns where in the space the entries of
    each begin."""
    starts = []
    start = listed = 0
    for idf, postings in terms:
        starts.append(start)
        impacts = np.asarray(postings.impacts)
        end = start + len(impacts)
        given = space.given[start:end]
        np.multiply(impacts, weight(idf), out=given, dtype=np.float32)
        if postings.gaps is None:
            sums += given
        else:
            gaps = np.asarray(postings.gaps)
            np.add.accumulate(gaps, dtype=np.intp, out=space.passages[start:end])
            # between two terms there is an entry of no passage, where a search may end
            space.passages[end] = -1
            space.given[end] = 0.0
            listed = end
        start = end + 1
    np.add.at(sums, space.passages[:listed], space.given[:listed])
    return starts


def _impacts(
    terms: Terms, starts: Sequence[int], space: _Space, candidates: Array
) -> tuple[Array, list[tuple[int, int, int]]]:
    """The impact of each term in each candidate, and the exceptional frequencies: of which term
    and candidate, by their places, and how often."""
    entries = np.empty((len(terms), len(candidates)), np.intp)
    for row, (start, (_, postings)) in enumerate(zip(starts, terms, strict=True)):
        if postings.gaps is None:
            entries[row] = candidates
        else:
            passages = space.passages[start : start + len(postings.impacts)]
            entries[row] = passages.searchsorted(candidates)
    places = entries + np.array(starts)[:, None]
    held = space.passages[places] == candidates
    if terms[-1][1].gaps is None:
        held[[postings.gaps is None for _, postings in terms]] = True
    weights = np.array([weight(idf) for idf, _ in terms])
    impacts = np.rint(space.given[places] / weights[:, None]) * held
    exceptional = [
        (row, at, postings.exceptions[entry])
        for row, (_, postings) in enumerate(terms)
        if postings.exceptions
        for at, entry in enumerate(entries[row].tolist())
        if entry in postings.exceptions and held[row, at]
    ]
    return impacts, exceptional


@lru_cache(8)
def _norms(longest: int, average_length: float) -> Array:
    """The norm of each length."""
    return length_norm(np.arange(longest + 1), average_length)


def passages_of(postings: Postings) -> Array:
    """The passages of a term's entries, where they have gaps."""
    return np.asarray(postings.gaps).cumsum(dtype=np.intp)


def count(postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold the term."""
    bounds = [bound for r in ranges for bound in (r.start, r.stop)]
    if postings.gaps is not None:
        bounds = passages_of(postings).searchsorted(bounds).tolist()
    impacts = np.asarray(postings.impacts)
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return int(sum(np.count_nonzero(impacts[first:end]) for first, end in pairs))


class _Space:
    """Arrays that one question after the other uses: to ask the system for new ones takes longer
    than all that is done with them."""

    def __init__(self) -> None:
        self.sums = np.zeros(0, np.float32)
        """Of each passage; 0.0 whenever no question is at it."""
        self.passages = np.empty(0, np.intp)
        """Of the terms' entries."""
        self.given = np.empty(0, np.float32)
        """What each entry adds to its passage's sum."""


_free: list[_Space] = []


@contextmanager
def _borrowed(sums: int, entries: int) -> Iterator[_Space]:
    """A space for so many sums and entries, which no other thread has meanwhile."""
    try:
        space = _free.pop()
    except IndexError:
        space = _Space()
    if len(space.sums) < sums:
        space.sums = np.zeros(sums, np.float32)
    if len(space.given) < entries:
        space.passages = np.empty(2 * entries, np.intp)
        space.given = np.empty(2 * entries, np.float32)
    yield space
    space.sums[:sums] = 0.0
    if len(_free) < _MOST_SPACES:
        _free.append(space)
