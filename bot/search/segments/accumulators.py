"""Accumulators: a sum for each passage, to which the terms of a question add what they give.

A few calls of numpy for all terms, and no step in Python for each posting. The sums are whole
numbers of 16 bits where they can be, for in a large segment it is memory, read and written, that
takes the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from bot.search.segments.segment import MOST_DECODED, Postings

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_MOST_TERMS = 16
"""With more, sums of 16 bits would be too coarse."""
_COLUMNS = 1024
_BANDS = 16
_MOST_COMPARED = 65_536
"""So many sums are compared sooner than those are found that need be."""
_MOST_SPACES = 2


def largest_sum(terms: int) -> int:
    """What a sum may come to, in a question of so many terms."""
    return 0xFFFF if terms <= _MOST_TERMS else 0x7FFFFFFF


class Accumulators:
    """The sums of a segment's passages, and the postings of a question's terms."""

    def __init__(
        self,
        passages: int,
        postings: Sequence[Postings],
        limit: int,
        mask: bytearray | None,
        gone: Sequence[range],
        space: _Space,
    ) -> None:
        """``limit`` is how many of the best are asked for; ``mask`` has a 1 for each passage that
        may be found, where not all may, and ``gone`` are those that may not."""
        self._limit, self._mask, self._gone, self._space = limit, mask, gone, space
        self._kind = np.uint16 if len(postings) <= _MOST_TERMS else np.uint32
        self._columns = max(_COLUMNS, limit)
        width = self._columns * -(-passages // (self._columns * _BANDS))
        entries = sum(len(own.impacts) + 1 for own in postings)
        space.grow(_BANDS * width, max(passages, entries))
        self._all: Array = space.sums.view(self._kind)[: _BANDS * width]
        self._bands: Array = self._all.reshape(_BANDS, width)
        self._sums: Array = self._all[:passages]
        self._given: Array = space.given.view(self._kind)
        self._impacts: list[Array | None] = []
        """Of each term: an impact for every passage; None where it has a list."""
        self.exceptions: list[Mapping[int, int]] = []
        """Of each term: its exceptional frequencies, by the numbers that `look_up` gives."""
        self._starts = [0]
        """Where in the space each term's list begins, and, behind it, the next one's."""
        for own in postings:
            column, exceptions = _column(own, passages)
            self._impacts.append(column)
            self.exceptions.append(exceptions)
            start = self._starts[-1]
            self._starts.append(start if column is not None else space.load(own, start))

    def add(self, first: int, end: int, weights: Sequence[int]) -> None:
        """Add up the impacts of the terms from ``first`` to before ``end``, times their weights."""
        start, stop = self._starts[first], self._starts[end]
        if start < stop:
            sizes = np.diff(self._starts[first : end + 1])
            each = np.array(weights[first:end], self._kind).repeat(sizes)
            given = self._given[start:stop]
            np.multiply(self._space.impacts[start:stop], each, out=given)
            np.add.at(self._all, self._space.passages[start:stop], given)
        for at in range(first, end):
            column = self._impacts[at]
            if column is not None:
                given = self._given[: len(column)]
                np.multiply(column, self._kind(weights[at]), out=given)
                self._sums += given

    def kth(self) -> int:
        """A sum that as many passages have as are asked for, or have more. There is hardly ever a
        larger one: it is found among the largest of every so many sums."""
        if self._mask is not None:
            self._sums *= np.frombuffer(self._mask, np.uint8)
        for removed in self._gone:
            self._sums[removed.start : removed.stop] = 0
        self._highest = self._bands.max(axis=0)
        peaks = self._highest.reshape(-1, self._columns).max(axis=0)
        peaks.partition(len(peaks) - self._limit)
        return int(peaks[-self._limit])

    def reaching(self, least: int, most: int) -> Array | None:
        """The passages with at least this sum, which is more than 0, in their order; None where
        they are more than about ``most``. It is for sums that `kth` has seen."""
        if len(self._sums) > _MOST_COMPARED:
            high = self._highest >= least
            often = np.count_nonzero(high)
            if often > most:
                return None
            if often * 2 * _BANDS < len(high):
                where = high.nonzero()[0]
                numbers = np.arange(0, self._all.size, len(high))[:, None] + where
                return numbers[self._bands.take(where, axis=1) >= least]
        found = (self._sums >= least).nonzero()[0]
        return found if len(found) <= most else None

    def of(self, passages: Array) -> Array:
        """The sums of these passages."""
        return self._sums[passages].astype(np.int64)

    def look_up(self, first: int, end: int, passages: Array) -> tuple[Array, Array]:
        """What the terms from ``first`` to before ``end`` have in these passages: a row for each
        term, of impacts; and of numbers by which `exceptions` knows them."""
        space = self._space
        numbers = np.empty((end - first, len(passages)), np.intp)
        impacts = np.empty((end - first, len(passages)), np.uint8)
        lists = []
        for row, at in enumerate(range(first, end)):
            column = self._impacts[at]
            if column is not None:
                numbers[row] = passages
                column.take(passages, out=impacts[row], mode="clip")
            else:
                own = space.passages[self._starts[at] : self._starts[at + 1] - 1]
                numbers[row] = own.searchsorted(passages)
                lists.append(row)
        if lists:
            rows = slice(None) if len(lists) == len(numbers) else lists
            entries = numbers[rows] + np.array(self._starts[first:end])[rows][:, None]
            held = space.passages[entries] == passages
            impacts[rows] = space.impacts[entries] * held
        return impacts, numbers

    def clear(self) -> None:
        """Leave the space as it was."""
        self._all.fill(0)


def _column(postings: Postings, passages: int) -> tuple[Array | None, Mapping[int, int]]:
    """A term's impact in every passage, where it lies so in the file or the segment is small, with
    its exceptional frequencies by passage; else None, and these by entry."""
    if postings.gaps is None:
        return np.asarray(postings.impacts), postings.exceptions
    if passages > MOST_DECODED:
        return None, postings.exceptions
    if not postings.decoded:
        numbers = passages_of(postings)
        column = np.zeros(passages, np.uint8)
        column[numbers] = postings.impacts
        exceptions = {int(numbers[at]): often for at, often in postings.exceptions.items()}
        postings.decoded.append((column, exceptions))
    column, exceptions = postings.decoded[0]
    return column, exceptions


def passages_of(postings: Postings) -> Array:
    """The passages of a term's entries, where they have gaps."""
    return np.asarray(postings.gaps).cumsum(dtype=np.intp)


class _Space:
    """Arrays that one question after the other uses: to ask the system for new ones takes longer
    than all that is done with them."""

    def __init__(self) -> None:
        self.sums = np.zeros(0, np.uint32)
        """Of the passages; 0 whenever no question is at it."""
        self.given = np.empty(0, np.uint32)
        """What each entry adds to its passage's sum."""
        self.passages = np.empty(0, np.intp)
        """Of the entries of all lists."""
        self.impacts = np.empty(0, np.uint8)
        """Of the same."""

    def grow(self, sums: int, entries: int) -> None:
        """Have room for so many."""
        if len(self.sums) < sums:
            self.sums = np.zeros(sums, np.uint32)
        if len(self.given) < entries:
            self.given = np.empty(2 * entries, np.uint32)
            self.passages = np.empty(2 * entries, np.intp)
            self.impacts = np.empty(2 * entries, np.uint8)

    def load(self, postings: Postings, start: int) -> int:
        """Write a list's entries to where they begin; returns where the next list may."""
        end = start + len(postings.impacts)
        passages = self.passages[start:end]
        if postings.decoded:
            passages[:] = postings.decoded[0]
        else:
            np.add.accumulate(np.asarray(postings.gaps), dtype=np.intp, out=passages)
            if passages.nbytes <= MOST_DECODED:
                postings.decoded.append(passages.copy())
        self.impacts[start:end] = postings.impacts
        # between two lists there is an entry of no passage, where a search may end
        self.passages[end] = -1
        self.impacts[end] = 0
        return end + 1


_free: list[_Space] = []


@contextmanager
def accumulators(
    passages: int,
    postings: Sequence[Postings],
    limit: int,
    mask: bytearray | None,
    gone: Sequence[range],
) -> Iterator[Accumulators]:
    """`Accumulators`, in a space that no other thread has meanwhile."""
    try:
        space = _free.pop()
    except IndexError:
        space = _Space()
    sums = Accumulators(passages, postings, limit, mask, gone, space)
    yield sums
    sums.clear()
    if len(_free) < _MOST_SPACES:
        _free.append(space)
