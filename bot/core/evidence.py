"""Ranking by evidence: how much speaks for a passage as the place that answers a question.

An engine finds candidates by their terms alone. Here each is read, and four kinds of evidence are
added up in equal parts, each a share of all that the question asks for, from 0 to 1:

``words``     BM25 over the whole passage, half by stems and half by the words as they are
              written: stems find "elected" for "election", words prefer what was said;
``phrases``   words of the question that stand next to each other, or near, in the passage too;
``sentence``  BM25 of the best single sentence, stop words counted: an answer stands in one
              sentence, not all over a passage;
``spelling``  character n-grams of the question in the best single sentence, which sees through
              derivations ("redundant", "redundancy") and spelling that stems don't.

and ``length`` takes a little off a passage longer than the average, which has more of everything
by chance.

No weight is trained. On Wikipedia questions, fitted weights gain less than half a point over
equal parts, and would fit that set's habits. What was tried and left out, for it gained nothing or
did harm: the idf within the candidates, titles, the scores of the article's other passages,
neighbouring passages, longer phrases, a soft match of each word.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple, TypeVar

from bot.core.expectation import gives
from bot.core.passage import Passage
from bot.core.query import SKIP, Query
from bot.core.seams import Cues, Tokens

_Key = TypeVar("_Key")
_Pair = tuple[str, str]

K1 = 0.9
B = 0.6
"""BM25's parameters, as the engines have them; see Robertson and Zaragoza, 2009."""
LENGTH_WEIGHT = 0.2
"""What a passage loses for each e-fold of its length over the average; between 0.1 and 0.3 it
makes little difference. One shorter than the average gains nothing by that."""
NEAR_WEIGHT = 0.5
CONTEXT_WEIGHT = 0.8
"""In the choice of the sentence: what its words near each other, and the question's words that
only the sentence before it has ("He was elected in 1998."), count beside its own."""
KIND_WEIGHT = 0.2
"""In the choice of the sentence: what it counts that it gives the kind of answer asked for."""

PARTS = ("words", "phrases", "sentence", "spelling", "length")


class Evidence(NamedTuple):
    """What speaks for one passage."""

    words: float
    phrases: float
    sentence: float
    spelling: float
    length: float
    best: int
    """Which of the passage's sentences answers, from 0."""
    coverage: float
    """The share of the question's idf total whose terms stand in that sentence."""
    matched: tuple[int, ...]
    """The tokens of the passage that are terms of the question, in order."""
    pairs: frozenset[tuple[str, str]]
    """The question's neighbouring stems that are neighbours in the passage too."""

    @property
    def score(self) -> float:
        """All parts together."""
        return self.words + self.phrases + self.sentence + self.spelling + self.length


class _Sentence(NamedTuple):
    score: float
    spelling: float
    choice: float
    coverage: float


class Examiner:
    """Weighs one question's candidates, one after another."""

    def __init__(self, query: Query, cues: Cues, average_sentence: float) -> None:
        """``average_sentence`` is how many tokens a sentence of the candidates has."""
        self._query = query
        self._cues = cues
        self._average_sentence = average_sentence or 1.0
        self._asked = frozenset(query.reading.tokens.words)

    def examine(self, passage: Passage, tokens: Tokens) -> Evidence:
        """Weigh what speaks for one passage; ``tokens`` are its, in the question's language."""
        query = self._query
        length = len(tokens.stems) - sum(tokens.stops)
        places = [at for at, stem in enumerate(tokens.stems) if stem in query.stems]
        sentences = self._sentences(passage, tokens, places)
        best = max(range(len(sentences)), key=lambda at: sentences[at].choice)
        adjacent, near = _pairs(tokens.stems, places)
        adjacent &= query.pairs.keys()
        return Evidence(
            words=self._words(tokens, places, _norm(length, query.average_length)),
            phrases=(_sum(query.pairs, adjacent) + _sum(query.near_pairs, near)) / 2,
            sentence=max(sentence.score for sentence in sentences),
            spelling=max(sentence.spelling for sentence in sentences),
            length=-LENGTH_WEIGHT * math.log(max(1.0, length / query.average_length)),
            best=best,
            coverage=sentences[best].coverage,
            matched=tuple(at for at in places if tokens.stems[at] in query.idf),
            pairs=frozenset(adjacent),
        )

    def _words(self, tokens: Tokens, places: list[int], norm: float) -> float:
        query = self._query
        stems = Counter([tokens.stems[at] for at in places])
        words = Counter([tokens.words[at] for at in places])
        by_stem = sum(
            query.idf[stem] * _saturate(stems[stem], norm) for stem in stems.keys() & query.idf
        )
        by_word = sum(
            query.words[word] * _saturate(words[word], norm) for word in words.keys() & query.words
        )
        return (by_stem / query.total + by_word) / 2

    def _sentences(self, passage: Passage, tokens: Tokens, places: list[int]) -> list[_Sentence]:
        query, starts = self._query, tokens.starts
        found: list[_Sentence] = []
        start = 0
        first_place = 0
        before: Set[str] = frozenset()
        for span in passage.sentences:
            end = bisect_left(starts, span.end, start)
            last_place = bisect_left(places, end, first_place)
            inside = places[first_place:last_place]
            counts = Counter(tokens.stems[at] for at in inside)
            terms = counts.keys() & query.idf.keys()
            norm = _norm(end - start, self._average_sentence)
            score = sum(query.stems[stem] * _saturate(n, norm) for stem, n in counts.items())
            spelling = self._spell(tokens.words[start:end])
            choice = score + spelling
            if inside:
                _, near = _pairs(tokens.stems, inside)
                choice += NEAR_WEIGHT * _sum(query.near_pairs, near)
            choice += CONTEXT_WEIGHT * _sum(query.idf, before - terms) / query.total
            kind = query.reading.kind
            if kind and gives(kind, passage.text, tokens, start, end, self._asked, self._cues):
                choice += KIND_WEIGHT
            coverage = _sum(query.idf, terms) / query.total
            found.append(_Sentence(score, spelling, choice, coverage))
            start, first_place, before = end, last_place, terms
        return found

    def _spell(self, words: list[str]) -> float:
        written = f"_{'_'.join(words)}_"
        return sum([share for gram, share in self._query.grams.items() if gram in written])


def _norm(length: int, average: float) -> float:
    return K1 * (1 - B + B * length / average)


def _saturate(count: int, norm: float) -> float:
    """BM25's use of a term's frequency, from 0 to 1: without its factor k1 + 1."""
    return count / (count + norm)


def _sum(shares: Mapping[_Key, float], keys: Iterable[_Key]) -> float:
    return sum([shares[key] for key in keys if key in shares])


def _pairs(stems: list[str], places: list[int]) -> tuple[set[_Pair], set[_Pair]]:
    """The pairs of stems at these places that stand next to each other, and that stand near."""
    adjacent: set[_Pair] = set()
    near: set[_Pair] = set()
    for number, place in enumerate(places):
        for other in places[number + 1 : number + 1 + SKIP]:
            if other - place > SKIP:
                break
            pair = stems[place], stems[other]
            near.add(pair)
            if other - place == 1:
                adjacent.add(pair)
    return adjacent, near
