"""The best passages of a segment, in plain Python: slow by the posting, but there at once.

The same as `bot.search.segments.vector`, for a process's first question, when importing numpy
would take longer than the answer, and for questions of few postings.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nlargest
from itertools import accumulate

from bot.search.segments.impacts import STEPS, least_frequency, least_sum, weight
from bot.search.segments.scoring import length_norm, term_score
from bot.search.segments.segment import Postings, Segment


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

    def impact(self, passage: int) -> int:
        """The impact in this passage: 0 where the term does not stand in it."""
        entry = self.entry(passage)
        return 0 if entry is None else self.impacts[entry]

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
    """The same as `bot.search.segments.vector.best`.

    Where all terms that are left cannot make one of the best of a passage that has none of those
    before, they are only looked up (MaxScore: Turtle and Flood, "Query evaluation: strategies and
    optimizations", 1995).
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

    def score(passage: int) -> float:
        length = segment.lengths[passage]
        norm, norm_before = norms[length], norms_before[length]
        return math.fsum(
            term_score(idf, frequency, norm)
            for (idf, _), own in zip(terms, held, strict=True)
            if (frequency := own.frequency(passage, norm_before))
        )

    def least_among(sums: dict[int, float]) -> float:
        """The least sum of a passage that may be among the best, judged by those of ``sums``."""
        highest = nlargest(limit, sums, key=sums.__getitem__)
        kth = min(map(score, highest)) if len(highest) == limit else 0.0
        return least_sum(max(kth, threshold), growth)

    sums: dict[int, float] = {}
    least = least_sum(threshold, growth)
    done = 0
    while done < len(terms) and remaining[done] >= least:
        before, step = sums.get, weights[done]
        sums.update(
            [
                (passage, before(passage, 0.0) + step * impact)
                for passage, impact in zip(held[done].passages, held[done].impacts, strict=True)
                if impact and (mask is None or mask[passage])
            ]
        )
        done += 1
        least = least_among(sums)
    for at in range(done, len(terms)):
        own, step, rest = held[at].impact, weights[at], remaining[at + 1]
        kept = [passage for passage, total in sums.items() if total + remaining[at] >= least]
        sums = {
            passage: total
            for passage in kept
            if (total := sums[passage] + step * own(passage)) + rest >= least
        }
    least = least_among(sums)
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
