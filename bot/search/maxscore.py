"""The best passages of one segment, without looking at every posting.

MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), a term at a
time: once ``limit`` passages are known to reach some score, the terms whose bounds together stay
below it cannot bring a new passage in; they only add to those that other terms brought. Terms
that stand in many passages have bitmaps, and what they could bring in together is found by
logic on whole bitmaps: the passages for which the bounds of the terms present reach the
threshold, which is Broder et al.'s "weak AND" ("Efficient query evaluation using a two-level
retrieval process", 2003).

The arithmetic over postings exists twice, as two implementations of `Arithmetic`: in numpy, and in
plain Python for the question of a fresh process, where importing numpy would take longer than
the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from bot.search.scoring import K1
from bot.search.segment import Postings

_TINY = 1e-300
_MOST_WITH_BANDS = 3
_BAND_FIRSTS = (1, 2, 4)
"""From how many occurrences on a passage counts as holding a term a little, more, or a lot."""
_MOST_BITMAPS = 6
"""Beyond these a term's bitmap is taken for full: the logic would grow exponentially."""


class Term(NamedTuple):
    """One term of a question, in one segment."""

    idf: float
    postings: Postings
    bound: float
    """No passage gets more from this term."""
    bands: tuple[tuple[memoryview, float], ...]
    """Bitmaps of fewer and fewer passages, each with what those that are in none of those after
    it get at the most, as far as they are not in the term's list."""

    @property
    def level_bound(self) -> float:
        """No passage that is in the bitmaps only gets more; 0.0 where there are none."""
        return self.bands[-1][1] if self.bands else 0.0


def make_term(idf: float, postings: Postings, growth: float, least_norm: float) -> Term:
    """Bound what a term can add.

    ``growth`` is by how much the average length has grown since the segment was written, or
    1.0 where it shrank: ``tf / (tf + norm)`` grows by no more than that, for the norm is a
    constant plus a part in inverse proportion to the average. ``least_norm`` is the norm of a
    passage of no length.
    """
    weight = idf * (K1 + 1)
    bound = weight * min(1.0, postings.bound * growth)
    levels = postings.levels
    firsts = [first for first in _BAND_FIRSTS if first <= len(levels)]
    lasts = [*(first - 1 for first in firsts[1:]), len(levels)][: len(firsts)]
    bands = tuple(
        (levels[first - 1], min(bound, weight * last / (last + least_norm)))
        for first, last in zip(firsts, lasts, strict=True)
    )
    return Term(idf, postings, bound, bands)


class Arithmetic(Protocol):
    """One question's sums over one segment's passages.

    A candidate's potential is what it would score if it got all that it still may: the bound of
    each term that has not been looked up for it.
    """

    def add(self, term: Term, threshold: float) -> float:
        """Add what the term gives each passage of its list. Returns the least of the ``limit``
        best sums among them; 0.0 where fewer of them make the threshold."""

    def choose(self, remaining: float, threshold: float) -> None:
        """Make those passages candidates whose sum makes the threshold together with what
        remains, the bounds of all that was not added."""

    def seed(self, terms: Sequence[Term]) -> float:
        """A score that ``limit`` passages reach at least: passages that hold the terms as often
        as possible, as many of the terms as possible, given in order of weight. All lists were
        added before."""

    def choose_from_bitmaps(
        self, terms: Sequence[Term], remaining: float, threshold: float
    ) -> None:
        """Make those passages candidates too for which the bounds of the bands that they are in
        make the threshold."""

    def narrow(self, term: Term, bound: float, threshold: float) -> None:
        """Take the bound off the potential of the candidates that are not in the term's first
        bitmap, and keep those that make the threshold."""

    def refine(self, term: Term, bound: float, listed: bool, threshold: float) -> None:
        """Put what the term gives in the place of its bound (where ``listed``, for a passage of
        its list nothing, for it has that already), and keep the candidates that make the
        threshold. A term with bitmaps was narrowed before."""

    def scores(self, terms: Sequence[Term]) -> list[tuple[float, int]]:
        """The exact scores of the candidates, with their numbers, in no order."""


def best(
    arithmetic: Arithmetic, terms: Sequence[Term], threshold: float
) -> list[tuple[float, int]]:
    """The passages that may be among the best, with their exact scores.

    All those that score at least the threshold and are among the ``limit`` best are among them;
    ``threshold`` is the least score that is of any use.
    """
    threshold = less(threshold)
    order = sorted(terms, key=lambda term: (bool(term.bands), -term.bound))
    remaining = sum(term.bound for term in order)
    done = 0
    for term in order:
        if remaining < threshold:
            break
        if term.postings.gaps:
            threshold = max(threshold, less(arithmetic.add(term, threshold)))
        remaining += term.level_bound - term.bound
        done += 1
    dense = [term for term in order if term.bands]
    dense.sort(key=lambda term: -term.level_bound)
    bitmaps_too = bool(dense) and remaining >= threshold and done == len(order)
    if bitmaps_too:
        threshold = max(threshold, less(arithmetic.seed(dense)))
    arithmetic.choose(remaining, threshold)
    if bitmaps_too:
        arithmetic.choose_from_bitmaps(dense, remaining, threshold)
    unfinished = [(term, term.bound, False) for term in order[done:]]
    unfinished += [(t, t.level_bound, True) for t in order[:done] if t.bands]
    unfinished.sort(key=lambda entry: -entry[1])
    for term, bound, _ in unfinished:
        if term.bands:
            arithmetic.narrow(term, bound, threshold)
    for term, bound, listed in unfinished:
        arithmetic.refine(term, bound, listed, threshold)
    return arithmetic.scores(order)


def less(score: float) -> float:
    """A little less than a score, for sums are kept in 32 bits."""
    return score * (1 - 1e-6)


Bands = Sequence[tuple[Any, float]]
"""Bitmaps (anything with ``&`` and ``|``), each part of the one before, and their bounds."""


def deepest(terms: Sequence[Term]) -> Iterator[list[memoryview]]:
    """Bitmaps whose intersections have good passages, the best first."""
    for depth in range(max(len(term.postings.levels) for term in terms), 0, -1):
        yield [term.postings.levels[min(depth, len(term.postings.levels)) - 1] for term in terms]
    for count in range(len(terms) - 1, 0, -1):
        yield [term.postings.levels[0] for term in terms[:count]]


def weak_and(terms: Sequence[Bands], threshold: float) -> Any:
    """The bitmap of the passages that are in bands whose bounds make the threshold.

    ``terms`` are the terms' bands, the term of the greatest bound first. Returns None where no
    combination makes it. Of many terms, the last are taken to be in every passage.
    """
    threshold -= sum(bands[-1][1] for bands in terms[_MOST_BITMAPS:])
    if threshold <= 0:
        union = terms[0][0][0]
        for bands in terms[1:]:
            union = union | bands[0][0]
        return union
    first = terms[:_MOST_BITMAPS]
    if len(first) > _MOST_WITH_BANDS:
        first = [[(bands[0][0], bands[-1][1])] for bands in first]
    rest = [0.0]
    for bands in reversed(first):
        rest.insert(0, rest[0] + bands[-1][1])
    return _weak_and(first, rest, 0, threshold)


def _weak_and(terms: Sequence[Bands], rest: list[float], at: int, threshold: float) -> Any:
    if rest[at] < threshold or at == len(terms):
        return None
    found = _weak_and(terms, rest, at + 1, threshold)
    for bitmap, bound in terms[at]:
        if threshold - bound <= _TINY:
            part = bitmap
        else:
            part = _weak_and(terms, rest, at + 1, threshold - bound)
            if part is None:
                continue
            part = part & bitmap
        found = part if found is None else found | part
    return found
