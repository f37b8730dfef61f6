"""The relation that a question asks about a subject, and the test whether the sentence to be shown
states it.

A name is no answer: "What does the manager earn?" is not answered by a sentence in which the
manager says something about a train. These signs tell whether the sentence, one beside it or its
heading holds what is asked: a word of the question besides its names, or the kind of answer.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from typing import NamedTuple

from bot.core.choosing import Choice, gives_kind
from bot.core.expectation import LOOSE
from bot.core.ranked import Ranked
from bot.core.seams import Analyzer, Words
from bot.core.subject import names_of


class Relation(NamedTuple):
    """Signs that the sentence that would be shown does not answer; each 0.0 or 1.0."""

    unrelated: float
    """Nothing that is asked about the subject is there: no word of the question but names and what
    the title holds, nor the kind of answer."""
    kind_beside: float
    """The kind of answer asked for is not in the sentence, but in one beside it."""
    kind_missing: float
    """It is in none of them, and is one that can be told: a number, an amount, a year."""
    loose_missing: float
    """The same of a kind that may be given in other words, as a person or a reason may."""
    announced: float
    """The question is about what has happened, and the sentence about what is still to come."""


def relation_of(item: Ranked, choice: Choice, analyzer: Analyzer) -> Relation:
    """Return the signs for the sentence of a candidate that would be shown."""
    query, words, block = item.query, item.words, item.block
    number, kind = choice.sentence, query.reading.kind
    beside = range(max(block.first, number - 1), min(block.end, number + 2))
    missing = near = False
    if kind is not None and not choice.gives_kind:
        near = any(
            gives_kind(query, item.passage, range(each, each + 1), analyzer)
            for each in beside
            if each != number
        )
        missing = not near
    subject = {*names_of(query.reading), *item.title}
    asked = query.idf.keys() - subject
    around = {*beside, *range(block.first, block.quoted_from)}
    held: set[str] = set().union(*(_stems(words, each) for each in around))
    given = choice.gives_kind or near
    return Relation(
        unrelated=float(bool(asked) and asked.isdisjoint(held) and not given),
        kind_beside=float(near),
        kind_missing=float(missing and kind not in LOOSE),
        loose_missing=float(missing and kind in LOOSE),
        announced=float(_is_announced(item, number, analyzer)),
    )


def _stems(words: Words, sentence: int) -> list[str]:
    start = words.ends[sentence - 1] if sentence else 0
    return words.stems[start : words.ends[sentence]]


def _is_announced(item: Ranked, sentence: int, analyzer: Analyzer) -> bool:
    cues = analyzer.cues(item.query.reading.language)
    asked = item.query.reading.tokens.words
    if cues.past.isdisjoint(asked) or _tells(asked, cues.future):
        return False
    words = item.words
    start = words.ends[sentence - 1] if sentence else 0
    return _tells(words.words[start : words.ends[sentence]], cues.future)


def _tells(words: list[str], phrases: Set[str]) -> bool:
    """Return whether one of these phrases of a word or two is among the words."""
    return not phrases.isdisjoint(words) or any(
        f"{first} {second}" in phrases for first, second in pairwise(words)
    )
