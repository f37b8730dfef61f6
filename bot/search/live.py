"""A segment, less the articles that were removed since it was written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence, Set

from bot.search.segments import plain
from bot.search.segments.segment import Postings, Segment


def count_in(segment: Segment, postings: Postings, ranges: Sequence[range]) -> int:
    """How many passages of these ranges hold a term; in numpy where it is there already."""
    if "numpy" not in sys.modules:
        return plain.count(postings, ranges)
    from bot.search.segments import entries

    return entries.count(segment, postings, ranges)


class LiveSegment:
    """A segment, and which of its articles were removed since it was written."""

    def __init__(
        self,
        segment: Segment,
        place: int,
        removed: frozenset[int],
        before: LiveSegment | None = None,
    ) -> None:
        """``place`` is its place among the segments; ``before`` is the same when fewer were
        removed, whose counts are not counted again."""
        self.segment = segment
        self.place = place
        self.removed = removed
        self.gone: list[range] = [*before.gone] if before else []
        """The passages of the removed articles, in the order of removal."""
        self.passages: int = before.passages if before else segment.passages
        self.total_length: int = before.total_length if before else segment.total_length
        self._removed_frequency: dict[str, tuple[int, int]] = (
            dict(before._removed_frequency) if before else {}
        )
        """In how many passages of the first ranges of `gone` a term stands, and how many those
        ranges are."""
        for article in sorted(removed - before.removed if before else removed):
            gone = segment.range_of(article)
            self.gone.append(gone)
            self.passages -= len(gone)
            self.total_length -= sum(segment.lengths[gone.start : gone.stop])

    def without(self, articles: Set[int]) -> LiveSegment:
        """The same without the articles at these places."""
        return LiveSegment(self.segment, self.place, self.removed | articles, self)

    def find(self, slug: str) -> int | None:
        """The place of the article of this slug, where it is still there."""
        place = self.segment.find_article(slug)
        return None if place in self.removed else place

    def slugs(self) -> Iterable[str]:
        places = range(self.segment.article_count)
        return (self.segment.slug(place) for place in places if place not in self.removed)

    def mask_of(self, articles: Iterable[str]) -> bytearray | None:
        """A 1 for each passage of these articles; None where there is none."""
        places = [place for slug in articles if (place := self.find(slug)) is not None]
        if not places:
            return None
        mask = bytearray(self.segment.passages)
        for place in places:
            r = self.segment.range_of(place)
            mask[r.start : r.stop] = b"\1" * len(r)
        return mask

    def document_frequency(self, term: str) -> int:
        """How many passages that are still there hold the term."""
        postings = self.segment.postings(term)
        if postings is None:
            return 0
        if not self.removed:
            return postings.document_frequency
        gone, counted = self._removed_frequency.get(term, (0, 0))
        if counted < len(self.gone):
            gone += count_in(self.segment, postings, self.gone[counted:])
            self._removed_frequency[term] = gone, len(self.gone)
        return postings.document_frequency - gone
