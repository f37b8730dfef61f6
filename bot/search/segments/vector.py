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

import numpy as np

from bot.search.segments.accumulators import Accumulators, largest_sum
from bot.search.segments.entries import Array, Entries, entries_of
from bot.search.segments.impacts import STEPS, least_frequency, least_score, least_sum, weight
from bot.search.segments.scoring import K1, length_norm, saturation
from bot.search.segments.segment import Postings, Segment

Terms = Sequence[tuple[float, Postings]]
"""The idf and the postings of each term of a question."""

# by measurement: what is done in the same time
_FEW_ENTRIES = 65_536
"""So many are added up in the time in which it is found out whether they need be."""
_RARE = 12
"""A term with an entry for one passage in so many, or for fewer, is always added up."""
_LOOKED_UP = {True: 128, False: 256}
"""Of one passage in so many, impacts are looked up in the time in which the term is added up: of a
column, and of a list."""
_TABLED = 1024
"""Where no passage is as long as this, a table says what impacts mean: 2 MB at the most."""
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
    """The exact scores of the ``limit`` best passages, with their numbers, the best first.

    ``threshold`` is the least score that is of any use, ``mask`` has a 1 for each passage that
    may be found, where not all may, and ``gone`` are those that may not.
    """
    held = [(entries_of(segment, postings), idf) for idf, postings in terms]
    skips = sum([own.cost for own, _ in held]) > _FEW_ENTRIES
    if skips:
        held.sort(key=lambda term: len(term[0].impacts))
    entries = [own for own, _ in held]
    idfs = [idf for _, idf in held]
    scale = _Scale(idfs, average_length / segment.header.average_length, threshold)
    sums = Accumulators(segment.passages, entries, limit, mask, gone)
    first = _first(scale, entries, segment.passages) if skips else len(entries)
    passages = _candidates(sums, scale, first, entries, segment.passages, limit)
    impacts = sums.look_up(0, len(entries), passages)
    sums.release()
    lengths = np.asarray(segment.lengths)[passages]
    frequencies = _frequencies(segment, lengths, impacts)
    for row, own in enumerate(entries):
        if own.exceptions:
            for at, passage in enumerate(passages.tolist()):
                frequencies[row, at] = own.exceptions.get(passage, frequencies[row, at])
    norms = length_norm(lengths, average_length)
    gives = np.array([idf * (K1 + 1) for idf in idfs])[:, None] * saturation(frequencies, norms)
    if len(passages) > 4 * limit:
        scores = gives.sum(axis=0)
        kept = (scores >= np.partition(scores, -limit)[-limit] * (1 - _TIE)).nonzero()[0]
        if len(kept) > 4 * limit:  # so many of one score: the first of them suffice
            kept = kept[np.argsort(-scores[kept], kind="stable")[: 4 * limit]]
        gives, passages = gives[:, kept], passages[kept]
    exact, numbers = list(map(math.fsum, gives.T.tolist())), passages.tolist()
    ranks = sorted(range(len(exact)), key=exact.__getitem__, reverse=True)
    return [(exact[at], numbers[at]) for at in ranks[:limit]]


class _Scale:
    """How scores and sums compare. Weights are counted in whole units, rounded up, of such a size
    that no sum grows larger than it may."""

    def __init__(self, idfs: Sequence[float], growth: float, threshold: float) -> None:
        """``growth`` is the average length now, as a multiple of what it was, and ``threshold``
        the least score that is of any use."""
        self._idfs, self._growth, self._threshold = idfs, growth, threshold
        self._unit = unit = STEPS * sum(idfs) / (largest_sum(len(idfs)) - STEPS * len(idfs))
        self.weights = [math.ceil(idf / unit) for idf in idfs]

    def rest(self, first: int) -> int:
        """What the terms from ``first`` on add to a sum, at the most."""
        return STEPS * sum(self.weights[first:])

    def least(self, kth: int, end: int) -> int:
        """The least sum, of all terms, that a passage has which may be one of the best, when as
        many as are asked for have the sum ``kth`` or more of the terms before ``end``."""
        exact, step = sum(self._idfs[:end]) / self._unit, weight(self._unit)
        # what rounding up has added, of the impacts and of the weights
        rounded = exact + STEPS * (sum(self.weights[:end]) - exact)
        score = max(step * least_score(kth, rounded, self._growth), self._threshold)
        return max(1, int(least_sum(score, self._growth) / step))


def _first(scale: _Scale, entries: Sequence[Entries], passages: int) -> int:
    """How many of the terms to add up first."""
    end = max(1, sum(own.cost * _RARE <= passages for own in entries))
    while scale.rest(end) * 2 > scale.rest(0):
        end += 1
    return end


def _candidates(
    sums: Accumulators,
    scale: _Scale,
    end: int,
    entries: Sequence[Entries],
    passages: int,
    limit: int,
) -> Array:
    """The passages that may be among the best, in their order; the terms before ``end`` are added
    up in any case."""
    first = 0
    while True:
        sums.add(first, end, scale.weights)
        rest = scale.rest(end)
        least = scale.least(sums.kth(), end)
        if not rest:
            return sums.reaching(least, passages)
        if least > rest:
            found = sums.reaching(
                least - rest, passages // _LOOKED_UP[entries[end].passages is None]
            )
            if found is not None:
                return _looked_up(sums, scale, found, end, limit)
        # it would not be otherwise soon
        first = end
        while scale.rest(end) * 2 > rest:
            end += 1


def _looked_up(sums: Accumulators, scale: _Scale, passages: Array, first: int, limit: int) -> Array:
    """Those that may be among the best, by what the terms from ``first`` on give them."""
    totals = sums.of(passages)
    while first < len(scale.weights) and len(passages) > 4 * limit:
        totals += sums.look_up(first, first + 1, passages)[0] * np.int64(scale.weights[first])
        first += 1
        kth = int(np.partition(totals, -limit)[-limit])
        kept = totals >= scale.least(kth, first) - scale.rest(first)
        totals, passages = totals[kept], passages[kept]
    return passages


def _frequencies(segment: Segment, lengths: Array, impacts: Array) -> Array:
    """How often terms stand in passages of these lengths, by a row of impacts for each term;
    `Entries.exceptions` are left out."""
    longest, average_length = segment.header.longest, segment.header.average_length
    if longest < _TABLED:
        return _table(longest, average_length)[lengths, impacts]
    return _by_impact(lengths, average_length)[np.arange(len(lengths)), impacts]


@lru_cache(8)
def _table(longest: int, average_length: float) -> Array:
    """The same of each length and each impact."""
    return _by_impact(np.arange(longest + 1), average_length)


def _by_impact(lengths: Array, average_length: float) -> Array:
    """A row for each length, of each impact."""
    norms = length_norm(lengths, average_length)[:, None]
    frequencies = least_frequency(np.arange(STEPS + 1.0), norms)
    frequencies[:, 0] = 0
    return frequencies
