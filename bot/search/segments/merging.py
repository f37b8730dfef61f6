"""Merging segments into one."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from bot.search.segments.impacts import frequency_below
from bot.search.segments.joining import Joining
from bot.search.segments.scoring import length_norm
from bot.search.segments.segment import Segment
from bot.search.segments.segment_format import PADDED, SEPARATOR, SIZES, Bucket
from bot.search.segments.segment_writer import Run

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_SIZES = np.asarray(SIZES)


class Input(NamedTuple):
    """A segment to merge."""

    segment: Segment
    removed: frozenset[int]
    """The ordinals of the articles that are left out."""


def merge_segments(file: BinaryIO, inputs: Sequence[Input], postings_a_span: int = 0) -> None:
    """Write a segment of these segments' articles, in their order, to a new file.

    ``postings_a_span`` is as `Joining` has it. Raises `bot.core.errors.DamagedIndexError` if one of
    the segments is damaged.
    """
    sources = [_SegmentSource(*each, number) for number, each in enumerate(inputs)]
    joining = Joining(sources, postings_a_span)
    joining.write(file, map(joining.lay_out, joining.spans))


class _SegmentSource:
    """A `bot.search.segments.joining.PostingSource` of a segment."""

    def __init__(self, segment: Segment, removed: frozenset[int], number: int) -> None:
        """``number`` is its ordinal among those that are merged."""
        kept = np.ones(segment.passages, bool)
        articles = []
        for ordinal in range(segment.article_count):
            own = segment.range_of(ordinal)
            if ordinal in removed:
                kept[own.start : own.stop] = False
            else:
                articles.append((segment.slug(ordinal), len(own)))
        self.articles: Sequence[tuple[str, int]] = articles
        self.order: Sequence[int] = [number] * len(articles)
        lengths: Array = np.asarray(segment.lengths, np.int64)
        self.segment = segment
        self.lengths: Array = lengths[kept]
        self.passage_count = len(self.lengths)
        self.term_count = segment.header.terms
        self.posting_count = segment.header.buckets_at // 2
        self.renumbered = np.where(kept, np.cumsum(kept) - 1, -1)
        """Each passage's number among those that are kept, -1 if it is not."""
        self.norms = length_norm(lengths, segment.header.average_length or 1.0)
        """The norm with which each passage's impacts were computed."""

    def read(self, low: int, high: int) -> Run:
        return _read_span(self, low, high)


def _read_span(source: _SegmentSource, low: int, high: int) -> Run:
    """Return a segment's terms with hashes from ``low`` to before ``high``, with their postings."""
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
    entries, flags = records["f0"].astype(np.int64), records["f1"]
    widths = _SIZES[flags & 3]
    heads = (flags & PADDED).astype(np.int64)
    sizes = heads + entries * (widths + 1)
    at = np.cumsum(sizes) - sizes
    start = buckets[0].postings_at if buckets else 0
    data = segment.read(start, int(sizes.sum()))
    _check(segment, buckets, start, data)
    inside = slice(first, end)
    owners, passages, frequencies = _read_entries(
        source, data, start, (at + heads)[inside], entries[inside], widths[inside]
    )
    passages = source.renumbered[passages]
    kept = passages >= 0
    if not kept.all():
        owners, passages, frequencies = owners[kept], passages[kept], frequencies[kept]
    return Run(
        terms[inside],
        hashes[inside],
        np.bincount(owners, minlength=end - first),
        passages,
        frequencies,
    )


def _check(segment: Segment, buckets: Sequence[Bucket], start: int, data: bytes) -> None:
    """Compare the checksums of the postings of buckets that are neighbours; ``data`` is what lies
    there in the file, from ``start`` on."""
    bounds = [*(bucket.postings_at - start for bucket in buckets), len(data)]
    view = memoryview(data)
    for bucket, (first, end) in zip(buckets, pairwise(bounds), strict=True):
        segment.check_postings(bucket, view[first:end])


def _read_entries(
    source: _SegmentSource, data: bytes, data_at: int, at: Array, counts: Array, widths: Array
) -> tuple[Array, Array, Array]:
    """Return the postings of terms that are neighbours: which of them each is of, its passage, its
    frequency. Takes what lies in the file from ``data_at`` on, and of each term the offset of its
    gaps in that, how many entries there are, and how wide the gaps."""
    read = np.frombuffer(data, np.uint8)
    starts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    gaps = np.ones(len(owners), np.int64)
    for width in (1, 2, 4):
        own = np.flatnonzero((widths == width)[owners])
        offsets = own * width + (at - starts * width)[owners[own]]
        value = read[offsets].astype(np.int64)
        for byte in range(1, width):
            value |= read[offsets + byte].astype(np.int64) << 8 * byte
        gaps[own] = value
    gaps[starts] -= widths == 0  # an entry a passage begins with 0
    sums = np.cumsum(gaps)
    passages = sums - (sums[starts] - gaps[starts])[owners]
    impacts_at = np.arange(len(owners)) + (at + counts * widths - starts)[owners]
    impacts = read[impacts_at]
    some = np.flatnonzero(impacts)
    owners, passages = owners[some], passages[some]
    below = frequency_below(impacts[some].astype(float), source.norms[passages])
    frequencies = below.astype(np.int64) + 1
    if len(some):
        start, end = data_at + int(impacts_at[0]), data_at + int(impacts_at[-1]) + 1
        for offset, frequency in source.segment.exceptions(start, end).items():
            at_row = impacts_at[some].searchsorted(start - data_at + offset)
            frequencies[at_row] = frequency
    return owners, passages, frequencies
