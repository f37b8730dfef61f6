"""A segment as it is read; `bot.search.segments.segment_format` describes its file.

What follows the postings is checked when a segment is opened, a bucket and its postings when they
are read. What was read is kept in memory, apart from the file. So a segment of any size opens at
once, and where a file is cut short or changed while it is open, the next read finds it damaged, and
nothing worse happens.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from bot.core.errors import DamagedIndexError
from bot.core.light_typing import Protocol
from bot.search.segments.segment_bytes import InFile, InMemory, RecentlyRead
from bot.search.segments.segment_format import (
    BUCKET,
    CODES,
    HEADER,
    MAGIC,
    PADDED,
    SEPARATOR,
    SIZES,
    TERM,
    TEXT,
    Bucket,
    Header,
    Postings,
)

KEPT: RecentlyRead[tuple[int, str], tuple[Postings | None]] = RecentlyRead(256_000_000)
"""The postings of all segments of this process that were read lately, by a segment's number and a
term: of a million passages those of the terms that most questions ask for."""


class Bytes(Protocol):
    """The bytes of a segment."""

    @property
    def size(self) -> int: ...
    def read(self, start: int, size: int) -> bytes:
        """Return ``size`` bytes from this offset on; fewer if the file is truncated."""


class Segment:
    """One segment, read when it is asked. Safe for any number of threads."""

    def __init__(
        self, data: bytes | Bytes, name: str, room: Callable[[int], memoryview] | None = None
    ) -> None:
        """``name`` is what an error calls it. ``room`` gives room for a number of bytes, where the
        tables of articles and passages are to be kept elsewhere than in memory. Raises
        `DamagedIndexError` if it is damaged."""
        self.name = name
        self._bytes: Bytes = InMemory(data) if isinstance(data, bytes) else data
        start = self.read(0, HEADER.size)
        if len(start) < HEADER.size:
            raise DamagedIndexError("segment.short", file=self.name)
        self.header = header = Header(*HEADER.unpack(start))
        if header.magic != MAGIC or header.format != 2 or header.end != self._bytes.size:
            raise DamagedIndexError("segment.no_segment", file=self.name)
        self.tail = self._read_tail(room)
        """All from the directory on."""
        if zlib.crc32(self.tail, zlib.crc32(start[12:])) != header.checksum:
            raise DamagedIndexError("segment.checksum", file=self.name)
        self.passages = header.passages
        self.total_length = header.total_length
        view = memoryview(self.tail)
        first = header.directory_at
        lengths_at = header.lengths_at - first
        self.lengths = view[
            lengths_at : lengths_at + self.passages * SIZES[header.length_code]
        ].cast(CODES[header.length_code])
        self._directory = view[:lengths_at].cast("I")
        odd = (header.articles_at - header.exceptions_at) // 12
        exceptions_at, articles_at = header.exceptions_at - first, header.articles_at - first
        frequencies_at = exceptions_at + 8 * odd
        self._exceptions_at = view[exceptions_at:frequencies_at].cast("Q")
        self._exceptions = view[frequencies_at:articles_at].cast("I")
        count = header.articles
        tables = view[articles_at : articles_at + 16 * count].cast("I")
        self._firsts = tables[:count]
        self._slug_ends = tables[count : 2 * count]
        self.slug_hashes = tables[2 * count : 3 * count]
        self._by_hash = tables[3 * count :]
        self._slugs = view[articles_at + 16 * count :]
        self._number = next(_numbers)
        self._buckets: bytes | None = None

    @classmethod
    def open(cls, path: Path, room: Callable[[int], memoryview] | None = None) -> Segment:
        """Open a segment's file; see above for ``room``. Raises `FileNotFoundError`, and
        `DamagedIndexError`."""
        return cls(InFile(path), path.name, room)

    def _read_tail(self, room: Callable[[int], memoryview] | None) -> bytes | memoryview:
        start, size = self.header.directory_at, self.header.end - self.header.directory_at
        if room is None or size < _SMALL_TAIL:
            return self.read(start, size)
        tail = room(size)
        for at in range(0, size, _SMALL_TAIL):
            part = self.read(start + at, min(_SMALL_TAIL, size - at))
            tail[at : at + len(part)] = part
        return tail

    def read(self, start: int, size: int) -> bytes:
        """Return ``size`` bytes of the file from the offset ``start`` on; fewer if it is truncated.
        Raises `DamagedIndexError` if they cannot be read."""
        try:
            return self._bytes.read(start, size)
        except OSError as error:
            raise DamagedIndexError(
                "segment.unreadable", file=self.name, reason=str(error.strerror)
            ) from error

    # -- articles ------------------------------------------------------------------------------

    @property
    def article_count(self) -> int:
        return self.header.articles

    def slug(self, ordinal: int) -> str:
        """Return the slug of the article of this ordinal."""
        start = self._slug_ends[ordinal - 1] if ordinal else 0
        return str(self._slugs[start : self._slug_ends[ordinal]], *TEXT)

    def slugs(self) -> list[str]:
        """Return the articles' slugs, in order."""
        text, ends = self._slugs.tobytes(), self._slug_ends.tolist()
        return [text[start:end].decode(*TEXT) for start, end in zip([0, *ends], ends, strict=False)]

    def find_article(self, slug: str) -> int | None:
        """Return the ordinal of the article of this slug."""
        key = slug.encode(*TEXT)
        number = zlib.crc32(key)
        at = bisect_left(self.slug_hashes, number)
        while at < self.article_count and self.slug_hashes[at] == number:
            ordinal = self._by_hash[at]
            if self.slug(ordinal) == slug:
                return ordinal
            at += 1
        return None

    def locate(self, passage: int) -> tuple[str, int]:
        """Return the slug of the article that holds this passage, and the passage's number in
        there."""
        ordinal = bisect_right(self._firsts, passage) - 1
        return self.slug(ordinal), passage - self._firsts[ordinal]

    def range_of(self, ordinal: int) -> range:
        """Return the passages of the article of this ordinal."""
        after = ordinal + 1
        end = self._firsts[after] if after < self.article_count else self.passages
        return range(self._firsts[ordinal], end)

    # -- terms ---------------------------------------------------------------------------------

    def postings(self, term: str) -> Postings | None:
        """Return the term's postings; None if no passage holds it. Raises `DamagedIndexError`."""
        key = self._number, term
        found = KEPT.get(key)
        if found is None:
            postings = self._find(term)
            found = (postings,)
            KEPT.keep(key, found, _LEAST_KEPT if postings is None else len(postings.data))
        return found[0]

    def _find(self, term: str) -> Postings | None:
        key = term.encode(*TEXT)
        bucket = self.bucket(zlib.crc32(key) * self.header.buckets >> 32)
        at = bucket.text.find(SEPARATOR + key + SEPARATOR)
        if at < 0:
            return None
        return self._read(bucket, bucket.text.count(SEPARATOR, 0, at))

    def bucket(self, number: int) -> Bucket:
        """Return one bucket of the dictionary, its checksum compared."""
        start, end = self._directory[number], self._directory[number + 1]
        if start == end:
            return _EMPTY
        data = self._dictionary(start, end)
        if len(data) < BUCKET.size or zlib.crc32(data[4:]) != int.from_bytes(data[:4], "little"):
            raise DamagedIndexError("segment.dictionary", file=self.name)
        _, checksum, _, size, postings_at = BUCKET.unpack_from(data)
        text = data[BUCKET.size : BUCKET.size + size]
        return Bucket(checksum, postings_at, text, data[BUCKET.size + size :])

    def _dictionary(self, start: int, end: int) -> bytes:
        """Return a part of the dictionary; a small one is read as a whole when it is first asked,
        for a word that is misspelt has hundreds of variants."""
        header = self.header
        if header.directory_at - header.buckets_at > _SMALL_DICTIONARY:
            return self.read(header.buckets_at + start, end - start)
        if self._buckets is None:
            self._buckets = self.read(header.buckets_at, header.directory_at - header.buckets_at)
        return self._buckets[start:end]

    def _read(self, bucket: Bucket, index: int) -> Postings:
        """Return the postings of a bucket's term of this index."""
        sizes = [self._size(*record) for record in TERM.iter_unpack(bucket.records)]
        data = self.read(bucket.postings_at, sum(sizes))
        self.check_postings(bucket, data)
        entries, flags = TERM.unpack_from(bucket.records, index * TERM.size)
        at = document_frequency_at = sum(sizes[:index])
        document_frequency = entries
        if flags & PADDED:
            at += 4
            document_frequency = int.from_bytes(data[document_frequency_at:at], "little")
        width = SIZES[flags & 3]
        start = bucket.postings_at + at
        impacts_at = start + entries * width
        return Postings(
            document_frequency, entries, width, start, impacts_at, data, bucket.postings_at
        )

    @staticmethod
    def _size(entries: int, flags: int) -> int:
        return entries * (SIZES[flags & 3] + 1) + (flags & PADDED)

    def gaps(self, postings: Postings) -> memoryview:
        """Return a term's gaps, if there are any: numbers."""
        start = postings.gaps_at - postings.data_at
        gaps = memoryview(postings.data)[start : postings.impacts_at - postings.data_at]
        return gaps.cast(CODES[SIZES.index(postings.width)])

    def impacts(self, postings: Postings) -> memoryview:
        """Return a term's impacts."""
        start = postings.impacts_at - postings.data_at
        return memoryview(postings.data)[start : start + postings.entries]

    def exceptions(self, start: int, end: int) -> Mapping[int, int]:
        """Return the frequencies behind the exceptional impacts between these offsets of the file,
        by how far they are from the start."""
        first = bisect_left(self._exceptions_at, start)
        last = bisect_left(self._exceptions_at, end, first)
        offsets = (offset - start for offset in self._exceptions_at[first:last])
        return dict(zip(offsets, self._exceptions[first:last], strict=True))

    def check_postings(self, bucket: Bucket, data: bytes | memoryview) -> None:
        """Compare the checksum of a bucket's postings. Raises `DamagedIndexError`."""
        if zlib.crc32(data) != bucket.checksum:
            raise DamagedIndexError("segment.postings", file=self.name)


_EMPTY = Bucket(0, 0, b"", b"")
_SMALL_DICTIONARY = 1_000_000
"""Bytes."""
_SMALL_TAIL = 1_000_000
"""Bytes."""
_LEAST_KEPT = 200
"""Bytes that a cached absence of a term takes."""
_numbers = count()
