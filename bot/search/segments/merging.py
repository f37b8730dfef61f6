"""Merging segments into one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from bot.core.relevance.term_scoring import length_norm
from bot.search.segments.article_table import ArticleTable, chunks
from bot.search.segments.impacts import frequency_below
from bot.search.segments.joining import MOST_POSTINGS, Joining
from bot.search.segments.scratch import Scratch
from bot.search.segments.searching import each, in_order, without
from bot.search.segments.segment import Segment
from bot.search.segments.segment_format import PADDED, SEPARATOR, SIZES, TEXT, Array, Bucket

_SIZES = np.asarray(SIZES)
_AT_ONCE = 1 << 16
"""Number of entries of one term that are read at a time."""
_REMOVED = 0xFFFFFFFF
"""The number of a passage that is left out."""


class Input(NamedTuple):
    """A segment to merge."""

    segment: Segment
    removed: frozenset[int]
    """The ordinals of the articles that are left out."""


def merge_segments(
    file: BinaryIO, inputs: Sequence[Input], folder: Path | None, most: int = MOST_POSTINGS
) -> None:
    """Write a segment of these segments' articles, in their order, to a new file.

    Files that are needed meanwhile are made in ``folder``, without names; where it is None, all is
    kept in memory. ``most`` is as `Joining` has it. Raises `bot.core.errors.DamagedIndexError` if
    one of the segments is damaged, and `OSError`.
    """
    scratch = Scratch(folder)
    sources = [_SegmentSource(*each, number, scratch) for number, each in enumerate(inputs)]
    joining = Joining(sources, scratch, most)
    joining.write(file, map(joining.lay_out, joining.spans))


class _SegmentSource:
    """A `bot.search.segments.joining.PostingSource` of a segment."""

    def __init__(
        self, segment: Segment, removed: frozenset[int], number: int, scratch: Scratch
    ) -> None:
        """``number`` is its ordinal among those that are merged."""
        self.segment = segment
        self.articles = _kept_articles(segment, removed, scratch)
        self.order: Array = np.broadcast_to(np.uint32(number), len(self.articles.counts))
        self.all_lengths: Array = np.asarray(segment.lengths)
        """Of the removed passages too."""
        self.lengths = self.all_lengths
        self.renumbered: Array | None = None
        """Each passage's number among those that are kept, `_REMOVED` if it is not; None if all
        are kept."""
        if removed:
            self.renumbered, self.lengths = _kept_passages(segment, removed, scratch)
        self.passage_count = len(self.lengths)
        self.term_count = segment.header.terms
        self.posting_count = segment.header.buckets_at // 2

    def span(self, low: int, high: int) -> _SegmentSpan:
        return _SegmentSpan(self, low, high)

    def postings(self, passages: Array, impacts: Array, at: Array) -> tuple[Array, Array, Array]:
        """Return the postings among some entries: which of them those are, the passage and the
        frequency of each. Takes each entry's passage, its impact, and the impact's offset in the
        file, in order."""
        some = np.flatnonzero(impacts)
        passages, at = passages[some], at[some]
        average = self.segment.header.average_length or 1.0
        norms = length_norm(self.all_lengths[passages].astype(np.float64), average)
        frequencies = frequency_below(impacts[some].astype(float), norms).astype(np.int64) + 1
        if len(some):
            start = int(at[0])
            odd = self.segment.exceptions(start, int(at[-1]) + 1)
            offsets = np.fromiter(odd, np.int64, len(odd))
            frequencies[at.searchsorted(start + offsets)] = list(odd.values())
        if self.renumbered is not None:
            passages = self.renumbered[passages]
            kept = np.flatnonzero(passages != _REMOVED)
            some, passages, frequencies = some[kept], passages[kept], frequencies[kept]
        return some, passages, frequencies


def _kept_articles(segment: Segment, removed: frozenset[int], scratch: Scratch) -> ArticleTable:
    kept = segment.article_count - len(removed)
    counts = scratch.array("counts", np.uint32, kept)
    ends = scratch.array("slug ends", np.uint64, kept)
    slugs = scratch.file()
    at = 0
    for first, end in chunks(segment.article_count):
        own = [ordinal for ordinal in range(first, end) if ordinal not in removed]
        encoded = [segment.slug(ordinal).encode(*TEXT) for ordinal in own]
        counts[at : at + len(own)] = [len(segment.range_of(ordinal)) for ordinal in own]
        ends[at : at + len(own)] = slugs.size + np.cumsum([len(slug) for slug in encoded])
        slugs.write(b"".join(encoded))
        at += len(own)
    return ArticleTable(counts, ends, slugs.array())


def _kept_passages(
    segment: Segment, removed: frozenset[int], scratch: Scratch
) -> tuple[Array, Array]:
    """Return each passage's number among those of the articles that are kept, `_REMOVED` if it is
    not kept, and the lengths of those that are."""
    everything = in_order([range(segment.passages)])
    kept = without(everything, in_order(map(segment.range_of, removed)))
    count = sum(end - first for first, end in each(kept))
    numbers = scratch.array("renumbered", np.uint32, segment.passages)
    for first, end in chunks(segment.passages):
        numbers[first:end] = _REMOVED
    lengths = scratch.array("kept lengths", np.uint32, count)
    number = 0
    for first, end in each(kept):
        for start, stop in chunks(end - first):
            own = slice(first + start, first + stop)
            numbers[own] = np.arange(number, number + stop - start)
            lengths[number : number + stop - start] = segment.lengths[own]
            number += stop - start
    return numbers, lengths


class _SegmentSpan:
    """A `bot.search.segments.joining.TermSpan` of a segment; holds the postings as they lie in the
    file, their checksums compared."""

    def __init__(self, source: _SegmentSource, low: int, high: int) -> None:
        self._source = source
        segment = source.segment
        count = segment.header.buckets
        buckets = [
            bucket
            for number in range(low * count >> 32, ((high - 1) * count >> 32) + 1)
            if (bucket := segment.bucket(number)).records
        ]
        terms = b"".join(bucket.text[:-1] for bucket in buckets).split(SEPARATOR)[1:]
        records = np.frombuffer(b"".join(b.records for b in buckets), np.dtype("<u4, u1"))
        hashes = np.fromiter(map(zlib.crc32, terms), np.int64, len(terms))
        first, end = hashes.searchsorted([low, high]).tolist()
        inside = slice(first, end)
        entries, flags = records["f0"].astype(np.int64), records["f1"]
        widths = _SIZES[flags & 3]
        heads = (flags & PADDED).astype(np.int64)
        sizes = heads + entries * (widths + 1)
        self._start = buckets[0].postings_at if buckets else 0
        """The offset in the file of what was read."""
        data = segment.read(self._start, int(sizes.sum()))
        _check(segment, buckets, self._start, data)
        self._data = np.frombuffer(data, np.uint8)
        self._gaps_at = (np.cumsum(sizes) - sizes + heads)[inside]
        self._widths = widths[inside]
        self.terms = terms[inside]
        self.hashes = hashes[inside]
        self.counts = entries[inside]

    def read(self, first: int, end: int) -> tuple[Array, Array, Array]:
        at, counts, widths = (
            array[first:end] for array in (self._gaps_at, self.counts, self._widths)
        )
        starts = np.cumsum(counts) - counts
        owners = np.repeat(np.arange(end - first), counts)
        gaps = np.ones(len(owners), np.int64)
        for width in (1, 2, 4):
            own = np.flatnonzero((widths == width)[owners])
            gaps[own] = self._numbers(own * width + (at - starts * width)[owners[own]], width)
        gaps[starts] -= widths == 0  # an entry a passage begins with 0
        sums = np.cumsum(gaps)
        passages = sums - (sums[starts] - gaps[starts])[owners]
        impacts_at = np.arange(len(owners)) + (at + counts * widths - starts)[owners]
        impacts = self._data[impacts_at]
        some, passages, frequencies = self._source.postings(
            passages, impacts, impacts_at + self._start
        )
        return np.bincount(owners[some], minlength=end - first), passages, frequencies

    def pieces(self, at: int) -> Iterator[tuple[Array, Array]]:
        width, gaps_at = int(self._widths[at]), int(self._gaps_at[at])
        count = int(self.counts[at])
        before = 0 if width else -1
        for first, end in chunks(count, _AT_ONCE):
            entries = np.arange(first, end)
            gaps = self._numbers(gaps_at + entries * width, width) if width else 1
            passages = before + np.cumsum(np.broadcast_to(gaps, end - first))
            before = int(passages[-1])
            impacts_at = gaps_at + count * width + entries
            impacts = self._data[impacts_at]
            yield self._source.postings(passages, impacts, impacts_at + self._start)[1:]

    def _numbers(self, at: Array, width: int) -> Array:
        """Return the numbers of this width at these offsets."""
        value = self._data[at].astype(np.int64)
        for byte in range(1, width):
            value |= self._data[at + byte].astype(np.int64) << 8 * byte
        return value


def _check(segment: Segment, buckets: Sequence[Bucket], start: int, data: bytes) -> None:
    """Compare the checksums of the postings of buckets that are neighbours; ``data`` is what lies
    there in the file, from ``start`` on."""
    bounds = [*(bucket.postings_at - start for bucket in buckets), len(data)]
    view = memoryview(data)
    for bucket, (first, end) in zip(buckets, pairwise(bounds), strict=True):
        segment.check_postings(bucket, view[first:end])
