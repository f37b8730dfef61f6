"""Retrieving all that a question needs of a scope, in two requests at the most, nearly always.

1. The statistics (how many passages, how long together, in how many each term stands) and
   candidates; see `bot.cluster.opensearch.preparing`.
2. The candidates' documents that this process has not read yet, and, where candidates were ranked
   by the shards' own statistics, a search by the exact weights for whatever could still be among
   the best (see `bot.cluster.opensearch.exact_scores`), with its text and its article's head. With
   them comes what may be asked for next in the articles found. Where the proof finds as many as it
   may, or a digest, further requests follow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from typing import NamedTuple

from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import encoded_slug
from bot.cluster.opensearch.exact_scores import (
    Candidate,
    boosts_of,
    least_needed,
    scored,
    slack,
    weights_of,
)
from bot.cluster.opensearch.inside_articles import InsideArticles, InsideSearch, inside_search
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.name_searches import holders_lines
from bot.cluster.opensearch.preparing import (
    FirstAnswers,
    FoundPassages,
    PreparedQuery,
    found_in,
    prepare,
    statistics_in,
)
from bot.cluster.opensearch.reading import ReadDocuments, WantedDocuments
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError, Retrieved
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    CandidateHit,
    Lines,
    candidate_lines,
    candidates_in,
    count_lines,
    counts_in,
    state_lines,
    state_of,
)
from bot.core.passage import Passage
from bot.core.seams import Entry, Hit, PassageKey, Retrieval, Statistics, TermQuery
from bot.index.shelf_snapshot import worth_reading

_PROOF_WINDOW = 400
"""Passages that are read to prove that none is missing, beside the candidates: hardly any other
scores as much as it must."""


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
    known: KnownDocuments | None = None,
) -> Retrieved:
    """Answer all queries of a scope; ``articles`` restrict what is found to more articles than the
    one that a query may name, and for its statistics of an article; ``prepared`` is what was
    fetched for them, ``known`` the documents that this process has read. Raises
    `ChangedMeanwhileError`, and as `OpenSearchClient.send` does."""
    found = None if prepared is None else found_in(prepared, queries)
    if found is not None and prepared is not None:
        state, documents = prepared.state, prepared.documents
    else:
        if articles is None and queries and all(query.article is not None for query in queries):
            of_articles = await _retrieve_in_articles(client, scope, queries)
            if of_articles is not None:
                return of_articles
        now = await prepare(client, scope, queries, articles=articles, documents=known)
        found, state, documents = found_in(now, queries) or [], now.state, now.documents
    documents = documents or ReadDocuments(scope, known or KnownDocuments())
    documents.ask_for_originals(digest for query in queries for digest in query.digests)
    counts = prepared.counts if prepared is not None else {}
    whole = Statistics(state.passages, state.average_length, counts)
    found, ranked, inside = await _read(client, scope, found, documents, whole)
    links: dict[PassageKey, Sequence[str]] = {}
    retrievals = [
        _retrieval(each, best, documents, links) for each, best in zip(found, ranked, strict=True)
    ]
    return Retrieved(retrievals, state, links, documents.originals, inside)


async def read_ahead(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    prepared: FirstAnswers,
    known: KnownDocuments,
) -> tuple[FirstAnswers, InsideArticles | None]:
    """Read what the queries need that follow, which have some of the terms of these, where they
    name no article; return all that was fetched, and what may be asked for in the articles found.
    Raises as `retrieve` does."""
    found = found_in(prepared, [query for query in queries if query.article is None])
    if not found:
        return prepared, None
    documents = prepared.documents or ReadDocuments(scope, known)
    documents.ask_for_originals(digest for query in queries for digest in query.digests)
    whole = statistics_in(prepared.state, prepared.counts, prepared.counts)
    found, _, inside = await _read(client, scope, found, documents, whole, ahead=True)
    read = []
    for each in found:
        boosts = boosts_of(weights_of(each.statistics))
        asked = each.query, each.articles, frozenset(boosts), boosts
        read.append(PreparedQuery(*asked, each.hits, each.greatest_left))
    queries_read = [*prepared.queries, *read]
    return prepared._replace(queries=queries_read, documents=documents), inside


async def _retrieve_in_articles(
    client: OpenSearchClient, scope: Scope, queries: Sequence[TermQuery]
) -> Retrieved | None:
    """Answer queries that name an article each, in one request; None if they ask for more than one
    fetches. Raises as `OpenSearchClient.send` does."""
    articles = frozenset(encoded_slug(each.article) for each in queries if each.article is not None)
    terms = list(dict.fromkeys(term for query in queries for term in query.terms))
    names = (name for query in queries for name in query.names)
    asked = InsideSearch(articles, list(dict.fromkeys([*terms, *names])))
    lines = state_lines(scope) + count_lines(scope, terms) + asked.lines(scope)
    answers = iter(await client.search_many(lines))
    state = state_of(next(answers))
    whole = statistics_in(state, counts_in(answers, terms), terms)
    inside = asked.taken(answers, whole)
    fetched = [None if inside is None else inside.retrieval(query) for query in queries]
    found = [each for each in fetched if each is not None]
    if len(found) < len(queries):
        return None
    links = {key: link for _, own in found for key, link in own.items()}
    return Retrieved([retrieval for retrieval, _ in found], state, links, inside=inside)


async def _read(
    client: OpenSearchClient,
    scope: Scope,
    found: Sequence[FoundPassages],
    documents: ReadDocuments,
    whole: Statistics,
    *,
    ahead: bool = False,
) -> tuple[list[FoundPassages], list[RankedPassages], InsideArticles | None]:
    """Read what is needed of the passages that were found, while it is proven that the best are
    among them; return them all, the best, and what may be asked for next in their articles, by the
    statistics of the ``whole`` scope. Read ``ahead``, none is known to be among the best: all are
    read, and many others, in one request."""
    found, window = list(found), 0
    inside: InsideArticles | None = None
    is_first = True
    while True:
        ranked = [None if ahead else _ranked(each, documents) for each in found]
        doubted = [
            number
            for number, each in enumerate(ranked)
            if window < MOST_HITS
            and (
                (ahead and found[number].greatest_left > -math.inf)
                or (each is not None and not each.is_complete)
            )
        ]
        missing = documents.missing(map(_wanted, found, ranked))
        lines = missing.lines(scope)
        further = None
        if is_first and (doubted or lines):  # else what is asked for next is the second request
            articles = {hit.article for each in map(_wanted, found, ranked) for hit in each.hits}
            further = inside_search(
                [each.query for each in found], articles, whole.document_frequency
            )
            is_first = False
        if not doubted and not lines:
            return found, [each for each in ranked if each is not None], inside
        proof: Lines = []
        if doubted:
            window = min(MOST_HITS, 4 * window) or _PROOF_WINDOW
            for number in doubted:
                proof += _proof_lines(scope, found[number], ranked[number], window)
        # what the proof finds may be of articles that are not among those that are asked for
        names = sorted({name for number in doubted for name in found[number].query.names})
        if names:
            proof += holders_lines(scope, names)
        inside_lines = [] if further is None else further.lines(scope)
        answers = iter(await client.search_many(inside_lines + proof + lines))
        if further is not None:
            inside = further.taken(answers, whole)
        for number in doubted:
            answer = next(answers)
            found[number] = _joined(found[number], candidates_in(answer), window)
            documents.take_passages(answer)
        if names:
            documents.take_holders(names, next(answers))
        documents.take(missing, answers)
        if ahead:
            return found, [], inside


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
    # what the server left out has no greater score there than it says
    is_complete = found.greatest_left * slack(statistics.average_length) < least
    by_number = {(hit.article, hit.number): hit for hit in found.hits}
    hits = [by_number[each.article, each.number] for each in best]
    return RankedPassages(best, hits, least, is_complete)


def _wanted(found: FoundPassages, ranked: RankedPassages | None) -> WantedDocuments:
    """Return the documents that are needed: of all candidates, until the best are known."""
    hits = found.hits if ranked is None else ranked.hits
    return WantedDocuments(hits, found.query.names, found.query.article is None)


def _proof_lines(
    scope: Scope, found: FoundPassages, ranked: RankedPassages | None, window: int
) -> Lines:
    average = found.statistics.average_length
    boosts = boosts_of(weights_of(found.statistics))
    least = 0.0 if ranked is None else ranked.least / slack(average)
    return candidate_lines(
        *(scope, found.query, found.articles, boosts, window, least),
        fetched="texts",
        without=found.hits,
    )


def _joined(found: FoundPassages, hits: Sequence[CandidateHit], window: int) -> FoundPassages:
    """Return what was found with the passages that its proof has found. Raises
    `ChangedMeanwhileError` if these are of another version of an article."""
    versions = {hit.article: hit.put for hit in found.hits}
    if any(versions.get(hit.article, hit.put) != hit.put for hit in hits):
        raise ChangedMeanwhileError
    known = {(hit.article, hit.number, hit.put) for hit in found.hits}
    more = [hit for hit in hits if (hit.article, hit.number, hit.put) not in known]
    left = hits[-1].score if len(hits) == window else -math.inf
    return found._replace(hits=[*found.hits, *more], greatest_left=left)


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
