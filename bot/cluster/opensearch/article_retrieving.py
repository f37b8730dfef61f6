"""Retrieving all that a question needs of single articles, in one request.

An article has so few passages that all which share a term are fetched with their texts. So nothing
is left to be proven, and nothing to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import encoded_slug, entry_of, link_in, passage_of
from bot.cluster.opensearch.exact_scores import scored, weights_of
from bot.cluster.opensearch.layout import OWN_WEIGHT
from bot.cluster.opensearch.preparing import statistics_of, window_of
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError, Retrieved
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    Lines,
    candidate_lines,
    candidates_in,
    count_lines,
    counts_in,
    ids_lines,
    length_lines,
    state_lines,
    state_of,
)
from bot.core.passage import Passage
from bot.core.seams import Entry, Hit, PassageKey, Retrieval, Statistics, TermQuery
from bot.index.shelf_snapshot import worth_reading


async def retrieve_in_articles(
    client: OpenSearchClient, scope: Scope, queries: Sequence[TermQuery]
) -> Retrieved | None:
    """Answer queries that name an article each; None if more passages share a term with one of them
    than are fetched. Raises as `bot.cluster.opensearch.retrieving.retrieve` does."""
    terms = list(dict.fromkeys(term for query in queries for term in query.terms))
    lines = state_lines(scope) + count_lines(scope, terms)
    for query in queries:
        lines += _lines(scope, query)
    answers = iter(await client.search_many(lines))
    state = state_of(next(answers))
    counts = counts_in(answers, terms)
    retrievals: list[Retrieval] = []
    links: dict[PassageKey, str] = {}
    for query in queries:
        own = {term: counts[term] for term in query.terms}
        overall = Statistics(state.passages, state.average_length, own)
        retrieval = _retrieval(query, overall, answers, links)
        if retrieval is None:
            return None
        retrievals.append(retrieval)
    return Retrieved(retrievals, state, links)


def _lines(scope: Scope, query: TermQuery) -> Lines:
    assert query.article is not None  # noqa: S101 - the caller has looked
    article = encoded_slug(query.article)
    only = frozenset([article])
    distinct = dict.fromkeys(query.terms, OWN_WEIGHT)
    lines = length_lines(scope, only) + count_lines(scope, distinct, only)
    if query.limit > 0 and distinct:
        size = window_of(query.limit)
        lines += candidate_lines(scope, query, only, distinct, size, fetched="texts")
        lines += ids_lines(scope, [f"{scope.name}/{article}"])
        lines += count_lines(scope, query.names, only)
    return lines


def _retrieval(
    query: TermQuery, statistics: Statistics, answers: Iterator[Json], links: dict[PassageKey, str]
) -> Retrieval | None:
    lengths = next(answers)
    within = statistics_of(lengths, counts_in(answers, dict.fromkeys(query.terms)))
    if query.limit <= 0 or not query.terms:
        return Retrieval(statistics, within, [], {}, {}, {})
    answer = next(answers)
    entries = _entries(next(answers))
    held = {name for name, count in counts_in(answers, query.names).items() if count}
    hits = [(hit, hit.terms or "") for hit in candidates_in(answer)]
    if len(hits) >= window_of(query.limit):
        return None
    sources = (hit["_source"] for hit in answer["hits"]["hits"])
    read = {(source["article"], source["number"]): source for source in sources}
    best = sorted(scored(hits, weights_of(statistics), statistics.average_length))[: query.limit]
    found: list[Hit] = []
    passages: dict[PassageKey, Passage] = {}
    for each in best:
        source = read[each.article, each.number]
        passage = passage_of(source)
        if passage.article not in entries:
            raise ChangedMeanwhileError
        key = passage.article, passage.number
        passages[key] = passage
        if link := link_in(source):
            links[key] = link
        found.append(Hit(*key, -each.negated))
    kept = worth_reading(found, query)
    keys = [(hit.article, hit.number) for hit in kept]
    names: Mapping[str, Set[str]] = dict.fromkeys(entries, held) if held else {}
    return Retrieval(
        statistics,
        within,
        kept,
        {key: passages[key] for key in keys},
        {slug: entry for slug, entry in entries.items() if kept},
        names if kept else {},
    )


def _entries(answer: Json) -> dict[str, Entry]:
    sources = (hit["_source"] for hit in answer["hits"]["hits"])
    found = (entry_of(source) for source in sources if source["kind"] == "article")
    return {entry.slug: entry for entry in found}
