"""From passages to a segment: what they are made of is numbered, then sorted by term."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, BinaryIO

import numpy as np

from bot.search.segment import TEXT
from bot.search.segment_writer import Run, bucket_count, write_segment

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_PLACES_A_RUN = 1_000_000
"""About how many places are laid out at a time."""


ChunkTerms = Mapping[str, Sequence[str]]
"""The terms of each chunk."""


class SegmentBuilder:
    """Gathers articles, until they are written as one segment.

    A text is cut into chunks, and a chunk has no, one or several terms. Only a chunk that is new
    costs a step for each of its terms; for all others one look-up gives their number, and the
    rest is done in numpy.
    """

    def __init__(self) -> None:
        self._articles: list[tuple[str, int]] = []
        self._terms_of: list[Sequence[str]] = []
        """The terms of each chunk, by its number."""
        self._numbers: dict[int, _Numbers] = {}
        """By the identity of the mapping from chunks to terms, which each keeps alive."""
        self._chunks: list[Array] = []
        """Of each article: the numbers of its chunks."""
        self._sizes: list[int] = []
        """How many chunks each passage has."""
        self.chunks = 0
        """How many there are in all: what the memory taken grows with."""

    def add(
        self, slug: str, passages: Sequence[Sequence[str]], terms: ChunkTerms | None = None
    ) -> None:
        """Add an article, given as its passages' chunks. ``terms`` gives each chunk's terms, the
        same mapping for all articles of one language; where there is none, each chunk is a
        term."""
        numbers = self._numbers.get(id(terms))
        if numbers is None:
            known = _EACH_ITSELF if terms is None else terms
            numbers = self._numbers[id(terms)] = _Numbers(known, self._terms_of)
        sizes = list(map(len, passages))
        count = sum(sizes)
        chunks = map(numbers.__getitem__, chain.from_iterable(passages))
        self._chunks.append(np.fromiter(chunks, np.int32, count))
        self._articles.append((slug, len(sizes)))
        self._sizes += sizes
        self.chunks += count

    @classmethod
    def of_terms(cls, articles: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> SegmentBuilder:
        """One with these articles in it, given as slugs and the terms of each passage."""
        builder = cls()
        for slug, passages in articles:
            builder.add(slug, passages)
        return builder

    def write(self, file: BinaryIO) -> None:
        """Write a segment of what was added to a new file."""
        numbers: dict[str, int] = {}
        number = numbers.setdefault
        flat = [number(term, len(numbers)) for own in self._terms_of for term in own]
        terms = [term.encode(*TEXT) for term in numbers]
        hashes = np.fromiter(map(zlib.crc32, terms), np.int64, len(terms))
        order = np.argsort(hashes, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        lengths, places = self._places(rank[np.asarray(flat, np.int64)])
        places.sort()  # brings the terms into their order, and each term's passages into theirs
        write_segment(
            file,
            self._articles,
            lengths,
            bucket_count(len(terms)),
            _runs(places, [terms[number] for number in order.tolist()], hashes[order]),
        )

    def _places(self, terms: Array) -> tuple[Array, Array]:
        """How many terms each passage holds, and where each stands: the term's number above the
        passage's. Takes the chunks' terms, one after the other."""
        counts = np.fromiter(map(len, self._terms_of), np.int64, len(self._terms_of))
        starts = np.cumsum(counts) - counts
        chunks = np.concatenate([*self._chunks, np.empty(0, np.int32)])
        passages = np.repeat(np.arange(len(self._sizes)), self._sizes)
        held = counts[chunks]
        lengths = np.bincount(passages, held, len(self._sizes)).astype(np.int64)
        # nearly every chunk has at most one term
        parts = []
        for of in (np.flatnonzero(held == 1), np.flatnonzero(held > 1)):
            first = starts[chunks[of]]
            own = passages[of]
            if len(of) and held[of[0]] > 1:
                more = held[of]
                own = np.repeat(own, more)
                ends = np.cumsum(more)
                first = np.repeat(first - (ends - more), more) + np.arange(ends[-1])
            parts.append(terms[first] << 32 | own)
        return lengths, np.concatenate(parts)


class _EachItself(dict[str, Sequence[str]]):
    """Chunks that are terms."""

    def __missing__(self, chunk: str) -> Sequence[str]:
        return (chunk,)


_EACH_ITSELF = _EachItself()


class _Numbers(dict[str, int]):
    """Each chunk's number; one that is new gets the next."""

    def __init__(self, terms: ChunkTerms, known: list[Sequence[str]]) -> None:
        """``known`` are the terms of all chunks that have a number, by it."""
        super().__init__()
        self._terms = terms
        self._known = known

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = len(self._known)
        self._known.append(self._terms[chunk])
        return number


def _runs(places: Array, terms: list[bytes], hashes: Array) -> Iterator[Run]:
    """Runs of terms in order, given where each stands, sorted."""
    ends = places.searchsorted(np.arange(1, len(terms) + 1) << 32)
    buckets = hashes * bucket_count(len(terms)) >> 32
    # terms of one bucket stay together
    cuts = np.append(np.flatnonzero(np.diff(buckets)) + 1, len(terms))
    first = start = 0
    while first < len(terms):
        cut = int(ends[cuts - 1].searchsorted(start + _PLACES_A_RUN))
        end = int(cuts[max(min(cut, len(cuts) - 1), int(cuts.searchsorted(first, "right")))])
        own = places[start : int(ends[end - 1])]
        new = np.empty(len(own), bool)
        new[0] = True
        np.not_equal(own[1:], own[:-1], out=new[1:])
        at = np.flatnonzero(new)
        postings = own[at]
        edges = at.searchsorted(ends[first:end] - start)
        yield Run(
            terms[first:end],
            np.diff(edges, prepend=0),
            postings & 0xFFFFFFFF,
            np.diff(at, append=len(own)),
        )
        first, start = end, int(ends[end - 1])
