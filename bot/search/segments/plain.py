"""The best passages of a segment, in plain Python: slow by the posting, but there at once.

The same as `bot.search.segments.vector`, for a process's first question, when importing numpy
would take longer than the answer, and for questions of few postings.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from heapq import nlargest
from itertools import accumulate, compress

from bot.search.segments.impacts import STEPS, least_frequency, least_sum, weight
from bot.search.segments.scoring import length_norm, term_score
from bot.search.segments.segment import Postings, Segment

_LOOKUP = 8
"""To find a passage among a term's postings takes as long as reading so many of them."""


class Norms(dict[int, float]):
    """The norm of each length, worked out when it is first asked for."""

    def __init__(self, average_length: float) -> None:
        super().__init__()
        self._average_length = average_length

    def __missing__(self, length: int) -> float:
        norm: float = length_norm(length, self._average_length)
        self[length] = norm
        return norm


class _Term:
    """A term's postings, by their passages."""

    def __init__(self, postings: Postings) -> None:
        self.impacts = postings.impacts
        self.passages = passages_of(postings)
        self._is_column = postings.gaps is None
        self._exceptions = postings.exceptions

    def entry(self, passage: int) -> int | None:
        """The entry of this passage, where it has one."""
        if self._is_column:
            return passage
        at = bisect_left(self.passages, passage)
        return at if at < len(self.passages) and self.passages[at] == passage else None

    def with_impact(self, least: int) -> Iterator[tuple[int, int]]:
        """The passages in which the term has at least this impact, from 1 on, and the impact."""
        high = bytes(self.impacts).translate(bytes(least) + b"\1" * (256 - least))
        return compress(zip(self.passages, self.impacts, strict=True), high)

    def among(self, passages: Collection[int]) -> Iterator[tuple[int, int]]:
        """Those of these passages in which the term stands, and its impact."""
        if self._is_column or len(passages) * _LOOKUP < len(self.passages):
            entries = ((passage, self.entry(passage)) for passage in passages)
            return ((passage, self.impacts[at]) for passage, at in entries if at is not None)
        wanted = map(passages.__contains__, self.passages)
        return compress(zip(self.passages, self.impacts, strict=True), wanted)

    def frequency(self, passage: int, norm: float) -> int:
        """How often the term stands in this passage, whose impacts were counted by this norm."""
        entry = self.entry(passage)
        if entry is None or not (impact := self.impacts[entry]):
            return 0
        frequency = self._exceptions.get(entry)
        return int(least_frequency(impact, norm)) if frequency is None else frequency


def best(
    segment: Segment,
    terms: Sequence[tuple[float, Postings]],
    average_length: float,
    limit: int,
    threshold: float,
    mask: bytearray | None,
    gone: Sequence[range] = (),
) -> list[tuple[float, int]]:
    """The same as `bot.search.segments.vector.best`, but a few more than asked for, unsorted.

    The terms are taken from the rarest on. Of each, only those passages are added that can still
    be among the best though they have none of the terms before: for that the term's impact has to
    make up for what the terms left cannot give. Of the passages that are there already, those stay
    that the terms left can still lift among the best (MaxScore: Turtle and Flood, "Query
    evaluation: strategies and optimizations", 1995).
    """
    terms = sorted(terms, key=lambda term: -term[0])
    held = [_Term(postings) for _, postings in terms]
    weights = [weight(idf) for idf, _ in terms]
    remaining = [sum(weights[at:]) * STEPS for at in range(len(terms) + 1)]
    growth = average_length / segment.header.average_length
    if gone:
        mask = bytearray(mask or b"\1" * segment.passages)
        for removed in gone:
            mask[removed.start : removed.stop] = bytes(len(removed))
    norms, norms_before = Norms(average_length), Norms(segment.header.average_length)

    @cache
    def score(passage: int) -> float:
        length = segment.lengths[passage]
        norm, norm_before = norms[length], norms_before[length]
        return math.fsum(
            term_score(idf, frequency, norm)
            for (idf, _), own in zip(terms, held, strict=True)
            if (frequency := own.frequency(passage, norm_before))
        )

    sums: dict[int, float] = {}
    least = least_sum(threshold, growth)
    for at, (own, step) in enumerate(zip(held, weights, strict=True)):
        enough = least - remaining[at]
        sums = {passage: total for passage, total in sums.items() if total >= enough}
        present = list(own.among(sums))
        # what a passage needs of this term that has none of those before
        needed = max(1, math.floor((least - remaining[at + 1]) / step))
        if needed <= STEPS:
            found = own.with_impact(needed)
            if mask is not None:
                found = ((passage, impact) for passage, impact in found if mask[passage])
            sums = {passage: step * impact for passage, impact in found} | sums
        for passage, impact in present:
            sums[passage] += step * impact
        kth = min(nlargest(limit, sums.values()), default=0.0)
        highest = [passage for passage, total in sums.items() if total >= kth]
        if len(highest) >= limit:
            least = max(least, least_sum(min(map(score, highest[:limit])), growth))
    return [(score(passage), passage) for passage, total in sums.items() if total >= least]


def passages_of(postings: Postings) -> Sequence[int]:
    """The passages of a term's entries."""
    if postings.gaps is None:
        return range(len(postings.impacts))
    return list(accumulate(postings.gaps))


def count(postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold the term."""
    passages, impacts = passages_of(postings), bytes(postings.impacts)
    bounds = ((bisect_left(passages, r.start), bisect_left(passages, r.stop)) for r in ranges)
    return sum(end - first - impacts.count(0, first, end) for first, end in bounds)
