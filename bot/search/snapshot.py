"""All that an index holds at one moment, and how a question is put to it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from bot.core.seams import Hit, Statistics
from bot.search.live import LiveSegment, count_in
from bot.search.recent import RecentArticle
from bot.search.segments import plain
from bot.search.segments.plain import Norms
from bot.search.segments.scoring import inverse_document_frequency
from bot.search.segments.segment import Segment

_POSTINGS_AN_IMPORT = 600_000
"""About how many postings plain Python adds up while numpy is imported."""
_POSTINGS_A_QUESTION = 1000
"""What else a question takes in plain Python, counted in postings."""
_spent = 0
"""What this process has spent in plain Python, counted in postings."""


Found = tuple[float, int, Segment | RecentArticle, int]
"""A passage that was found: its score, negated; its place among all passages, in the order in which
they were put; what holds it; its number in there. The best sorts before the others."""


class Snapshot(NamedTuple):
    """All that is held at one moment."""

    segments: Sequence[LiveSegment]
    recent: Sequence[RecentArticle]
    passages: int
    total_length: int

    @property
    def average_length(self) -> float:
        return self.total_length / self.passages if self.passages else 0.0

    def document_frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        asked = dict.fromkeys(terms, 0)
        for live in self.segments:
            for term in asked:
                asked[term] += live.document_frequency(term)
        for article in self.recent:
            for term in article.inverted.keys() & asked.keys():
                asked[term] += article.document_frequency(term)
        return asked

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        if limit < 1 or not self.total_length:
            return []
        asked = self.document_frequencies(terms)
        idfs = {
            term: inverse_document_frequency(self.passages, frequency)
            for term, frequency in asked.items()
            if frequency
        }
        starts, start = {}, 0
        for live in self.segments:
            starts[live.place] = start
            start += live.segment.passages
        found: list[Found] = []
        for live in sorted(self.segments, key=lambda live: -live.segment.passages):
            least = -found[limit - 1][0] if len(found) >= limit else 0.0
            scores = self._search_segment(live, idfs, limit, least, articles)
            first = starts[live.place]
            found += [(-score, first + number, live.segment, number) for score, number in scores]
            found.sort()
            del found[limit:]
        if self.recent:
            norms = Norms(self.average_length)
            for article in self.recent:
                if (articles is None or article.slug in articles) and not (
                    idfs.keys().isdisjoint(article.inverted.keys())
                ):
                    scores = article.scores(idfs, norms)
                    found += [(-score, start + n, article, n) for score, n in scores]
                start += len(article.passages)
            found.sort()
        return [Hit(*held.locate(n), -negated) for negated, _, held, n in found[:limit]]

    def _search_segment(
        self,
        live: LiveSegment,
        idfs: dict[str, float],
        limit: int,
        threshold: float,
        articles: Set[str] | None,
    ) -> list[tuple[float, int]]:
        segment = live.segment
        terms = [
            (idf, postings)
            for term, idf in idfs.items()
            if (postings := segment.postings(term)) is not None
        ]
        if not terms:
            return []
        gone: Sequence[range] = live.gone
        mask = None
        if articles is not None:
            gone, mask = (), live.mask_of(articles)
            if mask is None:
                return []
        best = plain.best
        if "numpy" in sys.modules or _worth_numpy(sum(own.document_frequency for _, own in terms)):
            from bot.search.segments import vector

            best = vector.best
        return best(segment, terms, self.average_length, limit, threshold, mask, gone)

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        asked = dict.fromkeys(terms)
        if articles is None:
            frequency = self.document_frequencies(asked)
            return Statistics(self.passages, self.average_length, frequency)
        recent = [article for article in self.recent if article.slug in articles]
        frequency = {term: sum(a.document_frequency(term) for a in recent) for term in asked}
        passages = sum(len(article.passages) for article in recent)
        length = sum(article.total_length for article in recent)
        for live in self.segments:
            places = sorted(p for slug in articles if (p := live.find(slug)) is not None)
            ranges = [live.segment.range_of(place) for place in places]
            passages += sum(map(len, ranges))
            length += sum(sum(live.segment.lengths[r.start : r.stop]) for r in ranges)
            for term in asked if ranges else ():
                postings = live.segment.postings(term)
                if postings is not None:
                    frequency[term] += count_in(live.segment, postings, ranges)
        return Statistics(passages, length / passages if passages else 0.0, frequency)


class Slugs(Collection[str]):
    """The slugs of a snapshot's articles, read off the segments only where need be."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def __len__(self) -> int:
        live = (s.segment.article_count - len(s.removed) for s in self._snapshot.segments)
        return sum(live) + len(self._snapshot.recent)

    def __iter__(self) -> Iterator[str]:
        for live in self._snapshot.segments:
            yield from live.slugs()
        for article in self._snapshot.recent:
            yield article.slug

    def __contains__(self, slug: object) -> bool:
        return isinstance(slug, str) and (
            any(article.slug == slug for article in self._snapshot.recent)
            or any(live.find(slug) is not None for live in self._snapshot.segments)
        )


def _worth_numpy(postings: int) -> bool:
    """Whether to import numpy for a question of so many postings: once the process has spent as
    much without it as its import takes, so that it never spends more than twice what it had to
    (the ski rental: Karlin et al., "Competitive snoopy caching", 1988)."""
    global _spent
    _spent += _POSTINGS_A_QUESTION + postings
    return _spent > _POSTINGS_AN_IMPORT
