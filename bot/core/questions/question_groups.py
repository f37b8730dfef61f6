"""Questions that ask much the same, grouped by their words.

A question is a vector of its terms' weights, a group the sum of its questions. One after the other,
each question joins the group whose vector is nearest by cosine, or begins one (leader clustering;
Hartigan, "Clustering Algorithms", 1975); then the groups themselves are grouped in the same way,
the largest first, so that less depends on the order. Questions are shown together, never answered
together: for that see `bot.core.questions.same_question`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.core.seams import Kind

ALIKE = 0.55
"""The least cosine of a question and the group that it joins."""
ALIKE_NEARBY = 0.4
"""The same, where both have the same nearest passage, and two terms in common or the kind of answer
that they ask for: much is asked of one passage."""
_OTHER_WORDS = 0.12
"""Cosine that is lacking then where each has words that are in no article, and none of these in
common: they may ask about different things."""
_OTHER_KIND = 0.3
"""Cosine that is lacking where another kind of answer is asked for."""
_KINDS: Mapping[Kind, str] = {"person": "name", "year": "date", "time": "date", "count": "number"}
"""Kinds that are asked for by the same words as another."""


class GroupedQuestion(NamedTuple):
    weights: Mapping[str, float]
    """Weight of each term."""
    nearest: str = ""
    """Address of its nearest passage; empty if there is none."""
    asks: Kind | None = None
    """Kind of answer that it asks for, if it says so."""
    unknown: frozenset[str] = frozenset()
    """The beginnings of its words that are in no article."""


class _Group:
    """Some questions, by their numbers, and what they have in common."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.weights: dict[str, float] = defaultdict(float)
        self.nearest: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.unknown: set[str] = set()
        self.length = 0.0

    def take_in(self, other: _Group) -> None:
        self.numbers += other.numbers
        for term, weight in other.weights.items():
            self.weights[term] += weight
        self.nearest.update(other.nearest)
        self.kinds.update(other.kinds)
        self.unknown |= other.unknown
        self.length = math.sqrt(sum(weight * weight for weight in self.weights.values()))

    def demanded(self, other: _Group, shared: int) -> float:
        """Return the cosine from which the two are one group; ``shared`` is the number of terms
        that are in both."""
        mine, theirs = _most_common(self.nearest), _most_common(other.nearest)
        asks, others = _most_common(self.kinds), _most_common(other.kinds)
        is_much_alike = shared > 1 or (asks and asks == others)
        demanded = ALIKE
        if mine and mine == theirs and is_much_alike:
            demanded = ALIKE_NEARBY
            if self.unknown and other.unknown and self.unknown.isdisjoint(other.unknown):
                demanded += _OTHER_WORDS
        is_another = asks and others and asks != others
        if is_another or self.asks_otherwise(other) or other.asks_otherwise(self):
            demanded += _OTHER_KIND
        return demanded

    def asks_otherwise(self, other: _Group) -> bool:
        """Return whether several questions here say no kind of answer, and most there do: "are dogs
        allowed?" is not "who built it?"."""
        says_none = len(self.numbers) > 1 and not self.kinds
        return says_none and 2 * sum(other.kinds.values()) > len(other.numbers)


def group_questions(questions: Sequence[GroupedQuestion]) -> list[list[int]]:
    """Return the groups of some questions, each as the questions' numbers in order, in the order of
    their first ones. A question without terms stands alone."""
    single = []
    for number, question in enumerate(questions):
        alone, group = _Group(), _Group()
        alone.numbers.append(number)
        alone.weights.update(question.weights)
        alone.nearest.update([question.nearest] if question.nearest else ())
        kind = question.asks and _KINDS.get(question.asks, question.asks)
        alone.kinds.update([kind] if kind else ())
        alone.unknown.update(question.unknown)
        group.take_in(alone)
        single.append(group)
    groups = _joined(sorted(_joined(single), key=lambda group: -len(group.numbers)))
    return sorted(sorted(group.numbers) for group in groups)


def _joined(given: Sequence[_Group]) -> list[_Group]:
    groups: list[_Group] = []
    holding: dict[str, dict[int, float]] = defaultdict(dict)
    """The groups that hold each term, each with its weight there."""
    greatest: dict[str, float] = defaultdict(float)
    """The greatest share that each term ever had of the length of a group's vector."""
    for group in given:
        shared: dict[int, float] = dict.fromkeys(_candidates(group, holding, greatest), 0.0)
        terms: Counter[int] = Counter()
        for term, weight in group.weights.items():
            held = holding[term]
            for number in held.keys() & shared.keys():
                shared[number] += weight * held[number]
                terms[number] += 1
        best, best_score = len(groups), 0.0
        for number, product in shared.items():
            lengths = group.length * groups[number].length
            cosine = product / lengths if lengths else 0.0
            if cosine < ALIKE_NEARBY:
                continue
            score = cosine - groups[number].demanded(group, terms[number])
            if score > best_score or (score == best_score and best == len(groups)):
                best, best_score = number, score
        if best == len(groups):
            groups.append(_Group())
        groups[best].take_in(group)
        for term in group.weights:
            weight = groups[best].weights[term]
            holding[term][best] = weight
            greatest[term] = max(greatest[term], weight / (groups[best].length or 1.0))
    return groups


def _candidates(
    group: _Group, holding: Mapping[str, Mapping[int, float]], greatest: Mapping[str, float]
) -> list[int]:
    """Return the numbers of the groups whose cosine with another one may reach `ALIKE_NEARBY`, in
    order. ``holding`` has the groups that hold each term, ``greatest`` the greatest share that each
    term ever had of the length of such a group's vector.

    Groups that share nothing but some of the terms, the most common ones, need not be looked at, as
    long as these cannot make such a cosine: it is at most the share that they have of the vector's
    length (Cauchy-Schwarz), and at most the sum of the products of their greatest shares (prefix
    filtering; Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity Search", 2007).
    """
    least = 0.99 * ALIKE_NEARBY * group.length
    squares = products = 0.0
    found: set[int] = set()
    for term in sorted(group.weights, key=lambda term: -len(holding[term])):
        squares += group.weights[term] ** 2
        products += group.weights[term] * greatest[term]
        if squares >= least**2 and products >= least:
            found.update(holding[term])
    return sorted(found)


def _most_common(counted: Counter[str]) -> str:
    return max(counted, key=lambda name: counted[name], default="")
