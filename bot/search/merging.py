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

from bot.search.impacts import least_frequency
from bot.search.scoring import length_norm
from bot.search.segment import PADDED, SEPARATOR, SIZES, Segment
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
    norms: Array
    """By which each passage's impacts were counted."""


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
        own_lengths: Array = np.asarray(segment.lengths, np.int64)
        lengths.append(own_lengths[kept])
        norms = length_norm(own_lengths, segment.header.average_length or 1.0)
        sources.append(_Source(segment, np.frombuffer(segment.data, np.uint8), renumbered, norms))
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
    records = np.frombuffer(b"".join(b.records for b in buckets), np.dtype("<u4, u1"))
    hashes = np.fromiter(map(zlib.crc32, terms), np.int64, len(terms))
    inside = np.flatnonzero((hashes >= low) & (hashes < high))
    entries, flags = records["f0"].astype(np.int64), records["f1"]
    widths = _SIZES[flags & 3]
    heads = (flags & PADDED).astype(np.int64)
    sizes = heads + entries * (widths + 1)
    at = (buckets[0].postings_at if buckets else 0) + np.cumsum(sizes) - sizes
    owners, passages, frequencies = _read_entries(
        source, (at + heads)[inside], entries[inside], widths[inside]
    )
    passages = source.renumbered[passages]
    kept = passages >= 0
    if not kept.all():
        owners, passages, frequencies = owners[kept], passages[kept], frequencies[kept]
    return Run(
        [terms[term] for term in inside.tolist()],
        np.bincount(owners, minlength=len(inside)),
        passages,
        frequencies,
    )


def _read_entries(
    source: _Source, at: Array, counts: Array, widths: Array
) -> tuple[Array, Array, Array]:
    """The postings of terms that are neighbours: which of them each is of, its passage, its
    frequency. Takes where the gaps begin, how many entries there are, and how wide the gaps."""
    starts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owners)) - starts[owners]
    gaps = _read_numbers(source.data, at[owners], within, widths[owners])
    gaps[within == 0] -= widths[owners[within == 0]] == 0  # an entry a passage begins with 0
    sums = np.cumsum(gaps)
    passages = sums - (sums - gaps)[starts[owners]]
    impacts_at = (at + counts * widths)[owners] + within
    impacts = source.data[impacts_at]
    held = np.flatnonzero(impacts)
    owners, passages = owners[held], passages[held]
    frequencies = least_frequency(impacts[held].astype(float), source.norms[passages])
    if len(held):
        start = int(impacts_at[0])
        for place, frequency in source.segment.exceptions(start, int(impacts_at[-1]) + 1).items():
            frequencies[impacts_at[held].searchsorted(start + place)] = frequency
    return owners, passages, frequencies.astype(np.int64)


def _read_numbers(data: Array, at: Array, within: Array, sizes: Array) -> Array:
    """Little-endian numbers of 1 to 4 bytes: the ``within``-th of those that begin at ``at``;
    where they have no bytes, 1."""
    numbers = np.ones(len(within), np.int64)
    for size in (1, 2, 4):
        mine = np.flatnonzero(sizes == size)
        places = at[mine] + within[mine] * size
        value = data[places].astype(np.int64)
        for byte in range(1, size):
            value |= data[places + byte].astype(np.int64) << 8 * byte
        numbers[mine] = value
    return numbers
