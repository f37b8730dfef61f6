"""Searches for articles by their titles: those that fit a lookup, digests, and their originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import Lines, terms_clauses
from bot.core.seams import TitleLookup

_MOST_DIGESTS = 300
"""Digests of which one search tells."""
_WILD = str.maketrans({each: f"\\{each}" for each in "\\*?"})


def titles_query(scope: Scope, lookup: TitleLookup) -> Json:
    """Return the query for the articles whose titles fit a lookup."""
    filters: list[Json] = [{"term": {"kind": "article"}}]
    if lookup.beginning:
        filters.append({"prefix": {"folded": lookup.beginning}})
    if lookup.slug_beginning:
        beginning = lookup.slug_beginning.encode("utf-8", "replace").decode()
        filters.append({"prefix": {"article": beginning}})
    if lookup.holding:
        parts = [{"wildcard": {"folded": f"*{part.translate(_WILD)}*"}} for part in lookup.holding]
        filters.append({"bool": {"should": parts, "minimum_should_match": 1}})
    return scope.query(*filters)


def digests_lines(scope: Scope, terms: Iterable[str], boosts: Mapping[str, float]) -> Lines:
    """Return a search for the digests whose passages hold some of these terms; where they are too
    many, those with the best passages for terms with these boosts."""
    tokens = sorted(set(map(encoded_term, terms)))
    holding = {"term": {"is_digest": True}}, {"terms": {"terms": tokens}}
    query = scope.query(*holding, should=terms_clauses(boosts))
    ranked = {"field": "title", "size": _MOST_DIGESTS, "order": {"best": "desc"}}
    found = {"terms": ranked, "aggs": {"best": {"max": {"script": "_score"}}}}
    return [scope.header(), {"size": 0, "query": query, "aggs": {"titles": found}}]


def originals_lines(scope: Scope, titles: Sequence[str]) -> Lines:
    """Return a search for articles of these titles (by their keys) that are no digests."""
    query = scope.query(
        {"term": {"kind": "article"}}, {"terms": {"title": titles}}, {"term": {"is_digest": False}}
    )
    found = {"terms": {"field": "title", "size": len(titles)}}
    return [scope.header(), {"size": 0, "query": query, "aggs": {"titles": found}}]


def titles_in(answer: Json) -> set[str]:
    """Return the keys of the titles that `digests_lines` or `originals_lines` found."""
    return {each["key"] for each in answer["aggregations"]["titles"]["buckets"]}
