"""Accumulators: a sum for each passage, to which the terms of a question add what they give.

A few calls of numpy for each term, and no step in Python for each posting. The sums are whole
numbers of 16 bits where they can be, for in a large segment it is memory, read and written, that
takes the time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.search.segments.entries import Array, Entries

_MOST_TERMS = 16
"""With more, sums of 16 bits would be too coarse."""
_COLUMNS = 256
_COLUMNS_EACH = 16
"""So many columns there are for each passage that is asked for, so that hardly two share one."""
_BANDS = 64
_SCATTERED = 32
"""A sum here and there takes as long as so many in a row, nearly."""
_MOST_COMPARED = 32_768
"""So many sums are compared sooner than those are found that need be."""
_MOST_SPACES = 2


def largest_sum(terms: int) -> int:
    """What a sum may come to, in a question of so many terms."""
    return 0xFFFF if terms <= _MOST_TERMS else 0x7FFFFFFF


class _Space:
    """Arrays that one question after the other uses: to ask the system for new ones takes longer
    than all that is done with them."""

    def __init__(self) -> None:
        self.sums = np.zeros(0, np.uint32)
        """Of the passages; 0 whenever no question is at it."""
        self.given = np.empty(0, np.uint32)
        """What each entry adds to its passage's sum."""
        self.passages = np.empty(0, np.intp)
        """Of the entries of lists, one after the other."""

    def grow(self, sums: int, entries: int, passages: int) -> None:
        """Have room for so many, and for the entries of lists and of one column."""
        if len(self.sums) < sums:
            self.sums = np.zeros(sums, np.uint32)
        if len(self.given) < entries + passages:
            self.given = np.empty(2 * entries + passages, np.uint32)
        if len(self.passages) < entries:
            self.passages = np.empty(2 * entries, np.intp)


_free: list[_Space] = []


class Accumulators:
    """The sums of a segment's passages, in a space that no other thread has meanwhile."""

    def __init__(
        self,
        passages: int,
        entries: Sequence[Entries],
        limit: int,
        mask: bytearray | None,
        gone: Sequence[range],
    ) -> None:
        """``entries`` are those of a question's terms; ``limit`` is how many of the best are asked
        for; ``mask`` has a 1 for each passage that may be found, where not all may, and ``gone``
        are those that may not."""
        self._entries, self._limit, self._mask, self._gone = entries, limit, mask, gone
        self._columns = max(_COLUMNS, _COLUMNS_EACH * limit)
        self._kind = np.uint16 if len(entries) <= _MOST_TERMS else np.uint32
        width = self._columns * (passages // (self._columns * _BANDS) + 1)
        try:
            self._space = space = _free.pop()
        except IndexError:
            self._space = space = _Space()
        space.grow(_BANDS * width, sum([own.cost for own in entries]), passages)
        self._all: Array = space.sums.view(self._kind)[: _BANDS * width]
        self._sums: Array = self._all[:passages]

    def release(self) -> None:
        """Let another question have the space."""
        self._all.fill(0)
        if len(_free) < _MOST_SPACES:
            _free.append(self._space)

    def add(self, first: int, end: int, weights: Sequence[int]) -> None:
        """Add up the impacts of the terms from ``first`` to before ``end``, times their weights."""
        given = self._space.given.view(self._kind)
        lists, stop = [], 0
        for own, weight in zip(self._entries[first:end], weights[first:end], strict=True):
            each = given[stop : stop + len(own.impacts)]
            np.multiply(own.impacts, self._kind(weight), each)
            if own.passages is None:
                np.add(self._sums, each, self._sums)
            else:
                lists.append(own.passages)
                stop += len(each)
        if lists:
            passages = np.concatenate(lists, out=self._space.passages[:stop])
            np.add.at(self._all, passages, given[:stop])

    def kth(self) -> int:
        """A sum that as many passages have as are asked for, or have more. There is hardly ever a
        larger one: it is found among the largest of every so many sums."""
        if self._mask is not None:
            self._sums *= np.frombuffer(self._mask, np.uint8)
        for removed in self._gone:
            self._sums[removed.start : removed.stop] = 0
        self._highest = np.maximum.reduce(self._all.reshape(_BANDS, -1))
        peaks = np.maximum.reduce(self._highest.reshape(-1, self._columns))
        peaks.partition(self._columns - self._limit)
        return int(peaks[-self._limit])

    def reaching(self, least: int, most: int) -> Array | None:
        """The passages with at least this sum, which is more than 0, in their order; None where
        they are more than about ``most``. It is for sums that `kth` has seen."""
        if len(self._all) > _MOST_COMPARED:
            high = self._highest >= least
            where = high.nonzero()[0]
            if len(where) > most:
                return None
            if len(where) * _SCATTERED < len(high):
                numbers = np.arange(0, len(self._all), len(high))[:, None] + where
                return numbers[self._all.take(numbers) >= least]
        found = (self._sums >= least).nonzero()[0]
        return found if len(found) <= most else None

    def of(self, passages: Array) -> Array:
        """The sums of these passages."""
        return self._sums[passages].astype(np.int64)

    def look_up(self, first: int, end: int, passages: Array) -> Array:
        """What the terms from ``first`` to before ``end`` have in these passages: a row of impacts
        for each term."""
        impacts = np.empty((end - first, len(passages)), np.uint8)
        found = np.empty(impacts.shape, np.uint32)
        narrow = passages.astype(np.uint32)
        for row, own in enumerate(self._entries[first:end]):
            at = passages
            if own.passages is None:
                found[row] = passages
            else:
                at = own.passages.searchsorted(narrow)
                own.passages.take(at, out=found[row], mode="clip")
            own.impacts.take(at, out=impacts[row], mode="clip")
        impacts *= (found == narrow).view(np.uint8)
        return impacts
