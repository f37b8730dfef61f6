"""Building of a segment from texts: their terms are numbered, then sorted by term."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, NamedTuple

import numpy as np

from bot.core.seams import ChunkTerms
from bot.search.segments.article_table import ArticleTable, norms_of
from bot.search.segments.scratch import Scratch
from bot.search.segments.segment_format import TEXT, Array
from bot.search.segments.segment_writer import bucket_count, write_segment
from bot.search.segments.term_layout import Run, lay_out
from bot.search.segments.vocabulary import Vocabulary

_TEXT_A_TIME = 250_000
"""Characters of text that are looked up together: enough for numpy to be efficient, few enough for
the processor's cache."""
_BYTES_AN_OCCURRENCE = 12
"""Bytes that one occurrence of a term takes until it is written; measured."""
_OCCURRENCES_AT_ONCE = 1 << 16
"""Number of occurrences that are gone through at a time."""
_BYTES_A_CHARACTER = 50
"""An upper bound of the bytes that a character of text takes if all of it is new terms."""
_OCCURRENCES_A_RUN = 100_000
"""Approximate number of occurrences of terms that are laid out at a time, for the same reasons."""

_PASSAGE = 0xFFFFFFFF
"""The bits of a key that hold the passage's number."""


class Inverted(NamedTuple):
    """Passages by their terms."""

    articles: list[tuple[str, int]]
    """Slugs, each with its number of passages."""
    lengths: Array
    """Number of terms in each passage; int64."""
    term_count: int
    runs: Iterator[Run]


class SegmentBuilder:
    """Gathers articles, until they are written as one segment."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        """``vocabulary`` knows the terms of articles that went into other segments."""
        self._vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._begin()

    def _begin(self) -> None:
        if self._vocabulary.is_full:
            self._vocabulary.clear()
        self._articles: list[tuple[str, int]] = []
        self._passages = 0
        self._waiting: list[str] = []
        self._waiting_from: list[int] = []
        """The passages of the texts that wait to be looked up."""
        self._waiting_size = 0
        self._waiting_terms: ChunkTerms | None = None
        """Source of the terms of the chunks that wait."""
        self._keys = array("q")
        """A key for each occurrence of a term: the term's number in the bits above the passage's.
        Unlike numpy's, such an array grows in place where it is large, whatever the version."""

    @property
    def occurrences(self) -> int:
        """The number of occurrences of terms that are not written yet."""
        return len(self._keys)

    @property
    def size(self) -> int:
        """The number of bytes that it will take at the most until what was added is written."""
        return (
            self.occurrences * _BYTES_AN_OCCURRENCE
            + self._waiting_size * _BYTES_A_CHARACTER
            + self._vocabulary.size
        )

    def add(self, slug: str, passages: Sequence[Sequence[str]]) -> None:
        """Add an article, given as its passages' terms."""
        sizes = list(map(len, passages))
        number = self._vocabulary.number
        terms = np.fromiter(map(number, chain.from_iterable(passages)), np.int32, sum(sizes))
        owners = np.arange(self._passages, self._passages + len(sizes), dtype=np.int32)
        self._keep(terms, np.repeat(owners, sizes))
        self._articles.append((slug, len(sizes)))
        self._passages += len(sizes)

    def add_texts(self, slug: str, texts: Sequence[str], terms: ChunkTerms) -> None:
        """Add an article, given as its passages' texts. ``terms`` gives the terms of each of
        their chunks, the same mapping for all articles of one language."""
        if terms is not self._waiting_terms:
            self._read()
            self._waiting_terms = terms
        self._articles.append((slug, len(texts)))
        for number, text in enumerate(texts, self._passages):
            self._waiting.append(text)
            self._waiting_from.append(number)
            self._waiting_size += len(text)
            if self._waiting_size >= _TEXT_A_TIME:
                self._read()
        self._passages += len(texts)

    def _read(self) -> None:
        """Look up the texts that wait."""
        if self._waiting and self._waiting_terms is not None:
            terms, owners = self._vocabulary.read(self._waiting, self._waiting_terms)
            self._keep(terms, np.array(self._waiting_from, np.int32)[owners])
        self._waiting, self._waiting_from, self._waiting_size = [], [], 0

    def _keep(self, terms: Array, owners: Array) -> None:
        own = terms.astype(np.int64)
        own <<= 32
        own |= owners
        self._keys.frombytes(own.view(np.uint8))

    @classmethod
    def of_terms(cls, articles: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> SegmentBuilder:
        """Return one with these articles in it, given as slugs and the terms of each passage."""
        builder = cls()
        for slug, passages in articles:
            builder.add(slug, passages)
        return builder

    def write(self, file: BinaryIO) -> None:
        """Write a segment of what was added to a new file, and start anew."""
        inverted, scratch = self.invert(), Scratch(None)
        articles, lengths = ArticleTable.of(inverted.articles), inverted.lengths
        norms = norms_of(lengths, scratch)
        laid = (lay_out(run, norms) for run in inverted.runs)
        buckets = bucket_count(inverted.term_count)
        write_segment(file, articles, lengths, buckets, laid, scratch)

    def invert(self) -> Inverted:
        """Return what was added, sorted by term, and start anew."""
        self._read()
        known = len(self._vocabulary.numbers)
        held = np.zeros(known, bool)
        lengths = np.zeros(self._passages, np.int64)
        occurrences = np.frombuffer(self._keys, np.int64)
        for own in _parts(occurrences):
            held[own >> 32] = True
            owners = own & _PASSAGE
            first = int(owners.min())
            counts = np.bincount(owners - first)
            lengths[first : first + len(counts)] += counts
        numbers = np.flatnonzero(held)
        hashes = self._vocabulary.hashes()[numbers]
        order = np.argsort(hashes, kind="stable")
        numbers = numbers[order]
        rank = np.empty(known, np.int64)
        rank[numbers] = np.arange(len(numbers))
        for own in _parts(occurrences):
            own[:] = rank[own >> 32] << 32 | own & _PASSAGE
        occurrences.sort()  # by term, and by passage within each
        spelling = list(self._vocabulary.numbers)
        terms = [spelling[number] for number in numbers.tolist()]
        articles = self._articles
        self._begin()
        runs = _runs(occurrences, terms, hashes[order])
        return Inverted(articles, lengths, len(terms), runs)


def _parts(keys: Array) -> Iterator[Array]:
    """Yield the keys of the occurrences, some at a time."""
    for first in range(0, len(keys), _OCCURRENCES_AT_ONCE):
        yield keys[first : first + _OCCURRENCES_AT_ONCE]


def _runs(occurrences: Array, terms: list[str], hashes: Array) -> Iterator[Run]:
    """Yield runs of terms in order, given all sorted occurrences."""
    ends = occurrences.searchsorted(np.arange(1, len(terms) + 1) << 32)
    buckets = hashes * bucket_count(len(terms)) >> 32
    # terms of one bucket stay together
    cuts = np.append(np.flatnonzero(np.diff(buckets)) + 1, len(terms))
    first = start = 0
    while first < len(terms):
        cut = int(ends[cuts - 1].searchsorted(start + _OCCURRENCES_A_RUN))
        end = int(cuts[max(min(cut, len(cuts) - 1), int(cuts.searchsorted(first, "right")))])
        own = occurrences[start : int(ends[end - 1])]
        new = np.empty(len(own), bool)
        new[0] = True
        np.not_equal(own[1:], own[:-1], out=new[1:])
        at = np.flatnonzero(new)
        postings = own[at]
        edges = at.searchsorted(ends[first:end] - start)
        yield Run(
            [term.encode(*TEXT) for term in terms[first:end]],
            hashes[first:end],
            np.diff(edges, prepend=0),
            postings & _PASSAGE,
            np.diff(at, append=len(own)),
        )
        first, start = end, int(ends[end - 1])
