"""A segment: some articles' passages and their postings, in one file that never changes.

The layout, little-endian, in the order of the file::

    header      see `Header`
    postings    of each term, in the dictionary's order; see below
    buckets     the dictionary: terms of neighbouring hashes, and where their postings are
    directory   where each bucket begins
    lengths     how many terms each passage holds
    exceptions  the places of some impacts in the file, in order, then the frequencies behind them
    articles    the first passage of each, then where its slug ends, then the slugs' hashes in
                order, then the place of the article that each is of, then the slugs

A term's hash (CRC-32) names its bucket, so looking one up touches one bucket whether the term is
there or not. Passages are numbered from 0 in the order in which they were put.

A term's postings are entries: a d-gap (Witten, Moffat and Bell, "Managing Gigabytes", 1999, ch. 3)
to the next passage, then, after all gaps, an impact for each (see `impacts.py`). Gaps are
as wide as all gaps of a term together take the least room: 1, 2 or 4 bytes, or none, where there is
an entry for every passage, as there is of each term that an eighth of them hold: to look up some
passages among very many, there must be no gaps to add up. Where a gap is wider than that, entries
that are no postings lie in between: their impact is 0, so that whoever adds up impacts need not
know. How often a term stands in a passage is told by the impact and the passage's length, but for a
few exceptions, which have a table of their own.

The header's checksum covers all from the directory on, and is compared when the segment is
opened; those of a bucket and of its postings when they are first used. So a segment of any size
opens at once, and yet nothing damaged is served.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from bot.core.errors import DamagedIndexError

MAGIC = b"passages"
HEADER = struct.Struct("<8sIIIIIIBBxxdQQQQQQQ")
BUCKET = struct.Struct("<IIIIQ")
TERM = struct.Struct("<IB")
SEPARATOR = b"\xff"
"""Stands before and after each term in a bucket; no term holds it, for UTF-8 never does."""
Code = Literal["B", "H", "I"]
SIZES = (0, 1, 2, 4)
"""The widths of gaps and lengths, in bytes, by the code that stands for them."""
CODES: tuple[Code, ...] = ("B", "B", "H", "I")
PADDED = 4
"""The flag of a term that has entries that are no postings: its document frequency comes first."""
_MOST_KEPT = 2048
"""How many terms' postings are kept for the questions to come."""


class Header(NamedTuple):
    """The header's fields, in the file's order."""

    magic: bytes
    checksum: int
    """CRC-32 of what follows it in the header, then of all from the directory on."""
    passages: int
    articles: int
    terms: int
    buckets: int
    longest: int
    """How many terms the longest passage holds."""
    length_code: int
    """The width of a passage's length, an index of `SIZES`."""
    format: int
    average_length: float
    """Over the segment's own passages, when it was written: what the impacts are counted with."""
    total_length: int
    buckets_at: int
    directory_at: int
    lengths_at: int
    exceptions_at: int
    articles_at: int
    end: int


class Postings(NamedTuple):
    """One term's postings in one segment, as they lie in the file."""

    document_frequency: int
    entries: int
    width: int
    """Of a gap, in bytes; 0 where there are no gaps, but an entry for every passage."""
    gaps_at: int
    """Where in the file the gaps begin: from each entry's passage to the next one's, the first
    from 0."""
    impacts_at: int
    """Where the impacts begin, a byte for each entry; 0 where it is no posting."""


class Segment:
    """One segment, read where it lies. Safe for any number of threads."""

    def __init__(self, data: bytes | mmap.mmap, name: str) -> None:
        """``name`` is what an error calls it. Raises `DamagedIndexError` where it is damaged."""
        self.name = name
        view = memoryview(data)
        if len(view) < HEADER.size:
            raise self._damaged("it is cut short")
        self.header = header = Header(*HEADER.unpack_from(view))
        if header.magic != MAGIC or header.format != 2 or header.end != len(view):
            raise self._damaged("it is no segment, or cut short")
        checksum = zlib.crc32(view[12 : HEADER.size])
        if zlib.crc32(view[header.directory_at :], checksum) != header.checksum:
            raise self._damaged("its checksum is wrong")
        self.passages = header.passages
        self.total_length = header.total_length
        self.data = data
        self._view = view
        self.lengths = view[
            header.lengths_at : header.lengths_at + self.passages * SIZES[header.length_code]
        ].cast(CODES[header.length_code])
        self._directory = view[header.directory_at : header.lengths_at].cast("I")
        odd = (header.articles_at - header.exceptions_at) // 12
        frequencies_at = header.exceptions_at + 8 * odd
        self._exceptions_at = view[header.exceptions_at : frequencies_at].cast("Q")
        self._exceptions = view[frequencies_at : header.articles_at].cast("I")
        count = header.articles
        tables = view[header.articles_at : header.articles_at + 16 * count].cast("I")
        self._firsts = tables[:count]
        self._slug_ends = tables[count : 2 * count]
        self.slug_hashes = tables[2 * count : 3 * count]
        self._by_hash = tables[3 * count :]
        self._slugs = view[header.articles_at + 16 * count :]
        self._sound = bytearray(2 * header.buckets)
        self._postings: dict[str, Postings | None] = {}

    @classmethod
    def open(cls, path: Path) -> Segment:
        """Map a segment's file. Raises `FileNotFoundError`, and `DamagedIndexError`."""
        with path.open("rb") as file:
            try:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # an empty file cannot be mapped
                raise DamagedIndexError(f"{path.name}: it is empty") from error
        return cls(data, path.name)

    # -- articles ------------------------------------------------------------------------------

    @property
    def article_count(self) -> int:
        return self.header.articles

    def slug(self, place: int) -> str:
        """The slug of the article at this place."""
        start = self._slug_ends[place - 1] if place else 0
        return str(self._slugs[start : self._slug_ends[place]], *TEXT)

    def slugs(self) -> list[str]:
        """The articles' slugs, in the order of their places."""
        text, ends = self._slugs.tobytes(), self._slug_ends.tolist()
        return [text[start:end].decode(*TEXT) for start, end in zip([0, *ends], ends, strict=False)]

    def find_article(self, slug: str) -> int | None:
        """The place of the article of this slug."""
        key = slug.encode(*TEXT)
        number = zlib.crc32(key)
        at = bisect_left(self.slug_hashes, number)
        while at < self.article_count and self.slug_hashes[at] == number:
            place = self._by_hash[at]
            if self.slug(place) == slug:
                return place
            at += 1
        return None

    def locate(self, passage: int) -> tuple[str, int]:
        """The slug of the article that holds this passage, and the passage's number in there."""
        place = bisect_right(self._firsts, passage) - 1
        return self.slug(place), passage - self._firsts[place]

    def range_of(self, place: int) -> range:
        """The passages of the article at this place."""
        after = place + 1
        end = self._firsts[after] if after < self.article_count else self.passages
        return range(self._firsts[place], end)

    # -- terms ---------------------------------------------------------------------------------

    def postings(self, term: str) -> Postings | None:
        """The term's postings; None where no passage holds it. Raises `DamagedIndexError`."""
        try:
            return self._postings[term]
        except KeyError:
            pass
        if len(self._postings) >= _MOST_KEPT:
            self._postings.clear()
        found = self._postings[term] = self._find(term)
        return found

    def _find(self, term: str) -> Postings | None:
        key = term.encode(*TEXT)
        number = zlib.crc32(key) * self.header.buckets >> 32
        bucket = self.bucket(number)
        at = bucket.text.find(SEPARATOR + key + SEPARATOR)
        if at < 0:
            return None
        return self._read(bucket, bucket.text.count(SEPARATOR, 0, at), number)

    def bucket(self, number: int) -> Bucket:
        """One bucket of the dictionary, its checksum compared when it is first used."""
        base = self.header.buckets_at
        start, end = self._directory[number], self._directory[number + 1]
        if start == end:
            return _EMPTY
        data = self._view[base + start : base + end].tobytes()
        if not self._sound[2 * number]:
            if len(data) < BUCKET.size or zlib.crc32(data[4:]) != int.from_bytes(
                data[:4], "little"
            ):
                raise self._damaged("its dictionary's checksum is wrong")
            self._sound[2 * number] = 1
        _, checksum, _, size, postings_at = BUCKET.unpack_from(data)
        text = data[BUCKET.size : BUCKET.size + size]
        return Bucket(checksum, postings_at, text, data[BUCKET.size + size :])

    def _read(self, bucket: Bucket, index: int, number: int) -> Postings:
        if not self._sound[2 * number + 1]:
            size = sum(self._size(*record) for record in TERM.iter_unpack(bucket.records))
            self.check_postings(bucket, bucket.postings_at, bucket.postings_at + size)
            self._sound[2 * number + 1] = 1
        records = list(TERM.iter_unpack(bucket.records[: (index + 1) * TERM.size]))
        at = bucket.postings_at + sum(self._size(*record) for record in records[:-1])
        return self._postings_at(at, *records[-1])

    @staticmethod
    def _size(entries: int, flags: int) -> int:
        return entries * (SIZES[flags & 3] + 1) + (flags & PADDED)

    def _postings_at(self, at: int, entries: int, flags: int) -> Postings:
        """The postings that begin at this byte, by their term's record."""
        document_frequency = entries
        if flags & PADDED:
            document_frequency = int.from_bytes(self._view[at : at + 4], "little")
            at += 4
        width = SIZES[flags & 3]
        return Postings(document_frequency, entries, width, at, at + entries * width)

    def gaps(self, postings: Postings) -> memoryview:
        """A term's gaps, if there are any: numbers."""
        gaps = self._view[postings.gaps_at : postings.impacts_at]
        return gaps.cast(CODES[SIZES.index(postings.width)])

    def impacts(self, postings: Postings) -> memoryview:
        """A term's impacts."""
        return self._view[postings.impacts_at : postings.impacts_at + postings.entries]

    def exceptions(self, start: int, end: int) -> Mapping[int, int]:
        """The frequencies behind the exceptional impacts in these bytes of the file, by how far
        they are from the start."""
        first = bisect_left(self._exceptions_at, start)
        last = bisect_left(self._exceptions_at, end, first)
        places = (place - start for place in self._exceptions_at[first:last])
        return dict(zip(places, self._exceptions[first:last], strict=True))

    def check_postings(self, bucket: Bucket, start: int, end: int) -> None:
        """Compare the checksum of a bucket's postings, which lie between these bytes of the file.
        Raises `DamagedIndexError`."""
        if zlib.crc32(self._view[start:end]) != bucket.checksum:
            raise self._damaged("its postings' checksum is wrong")

    def _damaged(self, why: str) -> DamagedIndexError:
        return DamagedIndexError(f"{self.name}: the segment cannot be used, {why}")


class Bucket(NamedTuple):
    """Some terms of neighbouring hashes."""

    checksum: int
    """CRC-32 of their postings."""
    postings_at: int
    """Where the first one's postings begin in the file."""
    text: bytes
    """The terms, a separator before and after each."""
    records: bytes
    """Of each term, packed as `TERM`: the number of its entries; the code of its gaps' width, and
    whether it is `PADDED`."""


_EMPTY = Bucket(0, 0, b"", b"")

TEXT = ("utf-8", "surrogatepass")
"""How strings are encoded: any string is a term or a slug, lone surrogates too."""
