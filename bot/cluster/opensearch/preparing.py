"""The first request of a question: statistics, and candidates.

It is made before it is certain what is searched for: which words no passage holds is known only
afterwards, and what was meant by them, too. So the terms that may be meant are counted as well, and
candidates are taken for all of them. Whether all that belong among the best are there is proven
later (`bot.cluster.opensearch.retrieving`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import encoded_slug
from bot.cluster.opensearch.exact_scores import Candidate, scored, weights_of
from bot.cluster.opensearch.layout import OWN_WEIGHT
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    ScopeState,
    candidate_lines,
    count_lines,
    counts_in,
    length_lines,
    many_counts_in,
    many_counts_lines,
    state_lines,
    state_of,
)
from bot.core.seams import Statistics, TermQuery

WINDOW = 5
"""Candidates asked for, as a multiple of what is wanted."""
LEAST_WINDOW = 50
"""The fewest that are asked for."""
_MOST_TERMS = 900
"""Terms of one search for candidates; the server takes at most 1,024."""
_MOST_KNOWN = 20_000
"""Terms of a tenant that are remembered."""


class FoundPassages(NamedTuple):
    """The passages that the first request found for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    """The encoded slugs of the articles to look in."""
    statistics: Statistics
    article_statistics: Statistics | None
    best: list[Candidate]
    """Sorted; at most the query's limit."""
    is_complete: bool
    """True if all passages that share a term were fetched."""


class PreparedQuery(NamedTuple):
    """The data that was fetched for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    terms: frozenset[str]
    """The terms that were searched for; empty if none were."""
    hits: Sequence[Json]
    lengths: Json | None
    """The answer about the passages of the articles, if there are any."""
    counts: Mapping[str, int]
    """The number of these that hold each term."""


class Prepared(NamedTuple):
    """The data that the first request fetched."""

    state: ScopeState
    counts: Mapping[str, int]
    """The number of passages that hold each term."""
    queries: Sequence[PreparedQuery]


class KnownTerms:
    """Terms that were seen to stand in passages lately, by tenant. Only how many requests a
    question takes depends on them, and nobody's on another tenant's. Used on one event loop."""

    def __init__(self) -> None:
        self._held: dict[str, set[str]] = {}

    def holds(self, tenant: str, term: str) -> bool:
        """Return whether a term was seen in a tenant's own articles, or in everyone's."""
        return term in self._held.get(tenant, ()) or term in self._held.get("", ())

    def note(self, tenant: str, counts: Mapping[str, int]) -> None:
        """Take note of terms that were counted."""
        held = self._held.setdefault(tenant, set())
        if len(held) > _MOST_KNOWN:
            held.clear()
        held.update(term for term, count in counts.items() if count)


async def prepare(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    guesses: Sequence[str] = (),
    articles: Set[str] | None = None,
) -> Prepared:
    """Fetch what some queries need first, and the same for terms that may take the place of some of
    theirs. ``articles`` is as in `bot.cluster.opensearch.retrieving.retrieve`; raises as
    `OpenSearchClient.send` does."""
    within = [_articles_of(query, articles) for query in queries]
    terms = list(dict.fromkeys(term for query in queries for term in query.terms))
    guesses = [guess for guess in dict.fromkeys(guesses) if guess not in terms]
    guessed = many_counts_lines(scope, guesses)
    lines = state_lines(scope) + count_lines(scope, terms) + guessed
    for query, only in zip(queries, within, strict=True):
        if only is not None:
            lines += length_lines(scope, only)
            lines += count_lines(scope, _all_terms(query, guesses), only)
        if asked := _searched(query, guesses):
            boosts = dict.fromkeys(asked, OWN_WEIGHT)
            lines += candidate_lines(scope, query, only, boosts, window_of(query.limit))
    answers = iter(await client.search_many(lines))
    state = state_of(next(answers))
    counts = counts_in(answers, terms)
    counts |= many_counts_in([next(answers) for _ in range(len(guessed) // 2)], guesses)
    made = []
    for query, only in zip(queries, within, strict=True):
        lengths, own = None, {}
        if only is not None:
            lengths = next(answers)
            own = counts_in(answers, _all_terms(query, guesses))
        asked = _searched(query, guesses)
        hits = next(answers)["hits"]["hits"] if asked else ()
        made.append(PreparedQuery(query, only, frozenset(asked), hits, lengths, own))
    return Prepared(state, counts, made)


def found_in(prepared: Prepared, queries: Sequence[TermQuery]) -> list[FoundPassages] | None:
    """Return what was found for some queries, if they ask for no more than was prepared; None
    otherwise."""
    found = []
    for query in queries:
        terms = dict.fromkeys(query.terms)
        before = next((each for each in prepared.queries if _covers(each, query)), None)
        if before is None or not terms.keys() <= prepared.counts.keys():
            return None
        state = prepared.state
        statistics = Statistics(
            state.passages, state.average_length, {term: prepared.counts[term] for term in terms}
        )
        own: Statistics | None = None
        if before.lengths is not None:
            own = statistics_of(before.lengths, {term: before.counts[term] for term in terms})
        best: list[Candidate] = []
        is_complete = True
        if query.limit > 0 and terms:
            every = scored(before.hits, weights_of(statistics), state.average_length)
            best = sorted(each for each in every if each.negated < 0.0)
            is_complete = len(before.hits) < window_of(before.query.limit)
        found.append(
            FoundPassages(
                query, before.articles, statistics, own, best[: max(0, query.limit)], is_complete
            )
        )
    return found


def _covers(before: PreparedQuery, query: TermQuery) -> bool:
    """Return whether what was fetched for a query serves another one."""
    return (
        before.query.article == query.article
        and query.limit <= before.query.limit
        and (query.limit <= 0 or before.terms >= set(query.terms))
    )


def window_of(limit: int) -> int:
    """Return how many candidates are asked for where so many are wanted."""
    return min(MOST_HITS, max(LEAST_WINDOW, WINDOW * limit))


def statistics_of(lengths: Json, counts: Mapping[str, int]) -> Statistics:
    """Return statistics from the answer to `length_lines` and counts of terms."""
    passages = lengths["hits"]["total"]["value"]
    total = round(lengths["aggregations"]["length"]["value"])
    return Statistics(passages, total / passages if passages else 0.0, counts)


def _articles_of(query: TermQuery, articles: Set[str] | None) -> frozenset[str] | None:
    named = articles if query.article is None else {query.article}
    return None if named is None else frozenset(map(encoded_slug, named))


def _all_terms(query: TermQuery, guesses: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*query.terms, *guesses]))


def _searched(query: TermQuery, guesses: Sequence[str]) -> list[str]:
    """Return the terms for which candidates are taken."""
    if query.limit <= 0:
        return []
    terms = _all_terms(query, guesses)
    return terms if len(terms) <= _MOST_TERMS else list(dict.fromkeys(query.terms))
