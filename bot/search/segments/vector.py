"""The best passages of a segment, in numpy: what answers all but a process's first question.

Impacts are added up in an array that has a place for every passage (Buckley and Lewit,
"Optimization of inverted vector searches", SIGIR 1985). In a large segment the rarest terms come
first, and once those that are left cannot make one of the best of a passage that has none of the
terms before, they are only looked up, for the passages that may still be one (MaxScore: Turtle and
Flood, "Query evaluation: strategies and optimizations", 1995). The few passages that are left then
are scored exactly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from bot.search.segments.accumulators import Accumulators, accumulators, largest_sum, passages_of
from bot.search.segments.impacts import STEPS, least_frequency, least_score, least_sum, weight
from bot.search.segments.scoring import K1, length_norm
from bot.search.segments.segment import Postings, Segment

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

Terms = Sequence[tuple[float, Postings]]
"""The idf and the postings of each term of a question."""

# by measurement: what is done in the same time
_ENTRIES_OF_A_COLUMN = 8
"""So many are added up in the time of one of a list."""
_FEW_ENTRIES = 65_536
"""So many are added up in the time in which it is found out whether they need be."""
_RARE = 12
"""A term with an entry for one passage in so many, or for fewer, is always added up."""
_LOOKED_UP = {True: 128, False: 256}
"""Of one passage in so many, impacts are looked up in the time in which the term is added up: of a
column, and of a list."""
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
    terms = sorted(terms, key=lambda term: len(term[1].impacts))
    idfs = [idf for idf, _ in terms]
    postings = [own for _, own in terms]
    scale = _Scale(idfs, average_length / segment.header.average_length, threshold)
    with accumulators(segment.passages, postings, limit, mask, gone) as sums:
        passages = _candidates(sums, scale, postings, segment.passages, limit)
        impacts, numbers = sums.look_up(0, len(terms), passages)
        exceptional = [
            (row, at, exceptions[number])
            for row, exceptions in enumerate(sums.exceptions)
            if exceptions
            for at, number in enumerate(numbers[row].tolist())
            if number in exceptions and impacts[row, at]
        ]
    lengths = np.asarray(segment.lengths)[passages]
    norms_before = _norms(segment.header.longest, segment.header.average_length)[lengths]
    norms = _norms(segment.header.longest, average_length)[lengths]
    frequencies = np.maximum(least_frequency(impacts.astype(np.float64), norms_before), 0)
    for row, at, frequency in exceptional:
        frequencies[row, at] = frequency
    gives = np.array(idfs)[:, None] * ((frequencies * (K1 + 1)) / (norms + frequencies))
    if len(passages) > limit:
        scores = gives.sum(axis=0)
        kept = (scores >= np.partition(scores, -limit)[-limit] * (1 - _TIE)).nonzero()[0]
        if len(kept) > 4 * limit:  # so many of one score: the first of them suffice
            kept = kept[np.argsort(-scores[kept], kind="stable")[: 4 * limit]]
        gives, passages = gives[:, kept], passages[kept]
    return list(zip(map(math.fsum, gives.T.tolist()), passages.tolist(), strict=True))


class _Scale:
    """How scores and sums compare. Weights are counted in whole units, rounded up, of such a size
    that no sum grows larger than it may."""

    def __init__(self, idfs: Sequence[float], growth: float, threshold: float) -> None:
        """``growth`` is the average length now, as a multiple of what it was, and ``threshold``
        the least score that is of any use."""
        self._idfs, self._growth, self._threshold = idfs, growth, threshold
        exact = [weight(idf) for idf in idfs]
        self._unit = STEPS * sum(exact) / (largest_sum(len(idfs)) - STEPS * len(idfs))
        self.weights = [math.ceil(own / self._unit) for own in exact]
        added = (STEPS * (w - e / self._unit) for w, e in zip(self.weights, exact, strict=True))
        self._rounding = list(accumulate(added, initial=0.0))
        """What rounding adds to a sum of the first terms, at the most."""

    def rest(self, first: int) -> int:
        """What the terms from ``first`` on add to a sum, at the most."""
        return STEPS * sum(self.weights[first:])

    def least(self, kth: int, end: int) -> int:
        """The least sum, of all terms, that a passage has which may be one of the best, when as
        many as are asked for have the sum ``kth`` or more of the terms before ``end``."""
        given = (kth - self._rounding[end]) * self._unit
        score = max(least_score(given, self._idfs[:end], self._growth), self._threshold)
        return max(1, int(least_sum(score, self._growth) / self._unit))


def _candidates(
    sums: Accumulators, scale: _Scale, postings: Sequence[Postings], passages: int, limit: int
) -> Array:
    """The passages that may be among the best, in their order."""
    columns = [own.gaps is None for own in postings]
    entries = [
        len(own.impacts) // (_ENTRIES_OF_A_COLUMN if column else 1)
        for own, column in zip(postings, columns, strict=True)
    ]
    first, end = 0, len(entries)
    if sum(entries) > _FEW_ENTRIES:
        end = max(1, sum(own * _RARE <= passages for own in entries))
    most = scale.rest(0) // 2
    while True:
        while scale.rest(end) > most:
            end += 1
        sums.add(first, end, scale.weights)
        rest = scale.rest(end)
        least = scale.least(sums.kth(), end)
        if not rest:
            return sums.reaching(least, passages)
        if least > rest:
            found = sums.reaching(least - rest, passages // _LOOKED_UP[columns[end]])
            if found is not None:
                return _looked_up(sums, scale, found, end, limit)
        # it would not be otherwise soon
        first, most = end, rest // 2


def _looked_up(sums: Accumulators, scale: _Scale, passages: Array, first: int, limit: int) -> Array:
    """Those that may be among the best, by what the terms from ``first`` on give them."""
    totals = sums.of(passages)
    while first < len(scale.weights) and len(passages) > 4 * limit:
        impacts, _ = sums.look_up(first, first + 1, passages)
        totals += impacts[0] * np.int64(scale.weights[first])
        first += 1
        kth = int(np.partition(totals, -limit)[-limit])
        kept = totals >= scale.least(kth, first) - scale.rest(first)
        totals, passages = totals[kept], passages[kept]
    return passages


@lru_cache(8)
def _norms(longest: int, average_length: float) -> Array:
    """The norm of each length."""
    return length_norm(np.arange(longest + 1), average_length)


def count(postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold the term."""
    bounds = [bound for r in ranges for bound in (r.start, r.stop)]
    if postings.gaps is not None:
        bounds = passages_of(postings).searchsorted(bounds).tolist()
    impacts = np.asarray(postings.impacts)
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return int(sum(np.count_nonzero(impacts[first:end]) for first, end in pairs))
