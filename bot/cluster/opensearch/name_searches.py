"""Searches for which articles hold a question's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import Lines, within

MOST_HOLDERS = 1000
"""Articles that hold a name, of which one search tells."""


def names_lines(scope: Scope, names: Sequence[str], articles: Sequence[str]) -> Lines:
    """Return a search for which of these articles hold each name, and in which version it was."""
    by_article = {"terms": {"field": "article", "size": len(articles)}}
    found: dict[str, Any] = {
        str(number): {
            "filter": {"term": {"terms": encoded_term(name)}},
            "aggs": {"articles": by_article},
        }
        for number, name in enumerate(names)
    }
    put = {"put": {"max": {"field": "put"}}}
    is_head = {"term": {"kind": "article"}}
    found["heads"] = {"filter": is_head, "aggs": {"articles": {**by_article, "aggs": put}}}
    holds_any = {"terms": {"terms": sorted({encoded_term(name) for name in names})}}
    wanted = {"bool": {"should": [is_head, holds_any], "minimum_should_match": 1}}
    query = scope.query({"terms": {"article": list(articles)}}, wanted)
    return [scope.header(articles), {"size": 0, "query": query, "aggs": found}]


def holders_lines(scope: Scope, names: Sequence[str]) -> Lines:
    """Return a search for the articles that hold each name, whichever they are, and in which
    version."""
    by_article = {
        "terms": {"field": "article", "size": MOST_HOLDERS},
        "aggs": {"put": {"max": {"field": "put"}}},
    }
    found = {
        str(number): {
            "filter": {"term": {"terms": encoded_term(name)}},
            "aggs": {"articles": by_article},
        }
        for number, name in enumerate(names)
    }
    query = scope.query({"terms": {"terms": sorted({encoded_term(name) for name in names})}})
    return [scope.header(), {"size": 0, "query": query, "aggs": found}]


def holders_in(answer: Json, names: Sequence[str]) -> dict[str, Mapping[str, int]]:
    """Return the articles that `holders_lines` found, by name, as encoded slugs with their
    versions; a name that too many hold is left out."""
    found: dict[str, Mapping[str, int]] = {}
    for number, name in enumerate(names):
        told = answer["aggregations"][str(number)]["articles"]
        if not told["sum_other_doc_count"]:
            found[name] = {each["key"]: round(each["put"]["value"]) for each in told["buckets"]}
    return found


def best_holders_lines(
    scope: Scope, names: Sequence[str], articles: frozenset[str] | None, exact: Json, size: int
) -> Lines:
    """Return a search for which of the names the articles hold, and in which version, that have the
    best ``size`` passages of those that `exact_query` finds: for names that very many hold."""
    found: dict[str, Any] = {
        str(number): {"filter": {"term": {"terms": encoded_term(name)}}}
        for number, name in enumerate(names)
    }
    found["best"] = {"max": {"script": "_score"}}
    found["put"] = {"max": {"field": "put"}}
    order = [{"best": "desc"}, {"put": "asc"}]  # as that of the passages
    ranked = {"field": "article", "size": size, "order": order}
    holding = {"terms": {"terms": sorted(map(encoded_term, names))}}
    held = {"constant_score": {"filter": holding, "boost": 0.0}}
    query = scope.query(*within(articles), should=[exact, held], minimum_should_match=1)
    grouped = {"articles": {"terms": ranked, "aggs": found}}
    return [scope.header(articles), {"size": 0, "query": query, "aggs": grouped}]


def best_holders_in(answer: Json, names: Sequence[str]) -> dict[str, tuple[int, Set[str]]]:
    """Return the version of each article that `best_holders_lines` found, as an encoded slug, and
    the names that it holds."""
    return {
        each["key"]: (
            round(each["put"]["value"]),
            {name for number, name in enumerate(names) if each[str(number)]["doc_count"]},
        )
        for each in answer["aggregations"]["articles"]["buckets"]
    }


class HeldNames(NamedTuple):
    """The names that articles hold, from the answer to `names_lines`."""

    holding: list[set[str]]
    """For each name the encoded slugs of the articles that hold it."""
    versions: dict[str, int]
    """Versions of the articles at that moment, by encoded slug."""


def names_in(answer: Json, names: Sequence[str]) -> HeldNames:
    """Return what `names_lines` found."""
    found = answer["aggregations"]
    holding = [
        {each["key"] for each in found[str(number)]["articles"]["buckets"]}
        for number in range(len(names))
    ]
    heads = found["heads"]["articles"]["buckets"]
    return HeldNames(holding, {each["key"]: round(each["put"]["value"]) for each in heads})
