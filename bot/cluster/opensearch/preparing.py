"""The first request of a question: statistics, and candidates.

Where the statistics of all terms are known from questions before, candidates are searched for by
their exact weights; that the statistics still hold is seen from the scope's state, which comes with
the candidates. Where they no longer hold, a second request counts all terms, searches by nearly the
exact weights, and reads the first one's candidates, so that hardly ever a third is needed. Else the
request is made before it is certain what is searched for: which words no
passage holds is known only afterwards, and what was meant by them, too. So the terms that may be
meant are counted as well, and candidates are taken for all of them. Whether all that belong among
the best are there is proven later (`bot.cluster.opensearch.retrieving`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import encoded_slug
from bot.cluster.opensearch.exact_scores import boosts_of, weights_of
from bot.cluster.opensearch.first_answers import FirstAnswers, PreparedQuery, statistics_in
from bot.cluster.opensearch.inside_articles import InsideSearch, terms_next
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.known_statistics import ScopeStatistics
from bot.cluster.opensearch.layout import OWN_WEIGHT
from bot.cluster.opensearch.reading import ReadDocuments, WantedDocuments
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    NOTHING_FOUND,
    FetchedData,
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
from bot.cluster.opensearch.title_searches import digests_lines, titles_in
from bot.core.seams import TermQuery

_MORE = 20
"""Candidates asked for beyond what is wanted."""
_NEARLY = 4
"""Candidates that are asked for by nearly the exact weights, as a multiple of those that the exact
ones need: so many that the last is far from the best, by whatever the weights are."""
_MOST_TERMS = 900
"""Terms of one search for candidates; the server takes at most 1,024."""


async def prepare(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    guesses: Sequence[str] = (),
    articles: Set[str] | None = None,
    known: ScopeStatistics | None = None,
    documents: ReadDocuments | None = None,
    guess_again: Callable[[Mapping[str, int]], Iterable[str]] | None = None,
) -> FirstAnswers:
    """Fetch what some queries need first, and the same for terms that may take the place of some of
    theirs. ``articles`` is as in `bot.cluster.opensearch.retrieving.retrieve`; ``known`` are
    statistics of this scope: where they no longer hold, that costs another request, which reads
    documents that are not among ``documents``, too, and counts what ``guess_again`` gives in place
    of the guesses, by what was counted. Where each query names an article, all that is found there
    comes at once, and all is counted. Raises `ChangedMeanwhileError`, and as
    `OpenSearchClient.send` does."""
    if articles is None and all(query.article is not None for query in queries):
        known = None
    distinct = dict.fromkeys(term for query in queries for term in query.terms)
    others = [guess for guess in dict.fromkeys(guesses) if guess not in distinct]
    within = [_articles_of(query, articles) for query in queries]
    before = None if known is None else known.state
    asked = _Searches(scope, queries, others, within, known)
    reading = documents or ReadDocuments(scope, KnownDocuments())
    prepared = asked.taken(iter(await client.search_many(asked.lines)), before, reading)
    if before is None or prepared.is_settled:
        return prepared
    if guess_again is not None:
        others = [guess for guess in guess_again(prepared.counts) if guess not in distinct]
    nearly = ScopeStatistics(prepared.state, dict(prepared.counts))
    asked = _Searches(scope, queries, others, within, nearly, hold=False)
    missing = reading.missing(
        WantedDocuments(each.hits, each.query.names, each.query.article is None)
        for each in prepared.queries
    )
    answers = iter(await client.search_many(asked.lines + missing.lines(scope)))
    prepared = asked.taken(answers, prepared.state, reading)
    reading.take(missing, answers)
    return prepared


class _Searches:
    """Searches for statistics and candidates, and what is taken from their answers."""

    def __init__(
        self,
        scope: Scope,
        queries: Sequence[TermQuery],
        guesses: Sequence[str],
        within: Sequence[frozenset[str] | None],
        known: ScopeStatistics | None,
        *,
        hold: bool = True,
    ) -> None:
        """``guesses`` are none of the queries' terms; ``within`` has the articles of each query.
        Without ``hold`` what is known need not be so any more."""
        held = {} if known is None or not hold else known.counts
        distinct = dict.fromkeys(term for query in queries for term in query.terms)
        self._known = {term: held[term] for term in (*distinct, *guesses) if term in held}
        self._terms = [term for term in distinct if term not in held]
        self._guesses = [guess for guess in guesses if guess not in held]
        beside = dict.fromkeys(terms_next(queries, lambda _: True))
        self._beside = [term for term in beside if term not in {*distinct, *guesses}]
        self._known |= {term: held[term] for term in self._beside if term in held}
        self._guesses += [term for term in self._beside if term not in held]
        self.lines: Lines = state_lines(scope) + count_lines(scope, self._terms)
        self.lines += many_counts_lines(scope, self._guesses)
        self._has_digests = known is None or known.state.digests > 0
        if self._has_digests:
            own = dict.fromkeys(list(distinct)[:_MOST_TERMS], OWN_WEIGHT)
            self.lines += digests_lines(scope, [*distinct, *guesses], own)
        self._queries: list[tuple[PreparedQuery, int, FetchedData]] = []
        named = [encoded_slug(query.article) for query in queries if query.article is not None]
        self._inside: InsideSearch | None = None
        if 0 < len(named) == len(queries):
            wanted = [query for query in queries if query.limit > 0]
            looked_for = dict.fromkeys(term for q in wanted for term in (*q.terms, *q.names))
            looked_for |= dict.fromkeys([*guesses, *beside] if wanted else ())
            counted = dict.fromkeys(t for q in queries if q.limit <= 0 for t in q.terms)
            self._inside = InsideSearch(
                list(dict.fromkeys(named)), list(looked_for), about=list(counted)
            )
        for query, only in zip(queries, within, strict=True):
            both = list(dict.fromkeys([*query.terms, *guesses]))
            if only is not None and (query.limit > 0 or self._inside is None):
                self.lines += length_lines(scope, only) + count_lines(scope, both, only)
            terms = _searched(query, both)
            is_exact = known is not None and hold and not guesses and held.keys() >= set(terms)
            boosts: Mapping[str, float] = {}
            window = query.limit + _MORE
            if known is not None and (is_exact or not hold):
                counts = known.counts
                if not hold:  # a passage may hold by now what none did
                    counts = {term: counts.get(term) or 1 for term in terms}
                    window *= _NEARLY
                boosts = boosts_of(weights_of(statistics_in(known.state, counts, terms)))
            sent = boosts if is_exact else boosts or dict.fromkeys(terms, OWN_WEIGHT)
            window = min(MOST_HITS, window) if sent else 0  # nothing holds any of them
            # a node takes longer to pick the terms out of a document than to send the whole of it
            fetched: FetchedData = "texts" if hold else "terms"
            if is_exact or self._inside is not None:
                fetched = "columns"
            if sent:
                self.lines += candidate_lines(scope, only, sent, window, fetched)
            none = dict.fromkeys(both, 0)
            made = PreparedQuery(query, only, frozenset(terms), boosts, (), counts=none)
            self._queries.append((made, window, fetched))
        if self._inside is not None:
            self.lines += self._inside.lines(scope)

    def taken(
        self, answers: Iterator[Json], before: ScopeState | None, documents: ReadDocuments
    ) -> FirstAnswers:
        """Return what the answers tell; ``before`` is the scope's state in an earlier request.
        Passages that were found whole are put among the ``documents``."""
        state = state_of(next(answers))
        counts = self._known | counts_in(answers, self._terms)
        counts |= many_counts_in(answers, self._guesses)
        digests = titles_in(next(answers)) if self._has_digests else set()
        queries = []
        for made, window, fetched in self._queries:
            lengths, own = None, {}
            if made.articles is not None and (made.query.limit > 0 or self._inside is None):
                lengths = next(answers)
                own = counts_in(answers, made.counts)
            answer = next(answers) if window else NOTHING_FOUND
            hits = candidates_in(answer)
            if fetched == "texts":
                documents.take_passages(answer)
            left = hits[-1].score if hits and len(hits) == window else -math.inf
            queries.append(
                made._replace(hits=hits, greatest_left=left, lengths=lengths, counts=own)
            )
        digests |= {hit.title for query in queries for hit in query.hits if hit.title is not None}
        inside = None
        if self._inside is not None:
            inside = self._inside.taken(answers, statistics_in(state, counts, counts))
        return FirstAnswers(state, counts, queries, state == before, digests, inside)


def _articles_of(query: TermQuery, articles: Set[str] | None) -> frozenset[str] | None:
    named = articles if query.article is None else {query.article}
    return None if named is None else frozenset(map(encoded_slug, named))


def _searched(query: TermQuery, terms: Sequence[str]) -> list[str]:
    """Return the terms for which candidates are taken, out of the query's and the guesses, which
    are distinct."""
    if query.limit <= 0:
        return []
    return list(terms) if len(terms) <= _MOST_TERMS else list(dict.fromkeys(query.terms))
