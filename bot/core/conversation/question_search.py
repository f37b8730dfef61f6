"""A question searched for on every shelf, in each of its languages.

Words that no article contains are the matter of `bot.core.conversation.unknown_words`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from functools import partial

from bot.core import requests
from bot.core.named_tuple import NamedTuple
from bot.core.questions.question_reading import QuestionReading, read
from bot.core.relevance.subject import names_of
from bot.core.requests import Steps
from bot.core.seams import Analyzer, Preparation, Retrieval, TermQuery

CANDIDATES = 30
"""Number of passages that are read for a question; the right one is among them 98 times in 100."""
LEAST_SHARE = 0.3
"""A candidate that has less than this of the best one's score by the engine is not read, unless so
many are asked for: of 3,716 Wikipedia questions it came first for none, and two candidates of five
are such."""


class AskedShelf(NamedTuple):
    """One of the shelves that a question is asked of."""

    prefix: str
    """Prefix of the slugs of its articles in addresses."""
    languages: Sequence[str]


class AskedArticle(NamedTuple):
    """The one article in which an answer is looked for."""

    shelf: int
    """The number of its shelf, from 0."""
    slug: str
    """The shelf's own, without its prefix."""
    language: str


class ScopedQuestion(NamedTuple):
    """A question, where it is answered from, and how much of an answer is wanted."""

    text: str
    scope: AskedArticle | None = None
    """The one article in which to look; None for all."""
    limit: int = 3
    """Number of matches that are given at most."""
    further: int = 0
    """Number of more matches that are named by their addresses alone."""
    followed: str = ""
    """A question that it follows, whose words help to find what is asked for."""
    is_alone: bool = False
    """True if what a longer message says beside its question is left out."""
    followers: Sequence[tuple[str, str]] = ()
    """Questions that follow it, each with what it may be taken together with: they may be asked
    next, of the article of its answer."""


def languages_of(shelves: Sequence[AskedShelf], scope: AskedArticle | None) -> list[str]:
    """Return the languages in which a question is read."""
    if scope is not None:
        return [scope.language]
    return list(dict.fromkeys(lang for shelf in shelves for lang in shelf.languages)) or ["en"]


class Search(NamedTuple):
    """One shelf asked in one language."""

    shelf: int
    article: str | None
    reading: QuestionReading
    retrieval: Retrieval


class AskedNext(NamedTuple):
    """The terms that may be asked for next of the articles that are found."""

    about: Sequence[str] = ()
    """See `bot.core.seams.TermQuery.about`."""
    following: Callable[[Callable[[str], bool]], Collection[str]] | None = None
    """See `bot.core.seams.TermQuery.following`."""


NOTHING_NEXT = AskedNext()


class PlannedSearch(NamedTuple):
    """One shelf that is going to be asked in one language."""

    shelf: int
    article: str | None
    reading: QuestionReading
    frequency: Mapping[str, int]
    """The number of the shelf's passages that hold each term; the reading's are all there."""
    digests: Set[str]
    """See `bot.core.seams.TermQuery.digests`."""
    asked_next: AskedNext = NOTHING_NEXT
    instead: Sequence[str] = ()
    """Terms that say the same as some of the reading's that no passage holds, and are searched for
    with it."""


def look_up(
    readings: Sequence[tuple[int, str | None, QuestionReading]],
    analyzer: Analyzer,
    enough: int,
    asked_next: AskedNext = NOTHING_NEXT,
) -> Steps[list[PlannedSearch]]:
    """Find out which terms the shelves hold, before they are searched: so what is searched for is
    right. No hits will be requested if 0 are ``enough``."""
    queries: dict[int, list[TermQuery]] = {}
    own_readings: dict[int, list[QuestionReading]] = {}
    for shelf, article, reading in readings:
        queries.setdefault(shelf, []).append(_query(article, reading, enough, asked_next))
        own_readings.setdefault(shelf, []).append(reading)
    if not queries:
        return []
    prepared = yield from requests.prepare(
        {
            shelf: Preparation(own, partial(_guesses, own_readings[shelf], analyzer))
            for shelf, own in queries.items()
        }
    )
    elsewhere = {
        shelf: frozenset().union(*(own.digests for at, own in prepared.items() if at != shelf))
        for shelf in prepared
    }
    return [
        PlannedSearch(shelf, slug, reading, prepared[shelf].frequency, elsewhere[shelf], asked_next)
        for shelf, slug, reading in readings
    ]


def search_shelves(asked: Sequence[PlannedSearch], enough: int) -> Steps[list[Search]]:
    """Search the shelves; no hits are requested if 0 are ``enough``."""
    queries: dict[int, list[TermQuery]] = {}
    for each in asked:
        queries.setdefault(each.shelf, []).append(query_of(each, enough))
    if not queries:
        return []
    replies = yield from requests.retrieve(queries)
    found = {shelf: iter(retrievals) for shelf, retrievals in replies.items()}
    return [Search(shelf, slug, reading, next(found[shelf])) for shelf, slug, reading, *_ in asked]


def query_of(asked: PlannedSearch, enough: int) -> TermQuery:
    """Return what a shelf is asked for a search."""
    query = _query(asked.article, asked.reading, enough, asked.asked_next)
    terms = (*query.terms, *asked.instead)
    return query._replace(terms=terms, digests=tuple(sorted(asked.digests)))


def _query(
    article: str | None, reading: QuestionReading, enough: int, asked_next: AskedNext
) -> TermQuery:
    names = tuple(dict.fromkeys(names_of(reading)))
    limit = CANDIDATES if enough else 0
    inside = _everyday_terms(reading) if enough else ()
    return TermQuery(reading.terms, limit, article, names, enough, LEAST_SHARE, inside, *asked_next)


def _everyday_terms(reading: QuestionReading) -> tuple[str, ...]:
    """Return the terms that articles use in place of a question's everyday words."""
    everyday = [reading.everyday[stem].all for stem in reading.terms if stem in reading.everyday]
    return tuple(sorted(frozenset().union(*everyday)))


def following_terms(
    followers: Sequence[tuple[str, str]],
    languages: Collection[str],
    analyzer: Analyzer,
    is_known: Callable[[str], bool],
) -> list[str]:
    """Return the terms that `ScopedQuestion.followers` may be searched by, and those that are
    looked up for their unknown words."""
    terms: dict[str, None] = {}
    for language in languages:
        readings = [read(text, language, analyzer, before) for text, before in followers]
        for reading in readings:
            terms.update(dict.fromkeys((*reading.terms, *_everyday_terms(reading))))
        terms.update(dict.fromkeys(_guesses(readings, analyzer, is_known)))
    return list(terms)


def unseen_words(asked: Sequence[PlannedSearch], analyzer: Analyzer) -> dict[int, int]:
    """Return the question's words that no article contains, whatever the language: where each
    begins and ends. Words that are filler in any language of the shelves are none of them, for the
    greeting of a French question is unknown in each of the others; nor are words for a text."""
    unseen: dict[int, int] = {}
    seen: set[int] = set()
    for each in asked:
        seen |= each.reading.beside_asked
        framing = analyzer.cues(each.reading.language).framing
        for start, end, word, stem, stop in zip(*each.reading.tokens, strict=True):
            if stop or word in framing or each.frequency.get(stem):
                seen.add(start)
            else:
                unseen[start] = end
    return {start: end for start, end in sorted(unseen.items()) if start not in seen}


def _guesses(
    readings: Sequence[QuestionReading], analyzer: Analyzer, is_known: Callable[[str], bool]
) -> list[str]:
    from bot.core.questions.word_variants import guesses  # a snapshot of this process needs none

    return guesses(readings, analyzer, is_known)
