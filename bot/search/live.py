"""A segment without the articles that were removed since it was written."""

from __future__ import annotations

from collections.abc import Iterable, Set

from bot.search.kernel import library
from bot.search.segments.compiled import CompiledSearcher
from bot.search.segments.searching import Ranges, Searcher, in_order, without
from bot.search.segments.segment import Segment


def searcher_of(segment: Segment) -> Searcher:
    """Return the fastest searcher of this segment on this machine."""
    kernel = library()
    if kernel is None:
        from bot.search.segments.plain import PlainSearcher

        return PlainSearcher(segment)
    return CompiledSearcher(segment, kernel)


class LiveSegment:
    """A segment, and the articles that were removed since it was written."""

    def __init__(
        self,
        segment: Segment,
        ordinal: int,
        removed: frozenset[int],
        before: LiveSegment | None = None,
    ) -> None:
        """``ordinal`` gives the segment's order among the segments; ``before`` is the same segment
        with fewer articles removed, whose counts are reused."""
        self.segment = segment
        self.ordinal = ordinal
        self.removed = removed
        self.searcher: Searcher = before.searcher if before else searcher_of(segment)
        self.kept: Ranges[int] = before.kept if before else in_order([range(segment.passages)])
        """The passages of the articles that are still in the index."""
        self._gone: list[range] = [*before._gone] if before else []
        """The passages of the removed articles, in the order of removal."""
        self.passages: int = before.passages if before else segment.passages
        self.total_length: int = before.total_length if before else segment.total_length
        self._removed_frequency: dict[str, tuple[int, int]] = (
            dict(before._removed_frequency) if before else {}
        )
        """For a term, its number of passages in the first ranges of `_gone`, and the number of
        those ranges."""
        new = removed - before.removed if before else removed
        gone = [segment.range_of(article) for article in sorted(new)]
        self._gone += gone
        self.kept = without(self.kept, in_order(gone))
        self.passages -= sum(map(len, gone))
        self.total_length -= sum(sum(segment.lengths[own.start : own.stop]) for own in gone)

    def without(self, articles: Set[int]) -> LiveSegment:
        """Return the same without these of its articles, by ordinal."""
        return LiveSegment(self.segment, self.ordinal, self.removed | articles, self)

    def find(self, slug: str) -> int | None:
        """Return the ordinal of the article of this slug, if it was not removed."""
        ordinal = self.segment.find_article(slug)
        return None if ordinal in self.removed else ordinal

    def slugs(self) -> Iterable[str]:
        ordinals = range(self.segment.article_count)
        return (self.segment.slug(each) for each in ordinals if each not in self.removed)

    def ranges_of(self, articles: Iterable[str]) -> Ranges[int]:
        """Return the passages of those of these articles that are still there."""
        found = (ordinal for slug in articles if (ordinal := self.find(slug)) is not None)
        return in_order(map(self.segment.range_of, found))

    def document_frequency(self, term: str) -> int:
        """Return the number of passages, without removed ones, that hold the term."""
        postings = self.segment.postings(term)
        if postings is None:
            return 0
        if not self.removed:
            return postings.document_frequency
        gone, counted = self._removed_frequency.get(term, (0, 0))
        if counted < len(self._gone):
            gone += self.searcher.count(postings, in_order(self._gone[counted:]))
            self._removed_frequency[term] = gone, len(self._gone)
        return postings.document_frequency - gone
