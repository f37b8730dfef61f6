"""Merging segments into one, a part of the dictionary at a time.

A segment keeps its terms in the order of their hashes, so the same span of hashes can be read
off every input, joined and written, then the next span; memory holds no more than one span.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from bot.search.impacts import frequency_below
from bot.search.processes import applying
from bot.search.scoring import length_norm
from bot.search.segment import PADDED, SEPARATOR, SIZES, Bucket, Segment
from bot.search.segment_writer import (
    Laid,
    Run,
    bucket_count,
    lay_out,
    norms_of,
    write_segment,
)

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_SIZES = np.asarray(SIZES)
_POSTINGS_A_SPAN, _POSTINGS_A_SOURCE = 100_000, 10_000
"""A segment takes a few calls of numpy a span, however few postings it has."""


class Input(NamedTuple):
    """A segment to merge."""

    segment: Segment
    removed: frozenset[int]
    """The places of the articles that are left out."""


class _Source(NamedTuple):
    segment: Segment
    data: Array
    """The file's bytes."""
    renumbered: Array
    """Each passage's number in the merged segment, -1 where it is left out."""
    norms: Array
    """By which each passage's impacts were counted."""


def merge_segments(
    file: BinaryIO, inputs: Sequence[Input], postings_a_span: int = 0, processes: int = 1
) -> None:
    """Write a segment of these segments' articles, in their order, to a new file.

    ``postings_a_span`` is about how many postings a process has in memory at a time; where it is
    0, as many as fit the processor's cache, for so many segments. With
    ``processes``, the work is done in so many others, which is for a process without threads.
    Raises `bot.core.errors.DamagedIndexError` where one of the segments is damaged.
    """
    articles: list[tuple[str, int]] = []
    lengths: list[Array] = []
    sources: list[_Source] = []
    passages = 0
    for segment, removed in inputs:
        kept = np.ones(segment.passages, bool)
        for place in range(segment.article_count):
            own = segment.range_of(place)
            if place in removed:
                kept[own.start : own.stop] = False
            else:
                articles.append((segment.slug(place), len(own)))
        renumbered = np.where(kept, passages + np.cumsum(kept) - 1, -1)
        passages += int(kept.sum())
        own_lengths: Array = np.asarray(segment.lengths, np.int64)
        lengths.append(own_lengths[kept])
        norms = length_norm(own_lengths, segment.header.average_length or 1.0)
        sources.append(_Source(segment, np.frombuffer(segment.data, np.uint8), renumbered, norms))
    buckets = bucket_count(_expected_terms([segment for segment, _ in inputs]))
    all_lengths = np.concatenate(lengths)
    work = _Work(sources, norms_of(all_lengths))
    with applying(processes) as apply:
        some = postings_a_span or _POSTINGS_A_SPAN + _POSTINGS_A_SOURCE * len(sources)
        laid = apply(work.lay_out, _spans(sources, buckets, some))
        write_segment(file, articles, all_lengths, buckets, filter(None, laid))


class _Work(NamedTuple):
    """What is done for each span of hashes."""

    sources: Sequence[_Source]
    norms: Array
    """Of all passages, in the merged segment."""

    def lay_out(self, span: tuple[int, int]) -> Laid | None:
        """The postings of the terms of a span; None where there are none."""
        run = _join([_read_span(source, *span) for source in self.sources])
        return lay_out(run, self.norms) if run.terms else None


def _expected_terms(segments: Sequence[Segment]) -> int:
    """About how many terms these have together, by Heaps' law with an exponent of 0.6."""
    largest = max(segments, key=lambda segment: segment.header.terms)
    growth = sum(s.total_length for s in segments) / max(1, largest.total_length)
    return int(largest.header.terms * growth**0.6)


def _spans(sources: Sequence[_Source], buckets: int, postings_a_span: int) -> list[tuple[int, int]]:
    """Spans of hashes, from each one's first to before its end."""
    postings = sum(source.segment.header.buckets_at for source in sources) // 2
    spans = min(buckets, 1 + postings // postings_a_span)
    # a span of hashes ends where a bucket of the merged dictionary does
    bounds = [-(-(span * buckets // spans << 32) // buckets) for span in range(spans + 1)]
    return list(pairwise(bounds))


def _join(runs: Sequence[Run]) -> Run:
    """One run of several, whose passages are numbered already."""
    all_terms = [term for run in runs for term in run.terms]
    all_hashes = np.concatenate([run.hashes for run in runs])
    by_hash = np.argsort(all_hashes, kind="stable")
    terms = [all_terms[at] for at in by_hash.tolist()]
    again = np.flatnonzero(np.diff(all_hashes[by_hash]) == 0) + 1
    if any(terms[at] != terms[at - 1] for at in again.tolist()):  # two terms of one hash
        keys = [*zip(all_hashes.tolist(), all_terms, strict=True)]
        by_hash = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
        terms = [all_terms[at] for at in by_hash.tolist()]
        again = np.array([at for at in again.tolist() if terms[at] == terms[at - 1]], np.int64)
    is_new = np.ones(len(terms), bool)
    is_new[again] = False
    numbers = np.empty(len(terms), np.int64)
    numbers[by_hash] = np.cumsum(is_new) - 1
    owners = np.repeat(numbers, np.concatenate([run.counts for run in runs]))
    # each run's owners are in order, which a stable sort makes use of
    order = np.argsort(owners, kind="stable")
    firsts = np.flatnonzero(is_new)
    counts = np.bincount(owners, minlength=len(firsts))
    held = np.flatnonzero(counts)
    firsts = firsts[held]
    return Run(
        [terms[at] for at in firsts.tolist()],
        all_hashes[by_hash[firsts]],
        counts[held],
        np.concatenate([run.passages for run in runs])[order],
        np.concatenate([run.frequencies for run in runs])[order],
    )


def _read_span(source: _Source, low: int, high: int) -> Run:
    """A segment's terms with hashes from ``low`` to before ``high``, with their postings."""
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
    at = (buckets[0].postings_at if buckets else 0) + np.cumsum(sizes) - sizes
    if buckets:
        _check(segment, buckets, int(at[-1] + sizes[-1]))
    inside = slice(first, end)
    owners, passages, frequencies = _read_entries(
        source, (at + heads)[inside], entries[inside], widths[inside]
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


def _check(segment: Segment, buckets: Sequence[Bucket], end: int) -> None:
    """Compare the checksums of the postings of buckets that are neighbours; ``end`` is where the
    last one's end."""
    bounds = [*(bucket.postings_at for bucket in buckets), end]
    for bucket, (start, stop) in zip(buckets, pairwise(bounds), strict=True):
        segment.check_postings(bucket, start, stop)


def _read_entries(
    source: _Source, at: Array, counts: Array, widths: Array
) -> tuple[Array, Array, Array]:
    """The postings of terms that are neighbours: which of them each is of, its passage, its
    frequency. Takes where the gaps begin, how many entries there are, and how wide the gaps."""
    starts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    gaps = np.ones(len(owners), np.int64)
    for width in (1, 2, 4):
        own = np.flatnonzero((widths == width)[owners])
        places = own * width + (at - starts * width)[owners[own]]
        value = source.data[places].astype(np.int64)
        for byte in range(1, width):
            value |= source.data[places + byte].astype(np.int64) << 8 * byte
        gaps[own] = value
    gaps[starts] -= widths == 0  # an entry a passage begins with 0
    sums = np.cumsum(gaps)
    passages = sums - (sums[starts] - gaps[starts])[owners]
    impacts_at = np.arange(len(owners)) + (at + counts * widths - starts)[owners]
    impacts = source.data[impacts_at]
    some = np.flatnonzero(impacts)
    owners, passages = owners[some], passages[some]
    below = frequency_below(impacts[some].astype(float), source.norms[passages])
    frequencies = below.astype(np.int64) + 1
    if len(some):
        start = int(impacts_at[0])
        for place, frequency in source.segment.exceptions(start, int(impacts_at[-1]) + 1).items():
            frequencies[impacts_at[some].searchsorted(start + place)] = frequency
    return owners, passages, frequencies
