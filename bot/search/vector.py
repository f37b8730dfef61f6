"""The arithmetic over postings in numpy: what answers every question but a process's first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from bot.search.maxscore import Term, weak_and
from bot.search.scoring import K1, length_norm
from bot.search.segment import Postings

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""


def passages_of(postings: Postings) -> Array:
    """The passages of a term's list, then one that is greater than any."""
    gaps = np.asarray(postings.gaps)
    passages = np.empty(len(gaps) + 1, np.int64)
    np.cumsum(gaps, dtype=np.int64, out=passages[:-1])
    passages[-1] = np.iinfo(np.int64).max
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
        sums = np.zeros(0)
    if len(sums) < passages:
        sums = np.zeros(passages)
    yield sums
    if len(_free) < 4:
        _free.append(sums)


class VectorArithmetic:
    """Implements `bot.search.maxscore.Arithmetic`."""

    def __init__(
        self,
        lengths: memoryview,
        average_length: float,
        limit: int,
        mask: bytearray | None,
        sums: Array,
    ) -> None:
        """``lengths`` are the passages'; ``mask`` has 1 for each passage that may be found;
        ``sums`` has a 0.0 for each passage, and must be cleared by `clear`."""
        self._lengths = np.asarray(lengths)
        self._average_length = average_length
        self._limit = limit
        self._mask = None if mask is None else np.frombuffer(mask, np.bool_)
        self._sums = sums
        self._added: list[Array] = []
        self._last_sums: Array = sums[:0]
        self._candidates: Array = np.zeros(0, np.int64)
        self._candidate_sums: Array = sums[:0]
        self._norms: Array = sums[:0]
        self._read: dict[int, Array] = {}

    def clear(self) -> None:
        """Set the sums back to 0.0."""
        for passages in self._added:
            self._sums[passages] = 0.0

    def add(self, term: Term) -> float:
        passages = self._passages(term)[:-1]
        frequencies: Any = len(term.postings.levels) + 1
        if term.postings.frequencies is not None:
            frequencies = np.asarray(term.postings.frequencies)
        if self._mask is not None:
            kept = self._mask[passages]
            passages = passages[kept]
            if term.postings.frequencies is not None:
                frequencies = frequencies[kept]
        gives = self._norm(passages)
        gives += frequencies
        np.divide(frequencies * (term.idf * (K1 + 1)), gives, out=gives)
        gives += self._sums[passages]
        self._sums[passages] = gives
        self._added.append(passages)
        self._last_sums = gives
        return self._kth(gives)

    def probe(self, others: Sequence[Term]) -> float:
        sums, passages = self._last_sums, self._added[-1]
        if len(sums) < self._limit:
            return 0.0
        if len(sums) > 2 * self._limit:
            passages = passages[np.argpartition(sums, -2 * self._limit)[-2 * self._limit :]]
            passages.sort()
        norms = self._norm(passages)
        return self._kth(sum(self._gives(term, passages, norms) for term in others))

    def choose(self, floor: float) -> None:
        chosen = [self._candidates]
        sums = [self._candidate_sums]
        for passages in self._added:
            gives = self._sums[passages]
            kept = np.flatnonzero(gives >= floor)
            chosen.append(passages[kept])
            sums.append(gives[kept])
            self._sums[chosen[-1]] = -np.inf  # chosen once is enough
        self._candidates = np.concatenate(chosen)
        self._candidate_sums = np.concatenate(sums)
        self._norms = self._norm(self._candidates)

    def choose_from_bitmaps(self, terms: Sequence[Term], threshold: float) -> None:
        bitmaps = [np.asarray(term.postings.levels[0]) for term in terms]
        bits = weak_and(bitmaps, [term.level_bound for term in terms], threshold)
        if bits is None:
            return
        passages = _positions(bits)
        if self._mask is not None:
            passages = passages[self._mask[passages]]
        passages = passages[self._sums[passages] >= 0.0]
        self._candidates = np.concatenate([self._candidates, passages])
        self._candidate_sums = np.concatenate([self._candidate_sums, self._sums[passages]])
        self._norms = self._norm(self._candidates)

    def refine(self, term: Term, listed: bool, floor: float) -> None:
        gives = self._gives(term, self._candidates, self._norms, without_list=listed)
        sums = self._candidate_sums + gives
        kept = sums >= floor
        self._candidates = self._candidates[kept]
        self._candidate_sums = sums[kept]
        self._norms = self._norms[kept]

    def scores(self, terms: Sequence[Term]) -> list[tuple[float, int]]:
        passages, norms = self._candidates, self._norms
        if len(passages) > 2 * self._limit:
            # sums in another order differ in their last digits, so near-ties stay
            kept = self._candidate_sums >= self._kth(self._candidate_sums) * (1 - 1e-9)
            passages, norms = passages[kept], norms[kept]
        gives = [self._gives(term, passages, norms).tolist() for term in terms]
        return list(zip(map(math.fsum, zip(*gives, strict=True)), passages.tolist(), strict=True))

    def _kth(self, sums: Array) -> float:
        if len(sums) < self._limit:
            return 0.0
        return float(np.partition(sums, -self._limit)[-self._limit])

    def _norm(self, passages: Array) -> Array:
        lengths: Any = self._lengths[passages]  # the formula does as well for a whole array
        return length_norm(lengths, self._average_length)

    def _passages(self, term: Term) -> Array:
        known = self._read.get(id(term))
        if known is None:
            known = self._read[id(term)] = passages_of(term.postings)
        return known

    def _gives(
        self, term: Term, passages: Array, norms: Array, without_list: bool = False
    ) -> Array:
        """What the term gives each of these passages, which are in order."""
        levels = term.postings.levels
        frequencies = np.zeros(len(passages))
        if levels:
            byte, bit = passages >> 3, (passages & 7).astype(np.uint8)
            for level in levels:
                frequencies += np.asarray(level)[byte] >> bit & 1
        if term.postings.gaps:
            list_ = self._passages(term)
            places = list_.searchsorted(passages)
            found = np.flatnonzero(list_[places] == passages)
            if without_list:
                frequencies[found] = 0
            elif term.postings.frequencies is None:
                frequencies[found] = len(levels) + 1
            else:
                frequencies[found] = np.asarray(term.postings.frequencies)[places[found]]
        gives: Array = term.idf * ((frequencies * (K1 + 1)) / (norms + frequencies))
        return gives


def _positions(bits: Array) -> Array:
    """The places of the bits that are set."""
    words = np.flatnonzero(bits)
    which, place = np.nonzero(np.unpackbits(bits[words, None], axis=1, bitorder="little"))
    return words[which] * 8 + place
