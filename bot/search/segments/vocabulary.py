"""Which terms texts have: every term numbered, and a table in numpy of the chunks met lately.

A text is cut at white space into chunks, and a chunk has no, one or several terms, which is for
an analyzer to say. Most chunks have been met before. They are looked up many at a time: a chunk's
bytes, eight at a time, make numbers, their hash names two slots of a table, and where one of these
holds the very same numbers, it holds the chunk's term as well. So no object is made of a chunk
that is known; slots that several chunks share hold the two that came last.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np

from bot.search.segments.segment import TEXT

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

ChunkTerms = Mapping[str, Sequence[str]]
"""The terms of each chunk."""

_WORD = 8
"""Bytes that are compared at a time."""
_MOST_WORDS = 3
"""Chunks of more are links, or Chinese, and are looked up one by one."""
_FEWEST_SLOTS = 1 << 13
_GROWTH = 4
_HASH = np.uint64(0x9E3779B97F4A7C15)
"""Knuth's multiplicative hashing, "The Art of Computer Programming" 3, 6.4: 2^64 over the golden
ratio."""
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD)], np.uint64)
_SPACE = ord(" ")
_SPACES = bytes(_SPACE if chr(byte).isspace() and byte < 0x80 else byte for byte in range(256))
"""What makes a space of each byte that is white space."""
_OTHER_SPACES = re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_NONE = -1
"""Stands for no term; what is below, for several."""


class Vocabulary:
    """The terms that were met, by number, and those of the chunks."""

    def __init__(self, most_terms: int = 500_000, most_slots: int = 1 << 20) -> None:
        """After ``most_terms`` it had better be cleared: so many take some 70 MB, and half as much
        the tables of their chunks, which have at most ``most_slots`` slots, a power of 2, not 1."""
        self._most_terms = most_terms
        self._most_slots = most_slots
        self.clear()

    def clear(self) -> None:
        """Forget all of them."""
        self.numbers: dict[str, int] = {}
        """Each term's number, in order."""
        self._hashes = np.empty(0, np.int64)
        self._tables: dict[int, _Tables] = {}
        """By the identity of the mapping from chunks to terms, which each keeps alive."""
        self._several: list[tuple[int, ...]] = []
        """The terms of the chunks that have several."""
        self._codes: dict[tuple[int, ...], int] = {}

    @property
    def is_full(self) -> bool:
        """Whether it had better be cleared before the next segment is begun: the frequent terms
        are soon in it again."""
        return len(self.numbers) > self._most_terms

    def hashes(self) -> Array:
        """The CRC-32 of each term, by its number (int64)."""
        known, count = self._hashes, len(self.numbers)
        if len(known) < count:
            terms = islice(self.numbers, len(known), None)
            new = (zlib.crc32(term.encode(*TEXT)) for term in terms)
            more = np.fromiter(new, np.int64, count - len(known))
            self._hashes = np.concatenate([known, more])
        return self._hashes

    def number(self, term: str) -> int:
        """The term's number; one that is new gets the next."""
        return self.numbers.setdefault(term, len(self.numbers))

    def read(self, texts: Sequence[str], terms: ChunkTerms) -> tuple[Array, Array]:
        """The numbers of all terms of these texts, and of which text each is (both int32), in no
        order. ``terms`` gives each chunk's terms, the same mapping for all texts of a language."""
        tables = self._tables.get(id(terms))
        if tables is None:
            tables = self._tables[id(terms)] = _Tables(self, terms, self._most_slots)
        encoded = [_with_plain_spaces(text).encode(*TEXT) for text in texts]
        chunks = _Chunks(b" ".join(encoded))
        codes = tables.look_up(chunks)
        begins = np.cumsum([1, *(len(text) + 1 for text in encoded)])  # behind the space before
        sizes = np.diff(chunks.starts.searchsorted(begins))
        owners = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
        one = np.flatnonzero(codes >= 0)
        more = np.flatnonzero(codes < _NONE)
        if not len(more):
            return codes[one], owners[one]
        several = [self._several[_NONE - 1 - code] for code in codes[more].tolist()]
        own = np.repeat(owners[more], list(map(len, several)))
        flat = np.fromiter(chain.from_iterable(several), np.int32, len(own))
        return np.concatenate([codes[one], flat]), np.concatenate([owners[one], own])

    def code(self, terms: Sequence[str]) -> int:
        """What stands for a chunk's terms: the number of the only one, or less than 0."""
        if len(terms) == 1:
            return self.numbers.setdefault(terms[0], len(self.numbers))
        if not terms:
            return _NONE
        numbers = tuple(map(self.number, terms))
        code = self._codes.get(numbers)
        if code is None:
            code = self._codes[numbers] = _NONE - 1 - len(self._several)
            self._several.append(numbers)
        return code


def _with_plain_spaces(text: str) -> str:
    """The text with the white space that is beyond ASCII as spaces."""
    if text.isascii() or _OTHER_SPACES.search(text) is None:
        return text
    return _OTHER_SPACES.sub(" ", text)


class _Chunks:
    """The chunks of some bytes in which all white space is ASCII's."""

    def __init__(self, text: bytes) -> None:
        self._text = b" %b%b" % (text.translate(_SPACES), b" " * _MOST_WORDS * _WORD)
        bytes_ = np.frombuffer(self._text, np.uint8)
        space = bytes_ == _SPACE
        edges = np.flatnonzero(space[1:] != space[:-1]) + 1
        self.starts = edges[::2]
        self._ends = edges[1::2]
        self.lengths = self._ends - self.starts
        count = len(self._text) - _WORD
        # what begins at each byte, read as a number
        self._words = np.ndarray((count,), np.dtype("<u8"), self._text, strides=(1,))

    def words(self, which: Array, count: int) -> list[Array]:
        """The bytes of some chunks as so many numbers each, the last of at most seven bytes and
        the chunk's length."""
        starts, lengths = self.starts[which], self.lengths[which]
        words = [self._words[starts + _WORD * at] for at in range(count)]
        words[-1] &= _MASKS[lengths - _WORD * (count - 1)]
        words[-1] |= lengths.astype(np.uint64) << np.uint64(56)
        return words

    def texts(self, which: Array) -> list[str]:
        """Some chunks as they are written."""
        bounds = zip(self.starts[which].tolist(), self._ends[which].tolist(), strict=True)
        return [self._text[start:end].decode(*TEXT) for start, end in bounds]


class _Tables:
    """The codes of the chunks of one language."""

    def __init__(self, vocabulary: Vocabulary, terms: ChunkTerms, most_slots: int) -> None:
        self._vocabulary = vocabulary
        self._terms = terms
        self._by_words = [_Table(words, most_slots) for words in range(1, _MOST_WORDS + 1)]

    def look_up(self, chunks: _Chunks) -> Array:
        """The codes of some chunks, int32."""
        codes = np.empty(len(chunks.starts), np.int32)
        words_of = chunks.lengths // _WORD
        for table in self._by_words:
            which = np.flatnonzero(words_of == table.count - 1)
            words = chunks.words(which, table.count)
            found, known = table.get(words)
            codes[which] = found
            new = np.flatnonzero(~known)
            if len(new):
                own = codes[which[new]] = self._read(chunks.texts(which[new]))
                table.put([word[new] for word in words], own)
        long = np.flatnonzero(words_of >= _MOST_WORDS)
        if len(long):
            codes[long] = self._read(chunks.texts(long))
        return codes

    def _read(self, chunks: list[str]) -> Array:
        """The codes of chunks that are not in the tables."""
        codes = map(self._vocabulary.code, map(self._terms.__getitem__, chunks))
        return np.fromiter(codes, np.int32, len(chunks))


class _Table:
    """The codes of the chunks that are so many numbers each."""

    def __init__(self, count: int, most_slots: int) -> None:
        self.count = count
        self._most_slots = most_slots
        self._make(min(_FEWEST_SLOTS, most_slots))

    def _make(self, slots: int) -> None:
        self._words = [np.zeros(slots, np.uint64) for _ in range(self.count)]
        self._codes = np.zeros(slots, np.int32)
        self._shift = np.uint64(64 - (slots.bit_length() - 2))
        self._put = 0

    def get(self, words: list[Array]) -> tuple[Array, Array]:
        """The codes of some chunks, and of which they are known."""
        slots = self._slots(words)
        known = self._holds(slots, words)
        other = np.flatnonzero(~known)
        slots[other] += 1
        known[other] = self._holds(slots[other], [word[other] for word in words])
        return self._codes[slots], known

    def _holds(self, slots: Array, words: list[Array]) -> Array:
        held = self._words[0][slots] == words[0]
        for kept, asked in zip(self._words[1:], words[1:], strict=True):
            held &= kept[slots] == asked
        return held

    def put(self, words: list[Array], codes: Array) -> None:
        """Keep the codes of some chunks."""
        self._put += len(codes)
        if self._put > len(self._codes) // 2 and len(self._codes) < self._most_slots:
            words_before, codes_before = self._words, self._codes
            self._make(min(_GROWTH * len(codes_before), self._most_slots))
            used = np.flatnonzero(words_before[-1])  # which holds a length, so it is never 0
            self.put([word[used] for word in words_before], codes_before[used])
        slots = self._slots(words)
        arrays: list[Array] = [*self._words, self._codes]
        for kept, asked in zip(arrays, [*words, codes], strict=True):
            kept[slots + 1] = kept[slots]
            kept[slots] = asked  # of two with the same slots, the last stays, in all arrays alike

    def _slots(self, words: list[Array]) -> Array:
        """The first of the two slots of each chunk."""
        key = words[0] * _HASH
        for word in words[1:]:
            key = (key ^ word) * _HASH
        return (key >> self._shift).astype(np.int64) << 1
