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

from bot.search.impacts import least_frequency, steps
from bot.search.scoring import length_norm
from bot.search.segment import (
    BUCKET,
    HEADER,
    MAGIC,
    PADDED,
    SEPARATOR,
    SIZES,
    TERM,
    TEXT,
    Header,
)

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_LIMITS = np.array([1, 0xFF, 0xFFFF, 0xFFFFFFFF])
"""The widest gap by the code of its width."""
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
    exceptions_at = [np.empty(0, np.int64)]
    exceptions = [np.empty(0, np.int64)]
    with tempfile.TemporaryFile() as dictionary:
        for run in runs:
            terms += len(run.terms)
            laid = _lay_out(run, len(lengths), norms)
            starts = np.concatenate([[0], np.cumsum(laid.sizes)]).tolist()
            exceptions_at.append(at + laid.exceptions_at)
            exceptions.append(laid.exceptions)
            hashes = np.fromiter(map(zlib.crc32, run.terms), np.int64, len(run.terms))
            numbers = hashes * buckets >> 32
            edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(run.terms)]
            records = np.empty(len(run.terms), np.dtype("<u4, u1"))
            records["f0"], records["f1"] = laid.entries, laid.flags
            packed = records.tobytes()
            view = memoryview(laid.data)
            for first, end in pairwise(edges):
                number = int(numbers[first])
                directory += [directory[-1]] * (number + 1 - len(directory))
                text = SEPARATOR + SEPARATOR.join(run.terms[first:end]) + SEPARATOR
                checksum = zlib.crc32(view[starts[first] : starts[end]])
                bucket = BUCKET.pack(0, checksum, end - first, len(text), at + starts[first])
                bucket += text + packed[first * TERM.size : end * TERM.size]
                dictionary.write(zlib.crc32(bucket[4:]).to_bytes(4, "little") + bucket[4:])
                directory.append(directory[-1] + len(bucket))
            file.write(laid.data)
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
        np.concatenate(exceptions_at).astype("<u8").tobytes()
        + np.concatenate(exceptions).astype("<u4").tobytes(),
        _articles(articles),
    )
    directory_at = buckets_at + directory_size
    lengths_at = directory_at + len(tail[0])
    exceptions_at_byte = lengths_at + len(tail[1])
    articles_at = exceptions_at_byte + len(tail[2])
    header = Header(
        magic=MAGIC,
        checksum=0,
        passages=len(lengths),
        articles=len(articles),
        terms=terms,
        buckets=buckets,
        longest=int(lengths.max(initial=0)),
        length_code=code,
        format=2,
        average_length=average,
        total_length=total,
        buckets_at=buckets_at,
        directory_at=directory_at,
        lengths_at=lengths_at,
        exceptions_at=exceptions_at_byte,
        articles_at=articles_at,
        end=articles_at + len(tail[3]),
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


def _articles(articles: Sequence[tuple[str, int]]) -> bytes:
    slugs = [slug.encode(*TEXT) for slug, _ in articles]
    hashes = np.fromiter(map(zlib.crc32, slugs), np.int64, len(slugs))
    table = np.empty((4, len(articles)), np.uint32)
    table[0] = np.cumsum([0, *(count for _, count in articles)])[:-1]
    table[1] = np.cumsum([len(slug) for slug in slugs])
    table[3] = np.argsort(hashes)
    table[2] = hashes[table[3]]
    return table.tobytes() + b"".join(slugs)


class _Laid(NamedTuple):
    """A run's postings as they are to lie in the file."""

    flags: Array
    entries: Array
    """How many each term has."""
    sizes: Array
    """How many bytes each term takes."""
    data: Array
    exceptions_at: Array
    """The places in ``data`` of the impacts that do not tell the frequency, in order."""
    exceptions: Array
    """The frequencies behind them."""


def _lay_out(run: Run, total: int, norms: Array) -> _Laid:
    """Give each term the form that is smallest. ``total`` is how many passages there are."""
    counts = np.asarray(run.counts, np.int64)
    starts = np.cumsum(counts) - counts
    gaps = np.diff(run.passages, prepend=0)
    gaps[starts] = run.passages[starts]
    # a term's entries by the code of its gaps' width
    choices = np.empty((4, len(counts)), np.int64)
    choices[0], choices[3] = total, counts
    for code in (1, 2):
        wider = np.flatnonzero(gaps > _LIMITS[code])
        padding = np.zeros(len(gaps), np.int64)
        padding[wider] = (gaps[wider] - 1) // _LIMITS[code]
        choices[code] = counts + np.add.reduceat(padding, starts)
    widths = np.asarray(SIZES)
    codes = (choices * (widths + 1)[:, None]).argmin(axis=0)
    entries = choices[codes, np.arange(len(counts))]
    padded = entries != counts
    heads = padded * PADDED
    sizes = heads + entries * (widths[codes] + 1)

    # the entries of all terms, one after the other
    first_entries = np.cumsum(entries) - entries
    limits = np.repeat(_LIMITS[codes], counts)
    padding = np.where(gaps > limits, (gaps - 1) // limits, 0)
    places = np.cumsum(padding + 1) - 1
    places += np.repeat(first_entries - (places - padding)[starts], counts)
    every = np.repeat(codes == 0, counts)
    places[every] = (np.repeat(first_entries, counts) + run.passages)[every]
    own_norms = norms[run.passages]
    impacts = np.ceil(steps(run.frequencies, own_norms))
    entry_gaps = np.repeat(_LIMITS[codes], entries)
    entry_gaps[places] = gaps - padding * limits
    entry_impacts = np.zeros(len(entry_gaps), np.uint8)
    entry_impacts[places] = impacts

    data = np.empty(int(sizes.sum()), np.uint8)
    ends = np.cumsum(sizes)
    impacts_at = np.arange(len(entry_gaps)) + np.repeat(ends - entries - first_entries, entries)
    data[impacts_at] = entry_impacts
    for code in (1, 2, 3):
        mine = np.flatnonzero(codes == code)
        if len(mine):
            own = np.repeat(codes == code, entries)
            within = np.arange(len(own))[own] - np.repeat(first_entries[mine], entries[mine])
            at = np.repeat((ends - sizes + heads)[mine], entries[mine]) + within * SIZES[code]
            for byte in range(SIZES[code]):
                data[at + byte] = entry_gaps[own] >> 8 * byte & 0xFF
    at = (ends - sizes)[padded]
    for byte in range(PADDED):
        data[at + byte] = counts[padded] >> 8 * byte & 0xFF
    odd = np.flatnonzero(least_frequency(impacts, own_norms) != run.frequencies)
    return _Laid(codes | heads, entries, sizes, data, impacts_at[places[odd]], run.frequencies[odd])
