"""The subject of an article, and what a question asks about it.

An article names its subject in its title and its first sentence, and says "she" or "the loaf"
afterwards. So the passage that holds a question's names is seldom the one that answers: names carry
most of a question's weight, and the first passage has them all. It loses by what else is asked and
it lacks; any other block loses a little that has nothing else of the question. An article that
lacks a name altogether loses much: it is not about whom is asked, whatever else it says.
`bot.core.relevance.inside_article` compares the passages of one article.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.core.article import Span
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.questions.query import Query
from bot.core.questions.question_reading import QuestionReading
from bot.core.relevance.found_terms import share_of
from bot.core.seams import Words

NAMES_ALONE = 0.1
"""Score that a block loses which has nothing of the question but names, nor a synonym of the rest;
from 0.05 to 0.15 it makes little difference."""
LEAD_NAMES_ALONE = 0.3
"""The same of an article's first passage, where the names stand anyway; it loses this share of what
it lacks besides them."""
ABSENT_NAMES = 1.5
"""Weight of the share of the question whose names stand nowhere in an article: it is about others.
As much as a title that has them gains; from 1 to 3 it makes little difference."""
NOUNS_ARE_CAPITALISED = frozenset({"de", "lb"})
"""Languages in which a capital letter tells no name."""


class Subject(NamedTuple):
    """The subject of an article, as far as a question names it."""

    stems: Set[str] = frozenset()
    """The question's stems in the article's title and head, and the names in its first sentence."""
    asked: Set[str] = frozenset()
    """The question's terms that are neither these nor names; empty where that cannot be told."""


def subject_of(
    query: Query, names: Set[str], title: Set[str], lead: tuple[Passage, Words] | None
) -> Subject:
    """Return the subject of an article: ``names`` are the stems of the question's names, ``title``
    holds the question's stems in the article's title and head, and ``lead`` is its first passage,
    if that is known. A name is a word of its first sentence that is capitalised where no sentence
    begins: who is named further on is not what the article is about."""
    if query.reading.language in NOUNS_ARE_CAPITALISED:
        return Subject(title)
    stems = title
    if lead is not None:
        passage, words = lead
        tokens = query.reading.tokens
        stems = title | {
            stem
            for word, stem in zip(tokens.words, tokens.stems, strict=True)
            if stem in query.idf
            and stem in words.stem_set
            and _is_name_in(passage, word.capitalize())
        }
    return Subject(stems, query.idf.keys() - stems - names)


def names_alone(query: Query, words: Words, is_lead: bool, asked: Set[str]) -> float:
    """Return what is taken off the score of a block for what is ``asked`` about the subject and the
    block lacks; 0.0 where nothing is. ``words`` are the block's; synonyms count. ``is_lead`` says
    whether it is of an article's first passage, and more than that follows."""
    stems = words.stem_set
    if not asked or not (is_lead or stems.isdisjoint(asked)):  # as most have some of it
        return 0.0
    held = {stem for stem in asked if stem in stems or query.has_synonym(stem, stems)}
    if not is_lead:
        return 0.0 if held else NAMES_ALONE
    return LEAD_NAMES_ALONE * (1 - share_of(query.idf, held) / share_of(query.idf, asked))


def names_absent(query: Query, names: Set[str], held: Set[str]) -> float:
    """Return what is taken off the score of an article's passages for those of the question's
    ``names`` that stand nowhere in it; ``held`` are those that do."""
    absent = names - held
    return ABSENT_NAMES * share_of(query.idf, absent) / query.total if absent else 0.0


def names_of(reading: QuestionReading) -> list[str]:
    """Return the stems of a question's names and numbers. Names are words that begin with a capital
    letter, but for the question's first. Where every noun begins with one, names are two such words
    in a row; where stop words do, too ("How Do I Reset the Router?"), a capital tells no name."""
    tokens, question = reading.tokens, reading.question
    capitals = [question[start].isupper() for start in tokens.starts]
    if capitals and (tokens.stops[0] or not any(capitals[1:2])):
        capitals[0] = False
    if _is_title_case(reading, capitals):
        capitals = [False] * len(capitals)
    elif reading.language in NOUNS_ARE_CAPITALISED:
        capitals = [
            capital and (before or after)
            for before, capital, after in zip(
                [False, *capitals], capitals, [*capitals[1:], False], strict=False
            )
        ]
    return [
        stem
        for start, stem, stop, capital in zip(
            tokens.starts, tokens.stems, tokens.stops, capitals, strict=True
        )
        if not stop and (capital or question[start].isdigit()) and start not in reading.context
    ]


def _is_title_case(reading: QuestionReading, capitals: Sequence[bool]) -> bool:
    """Return whether most stop words begin with a capital letter too, "I" aside."""
    tokens = reading.tokens
    stops = [
        capital
        for word, stop, capital in zip(
            tokens.words[1:], tokens.stops[1:], capitals[1:], strict=True
        )
        if stop and len(word) > 1
    ]
    return 2 * sum(stops) > len(stops)


def _is_name_in(passage: Passage, name: str) -> bool:
    """Return whether a name, capitalised, stands in a passage's first sentence, but not at its
    beginning."""
    start, end = _opening(passage)
    return passage.text.find(name, start + 1, end) >= 0


def _opening(passage: Passage) -> Span:
    """Return a passage's first sentence, behind the place that news begin with ("LOWMOUTH.")."""
    first, *following = passage.sentences
    is_place = passage.text[first.start : first.end].isupper()
    return following[0] if is_place and following else first
