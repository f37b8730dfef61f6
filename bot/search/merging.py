"""Merging segments into one, a part of the dictionary at a time.

A segment keeps its terms in the order of their hashes, so the same span of hashes can be read
off every input, joined and written, then the next span; memory holds no more than one span.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from bot.search.segment import BUCKET, SEPARATOR, SIZES, Segment
from bot.search.segment_writer import Run, bucket_count, write_segment

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_SIZES = np.asarray(SIZES)


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


def merge_segments(
    file: BinaryIO, inputs: Sequence[Input], postings_a_span: int = 2_000_000
) -> None:
    """Write a segment of these segments' articles, in their order, to a new file.

    ``postings_a_span`` is about how many postings are in memory at a time. Raises
    `bot.core.errors.DamagedIndexError` where one of the segments is damaged.
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
        lengths.append(np.asarray(segment.lengths)[kept])
        sources.append(_Source(segment, np.frombuffer(segment.data, np.uint8), renumbered))
    buckets = bucket_count(_expected_terms([segment for segment, _ in inputs]))
    runs = _runs(sources, buckets, postings_a_span)
    write_segment(file, articles, np.concatenate(lengths), buckets, runs)


def _expected_terms(segments: Sequence[Segment]) -> int:
    """About how many terms these have together, by Heaps' law with an exponent of 0.6."""
    largest = max(segments, key=lambda segment: segment.header.terms)
    growth = sum(s.total_length for s in segments) / max(1, largest.total_length)
    return int(largest.header.terms * growth**0.6)


def _runs(sources: Sequence[_Source], buckets: int, postings_a_span: int) -> Iterator[Run]:
    postings = sum(source.segment.header.buckets_at for source in sources) // 2
    spans = min(buckets, 1 + postings // postings_a_span)
    # a span of hashes ends where a bucket of the merged dictionary does
    bounds = [-(-(span * buckets // spans << 32) // buckets) for span in range(spans + 1)]
    for low, high in pairwise(bounds):
        run = _join([_read_span(source, low, high) for source in sources])
        if run.terms:
            yield run


def _join(runs: Sequence[Run]) -> Run:
    """One run of several, whose passages are numbered already."""
    hashes = {term: zlib.crc32(term) for run in runs for term in run.terms}
    terms = sorted(hashes, key=hashes.__getitem__)
    numbers = {term: number for number, term in enumerate(terms)}
    owners = np.concatenate(
        [
            np.repeat(np.array([numbers[term] for term in run.terms], np.int64), run.counts)
            for run in runs
        ]
    )
    # each run's owners are in order, which a stable sort makes use of
    order = np.argsort(owners, kind="stable")
    counts = np.bincount(owners, minlength=len(terms))
    held = np.flatnonzero(counts).tolist()
    return Run(
        [terms[number] for number in held],
        counts[held],
        np.concatenate([run.passages for run in runs])[order],
        np.concatenate([run.frequencies for run in runs])[order],
    )


def _read_span(source: _Source, low: int, high: int) -> Run:
    """A segment's terms with hashes from ``low`` to before ``high``, with their postings."""
    segment = source.segment
    count = segment.header.buckets
    buckets = list(segment.checked_buckets(low * count >> 32, ((high - 1) * count >> 32) + 1))
    terms = [term for b in buckets for term in b.text[1:-1].split(SEPARATOR) if b.records]
    records = np.frombuffer(b"".join(b.records for b in buckets), np.dtype("<u4, u1, u1"))
    listed, flags = records["f0"].astype(np.int64), records["f1"]
    levels = flags >> 4
    sizes = listed * (_SIZES[flags & 3] + _SIZES[flags >> 2 & 3])
    sizes += np.where(levels, 4 + levels.astype(np.int64) * segment.bitmap_size, 0)
    at = (buckets[0].postings_at if buckets else BUCKET.size) + np.cumsum(sizes) - sizes
    hashes = np.fromiter(map(zlib.crc32, terms), np.int64, len(terms))
    inside = np.flatnonzero((hashes >= low) & (hashes < high))
    sparse = inside[levels[inside] == 0]
    owners, passages, frequencies = _read_lists(
        source.data, at[sparse], listed[sparse], flags[sparse]
    )
    parts = [(sparse[owners], passages, frequencies)]
    for term in inside[levels[inside] > 0].tolist():
        passages, frequencies = _read_dense(segment, int(at[term]), records[term].tolist())
        parts.append((np.full(len(passages), term), passages, frequencies))
    owners, passages, frequencies = (
        np.concatenate([part[column] for part in parts]) for column in range(3)
    )
    passages = source.renumbered[passages]
    kept = passages >= 0
    if not kept.all():
        owners, passages, frequencies = owners[kept], passages[kept], frequencies[kept]
    order = np.argsort(owners, kind="stable")
    return Run(
        [terms[term] for term in inside.tolist()],
        np.bincount(owners, minlength=len(terms))[inside],
        passages[order],
        frequencies[order],
    )


def _read_lists(data: Array, at: Array, counts: Array, flags: Array) -> tuple[Array, Array, Array]:
    """The postings of many lists at once: which list each is of, its passage, its frequency."""
    starts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owners)) - starts[owners]
    gap_sizes = _SIZES[flags & 3]
    gaps = _read_numbers(data, at[owners], within, gap_sizes[owners])
    sums = np.cumsum(gaps)
    passages = sums - (sums - gaps)[starts[owners]]
    after = (at + counts * gap_sizes)[owners]
    frequencies = _read_numbers(data, after, within, _SIZES[flags >> 2 & 3][owners])
    return owners, passages, np.maximum(frequencies, 1)


def _read_numbers(data: Array, at: Array, within: Array, sizes: Array) -> Array:
    """Little-endian numbers of 0 to 4 bytes: the ``within``-th of those that begin at ``at``."""
    numbers = np.zeros(len(within), np.int64)
    for size in (1, 2, 4):
        mine = np.flatnonzero(sizes == size)
        places = at[mine] + within[mine] * size
        value = data[places].astype(np.int64)
        for byte in range(1, size):
            value |= data[places + byte].astype(np.int64) << 8 * byte
        numbers[mine] = value
    return numbers


def _read_dense(segment: Segment, at: int, record: tuple[int, int, int]) -> tuple[Array, Array]:
    """A frequent term's passages, and how often it stands in each."""
    postings = segment.read_postings(at, *record)
    frequencies = np.zeros(segment.bitmap_size * 8, np.int64)
    for level in postings.levels:
        frequencies += np.unpackbits(np.asarray(level), bitorder="little")
    listed = np.cumsum(np.asarray(postings.gaps), dtype=np.int64)
    if postings.frequencies is None:
        frequencies[listed] = len(postings.levels) + 1
    else:
        frequencies[listed] = np.asarray(postings.frequencies)
    passages = np.flatnonzero(frequencies)
    return passages, frequencies[passages]
