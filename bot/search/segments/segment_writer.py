"""Writing a segment's file, some terms at a time.

The terms come with their postings laid out, in the order of their hashes. The dictionary and the
exceptions are kept in files until all postings are written, and passages and articles are written
some at a time: a large segment takes no more memory than a small one, but for four bytes a bucket.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, BinaryIO

import numpy as np

from bot.search.segments.article_table import ArticleTable, chunks
from bot.search.segments.scratch import Scratch
from bot.search.segments.segment_format import (
    BUCKET,
    HEADER,
    MAGIC,
    SEPARATOR,
    SIZES,
    TERM,
    Array,
    Header,
)
from bot.search.segments.term_layout import Laid

_TERMS_A_BUCKET = 16
_BYTES_AT_ONCE = 1 << 20


def bucket_count(terms: int) -> int:
    """Return the number of buckets of a dictionary of about this number of terms."""
    return max(1, terms // _TERMS_A_BUCKET)


def write_segment(
    file: BinaryIO,
    articles: ArticleTable,
    lengths: Array,
    buckets: int,
    laid_spans: Iterable[Laid],
    scratch: Scratch,
) -> None:
    """Write a segment to a new file.

    ``lengths`` are the terms each passage holds; the spans are laid out by the norms of these
    lengths, and hold each term once, those of one bucket together. Raises `OSError`.
    """
    total = sum(int(lengths[first:end].sum()) for first, end in chunks(len(lengths)))
    longest = max((int(lengths[first:end].max()) for first, end in chunks(len(lengths))), default=0)
    file.write(bytes(HEADER.size))
    postings = _Postings(buckets, scratch)
    at = HEADER.size
    for laid in laid_spans:
        at = postings.add(laid, at, file)
    buckets_at = at
    for part in _parts(postings.dictionary.array()):
        file.write(part)
    code = _width(longest)
    directory_at = buckets_at + postings.dictionary.size
    lengths_at = directory_at + 4 * (buckets + 1)
    exceptions_at = lengths_at + len(lengths) * SIZES[code]
    articles_at = exceptions_at + postings.exceptions_at.size + postings.exceptions.size
    header = Header(
        magic=MAGIC,
        checksum=0,
        passages=len(lengths),
        articles=len(articles.counts),
        terms=postings.terms,
        buckets=buckets,
        longest=longest,
        length_code=code,
        format=2,
        average_length=total / len(lengths) if len(lengths) else 0.0,
        total_length=total,
        buckets_at=buckets_at,
        directory_at=directory_at,
        lengths_at=lengths_at,
        exceptions_at=exceptions_at,
        articles_at=articles_at,
        end=articles_at + 16 * len(articles.counts) + len(articles.slugs),
    )
    checksum = zlib.crc32(HEADER.pack(*header)[12:])
    for part in _tail(postings, lengths, f"<u{SIZES[code]}", articles, scratch):
        checksum = zlib.crc32(part, checksum)
        file.write(part)
    file.seek(0)
    file.write(HEADER.pack(*header._replace(checksum=checksum)))


class _Postings:
    """The facts about the postings that were written."""

    def __init__(self, buckets: int, scratch: Scratch) -> None:
        self._buckets = buckets
        self._directory = array("I", [0])
        """The end of each bucket that was begun in the dictionary, which starts at 0."""
        self.dictionary = scratch.file()
        self.exceptions_at = scratch.file()
        self.exceptions = scratch.file()
        self.terms = 0

    def add(self, laid: Laid, at: int, file: BinaryIO) -> int:
        """Write some terms' postings, at this offset; returns the offset behind them."""
        terms, hashes, flags, entries, sizes = laid.layout
        self.terms += len(terms)
        self.exceptions_at.write(laid.exceptions_at + np.uint64(at))
        self.exceptions.write(laid.exceptions)
        starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        numbers = hashes * self._buckets >> 32
        edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(terms)]
        records = np.empty(len(terms), np.dtype("<u4, u1"))
        records["f0"], records["f1"] = entries, flags
        packed = records.tobytes()
        view = memoryview(laid.data)
        for first, end in pairwise(edges) if terms else ():
            self._end_buckets(int(numbers[first]))
            text = SEPARATOR + SEPARATOR.join(terms[first:end]) + SEPARATOR
            checksum = 0
            for part in _parts(view[starts[first] : starts[end]]):
                checksum = zlib.crc32(part, checksum)
                file.write(part)
            bucket = BUCKET.pack(0, checksum, end - first, len(text), at + starts[first])
            bucket += text + packed[first * TERM.size : end * TERM.size]
            self.dictionary.write(zlib.crc32(bucket[4:]).to_bytes(4, "little") + bucket[4:])
            self._directory.append(self.dictionary.size)
        return at + int(starts[-1])

    def directory(self) -> bytes:
        """Return the offsets of all buckets, and the end of the last."""
        self._end_buckets(self._buckets)
        return self._directory.tobytes()

    def _end_buckets(self, number: int) -> None:
        """Note that all buckets before this one have ended."""
        missing = number + 1 - len(self._directory)
        self._directory.extend([self.dictionary.size] * missing)


def _tail(
    postings: _Postings, lengths: Array, dtype: str, articles: ArticleTable, scratch: Scratch
) -> Iterator[Any]:
    """Yield the bytes of all from the directory on."""
    yield postings.directory()
    for first, end in chunks(len(lengths)):
        yield lengths[first:end].astype(dtype).tobytes()
    yield from _parts(postings.exceptions_at.array())
    yield from _parts(postings.exceptions.array())
    passages = 0
    for first, end in chunks(len(articles.counts)):
        own = articles.counts[first:end].astype(np.int64)
        yield (passages + np.cumsum(own) - own).astype("<u4").tobytes()
        passages += int(own.sum())
    keys = scratch.array("slug hashes", np.uint64, len(articles.counts))
    for first, end in chunks(len(articles.counts)):
        yield articles.slug_ends[first:end].astype("<u4").tobytes()
        hashes = map(zlib.crc32, articles.encoded(first, end))
        keys[first:end] = np.fromiter(hashes, np.uint64, end - first) << np.uint64(32)
        keys[first:end] |= np.arange(first, end, dtype=np.uint64)
    keys.sort()
    for shift in (32, 0):
        for first, end in chunks(len(keys)):
            yield (keys[first:end] >> np.uint64(shift)).astype("<u4").tobytes()
    yield from _parts(articles.slugs)


def _parts(data: Any) -> Iterator[memoryview]:
    """Yield the bytes of a buffer, some at a time."""
    if not len(data):  # an empty one cannot be cast
        return
    view = memoryview(data).cast("B")
    for at in range(0, len(view), _BYTES_AT_ONCE):
        yield view[at : at + _BYTES_AT_ONCE]


def _width(largest: int) -> int:
    """Return the code of the narrowest numbers that hold this one."""
    return 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 3
