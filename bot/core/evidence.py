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

Thirty candidates are weighed for each question, and that is most of what it costs. So nothing is
worked out here but the score; what is shown of the few best is the business of
`bot.core.choosing`. Lists are counted and searched by Python's own C code where they can be.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from bot.core.query import SKIP, Query
from bot.core.seams import Words

_Key = TypeVar("_Key")
Pair = tuple[str, str]

K1 = 0.9
B = 0.6
"""BM25's parameters, as the engines have them; see Robertson and Zaragoza, 2009."""
LENGTH_WEIGHT = 0.2
"""What a passage loses for each e-fold of its length over the average; between 0.1 and 0.3 it
makes little difference. One shorter than the average gains nothing by that."""

PARTS = ("words", "phrases", "sentence", "spelling", "length")


class Evidence(NamedTuple):
    """What speaks for one passage."""

    words: float
    phrases: float
    sentence: float
    spelling: float
    length: float

    @property
    def score(self) -> float:
        """All parts together."""
        return self.words + self.phrases + self.sentence + self.spelling + self.length


def examine(query: Query, words: Words) -> Evidence:
    """Weigh what speaks for one passage; ``words`` are its sentences', in the question's
    language."""
    stems = words.stems
    length = len(stems) - words.stops.count(True)
    places = [at for at, stem in enumerate(stems) if stem in query.stems]
    matched = [stems[at] for at in places]
    sentence = spelling = 0.0
    start = first = 0
    for end in words.ends:
        last = bisect_left(places, end, first)
        score = weigh_sentence(query, end - start, matched[first:last])
        if score > sentence:
            sentence = score
        score = weigh_spelling(query, words.words[start:end])
        if score > spelling:
            spelling = score
        start, first = end, last
    return Evidence(
        _weigh_words(query, matched, [words.words[at] for at in places], length),
        _weigh_phrases(query, stems, places),
        sentence,
        spelling,
        -LENGTH_WEIGHT * math.log(max(1.0, length / query.average_length)),
    )


def weigh_sentence(query: Query, length: int, matched: Sequence[str]) -> float:
    """BM25 of one sentence of so many tokens, from 0 to 1; ``matched`` are those of its stems that
    are the question's."""
    norm = _norm(length, query.average_sentence)
    shares = query.stems
    return sum(
        [shares[stem] * (n := matched.count(stem)) / (n + norm) for stem in dict.fromkeys(matched)]
    )


def weigh_spelling(query: Query, words: Sequence[str]) -> float:
    """The share of the question's character n-grams that stand in these words, from 0 to 1."""
    written = f"_{'_'.join(words)}_"
    return sum([share for gram, share in query.grams.items() if gram in written])


def near_pairs(query: Query, stems: Sequence[str], places: Iterable[int]) -> set[Pair]:
    """The question's pairs of near stems that stand near each other at these places too, at least
    one of the two being a term."""
    asked = query.near_pairs
    found: set[Pair] = set()
    for at in places:
        stem = stems[at]
        if stem in query.idf:
            for other in stems[max(0, at - SKIP) : at]:
                if (other, stem) in asked:
                    found.add((other, stem))
            for other in stems[at + 1 : at + 1 + SKIP]:
                if (stem, other) in asked:
                    found.add((stem, other))
    return found


def adjacent_pairs(query: Query, stems: Sequence[str], places: Iterable[int]) -> set[Pair]:
    """The question's neighbouring stems that are neighbours at these places too."""
    asked = query.pairs
    return {
        pair
        for at in places
        if at + 1 < len(stems) and (pair := (stems[at], stems[at + 1])) in asked
    }


def share_of(shares: Mapping[_Key, float], keys: Iterable[_Key]) -> float:
    """What these keys share, those that have no share left out."""
    return sum([shares[key] for key in keys if key in shares])


def _weigh_words(
    query: Query, matched: Sequence[str], matched_words: Sequence[str], length: int
) -> float:
    norm = _norm(length, query.average_length)
    by_stem = sum(
        [idf * (n := matched.count(stem)) / (n + norm) for stem, idf in query.idf.items()]
    )
    by_word = sum(
        [
            share * (n := matched_words.count(word)) / (n + norm)
            for word, share in query.words.items()
        ]
    )
    return (by_stem / query.total + by_word) / 2


def _weigh_phrases(query: Query, stems: Sequence[str], places: Sequence[int]) -> float:
    adjacent = adjacent_pairs(query, stems, places)
    near = near_pairs(query, stems, places)
    return (share_of(query.pairs, adjacent) + share_of(query.near_pairs, near)) / 2


def _norm(length: int, average: float) -> float:
    """What BM25 adds to a term's frequency, which is divided by the sum: without its factor
    k1 + 1 the result is from 0 to 1."""
    return K1 * (1 - B + B * length / average)
