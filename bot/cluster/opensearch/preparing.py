"""The first request of a question: statistics, and candidates.

Where the statistics of all terms are known from questions before, candidates are searched for by
their exact weights; that the statistics still hold is seen from the scope's state, which comes with
the candidates. Else the request is made before it is certain what is searched for: which words no
passage holds is known only afterwards, and what was meant by them, too. So the terms that may be
meant are counted as well, and candidates are taken for all of them. Whether all that belong among
the best are there is proven later (`bot.cluster.opensearch.retrieving`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import encoded_slug
from bot.cluster.opensearch.exact_scores import boosts_of, weights_of
from bot.cluster.opensearch.known_statistics import ScopeStatistics
from bot.cluster.opensearch.layout import OWN_WEIGHT
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    CandidateHit,
    Lines,
    ScopeState,
    candidate_lines,
    candidates_in,
    count_lines,
    counts_in,
    length_lines,
    many_counts_in,
    many_counts_lines,
    state_lines,
    state_of,
)
from bot.core.seams import Statistics, TermQuery

_WINDOW = 5
"""Passages of an article that are asked for, as a multiple of what is wanted."""
_LEAST_WINDOW = 50
"""The fewest that are asked for."""
_MORE = 20
"""Candidates asked for beyond what is wanted."""
_MOST_TERMS = 900
"""Terms of one search for candidates; the server takes at most 1,024."""


class FoundPassages(NamedTuple):
    """The passages that were found for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    """The encoded slugs of the articles to look in."""
    statistics: Statistics
    article_statistics: Statistics | None
    hits: Sequence[CandidateHit]
    is_complete: bool
    """True if all passages that may be among the best were found."""
    is_exact: bool
    """True if the server ranked them by the exact weights."""


class PreparedQuery(NamedTuple):
    """The data that was fetched for one query."""

    query: TermQuery
    articles: frozenset[str] | None
    terms: frozenset[str]
    """The terms that were searched for; empty if none were."""
    is_exact: bool
    """True if they were searched for by their exact weights."""
    window: int
    """The number of candidates that were asked for."""
    hits: Sequence[CandidateHit]
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
    is_settled: bool
    """True if the scope had been in this state before the request was made. Else its searches may
    have seen the index before a change and after it, and the counts may be of another state."""


async def prepare(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    guesses: Sequence[str] = (),
    articles: Set[str] | None = None,
    known: ScopeStatistics | None = None,
) -> Prepared:
    """Fetch what some queries need first, and the same for terms that may take the place of some of
    theirs. ``articles`` is as in `bot.cluster.opensearch.retrieving.retrieve`; ``known`` are
    statistics of this scope: where they no longer hold, that costs another request. Raises as
    `OpenSearchClient.send` does."""
    distinct = dict.fromkeys(term for query in queries for term in query.terms)
    others = [guess for guess in dict.fromkeys(guesses) if guess not in distinct]
    within = [_articles_of(query, articles) for query in queries]
    before = None if known is None else known.state
    asked = _FirstRequest(scope, queries, others, within, known)
    prepared = asked.taken(iter(await client.search_many(asked.lines)), before)
    if before is None or prepared.is_settled:
        return prepared
    asked = _FirstRequest(scope, queries, others, within, None)
    return asked.taken(iter(await client.search_many(asked.lines)), prepared.state)


class _FirstRequest:
    """The searches of the first request, and what is taken from their answers."""

    def __init__(
        self,
        scope: Scope,
        queries: Sequence[TermQuery],
        guesses: Sequence[str],
        within: Sequence[frozenset[str] | None],
        known: ScopeStatistics | None,
    ) -> None:
        """``guesses`` are none of the queries' terms; ``within`` has the articles of each query."""
        held = {} if known is None else known.counts
        distinct = dict.fromkeys(term for query in queries for term in query.terms)
        self._known = {term: held[term] for term in (*distinct, *guesses) if term in held}
        self._terms = [term for term in distinct if term not in held]
        self._guesses = [guess for guess in guesses if guess not in held]
        guessed = many_counts_lines(scope, self._guesses)
        self._guess_searches = len(guessed) // 2
        self.lines: Lines = state_lines(scope) + count_lines(scope, self._terms) + guessed
        self._queries: list[PreparedQuery] = []
        for query, only in zip(queries, within, strict=True):
            both = list(dict.fromkeys([*query.terms, *guesses]))
            if only is not None:
                self.lines += length_lines(scope, only) + count_lines(scope, both, only)
            terms = _searched(query, both)
            is_exact = known is not None and not guesses and held.keys() >= set(terms)
            boosts: Mapping[str, float] = dict.fromkeys(terms, OWN_WEIGHT)
            window = min(MOST_HITS, query.limit + _MORE)
            if is_exact and known is not None:
                boosts = boosts_of(weights_of(statistics_in(known.state, held, terms)))
            made = PreparedQuery(
                query, only, frozenset(terms), is_exact, window, (), None, dict.fromkeys(both, 0)
            )
            if boosts:
                self.lines += candidate_lines(
                    scope, query, only, boosts, window, fetched="columns" if is_exact else "terms"
                )
            else:  # nothing holds any of them
                made = made._replace(window=0)
            self._queries.append(made)

    def taken(self, answers: Iterator[Json], before: ScopeState | None) -> Prepared:
        """Return what the answers tell; ``before`` is the scope's state in an earlier request."""
        state = state_of(next(answers))
        counts = self._known | counts_in(answers, self._terms)
        guessed = [next(answers) for _ in range(self._guess_searches)]
        counts |= many_counts_in(guessed, self._guesses)
        queries = []
        for made in self._queries:
            lengths, own = None, {}
            if made.articles is not None:
                lengths = next(answers)
                own = counts_in(answers, made.counts)
            hits = candidates_in(next(answers)) if made.window else ()
            queries.append(made._replace(hits=hits, lengths=lengths, counts=own))
        return Prepared(state, counts, queries, state == before)


def found_in(prepared: Prepared, queries: Sequence[TermQuery]) -> list[FoundPassages] | None:
    """Return what was found for some queries, if they ask for no more than was prepared; None
    otherwise."""
    found = []
    for query in queries:
        terms = dict.fromkeys(query.terms)
        before = next((each for each in prepared.queries if _covers(each, query)), None)
        if before is None or not terms.keys() <= prepared.counts.keys():
            return None
        statistics = statistics_in(prepared.state, prepared.counts, terms)
        own: Statistics | None = None
        if before.lengths is not None:
            own = statistics_of(before.lengths, {term: before.counts[term] for term in terms})
        is_asked = query.limit > 0 and bool(terms)
        held = {term for term in before.terms if prepared.counts[term]}
        found.append(
            FoundPassages(
                query,
                before.articles,
                statistics,
                own,
                before.hits if is_asked else (),
                not is_asked or not before.window or len(before.hits) < before.window,
                before.is_exact and held == weights_of(statistics).keys(),
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
    """Return how many passages of an article are asked for where so many are wanted."""
    return min(MOST_HITS, max(_LEAST_WINDOW, _WINDOW * limit))


def statistics_in(state: ScopeState, counts: Mapping[str, int], terms: Iterable[str]) -> Statistics:
    """Return a scope's statistics of some terms."""
    return Statistics(state.passages, state.average_length, {term: counts[term] for term in terms})


def statistics_of(lengths: Json, counts: Mapping[str, int]) -> Statistics:
    """Return statistics from the answer to `length_lines` and counts of terms."""
    passages = lengths["hits"]["total"]["value"]
    total = round(lengths["aggregations"]["length"]["value"])
    return Statistics(passages, total / passages if passages else 0.0, counts)


def _articles_of(query: TermQuery, articles: Set[str] | None) -> frozenset[str] | None:
    named = articles if query.article is None else {query.article}
    return None if named is None else frozenset(map(encoded_slug, named))


def _searched(query: TermQuery, terms: Sequence[str]) -> list[str]:
    """Return the terms for which candidates are taken, out of the query's and the guesses, which
    are distinct."""
    if query.limit <= 0:
        return []
    return list(terms) if len(terms) <= _MOST_TERMS else list(dict.fromkeys(query.terms))
