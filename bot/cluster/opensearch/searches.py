"""Searches: the parts of a request, and what their answers tell.

Every search is of one scope, and goes through it (`bot.cluster.opensearch.scopes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import encoded_term
from bot.cluster.opensearch.scopes import Scope

MOST_HITS = 10_000
"""The server gives no more documents at once."""
NOTHING_FOUND: Json = {"hits": {"hits": []}}
"""The answer to a search that need not be made."""
_MOST_LANGUAGES = 500
_TERMS_A_SEARCH = 256
"""Terms that one search counts, where there are many."""
CANDIDATE_ORDER = [{"_score": "desc"}, {"put": "asc"}, {"number": "asc"}]
CANDIDATE_COLUMNS = ["article", "length", "title"]
"""Fields of a candidate beside those that order them; read from columns, not from its document."""

Lines: TypeAlias = list[Json]
"""Headers and bodies of searches."""
FetchedData: TypeAlias = Literal["columns", "terms", "texts"]
"""The data that are fetched of a candidate: its columns alone, its terms too, or its text as well;
the document of each has to be read for more than the columns."""


class ScopeState(NamedTuple):
    """The statistics of a scope as a whole."""

    passages: int
    total_length: int
    """Terms of all passages together."""
    articles: int
    languages: tuple[str, ...]
    identity: tuple[str, float, float] = ("", 0.0, 0.0)
    """The index, the greatest version of a document and the sum of all. Every change of an article
    raises the version: where all fields are as before, the documents are the same."""
    digests: int = 0
    """The number of articles that are digests."""

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
        "aggs": {
            "languages": {"terms": {"field": "language", "size": _MOST_LANGUAGES}},
            "digests": {"filter": {"term": {"is_digest": True}}},
        },
    }
    found = {
        "passages": passages,
        "articles": articles,
        "versions": {"stats": {"field": "put"}},
        "index": {"terms": {"field": "_index", "size": 1}},
    }
    return [scope.header(), {"size": 0, "query": scope.query(), "aggs": found}]


def state_of(answer: Json) -> ScopeState:
    """Return the state from the answer to `state_lines`."""
    found = answer["aggregations"]
    passages, articles, versions = found["passages"], found["articles"], found["versions"]
    indexes = [str(each["key"]) for each in found["index"]["buckets"]]
    languages = sorted(each["key"] for each in articles["languages"]["buckets"])
    return ScopeState(
        passages["doc_count"],
        round(passages["length"]["value"]),
        articles["doc_count"],
        tuple(languages),
        (indexes[0], versions["max"], versions["sum"]) if indexes else ("", 0.0, 0.0),
        articles["digests"]["doc_count"],
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


def many_counts_in(answers: Iterator[Json], terms: Sequence[str]) -> dict[str, int]:
    """Take the answers to `many_counts_lines`; return the number of passages by term."""
    found: dict[str, int] = {}
    for start in range(0, len(terms), _TERMS_A_SEARCH):
        buckets = next(answers)["aggregations"]["terms"]["buckets"]
        for at, term in enumerate(terms[start : start + _TERMS_A_SEARCH]):
            found[term] = buckets[str(at)]["doc_count"]
    return found


def ids_lines(scope: Scope, ids: Sequence[str]) -> Lines:
    """Return a search for documents by their ids, at most `MOST_HITS`."""
    query = scope.query({"ids": {"values": list(ids)}})
    return [scope.header(), {"size": len(ids), "query": query}]


def within(articles: frozenset[str] | None) -> list[Json]:
    return [] if articles is None else [{"terms": {"article": sorted(articles)}}]


def length_lines(scope: Scope, articles: frozenset[str]) -> Lines:
    query = scope.query(*within(articles), {"term": {"kind": "passage"}})
    length = {"length": {"sum": {"field": "length"}}}
    body = {"size": 0, "track_total_hits": True, "query": query, "aggs": length}
    return [scope.header(articles), body]


def lengths_by_article_lines(scope: Scope, articles: frozenset[str]) -> Lines:
    """Return a search for how many passages each article has, and how long they are together."""
    query = scope.query(*within(articles), {"term": {"kind": "passage"}})
    by_article = {
        "terms": {"field": "article", "size": len(articles)},
        "aggs": {"length": {"sum": {"field": "length"}}},
    }
    return [scope.header(articles), {"size": 0, "query": query, "aggs": {"articles": by_article}}]


def lengths_by_article_in(answer: Json) -> dict[str, tuple[int, int]]:
    """Return what `lengths_by_article_lines` found: the number and the length, by article."""
    buckets = answer["aggregations"]["articles"]["buckets"]
    return {each["key"]: (each["doc_count"], round(each["length"]["value"])) for each in buckets}


def counts_by_article_lines(scope: Scope, terms: Sequence[str], articles: Sequence[str]) -> Lines:
    """Return a search for how many passages of each article hold each term."""
    tokens = list(map(encoded_term, terms))
    by_article = {"articles": {"terms": {"field": "article", "size": len(articles)}}}
    found = {
        str(at): {"filter": {"term": {"terms": token}}, "aggs": by_article}
        for at, token in enumerate(tokens)
    }
    some = frozenset(articles)
    query = scope.query(*within(some), {"terms": {"terms": sorted(set(tokens))}})
    return [scope.header(some), {"size": 0, "query": query, "aggs": found}]


def counts_by_article_in(answer: Json, terms: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return what `counts_by_article_lines` found: the number of passages, by term and article."""
    return {
        term: {
            each["key"]: each["doc_count"]
            for each in answer["aggregations"][str(at)]["articles"]["buckets"]
        }
        for at, term in enumerate(terms)
    }


def opening_lines(scope: Scope, articles: Sequence[str]) -> Lines:
    """Return a search for the first passage of each of some articles."""
    some = frozenset(articles)
    first = scope.query(*within(some), {"term": {"kind": "passage"}}, {"term": {"number": 0}})
    body = {"size": len(articles), "query": first, "_source": ["shown", "article"]}
    return [scope.header(some), body]


def candidate_lines(
    scope: Scope,
    articles: frozenset[str] | None,
    boosts: Mapping[str, float],
    size: int,
    fetched: FetchedData = "columns",
) -> Lines:
    """Return a search for at most ``size`` candidates that hold some terms, which have these
    boosts."""
    body: dict[str, Any] = {
        "size": size,
        "track_total_hits": False,
        "query": scope.query(
            *within(articles), should=terms_clauses(boosts), minimum_should_match=1
        ),
        "sort": CANDIDATE_ORDER,
        "docvalue_fields": CANDIDATE_COLUMNS,
    }
    if fetched == "columns":
        body |= {"_source": False, "stored_fields": "_none_"}
    elif fetched == "terms":
        body["_source"] = ["terms"]
    return [scope.header(articles), body]


def inside_lines(scope: Scope, articles: Sequence[str], terms: Sequence[str], size: int) -> Lines:
    """Return a search for at most ``size`` passages of some articles that hold any of these terms,
    with their texts; those of the first article come first, and so on."""
    some = frozenset(articles)
    tokens = sorted(set(map(encoded_term, terms)))
    ranked = [
        {"constant_score": {"filter": {"term": {"article": article}}, "boost": rank}}
        for rank, article in enumerate(reversed(articles), 1)
    ]
    body: dict[str, Any] = {
        "size": size,
        "track_total_hits": False,
        "query": scope.query(*within(some), {"terms": {"terms": tokens}}, should=ranked),
        "sort": CANDIDATE_ORDER,
        "docvalue_fields": CANDIDATE_COLUMNS,
    }
    return [scope.header(some), body]


def terms_clauses(boosts: Mapping[str, float]) -> list[Json]:
    """Return a clause for each term, with its boost."""
    return [
        {"term": {"terms": {"value": encoded_term(term), "boost": boost}}}
        for term, boost in boosts.items()
    ]


def none_of(scope: Scope, hits: Sequence[CandidateHit]) -> dict[str, Json]:
    """Return the clause that leaves out some candidates in the versions that were found."""
    if not hits:
        return {}
    ids = {"ids": {"values": [hit.id_in(scope) for hit in hits]}}
    versions = {"terms": {"put": sorted({hit.put for hit in hits})}}
    return {"must_not": {"bool": {"filter": [ids, versions]}}}


class CandidateHit(NamedTuple):
    """A passage that the server found for a question's terms."""

    index_name: str
    score: float
    """The server's own."""
    put: int
    number: int
    article: str
    """The encoded slug."""
    length: int
    """Number of its terms."""
    title: str | None
    """The key of its article's title, where that is a digest."""
    terms: str | None = None
    """As `spaced` returns them; None if they were not fetched."""

    def id_in(self, scope: Scope) -> str:
        """Return its document's id."""
        return f"{scope.name}/{self.article}#{self.number}"


def candidates_in(answer: Json) -> list[CandidateHit]:
    """Return the candidates that `candidate_lines` found, in the server's order."""
    found = []
    for hit in answer["hits"]["hits"]:
        score, put, number = hit["sort"]
        fields, source = hit["fields"], hit.get("_source")
        found.append(
            CandidateHit(
                hit["_index"],
                score,
                put,
                number,
                fields["article"][0],
                fields["length"][0],
                fields["title"][0] if "title" in fields else None,
                None if source is None else spaced(source["terms"]),
            )
        )
    return found


def spaced(terms: str) -> str:
    """Return a passage's terms, with two blanks between two of them and one at either end: a term
    with a blank on each side is found in it as often as the passage holds it."""
    return f" {terms.replace(' ', '  ')} "
