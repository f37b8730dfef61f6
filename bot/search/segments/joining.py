"""Joining what several sources hold of the terms into one segment, some terms at a time.

Each source keeps its terms in the order of their hashes, so that one span of hashes after the other
can be read from all of them, joined and laid out. Data of every article and passage lies in mapped
files, and a term that stands in very many passages is laid out piece by piece: a process holds some
hundred thousand postings in memory, however many there are in all.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from bot.core.light_typing import Protocol
from bot.search.segments.article_table import NORMS, NUMBERS, ArticleSource, join_articles
from bot.search.segments.posting_streams import Stream, merged
from bot.search.segments.scratch import Scratch, mapped
from bot.search.segments.segment_format import Array
from bot.search.segments.segment_writer import bucket_count, write_segment
from bot.search.segments.term_layout import Laid, Layout, Output, Run, lay_out, lay_out_pieces

HashSpan = tuple[int, int]
"""Hashes, from the first to before the end."""

MOST_POSTINGS = 250_000
"""Number of postings that are laid out together; each takes some 150 bytes meanwhile."""


class TermSpan(Protocol):
    """A source's terms of a span, in the order of their hashes."""

    terms: list[bytes]
    hashes: Array
    """Their CRC-32s; int64."""
    counts: Array
    """Number of postings of each, or more; int64."""

    def read(self, first: int, end: int) -> tuple[Array, Array, Array]:
        """Return the postings of the terms from ``first`` to before ``end``: their exact number
        for each term, the passages of the first term in order, those of the second, and so on,
        numbered from 0 in the source, and the frequency in each."""

    def pieces(self, at: int) -> Iterator[tuple[Array, Array]]:
        """Yield the passages of one term, and the frequency in each, some at a time."""


class PostingSource(ArticleSource, Protocol):
    """Some articles and the postings of their terms."""

    passage_count: int
    term_count: int
    """Approximate number of terms."""
    posting_count: int
    """Approximate number of postings."""

    def span(self, low: int, high: int) -> TermSpan:
        """Return the terms with hashes from ``low`` to before ``high``."""


class Joining:
    """Sources on their way into one segment, their articles in order."""

    def __init__(
        self, sources: Sequence[PostingSource], scratch: Scratch, most: int = MOST_POSTINGS
    ) -> None:
        """``most`` is the number of postings that are laid out together. Raises `OSError`."""
        self._articles, numbers, self._lengths, norms = join_articles(sources, scratch)
        self._buckets = bucket_count(_expected_terms(sources))
        self._scratch = scratch
        self._layouter = SpanLayout(sources, numbers, norms, scratch, most)
        spans = 1 + 2 * sum(source.posting_count for source in sources) // most
        self.spans = _spans(min(spans, self._buckets), self._buckets)
        """The spans to lay out, in any process."""

    def lay_out(self, span: HashSpan) -> Laid:
        """Return the postings of the terms of a span. Raises `OSError`."""
        file = self._scratch.file()
        return self._layouter.lay_out(span, file)._replace(data=file.array())

    def write(self, file: BinaryIO, laid: Iterable[Laid]) -> None:
        """Write the segment to a new file, given what `lay_out` makes of the spans in order."""
        write_segment(file, self._articles, self._lengths, self._buckets, laid, self._scratch)


class SpanLayout:
    """Lays out spans, one at a time."""

    def __init__(
        self,
        sources: Sequence[PostingSource],
        numbers: Array,
        norms: Array,
        scratch: Scratch,
        most: int = MOST_POSTINGS,
    ) -> None:
        """See `bot.search.segments.article_table.Joined` for ``numbers`` and ``norms``."""
        self._sources = sources
        ends = np.cumsum([source.passage_count for source in sources])
        self._numbers = np.split(numbers, ends[:-1])
        self._norms = norms
        self._scratch = scratch
        self._most = most

    @classmethod
    def saved(
        cls, sources: Sequence[PostingSource], folder: Path, most: int = MOST_POSTINGS
    ) -> SpanLayout:
        """Return that of a `Joining` of these sources that another process has made, with arrays
        that have names in this folder."""
        numbers, norms = mapped(folder / NUMBERS, np.uint32), mapped(folder / NORMS, np.float64)
        return cls(sources, numbers, norms, Scratch(folder), most)

    def lay_out(self, span: HashSpan, output: Output) -> Laid:
        """Write the postings of the terms of a span. What is returned has no data. Raises
        `OSError`."""
        spans = [source.span(*span) for source in self._sources]
        written = 0
        parts: list[Laid] = []
        for low, high, count in _groups(spans, self._most):
            own = [each.hashes.searchsorted([low, high]).tolist() for each in spans]
            if count <= self._most:
                laid = [self._lay_out_group(spans, own, output)]
            else:
                laid = self._lay_out_one_by_one(spans, own, output)
            for part in laid:
                parts.append(part._replace(exceptions_at=part.exceptions_at + np.uint64(written)))
                written += int(part.layout.sizes.sum())
        return _concatenated(parts)

    def _lay_out_group(
        self, spans: Sequence[TermSpan], own: Sequence[Sequence[int]], output: Output
    ) -> Laid:
        """Lay out these terms of each source together."""
        terms: list[bytes] = []
        hashes, counts, passages, frequencies = [], [], [], []
        for each, (first, end), numbers in zip(spans, own, self._numbers, strict=True):
            if first < end:
                terms += each.terms[first:end]
                hashes.append(each.hashes[first:end])
                own_counts, own_passages, own_frequencies = each.read(first, end)
                counts.append(own_counts)
                passages.append(numbers[own_passages])
                frequencies.append(own_frequencies)
        run = _joined(
            terms,
            np.concatenate(hashes),
            np.concatenate(counts),
            np.concatenate(passages).astype(np.int64),
            np.concatenate(frequencies).astype(np.int64),
        )
        laid = lay_out(run, self._norms)
        output.write(laid.data)
        return laid._replace(data=_NOTHING)

    def _lay_out_one_by_one(
        self, spans: Sequence[TermSpan], own: Sequence[Sequence[int]], output: Output
    ) -> list[Laid]:
        """Lay out these terms, all of one hash, each piece by piece."""
        holding: dict[bytes, list[Stream]] = {}
        for each, (first, end), numbers in zip(spans, own, self._numbers, strict=True):
            for at in range(first, end):
                read = partial(each.pieces, at)
                holding.setdefault(each.terms[at], []).append(Stream(read, numbers))
        laid = []
        for term, streams in holding.items():
            pieces = partial(merged, streams, self._most // 4)
            if next(pieces(), None) is not None:  # else all of its passages were removed
                hash_ = zlib.crc32(term)
                laid.append(lay_out_pieces(term, hash_, pieces, self._norms, self._scratch, output))
        return laid


_NOTHING = np.empty(0, np.uint8)


def _groups(spans: Sequence[TermSpan], most: int) -> Iterator[tuple[int, int, int]]:
    """Yield ranges of hashes that make up these spans, each with how many postings it has at most:
    no more than ``most``, unless it is of one hash alone."""
    hashes = np.concatenate([each.hashes for each in spans])
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    sums = np.cumsum(np.concatenate([each.counts for each in spans])[order])
    ends = np.append(np.flatnonzero(np.diff(hashes)) + 1, len(hashes))  # of each hash
    first = before = 0
    while first < len(hashes):
        fitting = int(sums[ends - 1].searchsorted(before + most, "right"))
        following = int(ends.searchsorted(first, "right"))
        end = int(ends[max(fitting - 1, following)])
        yield int(hashes[first]), int(hashes[end - 1]) + 1, int(sums[end - 1]) - before
        first, before = end, int(sums[end - 1])


def _concatenated(parts: Sequence[Laid]) -> Laid:
    """Return these one behind the other, without the data."""
    nothing = np.empty(0, np.int64)
    layouts = [part.layout for part in parts]
    arrays = [
        np.concatenate([nothing, *own]) for own in zip(*(each[1:] for each in layouts), strict=True)
    ]
    return Laid(
        Layout([term for each in layouts for term in each.terms], *(arrays or 4 * [nothing])),
        _NOTHING,
        np.concatenate([np.empty(0, np.uint64), *(part.exceptions_at for part in parts)]),
        np.concatenate([np.empty(0, np.uint32), *(part.exceptions for part in parts)]),
    )


def _expected_terms(sources: Sequence[PostingSource]) -> int:
    """About how many terms these have together, by Heaps' law with an exponent of 0.6."""
    largest = max(sources, key=lambda source: source.term_count)
    growth = sum(s.posting_count for s in sources) / max(1, largest.posting_count)
    return int(largest.term_count * growth**0.6)


def _spans(count: int, buckets: int) -> list[HashSpan]:
    """Return ``count`` spans of hashes, each ending where a bucket of the dictionary ends."""
    bounds = [-(-(span * buckets // count << 32) // buckets) for span in range(count + 1)]
    return list(pairwise(bounds))


def _joined(
    all_terms: list[bytes],
    all_hashes: Array,
    all_counts: Array,
    passages: Array,
    frequencies: Array,
) -> Run:
    """Return one run of the terms of several sources, one source behind the other, whose passages
    are numbered already."""
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
    owners = np.repeat(numbers, all_counts)
    # each source is in this order already, which a stable sort makes use of
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
        frequencies[order],
    )
