"""The best passages of a segment, in plain Python: slow by the posting, but there at once.

The same as `bot.search.vector`, for a process's first question, when importing numpy would take
longer than the answer, and for questions of few postings.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nlargest
from itertools import accumulate

from bot.search.impacts import STEPS, least_frequency, least_sum, weight
from bot.search.scoring import length_norm, term_score
from bot.search.segment import Postings, Segment


class Norms(dict[int, float]):
    """The norm of each length, worked out when it is first asked for."""

    def __init__(self, average_length: float) -> None:
        super().__init__()
        self._average_length = average_length

    def __missing__(self, length: int) -> float:
        norm = self[length] = length_norm(length, self._average_length)
        return norm


def best(
    segment: Segment,
    terms: Sequence[tuple[float, Postings]],
    average_length: float,
    limit: int,
    threshold: float,
    mask: bytearray | None,
) -> list[tuple[float, int]]:
    """The same as `bot.search.vector.best`."""
    sums: dict[int, float] = {}
    lists = []
    for idf, postings in terms:
        passages = passages_of(postings)
        lists.append(passages)
        gives = [weight(idf) * impact for impact in range(STEPS + 1)]
        before = sums.get
        sums.update(
            [
                (passage, before(passage, 0.0) + gives[impact])
                for passage, impact in zip(passages, postings.impacts, strict=True)
                if impact
            ]
        )
    if mask is not None:
        sums = {passage: given for passage, given in sums.items() if mask[passage]}
    norms, norms_before = Norms(average_length), Norms(segment.header.average_length)

    def score(passage: int) -> float:
        gives = []
        length = segment.lengths[passage]
        for (idf, postings), passages in zip(terms, lists, strict=True):
            entry = bisect_left(passages, passage)
            if entry == len(passages) or passages[entry] != passage or not postings.impacts[entry]:
                continue
            frequency = postings.exceptions.get(entry) or int(
                least_frequency(postings.impacts[entry], norms_before[length])
            )
            gives.append(term_score(idf, frequency, norms[length]))
        return math.fsum(gives)

    highest = [score(passage) for passage in nlargest(limit, sums, key=sums.__getitem__)]
    kth = min(highest) if len(highest) == limit else 0.0
    least = least_sum(max(kth, threshold), average_length / segment.header.average_length)
    return [(score(passage), passage) for passage, given in sums.items() if given >= least]


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
