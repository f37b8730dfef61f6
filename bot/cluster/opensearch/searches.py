"""Searches: the parts of a request, and what their answers tell.

Every search is of one scope, and goes through it (`bot.cluster.opensearch.scopes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.scopes import Scope
from bot.core.seams import TermQuery

MOST_HITS = 10_000
"""The server gives no more documents at once."""
_MOST_LANGUAGES = 500
_TERMS_A_SEARCH = 32
"""Terms that one search counts, where there are many."""
_SCORED = ["terms", "length", "put", "number", "article", "title"]
"""The data by which a candidate is scored."""
_ORDER = [{"_score": "desc"}, {"put": "asc"}, {"number": "asc"}]

Lines: TypeAlias = list[Json]
"""Headers and bodies of searches."""


class ScopeState(NamedTuple):
    """The statistics of a scope as a whole."""

    passages: int
    total_length: int
    """Terms of all passages together."""
    articles: int
    languages: tuple[str, ...]

    @property
    def average_length(self) -> float:
        return self.total_length / self.passages if self.passages else 0.0


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
        query = scope.query(*within(articles), holding)
        lines += [header, {"size": 0, "track_total_hits": True, "query": query}]
    return lines


def counts_in(answers: Iterator[Json], terms: Iterable[str]) -> dict[str, int]:
    """Take the answers to `count_lines`; return the number of passages by term."""
    return {term: next(answers)["hits"]["total"]["value"] for term in terms}


def many_counts_lines(scope: Scope, terms: Sequence[str]) -> Lines:
    """Return searches that count the passages which hold each of many terms, some terms a search:
    for the spellings of a word, of which hardly any stands in a passage."""
    lines: Lines = []
    for start in range(0, len(terms), _TERMS_A_SEARCH):
        tokens = [encoded_term(term) for term in terms[start : start + _TERMS_A_SEARCH]]
        each = {str(at): {"term": {"terms": token}} for at, token in enumerate(tokens)}
        query = scope.query({"terms": {"terms": sorted(set(tokens))}})
        counted = {"terms": {"filters": {"filters": each}}}
        lines += [scope.header(), {"size": 0, "query": query, "aggs": counted}]
    return lines


def many_counts_in(answers: Sequence[Json], terms: Sequence[str]) -> dict[str, int]:
    """Return the number of passages by term, from the answers to `many_counts_lines`."""
    found: dict[str, int] = {}
    for start, answer in zip(range(0, len(terms), _TERMS_A_SEARCH), answers, strict=True):
        buckets = answer["aggregations"]["terms"]["buckets"]
        for at, term in enumerate(terms[start : start + _TERMS_A_SEARCH]):
            found[term] = buckets[str(at)]["doc_count"]
    return found


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


def within(articles: frozenset[str] | None) -> list[Json]:
    return [] if articles is None else [{"terms": {"article": sorted(articles)}}]


def length_lines(scope: Scope, articles: frozenset[str]) -> Lines:
    query = scope.query(*within(articles), {"term": {"kind": "passage"}})
    length = {"length": {"sum": {"field": "length"}}}
    body = {"size": 0, "track_total_hits": True, "query": query, "aggs": length}
    return [scope.header(articles), body]


def candidate_lines(
    scope: Scope, query: TermQuery, articles: frozenset[str] | None, boosts: Mapping[str, float],
    size: int, least: float | None = None, *, is_read: bool = False,
) -> Lines:  # fmt: skip
    """Return a search for candidates, which are read at once with ``is_read``."""
    should = [
        {"term": {"terms": {"value": encoded_term(term), "boost": boost}}}
        for term, boost in boosts.items()
    ]
    body: dict[str, Any] = {
        "size": size,
        "track_total_hits": False,
        "query": scope.query(*within(articles), should=should, minimum_should_match=1),
        "sort": _ORDER,
        "_source": [*_SCORED, "shown", "kind"] if is_read else _SCORED,
    }
    if least is not None:
        body["min_score"] = least
    return [scope.header(articles), body]


def names_lines(scope: Scope, names: Sequence[str], articles: Sequence[str]) -> Lines:
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
