"""Which sentence of a passage answers the question, and which of its words matched.

A sentence is chosen by what ranks its passage, its BM25 and its spelling, and by three things that
tell sentences apart: what of the question stands near in it, what the sentence before it has of
the question, and whether it gives the kind of answer that is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set
from typing import NamedTuple

from bot.core.evidence import near_pairs, share_of, weigh_sentence, weigh_spelling
from bot.core.expectation import gives
from bot.core.passage import Passage
from bot.core.query import Query
from bot.core.seams import Cues, Tokens

NEAR_WEIGHT = 0.5
CONTEXT_WEIGHT = 0.8
"""What its words near each other, and the question's words that only the sentence before it has
("He was elected in 1998."), count beside its own."""
KIND_WEIGHT = 0.2
"""What it counts that it gives the kind of answer asked for."""


class Choice(NamedTuple):
    """What is shown of one passage."""

    sentence: int
    """Which of the passage's sentences answers, from 0."""
    matched: tuple[int, ...]
    """The tokens of the passage that are terms of the question, in order."""
    gives_kind: bool
    """Whether the sentence gives the kind of answer that is asked for."""


def choose(query: Query, cues: Cues, passage: Passage, tokens: Tokens) -> Choice:
    """Choose the sentence that answers; ``tokens`` are the passage's, in the question's
    language."""
    stems = tokens.stems
    places = [at for at, stem in enumerate(stems) if stem in query.stems]
    asked = frozenset(query.reading.tokens.words)
    kind = query.reading.kind
    values: list[float] = []
    given: list[bool] = []
    start = first = 0
    before: Set[str] = frozenset()
    for span in passage.sentences:
        end = bisect_left(tokens.starts, span.end, start)
        last = bisect_left(places, end, first)
        inside = [at - start for at in places[first:last]]
        own = stems[start:end]
        matched = [own[at] for at in inside]
        terms = query.idf.keys() & matched
        value = weigh_sentence(query, len(own), matched)
        value += weigh_spelling(query, tokens.words[start:end])
        value += NEAR_WEIGHT * share_of(query.near_pairs, near_pairs(query, own, inside))
        value += CONTEXT_WEIGHT * share_of(query.idf, before - terms) / query.total
        of_kind = kind is not None and gives(kind, passage.text, tokens, start, end, asked, cues)
        values.append(value + KIND_WEIGHT * of_kind)
        given.append(of_kind)
        start, first, before = end, last, terms
    best = max(range(len(values)), key=values.__getitem__)
    return Choice(
        best,
        tuple(at for at in places if stems[at] in query.idf),
        given[best],
    )
