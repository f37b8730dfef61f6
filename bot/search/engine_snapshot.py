"""All that an index holds at one moment, and the search in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from bot.core.named_tuple import NamedTuple
from bot.core.relevance.term_scoring import Norms, inverse_document_frequency
from bot.core.seams import Hit, Statistics
from bot.search.live import LiveSegment
from bot.search.recent import RecentArticle
from bot.search.segments.searching import each
from bot.search.segments.segment import Segment

FoundPassage = tuple[float, int, Segment | RecentArticle, int]
"""A found passage: its negated score; its row among all passages, in the order in which they were
put; the segment or article that holds it; its number in that. The best sorts first."""


_MOST_COUNTED = 10_000
"""Number of terms whose frequency a snapshot keeps."""


class EngineSnapshot(NamedTuple):
    """The index at one moment."""

    segments: Sequence[LiveSegment]
    recent: Sequence[RecentArticle]
    passages: int
    total_length: int
    counted: dict[str, int]
    """The number of passages that hold a term, for those asked lately: a question asks several
    times for its own, and the next one for some of them."""

    @classmethod
    def of(cls, segments: Iterable[LiveSegment], recent: Iterable[RecentArticle]) -> EngineSnapshot:
        """Return all of these segments and articles of the log."""
        segments, recent = tuple(segments), tuple(recent)
        return cls(
            segments,
            recent,
            sum(s.passages for s in segments) + sum(len(a.passages) for a in recent),
            sum(s.total_length for s in segments) + sum(a.total_length for a in recent),
            {},
        )

    def articles(self) -> Collection[str]:
        """Return the slugs of the articles held, those without passages too."""
        return Slugs(self)

    @property
    def average_length(self) -> float:
        return self.total_length / self.passages if self.passages else 0.0

    def document_frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return the number of passages that hold each term."""
        counted = self.counted
        asked: dict[str, int] = {}
        for term in terms:
            frequency = counted.get(term)
            if frequency is None:
                frequency = self._count(term)
                if len(counted) >= _MOST_COUNTED:
                    counted.clear()
                counted[term] = frequency
            asked[term] = frequency
        return asked

    def _count(self, term: str) -> int:
        live = sum(segment.document_frequency(term) for segment in self.segments)
        return live + sum(
            article.document_frequency(term) for article in self.recent if term in article.inverted
        )

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
            starts[live.ordinal] = start
            start += live.segment.passages
        found: list[FoundPassage] = []
        for live in sorted(self.segments, key=lambda live: -live.segment.passages):
            least = -found[limit - 1][0] if len(found) >= limit else 0.0
            scores = self._search_segment(live, idfs, limit, least, articles)
            first = starts[live.ordinal]
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
        ranges = live.kept if articles is None else live.ranges_of(articles)
        if not ranges:
            return []
        return live.searcher.best(terms, self.average_length, limit, threshold, ranges)

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
            ranges = live.ranges_of(articles)
            for first, end in each(ranges):
                passages += end - first
                length += sum(live.segment.lengths[first:end])
            for term in asked if ranges else ():
                postings = live.segment.postings(term)
                if postings is not None:
                    frequency[term] += live.searcher.count(postings, ranges)
        return Statistics(passages, length / passages if passages else 0.0, frequency)


class Slugs(Collection[str]):
    """The slugs of a snapshot's articles, read from the segments only when needed."""

    def __init__(self, snapshot: EngineSnapshot) -> None:
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
