"""The articles of a segment that is being made, and the order in which several sources' articles,
passages and lengths come together. All of it may lie in mapped files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from bot.core.relevance.term_scoring import length_norm
from bot.search.segments.scratch import Scratch
from bot.search.segments.segment_format import TEXT, Array

_AT_ONCE = 1 << 15
"""Number of articles or passages that are gone through at a time."""
_ARTICLES_AT_ONCE = 1 << 11
"""Number of articles whose passages are gone through at a time."""


class ArticleTable(NamedTuple):
    counts: Array
    """Number of passages of each; unsigned integers."""
    slug_ends: Array
    """The offset in ``slugs`` at which each slug ends; unsigned integers."""
    slugs: Array
    """All slugs, one behind the other; uint8."""

    @classmethod
    def of(cls, articles: Sequence[tuple[str, int]]) -> ArticleTable:
        """Return the table of these slugs with their numbers of passages, in memory."""
        slugs = [slug.encode(*TEXT) for slug, _ in articles]
        return cls(
            np.array([count for _, count in articles], np.uint32),
            np.cumsum([len(slug) for slug in slugs], dtype=np.uint64),
            np.frombuffer(b"".join(slugs), np.uint8),
        )

    def encoded(self, first: int, end: int) -> list[bytes]:
        """Return the slugs of the articles from ``first`` to before ``end``."""
        if first == end:
            return []
        start = int(self.slug_ends[first - 1]) if first else 0
        ends = (self.slug_ends[first:end].astype(np.int64) - start).tolist()
        text = self.slugs[start : start + ends[-1]].tobytes()
        return [text[at:to] for at, to in zip([0, *ends[:-1]], ends, strict=True)]


def chunks(count: int, size: int = _AT_ONCE) -> Iterator[tuple[int, int]]:
    """Yield the bounds of slices of at most ``size`` that together make up ``count`` items."""
    for first in range(0, count, size):
        yield first, min(first + size, count)


class ArticleSource(Protocol):
    """Some articles that are joined with those of other sources."""

    @property
    def articles(self) -> ArticleTable: ...
    @property
    def order(self) -> Array:
        """The order of its articles among those of all sources: a number of 32 bits for each, none
        less than the one before."""

    @property
    def lengths(self) -> Array:
        """Number of terms in each passage."""


class Joined(NamedTuple):
    """The articles and passages of several sources in their final order."""

    articles: ArticleTable
    numbers: Array
    """The number of each source's each passage in the end, one source behind the other; uint32."""
    lengths: Array
    """Number of terms in each passage, by those numbers; uint32."""
    norms: Array
    """The norm of each passage, by those numbers; float64."""


NUMBERS, NORMS = "numbers", "norms"
"""The names of two of the arrays."""


def join_articles(sources: Sequence[ArticleSource], scratch: Scratch) -> Joined:
    """Put the articles of these sources in order. Raises `OSError`."""
    tables = [source.articles for source in sources]
    bounds = np.cumsum([0, *(len(table.counts) for table in tables)]).tolist()
    keys = scratch.array("keys", np.uint64, bounds[-1])
    counts = scratch.array("counts", np.uint32, bounds[-1])
    for source, table, start in zip(sources, tables, bounds, strict=False):
        for first, end in chunks(len(table.counts)):
            own = slice(start + first, start + end)
            keys[own] = source.order[first:end].astype(np.uint64) << 32
            keys[own] |= np.arange(own.start, own.stop, dtype=np.uint64)
            counts[own] = table.counts[first:end]
    keys.sort()  # by order, then as they came
    firsts = scratch.array("firsts", np.uint32, bounds[-1])
    articles, passages = _permuted(tables, bounds, keys, counts, firsts, scratch)
    numbers = scratch.array(NUMBERS, np.uint32, passages)
    lengths = scratch.array("lengths", np.uint32, passages)
    start = 0
    for source, (low, high) in zip(sources, pairwise(bounds), strict=True):
        before = start
        for first, end in chunks(high - low, _ARTICLES_AT_ONCE):
            own = counts[low + first : low + end].astype(np.int64)
            size = int(own.sum())
            shifts = firsts[low + first : low + end].astype(np.int64) - (np.cumsum(own) - own)
            numbers[start : start + size] = np.arange(size) + np.repeat(shifts, own)
            start += size
        for first, end in chunks(start - before):
            at = numbers[before + first : before + end]
            lengths[at] = source.lengths[first:end]
    return Joined(articles, numbers, lengths, norms_of(lengths, scratch))


def _permuted(
    tables: Sequence[ArticleTable],
    bounds: Sequence[int],
    keys: Array,
    counts: Array,
    firsts: Array,
    scratch: Scratch,
) -> tuple[ArticleTable, int]:
    """Return the articles in the order of their keys, and the number of their passages. Writes the
    number of each one's first passage to ``firsts``, in the order of the sources."""
    in_order = scratch.array("counts in order", np.uint32, len(keys))
    ends = scratch.array("slug ends", np.uint64, len(keys))
    slugs = scratch.file()
    passages = 0
    for first, end in chunks(len(keys)):
        at = (keys[first:end] & np.uint64(0xFFFFFFFF)).astype(np.int64)
        own = counts[at].astype(np.int64)
        firsts[at] = passages + np.cumsum(own) - own
        in_order[first:end] = own
        passages += int(own.sum())
        encoded = _slugs_at(tables, bounds, at)
        ends[first:end] = slugs.size + np.cumsum([len(slug) for slug in encoded])
        slugs.write(b"".join(encoded))
    return ArticleTable(in_order, ends, slugs.array()), passages


def _slugs_at(tables: Sequence[ArticleTable], bounds: Sequence[int], at: Array) -> list[bytes]:
    """Return the slugs of the articles of these ordinals among those of all tables."""
    owners = np.searchsorted(bounds, at, "right") - 1
    slugs = [b""] * len(at)
    for owner in np.unique(owners).tolist():
        mine = np.flatnonzero(owners == owner)  # neighbours there too, but for a few
        local = at[mine] - bounds[owner]
        first = int(local[0])
        encoded = tables[owner].encoded(first, int(local[-1]) + 1)
        for row, number in zip(mine.tolist(), (local - first).tolist(), strict=True):
            slugs[row] = encoded[number]
    return slugs


def norms_of(lengths: Array, scratch: Scratch) -> Array:
    """Return the norm of each passage of a segment, given how many terms each holds."""
    total = sum(int(lengths[first:end].sum()) for first, end in chunks(len(lengths)))
    norms = scratch.array(NORMS, np.float64, len(lengths))
    if not total:
        norms[:] = 1.0
        return norms
    average = total / len(lengths)
    for first, end in chunks(len(lengths)):
        norms[first:end] = length_norm(lengths[first:end].astype(np.float64), average)
    return norms
