"""Search of a segment for its best passages: by the compiled kernel, or in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.search.segments.ranges import Ranges
from bot.search.segments.segment_format import Postings

Terms = Sequence[tuple[float, Postings]]
"""The idf and the postings of each term of a question."""


class Searcher(Protocol):
    """Asks one segment. Safe for any number of threads."""

    def best(
        self,
        terms: Terms,
        average_length: float,
        limit: int,
        threshold: float,
        ranges: Ranges[int],
    ) -> list[tuple[float, int]]:
        """Return the exact scores of the ``limit`` best passages of these ranges, with their
        numbers, and of a few more; in no order. Of equals the first are there.

        ``average_length`` is how many terms a passage holds, and ``threshold`` the least score
        that is of any use.
        """

    def count(self, postings: Postings, ranges: Ranges[int]) -> int:
        """Return the number of passages of these ranges that hold the term."""
