"""Retrieving all that a question needs of a scope, in two requests.

1. The statistics (how many passages, how long together, in how many each term stands: each count is
   kept by the shards until they change) and candidates, ranked by the shards' own statistics.
2. The candidates' texts and heads, and a search by the exact weights for whatever could still be
   among the best (see `bot.cluster.opensearch.scoring`). Nearly always it finds nothing new. Where
   it does, further requests follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple, TypeAlias

from bot.cluster.opensearch.client import Json, OpenSearchClient
from bot.cluster.opensearch.documents import (
    encoded_slug,
    encoded_term,
    entry_of,
    passage_id,
    passage_of,
    title_key,
)
from bot.cluster.opensearch.layout import OWN_WEIGHT
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.scoring import (
    Candidate,
    boosts_of,
    least_score,
    scored,
    weights_of,
)
from bot.core.errors import StorageError
from bot.core.passage import Passage
from bot.core.seams import Entry, Hit, PassageKey, Retrieval, Statistics, TermQuery
from bot.index.shelf_snapshot import worth_reading

WINDOW = 3
"""Candidates asked for, as a multiple of what is wanted."""
_LEAST_WINDOW = 50
MOST_HITS = 10_000
"""The server gives no more documents at once."""
_MOST_LANGUAGES = 500
_SCORED = ["terms", "length", "put", "number", "article", "title"]
"""What a candidate is scored by."""
_ORDER = [{"_score": "desc"}, {"put": "asc"}, {"number": "asc"}]

Lines: TypeAlias = list[Json]
"""Headers and bodies of searches."""


class ChangedMeanwhileError(StorageError):
    """What was found has changed before it was read; the next try reads what there is then."""

    def __init__(self) -> None:
        super().__init__("search.changed")


class ScopeState(NamedTuple):
    """What is known of a scope as a whole."""

    passages: int
    total_length: int
    """Terms of all passages together."""
    articles: int
    languages: tuple[str, ...]

    @property
    def average_length(self) -> float:
        return self.total_length / self.passages if self.passages else 0.0


class _Found(NamedTuple):
    """What the first request found for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    """The encoded slugs of the articles to look in."""
    statistics: Statistics
    article_statistics: Statistics | None
    best: list[Candidate]
    """Sorted; at most the query's limit."""
    is_complete: bool
    """True if all passages that share a term were fetched."""


class Retrieved(NamedTuple):
    """The replies to some queries, and the scope's state at that moment."""

    retrievals: list[Retrieval]
    state: ScopeState


# -- requests ------------------------------------------------------------------------------------


def state_lines(scope: Scope) -> Lines:
    """Return the search for a scope's state."""
    passages = {
        "filter": {"term": {"kind": "passage"}},
        "aggs": {"length": {"sum": {"field": "length"}}},
    }
    articles = {
        "filter": {"term": {"kind": "article"}},
        "aggs": {"languages": {"terms": {"field": "language", "size": _MOST_LANGUAGES}}},
    }
    return [
        scope.header(),
        {"size": 0, "query": scope.query(), "aggs": {"passages": passages, "articles": articles}},
    ]


def state_of(answer: Json) -> ScopeState:
    """Return the state from the answer to `state_lines`."""
    passages, articles = answer["aggregations"]["passages"], answer["aggregations"]["articles"]
    languages = sorted(each["key"] for each in articles["languages"]["buckets"])
    return ScopeState(
        passages["doc_count"],
        round(passages["length"]["value"]),
        articles["doc_count"],
        tuple(languages),
    )


def count_lines(
    scope: Scope, terms: Iterable[str], articles: frozenset[str] | None = None
) -> Lines:
    """Return a search for each term that counts the passages which hold it."""
    header = scope.header(articles)
    lines: Lines = []
    for term in terms:
        holding = {"term": {"terms": encoded_term(term)}}
        query = scope.query(*_within(articles), holding)
        lines += [header, {"size": 0, "track_total_hits": True, "query": query}]
    return lines


def counts_in(answers: Iterator[Json], terms: Iterable[str]) -> dict[str, int]:
    """Take the answers to `count_lines`; return the number of passages by term."""
    return {term: next(answers)["hits"]["total"]["value"] for term in terms}


def ids_lines(scope: Scope, ids: Sequence[str]) -> Lines:
    """Return a search for documents by their ids, at most `MOST_HITS`."""
    query = scope.query({"ids": {"values": list(ids)}})
    wanted = ["shown", "put", "kind", "number", "article"]
    return [scope.header(), {"size": len(ids), "query": query, "_source": wanted}]


def originals_lines(scope: Scope, titles: Sequence[str]) -> Lines:
    """Return a search for articles of these titles (by their keys) that are no digests."""
    query = scope.query(
        {"term": {"kind": "article"}}, {"terms": {"title": titles}}, {"term": {"is_digest": False}}
    )
    found = {"terms": {"field": "title", "size": len(titles)}}
    return [scope.header(), {"size": 0, "query": query, "aggs": {"titles": found}}]


def originals_in(answer: Json) -> set[str]:
    """Return the keys of the titles that `originals_lines` found."""
    return {each["key"] for each in answer["aggregations"]["titles"]["buckets"]}


def _within(articles: frozenset[str] | None) -> list[Json]:
    return [] if articles is None else [{"terms": {"article": sorted(articles)}}]


def _length_lines(scope: Scope, articles: frozenset[str]) -> Lines:
    query = scope.query(*_within(articles), {"term": {"kind": "passage"}})
    length = {"length": {"sum": {"field": "length"}}}
    body = {"size": 0, "track_total_hits": True, "query": query, "aggs": length}
    return [scope.header(articles), body]


def _candidate_lines(
    scope: Scope, query: TermQuery, articles: frozenset[str] | None, boosts: Mapping[str, float],
    size: int, least: float | None = None,
) -> Lines:  # fmt: skip
    should = [
        {"term": {"terms": {"value": encoded_term(term), "boost": boost}}}
        for term, boost in boosts.items()
    ]
    body: dict[str, Any] = {
        "size": size,
        "track_total_hits": False,
        "query": scope.query(*_within(articles), should=should, minimum_should_match=1),
        "sort": _ORDER,
        "_source": _SCORED,
    }
    if least is not None:
        body["min_score"] = least
    return [scope.header(articles), body]


def _names_lines(scope: Scope, names: Sequence[str], articles: Sequence[str]) -> Lines:
    """Return a search for which of these articles hold each name."""
    held = {
        str(number): {
            "filter": {"term": {"terms": encoded_term(name)}},
            "aggs": {"articles": {"terms": {"field": "article", "size": len(articles)}}},
        }
        for number, name in enumerate(names)
    }
    any_name = {"terms": {"terms": sorted({encoded_term(name) for name in names})}}
    query = scope.query({"terms": {"article": list(articles)}}, any_name)
    return [scope.header(articles), {"size": 0, "query": query, "aggs": held}]


# -- retrieving ----------------------------------------------------------------------------------


async def retrieve(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    articles: Set[str] | None = None,
) -> Retrieved:
    """Answer all queries of a scope; ``articles`` restrict what is found to more articles than the
    one that a query may name, and for its statistics of an article. Raises
    `ChangedMeanwhileError`, and as `OpenSearchClient.send` does."""
    found, state = await _find(client, scope, queries, articles)
    return Retrieved(await _read(client, scope, found), state)


async def _find(
    client: OpenSearchClient, scope: Scope, queries: Sequence[TermQuery], articles: Set[str] | None
) -> tuple[list[_Found], ScopeState]:
    within = [_articles_of(query, articles) for query in queries]
    terms = list(dict.fromkeys(term for query in queries for term in query.terms))
    lines = state_lines(scope) + count_lines(scope, terms)
    for query, only in zip(queries, within, strict=True):
        distinct = dict.fromkeys(query.terms, OWN_WEIGHT)
        if only is not None:
            lines += _length_lines(scope, only) + count_lines(scope, distinct, only)
        if query.limit > 0 and distinct:
            lines += _candidate_lines(scope, query, only, distinct, _window(query.limit))
    answers = iter(await client.search_many(lines))
    state = state_of(next(answers))
    counts = counts_in(answers, terms)
    found = []
    for query, only in zip(queries, within, strict=True):
        distinct = dict.fromkeys(query.terms, OWN_WEIGHT)
        statistics = Statistics(
            state.passages, state.average_length, {term: counts[term] for term in distinct}
        )
        own: Statistics | None = None
        if only is not None:
            lengths = next(answers)
            own = _statistics_of(lengths, counts_in(answers, distinct))
        best: list[Candidate] = []
        is_complete = True
        if query.limit > 0 and distinct:
            hits = next(answers)["hits"]["hits"]
            best = scored(hits, weights_of(statistics), state.average_length)
            best.sort()
            is_complete = len(hits) < _window(query.limit)
        found.append(_Found(query, only, statistics, own, best[: max(0, query.limit)], is_complete))
    return found, state


def _articles_of(query: TermQuery, articles: Set[str] | None) -> frozenset[str] | None:
    named = articles if query.article is None else {query.article}
    return None if named is None else frozenset(map(encoded_slug, named))


def _window(limit: int) -> int:
    return min(MOST_HITS, max(_LEAST_WINDOW, WINDOW * limit))


def _statistics_of(lengths: Json, counts: Mapping[str, int]) -> Statistics:
    passages = lengths["hits"]["total"]["value"]
    total = round(lengths["aggregations"]["length"]["value"])
    return Statistics(passages, total / passages if passages else 0.0, counts)


async def _read(client: OpenSearchClient, scope: Scope, found: Sequence[_Found]) -> list[Retrieval]:
    """Read what was found, while it is proven that it is the best."""
    window, proof = 0, {}
    while True:
        window = min(MOST_HITS, 4 * window) or _LEAST_WINDOW
        doubted = [number for number, each in enumerate(found) if not each.is_complete]
        proof = {number: _proof_lines(scope, found[number], window) for number in doubted}
        reading = _reading_lines(scope, found)
        lines = [line for each in proof.values() for line in each] + reading.lines
        answers = iter(await client.search_many(lines) if lines else ())
        proven = list(found)
        for number in doubted:
            proven[number] = _proven(found[number], next(answers)["hits"]["hits"], window)
        if [each.best for each in proven] == [each.best for each in found] and all(
            each.is_complete or window == MOST_HITS for each in proven
        ):
            return _retrievals(found, _Texts.read(reading, answers))
        found = proven


def _proof_lines(scope: Scope, found: _Found, window: int) -> Lines:
    average = found.statistics.average_length
    boosts = boosts_of(weights_of(found.statistics))
    least = least_score(found.best, found.query.limit, average)
    return _candidate_lines(scope, found.query, found.articles, boosts, window, least)


def _proven(found: _Found, hits: Sequence[Json], window: int) -> _Found:
    """Return the best of what was known and of what the proof found."""
    statistics = found.statistics
    more = scored(hits, weights_of(statistics), statistics.average_length)
    best = sorted({*found.best, *more})[: found.query.limit]
    return found._replace(best=best, is_complete=len(hits) < window)


class _Reading(NamedTuple):
    """The second request's searches for what was found."""

    lines: Lines
    passages: Mapping[str, int]
    """The ids of the passages, with the version of their article."""
    articles: Sequence[str]
    """Encoded slugs."""
    titles: Sequence[str]
    """Keys of digests' titles."""
    names: Sequence[str]


def _reading_lines(scope: Scope, found: Sequence[_Found]) -> _Reading:
    passages: dict[str, int] = {}
    articles: dict[str, None] = {}
    titles: dict[str, None] = {}
    names: dict[str, None] = {}
    for each in found:
        for hit in each.best:
            passages[f"{scope.name}/{hit.article}#{hit.number}"] = hit.put
            articles[hit.article] = None
            if hit.title is not None and each.query.article is None:
                titles[hit.title] = None
        if each.best:
            names.update(dict.fromkeys(each.query.names))
    lines: Lines = []
    if passages:
        ids = [*passages, *(f"{scope.name}/{article}" for article in articles)]
        for start in range(0, len(ids), MOST_HITS):
            lines += ids_lines(scope, ids[start : start + MOST_HITS])
        if titles:
            lines += originals_lines(scope, list(titles))
        if names:
            lines += _names_lines(scope, list(names), list(articles))
    return _Reading(lines, passages, list(articles), list(titles), list(names))


class _Texts(NamedTuple):
    """What was read for the hits, by their encoded slugs."""

    passages: Mapping[tuple[str, int], Passage]
    entries: Mapping[str, Entry]
    originals: Set[str]
    """Keys of the titles that an original has."""
    names: Mapping[str, Set[str]]

    @classmethod
    def read(cls, reading: _Reading, answers: Iterator[Json]) -> _Texts:
        """Take the answers to what was asked. Raises `ChangedMeanwhileError` if a passage is no
        longer the one that was found."""
        passages: dict[tuple[str, int], Passage] = {}
        entries: dict[str, Entry] = {}
        if reading.passages:
            wanted = len(reading.passages) + len(reading.articles)
            for _ in range(0, wanted, MOST_HITS):
                for hit in next(answers)["hits"]["hits"]:
                    source = hit["_source"]
                    if source["kind"] == "article":
                        entries[source["article"]] = entry_of(source)
                    elif source["put"] == reading.passages[hit["_id"]]:
                        passages[source["article"], source["number"]] = passage_of(source)
            if len(passages) + len(entries) != wanted:
                raise ChangedMeanwhileError
        originals = originals_in(next(answers)) if reading.titles else set()
        names: dict[str, set[str]] = {}
        if reading.names:
            held = next(answers)["aggregations"]
            for number, name in enumerate(reading.names):
                for each in held[str(number)]["articles"]["buckets"]:
                    names.setdefault(each["key"], set()).add(name)
        return cls(passages, entries, originals, names)


def _retrievals(found: Sequence[_Found], texts: _Texts) -> list[Retrieval]:
    retrievals = []
    for each in found:
        query = each.query
        hits: dict[Hit, Candidate] = {}
        for one in each.best:
            is_superseded = query.article is None and one.title in texts.originals
            if not is_superseded:
                slug = texts.entries[one.article].slug
                hits[Hit(slug, one.number, -one.negated)] = one
        kept = worth_reading(list(hits), query)
        passages: dict[PassageKey, Passage] = {}
        entries: dict[str, Entry] = {}
        names: dict[str, Set[str]] = {}
        for hit in kept:
            one = hits[hit]
            passages[hit.article, hit.number] = texts.passages[one.article, one.number]
            entries[hit.article] = texts.entries[one.article]
            if query.names:
                names[hit.article] = texts.names.get(one.article, set()) & set(query.names)
        retrievals.append(
            Retrieval(each.statistics, each.article_statistics, kept, passages, entries, names)
        )
    return retrievals


def key_ids(scope: Scope, keys: Iterable[PassageKey]) -> list[str]:
    """Return the ids of passages."""
    return [passage_id(scope.name, slug, number) for slug, number in keys]


def title_keys(titles: Iterable[str]) -> dict[str, str]:
    """Return titles by their keys."""
    return {title_key(title): title for title in titles}
