"""Writing a segment, some terms at a time, in numpy throughout.

The terms come in `Run` after run, in the order of their hashes; a run's postings are laid out
together, without a step in Python for each term. Only the dictionary is kept back (in a
temporary file) until all postings are written.
"""

from __future__ import annotations

import shutil
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from bot.search.scoring import length_norm
from bot.search.segment import (
    BOUND_STEPS,
    BUCKET,
    HEADER,
    MAGIC,
    SEPARATOR,
    SIZES,
    TERM,
    TEXT,
    Header,
)

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

DENSE = 24
"""A term that one passage in so many holds gets a bitmap: that is when it is about as small as a
list."""
_LEAST_FOR_BITMAPS = 4096
"""A segment of fewer passages has lists only."""
_MOST_LEVELS = 15
_TERMS_A_BUCKET = 16


class Run(NamedTuple):
    """Terms in the order of their hashes, with all their postings."""

    terms: list[bytes]
    counts: Array
    """How many passages hold each."""
    passages: Array
    """The passages of the first term in order, those of the second, and so on; int64."""
    frequencies: Array
    """How often the term stands in each of them; int64."""


def bucket_count(terms: int) -> int:
    """How many buckets a dictionary of about so many terms has."""
    return max(1, terms // _TERMS_A_BUCKET)


def write_segment(
    file: BinaryIO,
    articles: Sequence[tuple[str, int]],
    lengths: Array,
    buckets: int,
    runs: Iterable[Run],
) -> None:
    """Write a segment to a new file.

    ``articles`` are slugs with how many passages each has, ``lengths`` the terms each passage
    holds; ``runs`` hold each term once, those of one bucket together.
    """
    lengths = np.asarray(lengths, np.int64)
    total = int(lengths.sum())
    average = total / len(lengths) if len(lengths) else 0.0
    norms = length_norm(lengths, average) if total else np.ones(len(lengths))
    file.write(bytes(HEADER.size))
    at = HEADER.size
    directory = [0]
    terms = 0
    with tempfile.TemporaryFile() as dictionary:
        for run in runs:
            terms += len(run.terms)
            flags, bounds, counts, sizes, data = _lay_out(run, len(lengths), norms)
            starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
            hashes = np.fromiter(map(zlib.crc32, run.terms), np.int64, len(run.terms))
            numbers = hashes * buckets >> 32
            edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(run.terms)]
            records = np.empty(len(run.terms), np.dtype("<u4, u1, u1"))
            records["f0"], records["f1"], records["f2"] = counts, flags, bounds
            packed = records.tobytes()
            view = memoryview(data)
            for first, end in pairwise(edges):
                number = int(numbers[first])
                directory += [directory[-1]] * (number + 1 - len(directory))
                text = SEPARATOR + SEPARATOR.join(run.terms[first:end]) + SEPARATOR
                checksum = zlib.crc32(view[starts[first] : starts[end]])
                bucket = BUCKET.pack(0, checksum, end - first, len(text), at + starts[first])
                bucket += text + packed[first * TERM.size : end * TERM.size]
                dictionary.write(zlib.crc32(bucket[4:]).to_bytes(4, "little") + bucket[4:])
                directory.append(directory[-1] + len(bucket))
            file.write(data)
            at += starts[-1]
        buckets_at = at
        directory_size = directory[-1]
        dictionary.seek(0)
        shutil.copyfileobj(dictionary, file, 1 << 20)
    directory += [directory_size] * (buckets + 1 - len(directory))
    code = _width(int(lengths.max(initial=0)))
    tail = (
        np.asarray(directory, np.uint32).tobytes(),
        lengths.astype(f"u{SIZES[code]}").tobytes(),
        _articles(articles),
    )
    directory_at = buckets_at + directory_size
    lengths_at = directory_at + len(tail[0])
    articles_at = lengths_at + len(tail[1])
    header = Header(
        magic=MAGIC,
        checksum=0,
        passages=len(lengths),
        articles=len(articles),
        terms=terms,
        buckets=buckets,
        longest=int(lengths.max(initial=0)),
        length_code=code,
        format=1,
        average_length=average,
        total_length=total,
        buckets_at=buckets_at,
        directory_at=directory_at,
        lengths_at=lengths_at,
        articles_at=articles_at,
        end=articles_at + len(tail[2]),
    )
    checksum = zlib.crc32(HEADER.pack(*header)[12:])
    for part in tail:
        checksum = zlib.crc32(part, checksum)
        file.write(part)
    file.seek(0)
    file.write(HEADER.pack(*header._replace(checksum=checksum)))


def _width(largest: int) -> int:
    """The code of the narrowest numbers that hold this one."""
    return 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 3


def _widths(largest: Array) -> Array:
    return 1 + (largest >= 1 << 8).astype(np.int64) + (largest >= 1 << 16)


def _articles(articles: Sequence[tuple[str, int]]) -> bytes:
    slugs = [slug.encode(*TEXT) for slug, _ in articles]
    hashes = np.fromiter(map(zlib.crc32, slugs), np.int64, len(slugs))
    table = np.empty((4, len(articles)), np.uint32)
    table[0] = np.cumsum([0, *(count for _, count in articles)])[:-1]
    table[1] = np.cumsum([len(slug) for slug in slugs])
    table[3] = np.argsort(hashes)
    table[2] = hashes[table[3]]
    return table.tobytes() + b"".join(slugs)


def _lay_out(run: Run, total: int, norms: Array) -> tuple[Array, Array, Array, Array, bytearray]:
    """The run's records (flags, bounds, lengths of the lists), how many bytes of postings each
    term has, and the postings."""
    counts = np.array(run.counts, np.int64)
    starts = np.cumsum(counts) - counts
    gaps = np.diff(run.passages, prepend=0)
    gaps[starts] = run.passages[starts]
    gap_codes = _widths(np.maximum.reduceat(gaps, starts))
    most = np.maximum.reduceat(run.frequencies, starts)
    frequency_codes = np.where(most == 1, 0, _widths(most))
    gives = run.frequencies / (run.frequencies + norms[run.passages])
    bounds = np.ceil(np.maximum.reduceat(gives, starts) * BOUND_STEPS).astype(np.int64)
    widths = np.asarray(SIZES)
    flags = gap_codes | frequency_codes << 2
    sizes = counts * (widths[gap_codes] + widths[frequency_codes])

    dense: dict[int, bytes] = {}
    if total >= _LEAST_FOR_BITMAPS:
        for term in np.flatnonzero(counts * DENSE > total).tolist():
            part = slice(starts[term], starts[term] + counts[term])
            rest, flag, packed = _dense(run.passages[part], run.frequencies[part], total)
            counts[term], flags[term], sizes[term] = rest, flag, len(packed)
            dense[term] = packed

    data = np.empty(int(sizes.sum()), np.uint8)
    ends = np.cumsum(sizes)
    sparse = np.ones(len(counts), bool)
    sparse[list(dense)] = False
    own = np.repeat(sparse, run.counts)
    within = np.arange(len(own)) - np.repeat(starts, run.counts)
    for codes, values, base in (
        (gap_codes, gaps, ends - sizes),
        (frequency_codes, run.frequencies, ends - sizes + counts * widths[gap_codes]),
    ):
        for code in (1, 2, 3):
            chosen = sparse & (codes == code)
            if not chosen.any():
                continue
            mine = np.repeat(chosen, run.counts) & own
            at = np.repeat(base[chosen], counts[chosen]) + within[mine] * SIZES[code]
            picked = values[mine]
            for byte in range(SIZES[code]):
                data[at + byte] = picked >> 8 * byte & 255
    laid = bytearray(data.tobytes())
    for term, packed in dense.items():
        laid[int(ends[term]) - len(packed) : int(ends[term])] = packed
    return flags, bounds, counts, sizes, laid


def _dense(passages: Array, frequencies: Array, total: int) -> tuple[int, int, bytes]:
    """A frequent term's list length, flags and postings."""
    data = len(passages).to_bytes(4, "little")
    levels = 0
    while len(passages) * DENSE > total and levels < _MOST_LEVELS:
        bits = np.zeros(total, np.uint8)
        bits[passages] = 1
        data += np.packbits(bits, bitorder="little").tobytes()
        levels += 1
        more = frequencies > levels
        passages, frequencies = passages[more], frequencies[more]
    gaps = np.diff(passages, prepend=0)
    gap_code = _width(int(gaps.max(initial=0)))
    most = int(frequencies.max(initial=0))
    frequency_code = 0 if most <= levels + 1 else _width(most)
    data += gaps.astype(f"<u{SIZES[gap_code]}").tobytes()
    if frequency_code:
        data += frequencies.astype(f"<u{SIZES[frequency_code]}").tobytes()
    return len(passages), gap_code | frequency_code << 2 | levels << 4, data
