"""The vocabulary of texts: every term numbered.

A text is cut at white space into chunks, and an analyzer says which terms a chunk has: none, one or
several. A chunk is represented by the number of its only term or, where it has several, by a number
below that of `chunks.NOTHING`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import numpy as np

from bot.core.seams import ChunkTerms
from bot.search.segments.chunks import NOTHING, ChunkCodes, chunk_codes
from bot.search.segments.segment_format import TEXT, Array

_BYTES_A_TERM = 200
"""Bytes that a term takes besides its text: measured, as the next one."""
_BYTES_OF_SEVERAL = 300
"""Bytes that a code of several terms takes besides its numbers."""


class Vocabulary:
    """The terms met so far, by number, and the codes of the chunks."""

    def __init__(self, most_bytes: int = 100_000_000, most_chunks: int = 1 << 20) -> None:
        """When it takes ``most_bytes``, it is full. Besides, it keeps about ``most_chunks`` chunks
        of all languages together, a power of 2, each of which takes 32 bytes."""
        self._most_bytes = most_bytes
        self._most_chunks = most_chunks
        self.clear()

    def clear(self) -> None:
        """Forget all of them."""
        self.numbers: dict[str, int] = {}
        """Each term's number, in order."""
        self._hashes = np.empty(0, np.int64)
        self._chunks: dict[int, tuple[ChunkTerms, ChunkCodes]] = {}
        """The chunks' codes by the identity of the source of their terms, which is kept alive for
        it."""
        self._several: list[tuple[int, ...]] = []
        """The terms of the chunks that have several."""
        self._codes: dict[tuple[int, ...], int] = {}
        self._languages = 1
        """Number of tables of chunks for which there is room."""
        self._characters = 0
        """Number of characters of the terms whose size was counted."""
        self._counted = 0
        """Number of those terms."""

    @property
    def size(self) -> int:
        """The number of bytes that it takes, without its chunks."""
        new = len(self.numbers) - self._counted
        self._characters += sum(map(len, islice(reversed(self.numbers), new)))
        self._counted += new
        return (
            self._counted * _BYTES_A_TERM
            + self._characters
            + len(self._several) * _BYTES_OF_SEVERAL
        )

    @property
    def is_full(self) -> bool:
        """True if the vocabulary should be cleared before the next segment is begun; the frequent
        terms are soon in it again."""
        return self.size > self._most_bytes

    def hashes(self) -> Array:
        """Return the CRC-32 of each term as UTF-8, by its number; int64."""
        new = islice(self.numbers, len(self._hashes), None)
        hashes = (zlib.crc32(term.encode(*TEXT)) for term in new)
        count = len(self.numbers) - len(self._hashes)
        self._hashes = np.concatenate([self._hashes, np.fromiter(hashes, np.int64, count)])
        return self._hashes

    def number(self, term: str) -> int:
        """Return the term's number; one that is new gets the next."""
        return self.numbers.setdefault(term, len(self.numbers))

    def read(self, texts: Sequence[str], terms: ChunkTerms) -> tuple[Array, Array]:
        """Return the numbers of all terms of these texts, and of which text each is (both int32),
        in no order. ``terms`` gives each chunk's terms, the same for all texts of a language."""
        codes, owners = self._codes_of(terms).read(texts)
        more = np.flatnonzero(codes < NOTHING)
        if not len(more):
            return codes, owners
        one = np.flatnonzero(codes > NOTHING)
        several = [self._several[NOTHING - 1 - code] for code in codes[more].tolist()]
        own = np.repeat(owners[more], list(map(len, several)))
        flat = np.fromiter(chain.from_iterable(several), np.int32, len(own))
        return np.concatenate([codes[one], flat]), np.concatenate([owners[one], own])

    def _codes_of(self, terms: ChunkTerms) -> ChunkCodes:
        if id(terms) not in self._chunks:
            if len(self._chunks) == self._languages:
                self._languages *= 2
                self._chunks.clear()  # they are met again, in tables of half the size
            codes = chunk_codes(
                lambda chunks: self._codes_for(terms.of(chunks)),
                terms.ignored,
                max(1, self._most_chunks // self._languages),
            )
            self._chunks[id(terms)] = terms, codes
        return self._chunks[id(terms)][1]

    def _codes_for(self, each: Iterable[Sequence[str]]) -> list[int]:
        """Return codes that represent chunks, given the terms of each."""
        numbers = self.numbers
        return [
            numbers.setdefault(terms[0], len(numbers)) if len(terms) == 1 else self._code(terms)
            for terms in each
        ]

    def _code(self, terms: Sequence[str]) -> int:
        if not terms:
            return NOTHING
        numbers = tuple(map(self.number, terms))
        code = self._codes.get(numbers)
        if code is None:
            code = self._codes[numbers] = NOTHING - 1 - len(self._several)
            self._several.append(numbers)
        return code
