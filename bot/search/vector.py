"""The arithmetic over postings in numpy: what answers every question but a process's first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from bot.search.maxscore import Term, deepest, less, weak_and
from bot.search.scoring import K1, length_norm
from bot.search.segment import Postings, Segment

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""


_BEYOND = 1 << 62
_MOST_SEEDS = 500


def passages_of(postings: Postings) -> Array:
    """The passages of a term's list, then one that is greater than any."""
    gaps = np.asarray(postings.gaps)
    passages = np.empty(len(gaps) + 1, np.int64)
    np.cumsum(gaps, dtype=np.int64, out=passages[:-1])
    passages[-1] = _BEYOND
    return passages


def count(postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold the term."""
    if postings.levels:
        bits = np.unpackbits(np.asarray(postings.levels[0]), bitorder="little")
        return int(sum(np.count_nonzero(bits[r.start : r.stop]) for r in ranges))
    passages = passages_of(postings)
    bounds = passages.searchsorted([bound for r in ranges for bound in (r.start, r.stop)])
    return int((bounds[1::2] - bounds[::2]).sum())


_free: list[Array] = []


@contextmanager
def borrowed_sums(passages: int) -> Iterator[Array]:
    """At least so many sums of 0.0, to be given back as such: clearing what was used takes less
    than asking for new ones. Two threads never have the same."""
    try:
        sums = _free.pop()
    except IndexError:
        sums = np.zeros(0, np.float32)
    if len(sums) < passages:
        sums = np.zeros(passages, np.float32)
    yield sums
    if len(_free) < 4:
        _free.append(sums)


class VectorArithmetic:
    """Implements `bot.search.maxscore.Arithmetic`."""

    def __init__(
        self,
        segment: Segment,
        average_length: float,
        limit: int,
        mask: bytearray | None,
        sums: Array,
    ) -> None:
        """``mask`` has 1 for each passage that may be found; ``sums`` has a 0.0 for each
        passage, and must be cleared by `clear`."""
        self._lengths = np.asarray(segment.lengths)
        self._norm_of: Array = _norm_table(segment.header.longest, average_length)
        self._limit = limit
        self._mask = None if mask is None else np.frombuffer(mask, np.bool_)
        self._sums = sums
        self._added: list[Array] = []
        self._last: Array = sums[:0]
        self._chosen: list[tuple[Array, Array]] = []
        self._candidates: Array = np.zeros(0, np.int64)
        self._potentials: Array = np.zeros(0)
        self._lists: dict[int, _List] = {}
        self._tested: tuple[Any, Array, Array] = (None, None, None)
        """Passages whose places in a bitmap are known: which byte, which bit."""

    def clear(self) -> None:
        """Set the sums back to 0.0."""
        for passages in self._added:
            self._sums[passages] = 0.0

    def add(self, term: Term, threshold: float) -> float:
        list_ = self._list(term)
        passages, frequencies = list_.passages[:-1], list_.frequencies
        if self._mask is not None:
            kept = self._mask[passages]
            passages = passages[kept]
            if frequencies is not None:
                frequencies = frequencies[kept]
        often = len(term.postings.levels) + 1
        weight = term.idf * (K1 + 1)
        lengths = self._lengths[passages]
        gives = (weight * often / (self._norm_of + often)).astype(np.float32)[lengths]
        if frequencies is not None:
            more = (frequencies > often).nonzero()[0]
            often = frequencies[more]
            gives[more] = weight * often / (self._norm_of[lengths[more]] + often)
        if self._added:
            gives += self._sums[passages]
        self._sums[passages] = gives
        self._added.append(passages)
        self._last = gives
        return self._kth(gives[gives >= threshold])

    def choose(self, remaining: float, threshold: float) -> None:
        floor = threshold - remaining
        for passages in reversed(self._added):  # those added last have their sums at hand
            sums = self._last if passages is self._added[-1] else self._sums[passages]
            kept = (sums >= floor).nonzero()[0]
            chosen = passages[kept]
            self._sums[chosen] = -np.inf  # chosen once is enough
            self._chosen.append((chosen, sums[kept] + remaining))
        self._gather()

    def seed(self, terms: Sequence[Term]) -> float:
        for levels in deepest(terms):
            bits = np.asarray(levels[0])
            for level in levels[1:]:
                bits = bits & np.asarray(level)
            passages = self._allowed(_positions(bits, _MOST_SEEDS))
            if len(passages) >= self._limit:
                break
        sums = self._sums[passages].astype(np.float64)
        norms = self._norm(passages)
        for term in terms:
            frequencies = np.zeros(len(passages))
            for level in term.postings.levels:
                frequencies += self._test(level, passages)
            self._look_up(term, passages, frequencies, without_list=True)
            sums += term.idf * (K1 + 1) * frequencies / (norms + frequencies)
        return self._kth(sums)

    def choose_from_bitmaps(
        self, terms: Sequence[Term], remaining: float, threshold: float
    ) -> None:
        bands = [[(np.asarray(level), bound) for level, bound in term.bands] for term in terms]
        bits = weak_and(bands, threshold)
        if bits is None:
            return
        passages = self._allowed(_positions(bits))
        sums = self._sums[passages]
        new = sums >= 0.0
        self._chosen.append((passages[new], sums[new] + remaining))
        self._gather()

    def _allowed(self, passages: Array) -> Array:
        return passages if self._mask is None else passages[self._mask[passages]]

    def _gather(self) -> None:
        if len(self._chosen) == 1:
            self._candidates, self._potentials = self._chosen[0]
        elif self._chosen:
            self._candidates, self._potentials = map(
                np.concatenate, zip(*self._chosen, strict=True)
            )

    def narrow(self, term: Term, bound: float, threshold: float) -> None:
        self._potentials -= bound - bound * self._test(term.postings.levels[0], self._candidates)
        self._keep(threshold)

    def refine(self, term: Term, bound: float, listed: bool, threshold: float) -> None:
        passages = self._candidates
        if term.postings.levels:
            present = self._test(term.postings.levels[0], passages)
            frequencies = present.astype(np.float64)
            for level in term.postings.levels[1:]:
                frequencies += self._test(level, passages)
            bounds: Any = bound * present
        else:
            frequencies = np.zeros(len(passages))
            bounds = bound
        self._look_up(term, passages, frequencies, without_list=listed)
        gives = (term.idf * (K1 + 1)) * frequencies / (self._norm(passages) + frequencies)
        gives -= bounds
        self._potentials += gives
        self._keep(threshold)

    def _keep(self, threshold: float) -> None:
        kept = (self._potentials >= threshold).nonzero()[0]
        if len(kept) < len(self._candidates):
            self._candidates = self._candidates[kept]
            self._potentials = self._potentials[kept]

    def scores(self, terms: Sequence[Term]) -> list[tuple[float, int]]:
        passages = self._candidates
        if len(passages) > 2 * self._limit:
            passages = passages[self._potentials >= less(self._kth(self._potentials))]
        frequencies = np.zeros((len(terms), len(passages)))
        for row, term in enumerate(terms):
            for level in term.postings.levels:
                frequencies[row] += self._test(level, passages)
            self._look_up(term, passages, frequencies[row])
        idfs = np.array([[term.idf] for term in terms])
        gives = idfs * ((frequencies * (K1 + 1)) / (self._norm(passages) + frequencies))
        return list(zip(map(math.fsum, gives.T.tolist()), passages.tolist(), strict=True))

    def _kth(self, sums: Array) -> float:
        if len(sums) < self._limit:
            return 0.0
        return float(np.partition(sums, -self._limit)[-self._limit])

    def _norm(self, passages: Array) -> Array:
        norms: Array = self._norm_of[self._lengths[passages]]
        return norms

    def _list(self, term: Term) -> _List:
        known = self._lists.get(id(term))
        if known is None:
            postings = term.postings
            known = self._lists[id(term)] = _List(
                passages_of(postings),
                None if postings.frequencies is None else np.asarray(postings.frequencies),
            )
        return known

    def _test(self, level: memoryview, passages: Array) -> Array:
        """A 1 for each of the passages that is in the bitmap, 0 for the others."""
        if self._tested[0] is not passages:
            self._tested = passages, passages >> 3, (passages & 7).astype(np.uint8)
        _, byte, bit = self._tested
        return np.asarray(level)[byte] >> bit & 1

    def _look_up(
        self, term: Term, passages: Array, frequencies: Array, without_list: bool = False
    ) -> None:
        """Put in how often the term stands in those of the passages that are in its list."""
        if not term.postings.gaps:
            return
        list_ = self._list(term)
        places = list_.passages.searchsorted(passages)
        found = (list_.passages[places] == passages).nonzero()[0]
        if without_list:
            frequencies[found] = 0
        elif list_.frequencies is None:
            frequencies[found] = len(term.postings.levels) + 1
        else:
            frequencies[found] = list_.frequencies[places[found]]


@lru_cache(8)
def _norm_table(longest: int, average_length: float) -> Array:
    """The norm of each length."""
    lengths: Any = np.arange(longest + 1)  # the formula does for arrays as well
    return length_norm(lengths, average_length)


class _List(NamedTuple):
    """A term's list, read."""

    passages: Array
    """In order, then one that is greater than any."""
    frequencies: Array | None
    """None where all are one more than there are bitmaps."""


def _positions(bits: Array, most: int | None = None) -> Array:
    """The places of the bits that are set, those of at most so many bytes."""
    words = bits.nonzero()[0][:most]
    which, place = np.unpackbits(bits[words, None], axis=1, bitorder="little").nonzero()
    return words[which] * 8 + place
