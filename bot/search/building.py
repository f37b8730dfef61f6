"""From passages to a segment: the terms are numbered, and their places sorted by term."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

import numpy as np

from bot.search.segment import TEXT
from bot.search.segment_writer import Run, bucket_count, write_segment

Passages = Sequence[Sequence[str]]
"""The terms of each passage of an article."""

_POSTINGS_A_RUN = 2_000_000


def build_segment(file: BinaryIO, articles: Sequence[tuple[str, Passages]]) -> None:
    """Write a segment of these articles, given as slugs and passages, to a new file."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    passages = [passage for _, passages in articles for passage in passages]
    lengths = np.fromiter(map(len, passages), np.int64, len(passages))
    tokens = np.fromiter(
        map(numbers.__getitem__, chain.from_iterable(passages)), np.int64, int(lengths.sum())
    )
    terms = [term.encode(*TEXT) for term in numbers]
    hashes = np.fromiter(map(zlib.crc32, terms), np.int64, len(terms))
    order = np.argsort(hashes, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    # one sort brings the terms into their order, and each term's passages into theirs
    places = rank[tokens] << 32 | np.repeat(np.arange(len(passages)), lengths)
    places.sort()
    write_segment(
        file,
        [(slug, len(passages)) for slug, passages in articles],
        lengths,
        bucket_count(len(terms)),
        _runs(places, [terms[number] for number in order.tolist()], hashes[order]),
    )


def _runs(places: Any, terms: list[bytes], hashes: Any) -> Iterator[Run]:
    if not terms:
        return
    new = np.flatnonzero(np.diff(places, prepend=-1))
    frequencies = np.diff(new, append=len(places))
    postings = places[new]
    owners = postings >> 32
    passages = postings & 0xFFFFFFFF
    starts = np.append(np.flatnonzero(np.diff(owners, prepend=-1)), len(owners))
    first = 0
    while first < len(terms):
        end = int(starts.searchsorted(starts[first] + _POSTINGS_A_RUN, "right")) - 1
        end = min(max(end, first + 1), len(terms))
        end = next(  # terms of one bucket stay together, and so do those of one hash
            (at for at in range(end, len(terms)) if not _same_bucket(hashes, at, len(terms))),
            len(terms),
        )
        part = slice(int(starts[first]), int(starts[end]))
        yield Run(
            terms[first:end],
            np.diff(starts[first : end + 1]),
            passages[part],
            frequencies[part],
        )
        first = end


def _same_bucket(hashes: Any, at: int, terms: int) -> bool:
    """Whether the term at this place and the one before it share a bucket."""
    buckets = bucket_count(terms)
    return bool(hashes[at - 1] * buckets >> 32 == hashes[at] * buckets >> 32)
