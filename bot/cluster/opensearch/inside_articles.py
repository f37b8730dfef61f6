"""Passages that may be asked for next: those which hold certain terms, in the articles found.

A question that has found its article may look there for what it says in other words. Those
passages come with the second request, so that no third is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import (
    encoded_slug,
    encoded_term,
    entry_of,
    head_in,
    link_in,
    passage_of,
)
from bot.cluster.opensearch.exact_scores import boosts_of, scored, weights_of
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    CandidateHit,
    Lines,
    candidate_lines,
    candidates_in,
    lengths_by_article_in,
    lengths_by_article_lines,
)
from bot.core.passage import Passage
from bot.core.seams import Entry, Hit, PassageKey, Retrieval, Statistics, TermQuery
from bot.index.shelf_snapshot import worth_reading

_MOST = 200
"""Passages that are fetched; where more hold the terms, none is of use."""


class InsideSearch(NamedTuple):
    """A search for the passages of some articles that hold certain terms."""

    articles: frozenset[str]
    """Their encoded slugs."""
    statistics: Statistics
    """The terms' statistics over the whole scope."""

    def lines(self, scope: Scope) -> Lines:
        lines = lengths_by_article_lines(scope, self.articles)
        if weights := weights_of(self.statistics):
            query, boosts = TermQuery(list(weights), _MOST), boosts_of(weights)
            lines += candidate_lines(scope, query, self.articles, boosts, _MOST, fetched="texts")
        return lines

    def taken(self, answers: Iterator[Json]) -> InsideArticles | None:
        """Return what was found; None if it may not be all."""
        lengths = lengths_by_article_in(next(answers))
        if not weights_of(self.statistics):
            return InsideArticles(self.articles, self.statistics, lengths, [])
        answer = next(answers)
        hits = candidates_in(answer)
        if len(hits) == _MOST:
            return None
        sources = [hit["_source"] for hit in answer["hits"]["hits"]]
        found = list(zip(hits, sources, strict=True))
        return InsideArticles(self.articles, self.statistics, lengths, found)


class InsideArticles(NamedTuple):
    """All passages of some articles that hold certain terms."""

    articles: frozenset[str]
    statistics: Statistics
    lengths: Mapping[str, tuple[int, int]]
    """Passages of each article, and terms of all its passages together."""
    found: Sequence[tuple[CandidateHit, Mapping[str, Json]]]
    """The passages with their documents."""

    def retrieval(self, query: TermQuery) -> tuple[Retrieval, Mapping[PassageKey, str]] | None:
        """Return the reply to a query, with links to its passages; None if it asks for more than
        was fetched."""
        frequency = self.statistics.document_frequency
        article = None if query.article is None else encoded_slug(query.article)
        if article not in self.articles or query.names or not frequency.keys() >= {*query.terms}:
            return None
        own = [(hit, source) for hit, source in self.found if hit.article == article]
        overall = self.statistics._replace(
            document_frequency={term: frequency[term] for term in query.terms}
        )
        weights = weights_of(overall)
        pairs = [(hit, hit.terms or "") for hit, _ in own]
        every = scored(pairs, weights, overall.average_length)
        best = sorted(each for each in every if each.negated < 0.0)[: max(0, query.limit)]
        sources = {hit.number: source for hit, source in own}
        hits: list[Hit] = []
        passages: dict[PassageKey, Passage] = {}
        entries: dict[str, Entry] = {}
        links: dict[PassageKey, str] = {}
        for each in best:
            source = sources[each.number]
            passage, head, link = passage_of(source), head_in(source), link_in(source)
            if head is None:
                return None
            key = passage.article, passage.number
            passages[key], entries[passage.article] = passage, entry_of(head)
            if link is not None:
                links[key] = link
            hits.append(Hit(*key, -each.negated))
        kept = worth_reading(hits, query)
        keys = [(hit.article, hit.number) for hit in kept]
        within = self._within(article, query.terms, [terms for _, terms in pairs])
        shown = {key: passages[key] for key in keys}
        return Retrieval(overall, within, kept, shown, entries if kept else {}, {}), links

    def _within(self, article: str | None, terms: Sequence[str], held: Sequence[str]) -> Statistics:
        """Return an article's own statistics; ``held`` are the terms of each of its passages that
        was found."""
        passages, total = self.lengths.get(article or "", (0, 0))
        counts = {term: sum(f" {encoded_term(term)} " in each for each in held) for term in terms}
        return Statistics(passages, total / passages if passages else 0.0, counts)


def inside_search(
    queries: Sequence[TermQuery], articles: Set[str], whole: Statistics
) -> InsideSearch | None:
    """Return the search for what some queries may ask for next; None if there is nothing. ``whole``
    has the statistics of the terms of which they are known."""
    terms = dict.fromkeys(term for query in queries for term in query.inside)
    known = whole.document_frequency
    if not articles or not terms or not known.keys() >= terms.keys():
        return None
    own = whole._replace(document_frequency={term: known[term] for term in terms})
    return InsideSearch(frozenset(articles), own)
