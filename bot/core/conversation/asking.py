"""The way from a question to an answer.

Each shelf is asked in each language that it holds; the engines' best candidates are ranked
together by evidence, and how likely the first of them is right decides whether it is an answer.
Nothing here waits: what a question needs of the shelves is yielded as a request and sent back by
whoever runs this (see `bot.core.requests`). One request tells which of the question's words the
shelves hold, another retrieves; others follow for a word that no article holds, for a digest whose
original may be on another shelf, and for links into a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice

from bot.core import requests
from bot.core.answer import LONGEST_QUESTION, Answer, NearTitle
from bot.core.conversation.question_search import (
    CANDIDATES,
    LEAST_SHARE,
    AskedNext,
    AskedShelf,
    ScopedQuestion,
    Search,
    following_terms,
    look_up,
    search_shelves,
    unseen_words,
)
from bot.core.light_typing import TYPE_CHECKING
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.questions.query import Query, weigh
from bot.core.questions.question_reading import read, with_added
from bot.core.relevance.confidence import UNANSWERED, confidence, kind_of
from bot.core.relevance.likeness import without_near_duplicates
from bot.core.relevance.matching import explain, matches_of, without_quoted_twice
from bot.core.relevance.ranked import PassageSource, Ranked
from bot.core.relevance.ranking import rank, with_best_first
from bot.core.relevance.short_forms import explained, explaining_first, substitutes
from bot.core.requests import Ahead, Steps
from bot.core.seams import Analyzer, Entry

if TYPE_CHECKING:
    from bot.core.conversation.kept_passages import KeptPassage
    from bot.core.conversation.unknown_words import Replacements

LOOKED_AT = 6
"""Number of top-ranked passages, without near-duplicates, that the confidence and the explanation
use."""
NEAREST_ARTICLES = 3
"""Number of articles that are named if nothing answers."""


class FoundForQuestion(NamedTuple):
    """The passages that were found for a question."""

    searches: Sequence[Search]
    unseen: Mapping[int, int]
    """The words that no article contains, for which nothing else was searched."""
    replacements: Replacements | None


def find(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    is_about: bool = False,
) -> Steps[FoundForQuestion]:
    """Find the passages for a question, as `ask` does. ``is_about`` tells that the articles found
    are going to be asked whether they are about its words."""
    text, scope, limit, further, followed, is_alone, _ = question
    enough = max(limit + further, LOOKED_AT)
    wanted = (
        [(number, None, lang) for number, each in enumerate(shelves) for lang in each.languages]
        if scope is None
        else [(scope.shelf, scope.slug, scope.language)]
    )
    readings = [
        (shelf, slug, read(beginning_of(text), language, analyzer, followed, is_alone))
        for shelf, slug, language in wanted
    ]
    about: dict[str, None] = {}
    if is_about:
        for _, _, language in wanted:
            about.update(dict.fromkeys(analyzer.terms(text, language)))
    following = None
    if question.followers:
        languages = dict.fromkeys(language for _, _, language in wanted)
        following = partial(following_terms, question.followers, languages, analyzer)
    asked_next = AskedNext(tuple(about), following)
    asked = yield from look_up(readings, analyzer, enough, asked_next)
    unseen = unseen_words(asked, analyzer)
    if not unseen:
        return FoundForQuestion((yield from search_shelves(asked, enough)), unseen, None)
    from bot.core.conversation.unknown_words import search_replacing

    searches, replaced = yield from search_replacing(asked, unseen, analyzer, enough)
    return FoundForQuestion(searches, replaced.without_replaced(unseen), replaced)


def ask(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    kept: Sequence[KeptPassage] = (),
    finding: Ahead[FoundForQuestion] | None = None,
) -> Steps[Answer]:
    """Find the passages that answer a question; see `bot.core.library.Library.ask`. ``kept`` are
    the passages that editors keep for questions like it; ``finding`` is `find` of the same, if that
    was begun."""
    text, scope, limit, further, *_ = question
    enough = max(limit + further, LOOKED_AT)
    if finding is None:
        finding = Ahead(find(shelves, analyzer, question))
    searches, unseen, replacements = yield from finding.result()
    searches = [_with_explained(each, analyzer) for each in searches]
    if kept:
        from bot.core.conversation.kept_passages import credited, kept_first, with_candidates

        searches = with_candidates(searches, kept)
    superseded = yield from _superseded(searches, len(shelves))
    ranked = _rank(shelves, searches, superseded, analyzer, enough)
    if ranked and (scope is not None or ranked[0].subject.stems):
        from bot.core.conversation.article_search import with_said_otherwise

        ranked = yield from with_said_otherwise(ranked, analyzer)
    ranked = with_best_first(ranked, analyzer, scope is not None)
    if kept:
        ranked = credited(ranked, kept)
    ranked = explaining_first(ranked)
    if kept:
        ranked = kept_first(ranked, kept)
    ranked = without_near_duplicates(ranked, enough)
    unknown = _unknown(text, unseen, searches, ranked, analyzer)
    repairs = () if replacements is None else replacements.repairs(text, ranked, analyzer)
    if not ranked:
        return Answer(text, "none", 0.0, (), unknown, repairs, None)
    ranked = without_quoted_twice(ranked, analyzer)
    if ranked[0].is_kept:  # its editors answer for it, and for what it leaves unsaid
        certain, unknown, repairs = 1.0, (), ()
    else:
        certain = confidence(ranked, analyzer)
        if replacements is not None:
            certain *= replacements.doubt(searches)
        if _held_terms(ranked[0]) <= bool(unknown):
            certain = min(certain, UNANSWERED)
    kind = kind_of(certain)
    if kind == "none":  # "deep" of "how deep" too, whatever some sentence measures
        unknown = _unknown(text, unseen, searches, ranked, analyzer, is_met=False)
    matches = yield from matches_of(ranked[:limit], analyzer)
    runner_up = str(ranked[1].address(analyzer)) if len(ranked) > 1 else None
    return Answer(
        text,
        kind,
        certain,
        matches,
        unknown,
        repairs,
        explain(ranked, runner_up),
        tuple(str(item.address(analyzer)) for item in ranked[limit : limit + further]),
        nearest=() if kind == "answer" else _nearest(ranked),
    )


def _held_terms(first: Ranked) -> int:
    """Return how many of the question's terms stand in any passage."""
    query = first.query
    return sum(bool(query.frequency.get(term)) for term in query.idf)


def _unknown(
    text: str,
    unseen: Mapping[int, int],
    searches: Sequence[Search],
    ranked: Sequence[Ranked],
    analyzer: Analyzer,
    is_met: bool = True,
) -> tuple[str, ...]:
    """Return the words of a question that are said to be in no article: the unseen ones for which
    nothing else was found."""
    if not unseen:
        return ()
    from bot.core.questions.unknown_runs import unknown_runs

    found = _found_otherwise(searches, ranked, analyzer, is_met)
    return unknown_runs(text, {at: end for at, end in unseen.items() if at not in found})


def _found_otherwise(
    searches: Sequence[Search], ranked: Sequence[Ranked], analyzer: Analyzer, is_met: bool
) -> set[int]:
    """Return where the question's words begin that stand in the title, or elsewhere in the head, of
    an article that was found, or for which the sentence that is shown has another word or, if what
    is asked may be met, the kind of answer, or the long form, that they ask for."""
    held = {stem for item in ranked for stem in item.title}
    first = ranked[0] if ranked else None
    if first is not None and first.choice is not None:
        number, words = first.choice.sentence, first.words
        shown = words.of_sentences(number, number + 1).stem_set
        held |= {stem for stem in first.query.related if first.query.has_synonym(stem, shown)}
        if first.choice.gives_kind and is_met:
            reading = first.query.reading
            meaning, tokens = analyzer.cues(reading.language).meaning, reading.tokens
            if reading.kind != "number" or first.query.idf.keys() & shown - first.title:
                held |= reading.kind_terms  # any number may be of what the article is about
            held |= {
                stem
                for word, stem in zip(tokens.words, tokens.stems, strict=True)
                if word in meaning
            }
    return {
        start
        for found in searches
        for start, stem in zip(found.reading.tokens.starts, found.reading.tokens.stems, strict=True)
        if stem in held
    }


def _with_explained(found: Search, analyzer: Analyzer) -> Search:
    """Return a search that knows the abbreviations which its passages explain."""
    forms = explained(passage.text for passage in found.retrieval.passages.values())
    if not forms:
        return found
    reading = found.reading
    instead = substitutes(forms, reading.language, analyzer)
    asked = {stem: instead[stem] for stem in instead.keys() & set(reading.terms)}
    if not asked:
        return found
    synonyms = with_added(reading.synonyms, asked)
    return found._replace(reading=reading._replace(synonyms=synonyms))


def _nearest(ranked: Sequence[Ranked]) -> tuple[NearTitle, ...]:
    """Return the first few articles of a ranking."""
    titles = {item.source.slug: item.source.entry.head.title for item in ranked}
    return tuple(NearTitle(*each) for each in islice(titles.items(), NEAREST_ARTICLES))


def beginning_of(question: str) -> str:
    """Return the beginning of a question that is searched for; no word is cut in two."""
    if len(question) <= LONGEST_QUESTION:
        return question
    kept, space, _ = question[: LONGEST_QUESTION + 1].rpartition(" ")
    return kept if space else question[:LONGEST_QUESTION]


def _superseded(searches: Sequence[Search], shelves: int) -> Steps[set[str]]:
    """Return the titles of digests among the hits whose original, an article of the same title, is
    on another shelf: its own words are to be quoted. (A snapshot leaves those out whose original is
    on the same shelf.) A question asked of the digest alone is answered from it."""
    titles = {
        entry.head.title
        for search in searches
        if search.article is None
        for entry in search.retrieval.entries.values()
        if entry.head.digest_of is not None
    }
    if shelves < 2 or not titles:
        return set()
    found = yield from requests.originals(dict.fromkeys(range(shelves), titles))
    return set().union(*found.values())


def _rank(
    shelves: Sequence[AskedShelf],
    searches: Sequence[Search],
    superseded: set[str],
    analyzer: Analyzer,
    enough: int,
) -> list[Ranked]:
    """Return the candidates of all searches, best first; at least ``enough`` where so many are
    found."""
    queries = {number: weighed(each) for number, each in enumerate(searches) if each.retrieval.hits}
    found: list[tuple[float, int, Passage]] = []
    for number, query in queries.items():
        search = searches[number]
        for hit in search.retrieval.hits:
            entry = search.retrieval.entries[hit.article]
            if search.article is None and _is_superseded(entry, superseded):
                continue
            passage = search.retrieval.passages[hit.article, hit.number]
            found.append((hit.score / query.total, number, passage))
    found.sort(key=lambda item: -item[0])
    del found[CANDIDATES:]
    found = found[:enough] + [
        item for item in found[enough:] if item[0] >= LEAST_SHARE * found[0][0]
    ]
    candidates = [
        (
            query,
            [
                (_source(shelves, searches[number], passage.article), passage)
                for _, owner, passage in found
                if owner == number
            ],
        )
        for number, query in queries.items()
    ]
    return rank(candidates, analyzer)


def _is_superseded(entry: Entry, titles: set[str]) -> bool:
    return entry.head.digest_of is not None and entry.head.title in titles


def _source(shelves: Sequence[AskedShelf], search: Search, article: str) -> PassageSource:
    found = search.retrieval
    slug = shelves[search.shelf].prefix + article
    return PassageSource(
        search.shelf, slug, found.entries[article], found.names.get(article, frozenset())
    )


def weighed(search: Search) -> Query:
    """Return a search's question with the weights of its terms."""
    found = search.retrieval
    return weigh(search.reading, found.statistics, found.article_statistics)
