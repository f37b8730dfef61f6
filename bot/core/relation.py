"""The relation that a question asks about a subject, and how far the sentence to be shown states
it.

A name is no answer: "What does the manager earn?" is not answered by a sentence in which the
manager says something about a train. These signs tell whether the sentence, one beside it or its
heading holds what is asked: the words of the question besides its names, and the kind of answer.
"""

from collections.abc import Set
from itertools import pairwise

from bot.core.choosing import SentenceChoice, gives_kind
from bot.core.evidence import share_of
from bot.core.expectation import LOOSE
from bot.core.named_tuple import NamedTuple
from bot.core.passage_blocks import block_at
from bot.core.ranked import Ranked
from bot.core.seams import Analyzer, Words
from bot.core.subject import names_of


class Relation(NamedTuple):
    """Signs whether the sentence that would be shown answers. What is asked are the question's
    terms but for its names and what the article's title or head holds."""

    unrelated: float
    """1.0 if nothing that is asked is there: no such term, nor the kind of answer."""
    stated: float
    """The share of what is asked, by idf, in the sentence itself; 1.0 if nothing is."""
    covered: float
    """The same of the sentence, those beside it and its heading; synonyms count."""
    missing: float
    """The number of terms asked that none of these has."""
    names_beside: float
    """The share of the question's names and numbers that are in none of these sentences, nor what
    the article is about."""
    kind_beside: float
    """1.0 if the kind of answer asked for is not in the sentence, but in one beside it."""
    kind_missing: float
    """1.0 if it is in none of them, and is one that can be told: a number, an amount, a year. A
    person or a reason may be given in other words."""
    name_missing: float
    """1.0 if a name is asked for ("the name of the ferry"), and the sentence gives none."""
    told: float
    """1.0 if the sentence gives the kind of answer asked for, and it is one that may be given in
    other words."""
    heading: float
    """The share of what is asked, by idf, in the heading of the sentence's block."""
    words: float
    """The number of the sentence's words."""
    announced: float
    """1.0 if the question is about what has happened, and the sentence about what is still to
    come."""


def relation_of(item: Ranked, choice: SentenceChoice, analyzer: Analyzer) -> Relation:
    """Return the signs for the sentence of a candidate that would be shown."""
    query, words = item.query, item.words
    number, kind = choice.sentence, query.reading.kind
    block = block_at(item.passage, number)
    beside = range(max(block.first, number - 1), min(block.end, number + 2))
    near = (
        kind is not None
        and not choice.gives_kind
        and any(
            gives_kind(query, item.passage, range(each, each + 1), analyzer)
            for each in beside
            if each != number
        )
    )
    given = choice.gives_kind or near
    names = names_of(query.reading)
    subject = {*names, *item.title}
    if given:
        subject |= query.reading.kind_terms
    asked = {term: idf for term, idf in query.idf.items() if term not in subject}
    total = sum(asked.values())
    heading = set().union(*(_stems(words, n) for n in range(block.first, block.quoted_from)))
    held = heading.union(*(_stems(words, each) for each in beside))
    unheld = asked.keys() - held
    missing = {term for term in unheld if not has_synonym(item, term, held)}
    stems = _stems(words, number)
    stated = share_of(asked, asked.keys() & set(stems))
    elsewhere = [name for name in names if name not in held]
    unknown = [name for name in elsewhere if name not in item.title | item.subject.stems]
    return Relation(
        unrelated=float(bool(asked) and len(unheld) == len(asked) and not given),
        stated=stated / total if total else 1.0,
        covered=1.0 - share_of(asked, missing) / total if total else 1.0,
        missing=float(len(missing)),
        names_beside=len(unknown) / len(names) if names else 0.0,
        kind_beside=float(near),
        kind_missing=float(kind is not None and not given and kind not in LOOSE),
        name_missing=float(kind == "name" and not choice.gives_kind),
        told=float(kind in LOOSE and choice.gives_kind),
        heading=share_of(asked, asked.keys() & heading) / total if total else 0.0,
        words=float(len(stems)),
        announced=float(_is_announced(item, number, analyzer)),
    )


def has_synonym(item: Ranked, term: str, stems: Set[str]) -> bool:
    """Return whether a synonym of a candidate's term is among some stems."""
    related = item.query.related.get(term)
    return related is not None and not related.synonyms.isdisjoint(stems)


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
