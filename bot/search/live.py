"""A segment, less the articles that were removed since it was written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence, Set
from functools import cached_property

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

    def __init__(self, segment: Segment, place: int, removed: frozenset[int]) -> None:
        """``place`` is its place among the segments."""
        self.segment = segment
        self.place = place
        self.removed = removed
        self._removed_frequency: dict[str, int] = {}

    def without(self, articles: Set[int]) -> LiveSegment:
        """The same without the articles at these places."""
        return LiveSegment(self.segment, self.place, self.removed | articles)

    def find(self, slug: str) -> int | None:
        """The place of the article of this slug, where it is still there."""
        place = self.segment.find_article(slug)
        return None if place in self.removed else place

    def slugs(self) -> Iterable[str]:
        places = range(self.segment.article_count)
        return (self.segment.slug(place) for place in places if place not in self.removed)

    @cached_property
    def gone(self) -> Sequence[range]:
        """The passages of the removed articles."""
        return [self.segment.range_of(place) for place in sorted(self.removed)]

    @cached_property
    def passages(self) -> int:
        return self.segment.passages - sum(map(len, self.gone))

    @cached_property
    def total_length(self) -> int:
        lengths = self.segment.lengths
        return self.segment.total_length - sum(sum(lengths[r.start : r.stop]) for r in self.gone)

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
        gone = self._removed_frequency.get(term)
        if gone is None:
            gone = self._removed_frequency[term] = count_in(self.segment, postings, self.gone)
        return postings.document_frequency - gone
