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

from bot.search.segments.impacts import frequency_below, steps
from bot.search.segments.scoring import length_norm
from bot.search.segments.segment_format import (
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
_FREQUENT = 8
"""A term that is in at least one of so many passages has an entry for each passage, although that
takes more room: it is looked up far more often than added up."""
_TERMS_A_BUCKET = 16


class Run(NamedTuple):
    """Terms in the order of their hashes, with all their postings."""

    terms: list[bytes]
    hashes: Array
    """Their CRC-32s; int64."""
    counts: Array
    """Number of passages that hold each term."""
    passages: Array
    """The passages of the first term in order, those of the second, and so on; int64."""
    frequencies: Array
    """Frequency of the term in each of them; int64."""


def bucket_count(terms: int) -> int:
    """Return the number of buckets of a dictionary of about so many terms."""
    return max(1, terms // _TERMS_A_BUCKET)


def norms_of(lengths: Array) -> Array:
    """Return the norm of each passage of a segment, given how many terms each holds."""
    total = int(lengths.sum())
    return length_norm(lengths, total / len(lengths)) if total else np.ones(len(lengths))


def write_segment(
    file: BinaryIO,
    articles: Sequence[tuple[str, int]],
    lengths: Array,
    buckets: int,
    laid_runs: Iterable[Laid],
) -> None:
    """Write a segment to a new file.

    ``articles`` are slugs with how many passages each has, ``lengths`` the terms each passage
    holds; the runs are laid out by the norms of these lengths, and hold each term once, those of
    one bucket together.
    """
    lengths = np.asarray(lengths, np.int64)
    total = int(lengths.sum())
    average = total / len(lengths) if len(lengths) else 0.0
    file.write(bytes(HEADER.size))
    at = HEADER.size
    directory = [0]
    terms = 0
    exceptions_at = [np.empty(0, np.int64)]
    exceptions = [np.empty(0, np.int64)]
    with tempfile.TemporaryFile() as dictionary:
        for laid in laid_runs:
            terms += len(laid.terms)
            starts = np.concatenate([[0], np.cumsum(laid.sizes)]).tolist()
            exceptions_at.append(at + laid.exceptions_at)
            exceptions.append(laid.exceptions)
            numbers = laid.hashes * buckets >> 32
            edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(laid.terms)]
            records = np.empty(len(laid.terms), np.dtype("<u4, u1"))
            records["f0"], records["f1"] = laid.entries, laid.flags
            packed = records.tobytes()
            view = memoryview(laid.data)
            for first, end in pairwise(edges):
                number = int(numbers[first])
                directory += [directory[-1]] * (number + 1 - len(directory))
                text = SEPARATOR + SEPARATOR.join(laid.terms[first:end]) + SEPARATOR
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
    """Return the code of the narrowest numbers that hold this one."""
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


class Laid(NamedTuple):
    """A run's postings, in the file's format."""

    terms: list[bytes]
    hashes: Array
    flags: Array
    entries: Array
    """Number of entries of each term."""
    sizes: Array
    """Number of bytes of each term."""
    data: Array
    exceptions_at: Array
    """The offsets in ``data`` of the impacts that do not give the frequency, in order."""
    exceptions: Array
    """The frequencies behind them."""


def lay_out(run: Run, norms: Array) -> Laid:
    """Give each term the form that is smallest; ``norms`` are those of all passages."""
    counts = np.asarray(run.counts, np.int64)
    starts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    gaps = np.diff(run.passages, prepend=0)
    gaps[starts] = run.passages[starts]
    # a term's entries by the code of its gaps' width
    choices = np.empty((4, len(counts)), np.int64)
    choices[0], choices[3] = len(norms), counts
    for code in (1, 2):
        wider = np.flatnonzero(gaps > _LIMITS[code])
        padding = (gaps[wider] - 1) // _LIMITS[code]
        choices[code] = counts + np.bincount(owners[wider], padding, len(counts)).astype(np.int64)
    widths = np.asarray(SIZES)
    codes = (choices * (widths + 1)[:, None]).argmin(axis=0)
    codes[counts * _FREQUENT >= len(norms)] = 0
    entries = choices[codes, np.arange(len(counts))]
    padded = entries != counts
    heads = padded * PADDED
    sizes = heads + entries * (widths[codes] + 1)
    ends = np.cumsum(sizes)

    # index of each posting among its term's entries
    limits = _LIMITS[codes][owners]
    wider = np.flatnonzero(gaps > limits)
    padding = (gaps[wider] - 1) // limits[wider]
    gaps[wider] -= padding * limits[wider]
    skipped = np.zeros(len(gaps), np.int64)
    skipped[wider] = padding
    within = np.arange(len(gaps)) + np.cumsum(skipped)
    within -= (within[starts] - skipped[starts])[owners]
    every = np.flatnonzero((codes == 0)[owners])
    within[every] = run.passages[every]

    own_norms = norms[run.passages]
    impacts = np.ceil(steps(run.frequencies, own_norms))
    data = np.zeros(int(sizes.sum()), np.uint8)  # the impacts of entries that are no postings
    impacts_at = (ends - entries)[owners] + within
    data[impacts_at] = impacts
    gaps_at = ends - sizes + heads
    for code in (1, 2, 3):
        if not (mine := codes == code).any():
            continue
        # entries that are no postings have the widest gap, of which all bytes are 255
        some = np.flatnonzero(mine[owners[wider]])
        before = np.repeat(np.cumsum(padding[some]) - padding[some], padding[some])
        empty = np.arange(len(before)) - before
        empty += np.repeat(within[wider[some]] - padding[some], padding[some])
        empty *= SIZES[code]
        empty += np.repeat(gaps_at[owners[wider[some]]], padding[some])
        own = np.flatnonzero(mine[owners])
        at = gaps_at[owners[own]] + within[own] * SIZES[code]
        own_gaps = gaps[own]
        for byte in range(SIZES[code]):
            data[empty + byte] = 0xFF
            data[at + byte] = own_gaps >> 8 * byte & 0xFF
    at = (ends - sizes)[padded]
    for byte in range(PADDED):
        data[at + byte] = counts[padded] >> 8 * byte & 0xFF
    below = frequency_below(impacts, own_norms)
    odd = np.flatnonzero((below >= run.frequencies) | (below < run.frequencies - 1))
    return Laid(
        run.terms,
        run.hashes,
        codes | heads,
        entries,
        sizes,
        data,
        impacts_at[odd],
        run.frequencies[odd],
    )
