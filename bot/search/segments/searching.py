"""Search of a segment for its best passages in some ranges of them: the seam that the compiled
kernel and plain Python implement, and the ranges.

Ranges are one array of numbers: where one begins, where it ends, and so on. They are in order, none
is empty and no two touch, so that the numbers only ever rise, and a passage is in a range where an
odd count of them is not above it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.core.light_typing import Protocol
from bot.search.segments.segment_format import Postings

Ranges = array
"""Array of type code "I": numbers of 32 bits, as the kernel reads them."""


def in_order(ranges: Iterable[range]) -> Ranges[int]:
    """Return these ranges, of which no two overlap; those that touch become one."""
    made = array("I")
    for own in sorted(ranges, key=lambda own: own.start):
        if made and made[-1] == own.start:
            made[-1] = own.stop
        elif own:
            made.extend((own.start, own.stop))
    return made


def without(ranges: Ranges[int], gone: Ranges[int]) -> Ranges[int]:
    """Return the ranges less some parts of them."""
    if not gone:
        return ranges
    if len(gone) > 2:
        # a border is where one of them begins or ends, and none where both do
        return array("I", sorted(set(ranges).symmetric_difference(gone)))
    # one by one, as articles are removed that are put anew: copying is all that it takes
    at = bisect_right(ranges, gone[0])
    first, end = ranges[at - 1 : at + 1]
    left = in_order([range(first, gone[0]), range(gone[1], end)])
    return ranges[: at - 1] + left + ranges[at + 1 :]


def include(ranges: Ranges[int], passage: int) -> bool:
    """Return whether the passage is in one of the ranges."""
    return bisect_right(ranges, passage) % 2 == 1


def each(ranges: Ranges[int]) -> Iterator[tuple[int, int]]:
    """The first passage of each range, and the one behind the last."""
    return zip(ranges[::2], ranges[1::2], strict=True)


Terms = Sequence[tuple[float, Postings]]
"""The idf and the postings of each term of a question."""


class Searcher(Protocol):
    """Asks one segment. Safe for any number of threads."""

    def best(
        self, terms: Terms, average_length: float, limit: int, threshold: float, ranges: Ranges[int]
    ) -> list[tuple[float, int]]:
        """Return the exact scores of the ``limit`` best passages of these ranges, with their
        numbers, and of a few more; in no order. Of equals the first are there.

        ``average_length`` is how many terms a passage holds, and ``threshold`` the least score
        that is of any use.
        """

    def count(self, postings: Postings, ranges: Ranges[int]) -> int:
        """Return the number of passages of these ranges that hold the term."""
