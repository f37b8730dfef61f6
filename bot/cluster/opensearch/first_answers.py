"""Answers to a first request, and the ones of them that serve a query."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.exact_scores import boosts_of, least_possible, slack, weights_of
from bot.cluster.opensearch.inside_articles import InsideArticles
from bot.cluster.opensearch.searches import CandidateHit, ScopeState
from bot.core.seams import Statistics, TermQuery


class FoundPassages(NamedTuple):
    """The passages that were found for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    """The encoded slugs of the articles to look in."""
    statistics: Statistics
    article_statistics: Statistics | None
    hits: Sequence[CandidateHit]
    greatest_left: float
    """No passage that was not found scores more: infinity if that is not known, its negative if all
    were found that may be among the best."""
    least: float = 0.0
    """A score that those which the query wants reach, as far as the candidates' own scores tell."""


class PreparedQuery(NamedTuple):
    """The data that was fetched for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    terms: frozenset[str]
    """The terms that were searched for; empty if none were."""
    boosts: Mapping[str, float]
    """Their weights in that search; empty if it was by those of each shard's own statistics."""
    hits: Sequence[CandidateHit]
    greatest_left: float = -math.inf
    """No passage that was not found has a greater score there, by the server's measure; as in
    `FoundPassages`."""
    is_best: bool = False
    """True if the hits are the best for just these terms, whatever other passages hold of them."""
    lengths: Json | None = None
    """The answer about the passages of the articles, if there are any."""
    counts: Mapping[str, int] = MappingProxyType({})
    """The number of these that hold each term."""


class FirstAnswers(NamedTuple):
    """The data that the first request fetched."""

    state: ScopeState
    counts: Mapping[str, int]
    """The number of passages that hold each term."""
    queries: Sequence[PreparedQuery]
    is_settled: bool
    """True if the scope had been in this state before the request was made. Else its searches may
    have seen the index before a change and after it, and the counts may be of another state."""
    digests: Set[str] = frozenset()
    """Keys of the titles of digests that may be found."""
    inside: InsideArticles | None = None
    """Passages of the articles that the queries name, if each names one."""

    def after(self, before: FirstAnswers | None) -> FirstAnswers:
        """Return these together with those that were fetched before, in the same state."""
        if before is None or before.state != self.state:
            return self
        return self._replace(
            counts={**before.counts, **self.counts},
            queries=[*before.queries, *self.queries],
            digests=before.digests | self.digests,
        )


def found_in(prepared: FirstAnswers, queries: Sequence[TermQuery]) -> list[FoundPassages] | None:
    """Return what was found for some queries; None if they ask for statistics that were not
    prepared. Where a query has terms that were not searched for, what was found may be nothing that
    it wants, and is not known to be all."""
    found = []
    for query in queries:
        terms = dict.fromkeys(query.terms)
        if not terms.keys() <= prepared.counts.keys():
            return None
        statistics = statistics_in(prepared.state, prepared.counts, terms)
        weights = weights_of(statistics)
        before = max(
            (each for each in reversed(prepared.queries) if each.query.article == query.article),
            key=lambda each: (
                _is_best_for(each, query, weights),
                len(each.terms & weights.keys()),
                -len(each.terms),
            ),
            default=None,
        )
        if before is None:
            return None
        own: Statistics | None = None
        if before.lengths is not None:
            if not terms.keys() <= before.counts.keys():
                return None
            own = statistics_of(before.lengths, {term: before.counts[term] for term in terms})
        is_asked = query.limit > 0 and bool(weights)
        left, least = -math.inf, 0.0
        if is_asked:
            left = _greatest_left(before, query, weights) * slack(statistics.average_length)
            if before.boosts == boosts_of(weights):
                least = least_possible(before.hits, weights, statistics.average_length, query)
        hits = before.hits if is_asked else ()
        found.append(FoundPassages(query, before.articles, statistics, own, hits, left, least))
    return found


def _is_best_for(before: PreparedQuery, query: TermQuery, weights: Mapping[str, float]) -> bool:
    """Return whether what was found for a query holds the best for another one, whose terms have
    these weights."""
    asked = before.query
    return (
        before.is_best
        and before.terms == weights.keys()
        and asked.limit >= query.limit
        and asked.enough >= query.enough
        and asked.least_share <= query.least_share
    )


def _greatest_left(before: PreparedQuery, query: TermQuery, weights: Mapping[str, float]) -> float:
    """Return `FoundPassages.greatest_left` of a query whose terms have these weights, by the
    server's measure, where another one was searched for."""
    if before.is_best:
        return -math.inf if _is_best_for(before, query, weights) else math.inf
    if before.greatest_left == -math.inf and weights.keys() <= before.terms:
        return -math.inf
    if not weights.keys() <= before.boosts.keys():
        return math.inf
    return before.greatest_left * max(weights[term] / before.boosts[term] for term in weights)


def statistics_in(state: ScopeState, counts: Mapping[str, int], terms: Iterable[str]) -> Statistics:
    """Return a scope's statistics of some terms."""
    return Statistics(state.passages, state.average_length, {term: counts[term] for term in terms})


def statistics_of(lengths: Json, counts: Mapping[str, int]) -> Statistics:
    """Return statistics from the answer to `length_lines` and counts of terms."""
    passages = lengths["hits"]["total"]["value"]
    total = round(lengths["aggregations"]["length"]["value"])
    return Statistics(passages, total / passages if passages else 0.0, counts)
