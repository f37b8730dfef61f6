"""A segment's best passages, in plain Python: slow for each posting, the fallback without the
kernel.

It is what the kernel's tests compare it with as well.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from heapq import nlargest
from itertools import accumulate, compress

from bot.core.relevance.term_scoring import Norms, term_score
from bot.search.segments.impacts import STEPS, least_frequency, least_sum, weight
from bot.search.segments.searching import Ranges, Terms, each, include
from bot.search.segments.segment import Segment
from bot.search.segments.segment_format import Postings

_LOOKUP = 8
"""Postings that can be read in the time that it takes to find a passage among a term's postings."""


class _Term:
    """A term's postings, by their passages."""

    def __init__(self, segment: Segment, postings: Postings) -> None:
        self.impacts = segment.impacts(postings)
        self.passages = passages_of(segment, postings)
        self._is_dense = not postings.width
        start = postings.impacts_at
        self._exceptions = segment.exceptions(start, start + postings.entries)

    def entry(self, passage: int) -> int | None:
        """Return the entry of this passage, if it has one."""
        if self._is_dense:
            return passage
        at = bisect_left(self.passages, passage)
        return at if at < len(self.passages) and self.passages[at] == passage else None

    def with_impact(self, least: int) -> Iterator[tuple[int, int]]:
        """The passages in which the term has at least this impact, from 1 on, and the impact."""
        high = bytes(self.impacts).translate(bytes(least) + b"\1" * (256 - least))
        return compress(zip(self.passages, self.impacts, strict=True), high)

    def among(self, passages: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield those of these passages that hold the term, each with its impact."""
        if self._is_dense or len(passages) * _LOOKUP < len(self.passages):
            entries = ((passage, self.entry(passage)) for passage in passages)
            return ((passage, self.impacts[at]) for passage, at in entries if at is not None)
        wanted = map(passages.__contains__, self.passages)
        return compress(zip(self.passages, self.impacts, strict=True), wanted)

    def frequency(self, passage: int, norm: float) -> int:
        """Return the term's frequency in this passage, whose impacts were computed with this
        norm."""
        entry = self.entry(passage)
        if entry is None or not (impact := self.impacts[entry]):
            return 0
        frequency = self._exceptions.get(entry)
        return int(least_frequency(impact, norm)) if frequency is None else frequency


class PlainSearcher:
    """A `bot.search.segments.searching.Searcher`."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def best(
        self, terms: Terms, average_length: float, limit: int, threshold: float, ranges: Ranges[int]
    ) -> list[tuple[float, int]]:
        """Take the terms from the rarest on. Of each, only those passages are added
        that can still be among the best though they have none of the terms before: for that the
        term's impact has to make up for what the terms left cannot give. Of the passages that are
        there already, those stay that the terms left can still lift among the best (MaxScore:
        Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
        """
        segment = self._segment
        terms = sorted(terms, key=lambda term: -term[0])
        held = [_Term(segment, postings) for _, postings in terms]
        weights = [weight(idf) for idf, _ in terms]
        remaining = [sum(weights[at:]) * STEPS for at in range(len(terms) + 1)]
        growth = average_length / segment.header.average_length
        everywhere = list(ranges) == [0, segment.passages]
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
            # least impact of this term in a passage that has none of the terms before
            needed = max(1, math.floor((least - remaining[at + 1]) / step))
            if needed <= STEPS:
                found = own.with_impact(needed)
                if not everywhere:
                    found = (own for own in found if include(ranges, own[0]))
                sums = {passage: step * impact for passage, impact in found} | sums
            for passage, impact in present:
                sums[passage] += step * impact
            kth = min(nlargest(limit, sums.values()), default=0.0)
            highest = [passage for passage, total in sums.items() if total >= kth]
            if len(highest) >= limit:
                least = max(least, least_sum(min(map(score, highest[:limit])), growth))
        return [(score(passage), passage) for passage, total in sums.items() if total >= least]

    def count(self, postings: Postings, ranges: Ranges[int]) -> int:
        passages = passages_of(self._segment, postings)
        impacts = bytes(self._segment.impacts(postings))
        bounds = (
            (bisect_left(passages, first), bisect_left(passages, end))
            for first, end in each(ranges)
        )
        return sum(end - first - impacts.count(0, first, end) for first, end in bounds)


def passages_of(segment: Segment, postings: Postings) -> Sequence[int]:
    """Return the passages of a term's entries."""
    if not postings.width:
        return range(postings.entries)
    return list(accumulate(segment.gaps(postings)))
