"""The arithmetic over postings in plain Python: slow by the posting, but there at once.

What takes the time are a fresh process's imports, so this one has none to speak of.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import accumulate, compress, islice, repeat

from bot.search.maxscore import Term, deepest, less, weak_and
from bot.search.scoring import length_norm, term_score
from bot.search.segment import Postings, Segment

_MOST_SEEDS = 100
_ANY_BIT = re.compile(rb"[^\0]")


class Norms(dict[int, float]):
    """The norm of each length, worked out when it is first asked for."""

    def __init__(self, average_length: float) -> None:
        super().__init__()
        self._average_length = average_length

    def __missing__(self, length: int) -> float:
        norm = self[length] = length_norm(length, self._average_length)
        return norm


class _Gives(dict[int, "_GivesByLength"]):
    """What a term gives by its frequency, and then by the passage's length."""

    def __init__(self, idf: float, norms: Norms) -> None:
        super().__init__()
        self._idf = idf
        self._norms = norms

    def __missing__(self, frequency: int) -> _GivesByLength:
        gives = self[frequency] = _GivesByLength(self._idf, frequency, self._norms)
        return gives


class _GivesByLength(dict[int, float]):
    def __init__(self, idf: float, frequency: int, norms: Norms) -> None:
        super().__init__()
        self._idf = idf
        self._frequency = frequency
        self._norms = norms

    def __missing__(self, length: int) -> float:
        gives = self[length] = term_score(self._idf, self._frequency, self._norms[length])
        return gives


def passages_of(postings: Postings) -> list[int]:
    """The passages of a term's list."""
    return list(accumulate(postings.gaps))


def count(postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold the term."""
    if postings.levels:
        bits = int.from_bytes(postings.levels[0], "little")
        return sum((bits >> r.start & ((1 << len(r)) - 1)).bit_count() for r in ranges)
    passages = passages_of(postings)
    return sum(bisect_left(passages, r.stop) - bisect_left(passages, r.start) for r in ranges)


class PlainArithmetic:
    """Implements `bot.search.maxscore.Arithmetic`."""

    def __init__(
        self, segment: Segment, average_length: float, limit: int, mask: bytearray | None
    ) -> None:
        """``mask`` has 1 for each passage that may be found."""
        self._lengths = segment.lengths
        self._norms = Norms(average_length)
        self._limit = limit
        self._mask = mask
        self._sums: dict[int, float] = {}
        self._potentials: dict[int, float] = {}
        self._read: dict[int, list[int]] = {}

    def add(self, term: Term, threshold: float) -> float:
        passages = self._passages(term)
        often = len(term.postings.levels) + 1
        frequencies: Iterable[int] = term.postings.frequencies or repeat(often, len(passages))
        if self._mask is not None:
            kept = [self._mask[passage] for passage in passages]
            passages, frequencies = list(compress(passages, kept)), compress(frequencies, kept)
        gives = _Gives(term.idf, self._norms)
        before = self._sums.get
        lengths = map(self._lengths.__getitem__, passages)
        sums = [
            before(passage, 0.0) + gives[frequency][length]
            for passage, frequency, length in zip(passages, frequencies, lengths, strict=True)
        ]
        self._sums.update(zip(passages, sums, strict=True))
        found = nlargest(self._limit, [score for score in sums if score >= threshold])
        return found[-1] if len(found) == self._limit else 0.0

    def choose(self, remaining: float, threshold: float) -> None:
        floor = threshold - remaining
        self._potentials = {
            passage: score + remaining for passage, score in self._sums.items() if score >= floor
        }

    def seed(self, terms: Sequence[Term]) -> float:
        for levels in deepest(terms):
            bits = int.from_bytes(levels[0], "little")
            for level in levels[1:]:
                bits &= int.from_bytes(level, "little")
            passages = list(islice(self._allowed(bits), _MOST_SEEDS))
            if len(passages) >= self._limit:
                break
        scores = [
            self._sums.get(passage, 0.0)
            + sum(self._gives(t, passage) for t in terms if self._listed(t, passage) is None)
            for passage in passages
        ]
        best = nlargest(self._limit, scores)
        return best[-1] if len(best) == self._limit else 0.0

    def choose_from_bitmaps(
        self, terms: Sequence[Term], remaining: float, threshold: float
    ) -> None:
        bands = [
            [(int.from_bytes(level, "little"), bound) for level, bound in term.bands]
            for term in terms
        ]
        bits = weak_and(bands, threshold)
        if bits is not None:
            for passage in self._allowed(bits):
                potential = self._sums.get(passage, 0.0) + remaining
                self._potentials.setdefault(passage, potential)

    def _allowed(self, bits: int) -> Iterator[int]:
        """The places of the bits that are set, as far as they may be found."""
        data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
        for match in _ANY_BIT.finditer(data):
            at = match.start()
            for bit in range(8):
                passage = 8 * at + bit
                if data[at] >> bit & 1 and (self._mask is None or self._mask[passage]):
                    yield passage

    def narrow(self, term: Term, bound: float, threshold: float) -> None:
        level = term.postings.levels[0]
        self._potentials = {
            passage: potential
            for passage, full in self._potentials.items()
            if (potential := full if level[passage >> 3] >> (passage & 7) & 1 else full - bound)
            >= threshold
        }

    def refine(self, term: Term, bound: float, listed: bool, threshold: float) -> None:
        levels = term.postings.levels
        kept = {}
        for passage, potential in self._potentials.items():
            if not levels or levels[0][passage >> 3] >> (passage & 7) & 1:
                potential -= bound
                if not listed or self._listed(term, passage) is None:
                    potential += self._gives(term, passage)
                if potential < threshold:
                    continue
            kept[passage] = potential
        self._potentials = kept

    def scores(self, terms: Sequence[Term]) -> list[tuple[float, int]]:
        passages = list(self._potentials)
        if len(passages) > 2 * self._limit:
            least = less(nlargest(self._limit, self._potentials.values())[-1])
            passages = [p for p, potential in self._potentials.items() if potential >= least]
        return [
            (math.fsum(self._gives(term, passage) for term in terms), passage)
            for passage in passages
        ]

    def _passages(self, term: Term) -> list[int]:
        known = self._read.get(id(term))
        if known is None:
            known = self._read[id(term)] = passages_of(term.postings)
        return known

    def _listed(self, term: Term, passage: int) -> int | None:
        """The passage's place in the term's list."""
        passages = self._passages(term)
        at = bisect_left(passages, passage)
        return at if at < len(passages) and passages[at] == passage else None

    def _gives(self, term: Term, passage: int) -> float:
        levels, frequencies = term.postings.levels, term.postings.frequencies
        at = self._listed(term, passage)
        if at is None:
            byte, bit = divmod(passage, 8)
            frequency = sum(level[byte] >> bit & 1 for level in levels)
        else:
            frequency = len(levels) + 1 if frequencies is None else frequencies[at]
        if not frequency:
            return 0.0
        return term_score(term.idf, frequency, self._norms[self._lengths[passage]])
