"""The format of a segment: some articles' passages and their postings, in one file that never
changes.

The layout, little-endian, in the order of the file::

    header      see `Header`
    postings    of each term, in the dictionary's order; see below
    buckets     the dictionary: terms of neighbouring hashes, and where their postings are
    directory   where each bucket begins
    lengths     how many terms each passage holds
    exceptions  the offsets of some impacts in the file, in order, then the frequencies behind them
    articles    the first passage of each, then where its slug ends, then the slugs' hashes in
                order, then the ordinal of the article that each is of, then the slugs

A term's hash (CRC-32) names its bucket, so looking one up touches one bucket whether the term is
there or not. Passages are numbered from 0 in the order in which they were put.

A term's postings are entries: a d-gap (Witten, Moffat and Bell, "Managing Gigabytes", 1999, ch. 3)
to the next passage, then, after all gaps, an impact for each (see `impacts.py`). Gaps are
as wide as all gaps of a term together take the least room: 1, 2 or 4 bytes, or none, where there is
an entry for every passage, as there is of each term that an eighth of them hold: to look up some
passages among very many, there must be no gaps to add up. Where a gap is wider than that, entries
that are no postings lie in between: their impact is 0, so that adding up impacts needs no test for
them. How often a term stands in a passage is told by the impact and the passage's length, but for a
few exceptions, which have a table of their own.

The header's checksum covers all from the directory on, a bucket's the bucket, and one more the
postings of its terms.
"""

from __future__ import annotations

import struct

from bot.core.light_typing import Any, Literal
from bot.core.named_tuple import NamedTuple

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""
MAGIC = b"passages"
HEADER = struct.Struct("<8sIIIIIIBBxxdQQQQQQQ")
BUCKET = struct.Struct("<IIIIQ")
TERM = struct.Struct("<IB")
SEPARATOR = b"\xff"
"""Separates the terms in a bucket; never occurs in UTF-8."""
TEXT = ("utf-8", "surrogatepass")
"""Encoding of strings: any string can be a term or a slug, lone surrogates too."""
ArrayCode = Literal["B", "H", "I"]
SIZES = (0, 1, 2, 4)
"""Widths of gaps and lengths, in bytes, by their code."""
CODES: tuple[ArrayCode, ...] = ("B", "B", "H", "I")
PADDED = 4
"""Flag of a term with entries that are no postings: its document frequency comes first."""


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
    """Number of terms in the longest passage."""
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
    """One term's postings in one segment, in the file's format."""

    document_frequency: int
    entries: int
    width: int
    """Width of a gap, in bytes; 0 if there are no gaps, but an entry for every passage."""
    gaps_at: int
    """The offset in the file at which the gaps begin: from each entry's passage to the next one's,
    the first from 0."""
    impacts_at: int
    """The offset of the impacts, a byte for each entry; 0 if it is no posting."""
    data: bytes
    """The part of the file that was read, these postings included."""
    data_at: int
    """The offset of that part."""


class Bucket(NamedTuple):
    """Some terms of neighbouring hashes."""

    checksum: int
    """CRC-32 of their postings."""
    postings_at: int
    """Offset in the file of the first term's postings."""
    text: bytes
    """The terms, a separator before and after each."""
    records: bytes
    """For each term, packed as `TERM`: the number of its entries; the code of its gaps' width, and
    whether it is `PADDED`."""
