"""Retrieving all that a question needs of a scope, in two requests, nearly always.

1. The statistics (how many passages, how long together, in how many each term stands),
   candidates, and the digests that may be found; see `bot.cluster.opensearch.preparing`.
2. The candidates' documents that this process has not read yet; or, where others may be among the
   best, a search for those by exact scores, with their texts and their articles' heads (see
   `bot.cluster.opensearch.exact_searches`). With them comes what may be asked for next in the
   articles found, and which digests have originals.

A third follows for the head of an article that the second has found, where that is too long to be
kept with each passage, and in the other few cases that ``bot/deploy/CLUSTER.md`` names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from itertools import zip_longest
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.exact_scores import (
    Candidate,
    least_needed,
    scored,
    weights_of,
)
from bot.cluster.opensearch.exact_searches import exact_lines, exact_query
from bot.cluster.opensearch.first_answers import (
    FirstAnswers,
    FoundPassages,
    found_in,
    statistics_in,
)
from bot.cluster.opensearch.inside_articles import InsideArticles, inside_search, retrievals_in
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.name_searches import MOST_HOLDERS, best_holders_lines, holders_lines
from bot.cluster.opensearch.preparing import prepare
from bot.cluster.opensearch.reading import ReadDocuments, WantedDocuments
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError, Retrieved
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    CandidateHit,
    Lines,
    candidates_in,
)
from bot.core.passage import Passage
from bot.core.seams import (
    Entry,
    Hit,
    PassageKey,
    ReadingAhead,
    Retrieval,
    Statistics,
    TermQuery,
)
from bot.index.shelf_snapshot import worth_reading


class RankedPassages(NamedTuple):
    """The best of the passages that were found for one query."""

    best: Sequence[Candidate]
    """Sorted; those that the query wants, and some more at the most."""
    hits: Sequence[CandidateHit]
    """The same, as the server found them."""
    least: float
    """The score that a passage must reach to be among those that the query wants."""
    is_complete: bool
    """True if it is proven that none is missing."""


async def retrieve(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    articles: Set[str] | None = None,
    prepared: FirstAnswers | None = None,
    documents: ReadDocuments | None = None,
) -> Retrieved:
    """Answer all queries of a scope; ``articles`` restrict what is found to more articles than the
    one that a query may name, and for its statistics of an article; ``prepared`` is what was
    fetched for them, ``documents`` are those that were read. Raises `ChangedMeanwhileError`, and
    as `OpenSearchClient.send` does."""
    documents = documents or ReadDocuments(scope, KnownDocuments())
    found = None if prepared is None else found_in(prepared, queries)
    if found is not None and prepared is not None:
        state = prepared.state
    else:
        prepared = await prepare(client, scope, queries, articles=articles, documents=documents)
        own = prepared.inside and retrievals_in([prepared.inside], queries)
        if own:
            return Retrieved(own[0], prepared.state, own[1], inside=prepared.inside)
        found, state = found_in(prepared, queries) or [], prepared.state
    documents.ask_for_originals(digest for query in queries for digest in query.digests)
    whole = Statistics(state.passages, state.average_length, prepared.counts)
    found, ranked, inside = await _read(client, scope, found, documents, whole, prepared.digests)
    read = _best_of(prepared, found, ranked)
    links: dict[PassageKey, Sequence[str]] = {}
    retrievals = [
        _retrieval(each, best, documents, links) for each, best in zip(found, ranked, strict=True)
    ]
    return Retrieved(retrievals, state, links, documents.originals, inside, read)


async def read_ahead(
    client: OpenSearchClient,
    scope: Scope,
    ahead: ReadingAhead,
    prepared: FirstAnswers,
    documents: ReadDocuments,
) -> tuple[FirstAnswers | None, InsideArticles | None]:
    """Read what queries need that are going to be made, and those that may follow; return it, and
    what may be asked for in the articles found, as far as anything was read. Raises as `retrieve`
    does."""
    first = found_in(prepared, ahead.queries)
    if first is None:
        return None, None
    following = ahead.following([_passages_known(each, documents) for each in first])
    queries = [*ahead.queries, *following]
    found = found_in(prepared, queries)
    if not found:
        return None, None
    documents.ask_for_originals(digest for query in queries for digest in query.digests)
    whole = statistics_in(prepared.state, prepared.counts, prepared.counts)
    found, ranked, inside = await _read(client, scope, found, documents, whole, prepared.digests)
    return _best_of(prepared, found, ranked), inside


def _best_of(
    prepared: FirstAnswers, found: Sequence[FoundPassages], ranked: Sequence[RankedPassages]
) -> FirstAnswers:
    """Return the best passages for some queries as answers that were fetched."""
    read = []
    for each, best in zip(found, ranked, strict=True):
        terms = frozenset(weights_of(each.statistics))
        before = next(p for p in prepared.queries if p.query.article == each.query.article)
        own = before._replace(query=each.query, terms=terms, boosts={}, hits=best.hits)
        read.append(own._replace(greatest_left=-math.inf, is_best=True))
    return prepared._replace(queries=read)


async def _read(
    client: OpenSearchClient,
    scope: Scope,
    found: Sequence[FoundPassages],
    documents: ReadDocuments,
    whole: Statistics,
    digests: Set[str],
) -> tuple[list[FoundPassages], list[RankedPassages], InsideArticles | None]:
    """Read what is needed of the passages that were found, and find those of the best that are not
    among them; return all, the best, and what may be asked for next in their articles, by the
    statistics of the ``whole`` scope. ``digests`` may be found."""
    found = list(found)
    inside: InsideArticles | None = None
    is_first = True
    while True:
        ranked = [_ranked(each, documents) for each in found]
        best = zip_longest(*(each.hits for each in map(_wanted, found, ranked)))
        articles = dict.fromkeys(hit.article for hits in best for hit in hits if hit is not None)
        doubted: dict[int, float] = {}
        """By its number for each query of which others may be among the best the score that those
        reach."""
        for number, each in enumerate(ranked):
            if each is not None and not each.is_complete:
                doubted[number] = each.least
            elif each is None and found[number].greatest_left >= found[number].least:
                doubted[number] = found[number].least
                known = [hit for hit in found[number].hits if documents.terms(hit) is not None]
                found[number] = found[number]._replace(hits=known)
                ranked[number] = _ranked(found[number], documents)
        if doubted:
            documents.ask_for_originals(digests)
        missing = documents.missing(map(_wanted, found, ranked))
        lines = missing.lines(scope)
        further = None
        if is_first and (doubted or lines or any(each.query.following for each in found)):
            further = inside_search(
                [each.query for each in found], list(articles), whole.document_frequency
            )
            is_first = False
        if not doubted and not lines and further is None:
            return found, [each for each in ranked if each is not None], inside
        inside_lines = [] if further is None else further.lines(scope)
        queries = {at: _exact_query(scope, found[at], least) for at, least in doubted.items()}
        exact: Lines = []
        for number, query in queries.items():
            exact += exact_lines(scope, found[number].articles, query, found[number].query.limit)
        # the best may be of articles that are not among those that are asked for
        names = {name for number in doubted for name in found[number].query.names}
        frequent = {n for n in names if whole.document_frequency.get(n, 0) > MOST_HOLDERS}
        rare = sorted(names - frequent)
        if rare:
            exact += holders_lines(scope, rare)
        of_best = {
            number: own
            for number in doubted
            if (own := [name for name in found[number].query.names if name in frequent])
        }
        for number, own in of_best.items():
            among, limit = found[number].articles, found[number].query.limit
            exact += best_holders_lines(scope, own, among, queries[number], limit)
        answers = iter(await client.search_many(inside_lines + exact + lines))
        if further is not None:
            inside = further.taken(answers, whole)
        for number in doubted:
            answer = next(answers)
            found[number] = _joined(found[number], candidates_in(answer))
            documents.take_passages(answer)
        if rare:
            documents.take_holders(rare, next(answers))
        for own in of_best.values():
            documents.take_best_holders(own, next(answers))
        documents.take(missing, answers)


def _ranked(found: FoundPassages, documents: ReadDocuments) -> RankedPassages | None:
    """Return the best of what was found for a query; None if passages have to be read for that."""
    pairs = []
    for hit in found.hits:
        terms = documents.terms(hit)
        if terms is None:
            return None
        pairs.append((hit, terms))
    limit, statistics = max(0, found.query.limit), found.statistics
    every = scored(pairs, weights_of(statistics), statistics.average_length)
    best = sorted(each for each in every if each.negated < 0.0)[:limit]
    least = least_needed(best, found.query)
    best = [each for each in best if -each.negated >= least]
    is_complete = found.greatest_left < least
    by_number = {(hit.article, hit.number): hit for hit in found.hits}
    hits = [by_number[each.article, each.number] for each in best]
    return RankedPassages(best, hits, least, is_complete)


def _passages_known(found: FoundPassages, documents: ReadDocuments) -> list[Passage]:
    """Return the best of the passages that were found and read for a query."""
    read = [hit for hit in found.hits if documents.passage(hit) is not None]
    ranked = _ranked(found._replace(hits=read), documents)
    known = map(documents.passage, () if ranked is None else ranked.hits)
    return [each.passage_and_links()[0] for each in known if each is not None]


def _wanted(found: FoundPassages, ranked: RankedPassages | None) -> WantedDocuments:
    """Return the documents that are needed: of all candidates, until the best are known."""
    hits = found.hits if ranked is None else ranked.hits
    return WantedDocuments(hits, found.query.names, found.query.article is None)


def _exact_query(scope: Scope, found: FoundPassages, least: float) -> Json:
    weights, average_length = weights_of(found.statistics), found.statistics.average_length
    return exact_query(scope, found.articles, weights, average_length, least, found.hits)


def _joined(found: FoundPassages, hits: Sequence[CandidateHit]) -> FoundPassages:
    """Return what was found with the best of all others. Raises `ChangedMeanwhileError` if these
    are of another version of an article."""
    versions = {hit.article: hit.put for hit in found.hits}
    if any(versions.get(hit.article, hit.put) != hit.put for hit in hits):
        raise ChangedMeanwhileError
    known = {(hit.article, hit.number, hit.put) for hit in found.hits}
    more = [hit for hit in hits if (hit.article, hit.number, hit.put) not in known]
    return found._replace(hits=[*found.hits, *more], greatest_left=-math.inf)


def _retrieval(
    found: FoundPassages,
    ranked: RankedPassages,
    documents: ReadDocuments,
    links: dict[PassageKey, Sequence[str]],
) -> Retrieval:
    """Return the reply to one query; the passages' links are put into ``links``."""
    query = found.query
    hits: dict[Hit, CandidateHit] = {}
    for scored_, hit in zip(ranked.best, ranked.hits, strict=True):
        is_superseded = query.article is None and documents.has_original(hit.title)
        article = documents.article(hit)
        if article is not None and not is_superseded:
            hits[Hit(article.entry.slug, hit.number, -scored_.negated)] = hit
    kept = worth_reading(list(hits), query)
    passages: dict[PassageKey, Passage] = {}
    entries: dict[str, Entry] = {}
    names: dict[str, Set[str]] = {}
    for each in kept:
        read, article = documents.passage(hits[each]), documents.article(hits[each])
        assert read is not None and article is not None  # noqa: S101, PT018 - they were read
        passage, own = read.passage_and_links()
        passages[each.article, each.number] = passage
        if own is not None:
            links[each.article, each.number] = own
        entries[each.article] = article.entry
        if query.names:
            names[each.article] = {
                name for name in query.names if documents.holds(hits[each], name)
            }
    return Retrieval(found.statistics, found.article_statistics, kept, passages, entries, names)
