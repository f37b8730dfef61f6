"""Passages of single articles: all that hold certain terms, with their texts, in one request.

An article has so few of them that nothing is left to be proven, and nothing to be read. A question
that has found its article may look there for what it says in other words: those passages come with
the second request, so that no third is needed. Where all articles that were found have too many of
them, those of the likeliest come. One that is asked of an article needs one request.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.documents import (
    encoded_slug,
    encoded_term,
    entry_of,
    head_in,
    links_in,
    passage_of,
)
from bot.cluster.opensearch.exact_scores import scored, weights_of
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    NOTHING_FOUND,
    CandidateHit,
    Lines,
    candidates_in,
    counts_by_article_in,
    counts_by_article_lines,
    inside_lines,
    lengths_by_article_in,
    lengths_by_article_lines,
    many_counts_in,
    many_counts_lines,
    opening_lines,
)
from bot.core.passage import Passage
from bot.core.seams import (
    Entry,
    Hit,
    PassageKey,
    Preparation,
    Retrieval,
    Statistics,
    TermQuery,
)
from bot.index.shelf_snapshot import worth_reading

_MOST = 200
"""Passages that are fetched; an article of which they are not all is of no use."""


class InsideSearch(NamedTuple):
    """A search for the passages of some articles that hold certain terms."""

    articles: Sequence[str]
    """Their encoded slugs, the likeliest first."""
    terms: Sequence[str]
    uncounted: Sequence[str] = ()
    """Terms of which it is not known in how many passages of the scope they stand: of words that
    were meant by misspelt ones."""
    about: Sequence[str] = ()
    """Terms to count in each article, whose first passage is read then."""

    def lines(self, scope: Scope) -> Lines:
        lines = lengths_by_article_lines(scope, frozenset(self.articles))
        lines += many_counts_lines(scope, self.uncounted)
        if self.terms:
            lines += inside_lines(scope, self.articles, self.terms, _MOST)
        if self.about:
            lines += counts_by_article_lines(scope, self.about, self.articles)
            lines += opening_lines(scope, self.articles)
        return lines

    def taken(self, answers: Iterator[Json], whole: Statistics) -> InsideArticles:
        """Return what was found of the articles of which it is all; ``whole`` has the terms'
        statistics over the whole scope."""
        lengths = lengths_by_article_in(next(answers))
        counts = {**whole.document_frequency, **many_counts_in(answers, self.uncounted)}
        whole = whole._replace(document_frequency=counts)
        answer = next(answers) if self.terms else NOTHING_FOUND
        hits = candidates_in(answer)
        sources = [hit["_source"] for hit in answer["hits"]["hits"]]
        articles = self.articles
        if len(hits) == _MOST:
            articles = articles[: articles.index(hits[-1].article)]
        found = list(zip(hits, sources, strict=True))
        about: Mapping[str, Mapping[str, int]] = {}
        openings: list[Passage] = []
        if self.about:
            about = counts_by_article_in(next(answers), self.about)
            openings = [passage_of(hit["_source"]) for hit in next(answers)["hits"]["hits"]]
        return InsideArticles(self, whole, lengths, found, frozenset(articles), about, openings)


class InsideArticles(NamedTuple):
    """All passages of some articles that hold certain terms."""

    search: InsideSearch
    whole: Statistics
    lengths: Mapping[str, tuple[int, int]]
    """Passages of each article, and terms of all its passages together."""
    found: Sequence[tuple[CandidateHit, Mapping[str, Json]]]
    """The passages with their documents."""
    complete: Set[str]
    """The articles of which these are all."""
    about: Mapping[str, Mapping[str, int]]
    """The number of passages that hold each of the search's terms for that, by term and article."""
    openings: Sequence[Passage]
    """The articles' first passages, where such terms were looked for."""

    def holds_all(self, article: str, terms: Collection[str]) -> bool:
        """Return whether these are all passages of an article that hold any of some terms, by its
        encoded slug."""
        counts = self.whole.document_frequency
        held = {term for term in terms if counts.get(term) != 0}
        return article in self.complete and held <= counts.keys() & {*self.search.terms}

    def retrieval(
        self, query: TermQuery
    ) -> tuple[Retrieval, Mapping[PassageKey, Sequence[str]]] | None:
        """Return the reply to a query, with links to its passages; None if it asks for more than
        was fetched."""
        counts = self.whole.document_frequency
        article = "" if query.article is None else encoded_slug(query.article)
        if article not in self.search.articles or not counts.keys() >= {*query.terms}:
            return None
        overall = self.whole._replace(
            document_frequency={term: counts[term] for term in query.terms}
        )
        if query.limit <= 0 and not query.names and self.about.keys() >= {*query.terms}:
            about = {term: self.about[term].get(article, 0) for term in query.terms}
            return Retrieval(overall, self._within(article, about), [], {}, {}, {}), {}
        if not self.holds_all(article, [*query.terms, *query.names]):
            return None
        weights = weights_of(overall)
        sources = {hit: source for hit, source in self.found if hit.article == article}
        pairs = [(hit, hit.terms or "") for hit in sources]
        every = scored(pairs, weights, overall.average_length)
        best = sorted(each for each in every if each.negated < 0.0)[: max(0, query.limit)]
        by_number = {hit.number: source for hit, source in sources.items()}
        hits: list[Hit] = []
        passages: dict[PassageKey, Passage] = {}
        entries: dict[str, Entry] = {}
        links: dict[PassageKey, Sequence[str]] = {}
        for each in best:
            source = by_number[each.number]
            passage, head, own = passage_of(source), head_in(source), links_in(source)
            if head is None:
                return None
            key = passage.article, passage.number
            passages[key], entries[passage.article] = passage, entry_of(head)
            if own is not None:
                links[key] = own
            hits.append(Hit(*key, -each.negated))
        kept = worth_reading(hits, query)
        shown = {(hit.article, hit.number): passages[hit.article, hit.number] for hit in kept}
        in_passages = _counted(dict.fromkeys([*query.terms, *query.names]), pairs)
        held = {name for name in query.names if in_passages[name]}
        within = self._within(article, {term: in_passages[term] for term in query.terms})
        names: Mapping[str, Set[str]] = dict.fromkeys(entries, held) if held else {}
        return Retrieval(overall, within, kept, shown, entries, names), links

    def _within(self, article: str, counts: Mapping[str, int]) -> Statistics:
        """Return the statistics of some terms over an article's passages."""
        number, total = self.lengths.get(article, (0, 0))
        return Statistics(number, total / number if number else 0.0, counts)


def retrievals_in(
    fetched: Sequence[InsideArticles], queries: Sequence[TermQuery]
) -> tuple[list[Retrieval], dict[PassageKey, Sequence[str]]] | None:
    """Return the replies to queries, with links to their passages, from the first of what was
    fetched that has each; None if one asks for more."""
    found: list[Retrieval] = []
    links: dict[PassageKey, Sequence[str]] = {}
    for query in queries:
        own = next(filter(None, (each.retrieval(query) for each in fetched)), None)
        if own is None:
            return None
        found.append(own[0])
        links |= own[1]
    return found, links


def prepared_in(
    fetched: Sequence[InsideArticles], preparation: Preparation, counts: Mapping[str, int]
) -> bool:
    """Return whether all that can be asked after a preparation was fetched, of single articles;
    ``counts`` has the number of passages that hold each term of which that is known."""
    queries = preparation.queries
    articles = {None if each.article is None else encoded_slug(each.article) for each in queries}
    if not all(any(article in each.complete for each in fetched) for article in articles):
        return False
    terms = set(preparation.guesses(lambda term: bool(counts.get(term))))
    terms.update(term for each in queries for term in (*each.terms, *each.names, *each.inside))
    return counts.keys() >= terms and all(
        any(each.holds_all(str(article), terms) for each in fetched) for article in articles
    )


def _counted(terms: Iterable[str], held: Sequence[tuple[CandidateHit, str]]) -> dict[str, int]:
    """Return the number of passages that hold each term; ``held`` are passages with their terms."""
    return {term: sum(f" {encoded_term(term)} " in each for _, each in held) for term in terms}


def terms_next(queries: Sequence[TermQuery], is_known: Callable[[str], bool]) -> list[str]:
    """Return the terms that may be searched for next in the articles that queries find; see
    `TermQuery.following`."""
    terms = [term for query in queries for term in query.inside]
    for following in dict.fromkeys(query.following for query in queries):
        terms += following(is_known) if following is not None else ()
    return terms


def inside_search(
    queries: Sequence[TermQuery], articles: Sequence[str], counts: Mapping[str, int]
) -> InsideSearch | None:
    """Return the search for what some queries may ask for next; None if there is nothing.
    ``counts`` has the number of passages that hold each term of which that is known."""
    terms = dict.fromkeys(terms_next(queries, lambda term: bool(counts.get(term))))
    about = dict.fromkeys(term for query in queries for term in query.about)
    if not articles or not (terms or about):
        return None
    held = [term for term in terms if counts.get(term) != 0]
    uncounted = [term for term in dict.fromkeys([*held, *about]) if term not in counts]
    return InsideSearch(articles, held, uncounted, list(about))
