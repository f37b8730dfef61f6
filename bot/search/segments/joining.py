"""Joining what several sources hold of the terms into one segment, some terms at a time.

Each source keeps its terms in the order of their hashes, so the same span of hashes can be read
off every one, joined and laid out, then the next span; memory holds no more than one span for each
process that does so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np

from bot.search.segments.segment_writer import (
    Laid,
    Run,
    bucket_count,
    lay_out,
    norms_of,
    write_segment,
)

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

Span = tuple[int, int]
"""Hashes, from the first to before the end."""

_POSTINGS_A_SPAN, _POSTINGS_A_SOURCE = 100_000, 3_000
"""Postings of a span, and those that a source's few calls of numpy per span are worth."""


_NUMBERS, _NORMS = "numbers", "norms"
"""The files of a joining that is saved: of each source's passages, one source behind the other, the
numbers they get; and of each passage in the end its norm."""


class PostingSource(Protocol):
    """Some articles and the postings of their terms."""

    @property
    def articles(self) -> Sequence[tuple[str, int]]:
        """Slugs, and how many passages each has."""

    @property
    def order(self) -> Sequence[int]:
        """The order of its articles among those of all sources: a number for each, none less than
        the one before."""

    @property
    def lengths(self) -> Array:
        """Number of terms in each passage; int64."""

    passage_count: int
    term_count: int
    """Approximate number of terms."""
    posting_count: int
    """Approximate number of postings."""

    def read(self, low: int, high: int) -> Run:
        """Return the terms with hashes from ``low`` to before ``high``, in their order; the
        passages are numbered from 0."""


class Joining:
    """Sources on their way into one segment, their articles in order."""

    def __init__(self, sources: Sequence[PostingSource], postings_a_span: int = 0) -> None:
        """``postings_a_span`` is about how many postings are in memory at a time; where it is 0, as
        many as fit the processor's cache, for so many sources."""
        self._sources = sources
        self._articles, self._numbers = _in_order(sources)
        self._lengths = np.empty(sum(map(len, self._numbers)), np.int64)
        for source, numbers in zip(sources, self._numbers, strict=True):
            self._lengths[numbers] = source.lengths
        self._norms = norms_of(self._lengths)
        self._buckets = bucket_count(_expected_terms(sources))
        some = postings_a_span or _POSTINGS_A_SPAN + _POSTINGS_A_SOURCE * len(sources)
        spans = 1 + sum(source.posting_count for source in sources) // some
        self.spans = _spans(min(spans, self._buckets), self._buckets)
        """The spans to lay out, in any process."""

    def lay_out(self, span: Span) -> Laid | None:
        """Return the postings of the terms of a span; None if there are none."""
        return _lay_out(self._sources, self._numbers, self._norms, span)

    def save(self, folder: Path) -> None:
        """Write what `SavedJoining` needs into a folder, and forget it here."""
        np.concatenate(self._numbers).astype(np.uint32).tofile(folder / _NUMBERS)
        self._norms.tofile(folder / _NORMS)
        self._sources, self._numbers, self._norms = (), [], np.empty(0)

    def write(self, file: BinaryIO, laid: Iterable[Laid | None]) -> None:
        """Write the segment to a new file, given what `lay_out` makes of the spans in order."""
        write_segment(file, self._articles, self._lengths, self._buckets, filter(None, laid))


class SavedJoining:
    """Lays out spans of a `Joining` that another process has saved. The data of every passage lies
    in mapped files, so that more passages take no more memory."""

    def __init__(self, sources: Sequence[PostingSource], folder: Path) -> None:
        self._sources = sources
        self._norms = np.memmap(folder / _NORMS, np.float64, "r")
        ends = np.cumsum([source.passage_count for source in sources])
        self._numbers = np.split(np.memmap(folder / _NUMBERS, np.uint32, "r"), ends[:-1])

    def lay_out(self, span: Span) -> Laid | None:
        """As `Joining.lay_out`."""
        return _lay_out(self._sources, self._numbers, self._norms, span)


def _lay_out(
    sources: Sequence[PostingSource], numbers: Sequence[Array], norms: Array, span: Span
) -> Laid | None:
    runs = [source.read(*span) for source in sources]
    numbered = [
        run._replace(passages=own[run.passages].astype(np.int64))
        for run, own in zip(runs, numbers, strict=True)
    ]
    run = _join(numbered)
    return lay_out(run, norms) if run.terms else None


def _in_order(sources: Sequence[PostingSource]) -> tuple[list[tuple[str, int]], list[Array]]:
    """Return all articles in their order, and of each source's passages the numbers they get."""
    articles = [article for source in sources for article in source.articles]
    ordinals = [ordinal for source in sources for ordinal in source.order]
    order = np.argsort(np.array(ordinals, np.int64), kind="stable")
    counts = np.array([count for _, count in articles], np.int64)
    firsts = np.empty(len(articles), np.int64)
    firsts[order] = np.cumsum(counts[order]) - counts[order]
    before = np.cumsum(counts) - counts  # where each begins, one source behind the other
    numbers = np.arange(counts.sum()) + np.repeat(firsts - before, counts)
    ends = np.cumsum([len(source.lengths) for source in sources])
    return [articles[at] for at in order.tolist()], np.split(numbers, ends[:-1])


def _expected_terms(sources: Sequence[PostingSource]) -> int:
    """About how many terms these have together, by Heaps' law with an exponent of 0.6."""
    largest = max(sources, key=lambda source: source.term_count)
    growth = sum(s.lengths.sum() for s in sources) / max(1, largest.lengths.sum())
    return int(largest.term_count * growth**0.6)


def _spans(count: int, buckets: int) -> list[Span]:
    """Return so many spans of hashes, each of which ends at the end of a bucket of the
    dictionary."""
    bounds = [-(-(span * buckets // count << 32) // buckets) for span in range(count + 1)]
    return list(pairwise(bounds))


def _join(runs: Sequence[Run]) -> Run:
    """Return one run of several, whose passages are numbered already."""
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
    passages = np.concatenate([run.passages for run in runs])
    # each run is in this order already, which a stable sort makes use of
    order = np.argsort(owners << 32 | passages, kind="stable")
    firsts = np.flatnonzero(is_new)
    counts = np.bincount(owners, minlength=len(firsts))
    held = np.flatnonzero(counts)
    firsts = firsts[held]
    return Run(
        [terms[at] for at in firsts.tolist()],
        all_hashes[by_hash[firsts]],
        counts[held],
        passages[order],
        np.concatenate([run.frequencies for run in runs])[order],
    )
