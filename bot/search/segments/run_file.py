"""A run: the inverted passages of some articles in files, on their way into a segment.

Nothing in it is compressed, for it is read once, soon, by the same program (sort-based inversion:
Witten, Moffat and Bell, "Managing Gigabytes", 1999, ch. 5).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from bot.search.segments.segment_format import SEPARATOR
from bot.search.segments.segment_writer import Run

Array = Any
"""A numpy array; numpy's own types would say no more of its shape."""

_FIELDS = ("hashes", "text_ends", "posting_ends", "passages", "frequencies")
"""The files of numbers: of each term its hash, where it ends among the terms' texts and where its
postings end among all; of each posting its passage and its frequency. All are uint32."""


def write_run(
    folder: Path,
    articles: Sequence[tuple[str, int]],
    order: Sequence[int],
    lengths: Array,
    runs: Iterable[Run],
) -> None:
    """Write a run to a new folder: slugs with how many passages each has, what the articles are
    ordered by (see `bot.search.segments.joining.PostingSource`), how many terms each passage
    holds, and all postings in the order of their terms' hashes."""
    folder.mkdir()
    (folder / "articles").write_text(json.dumps([articles, order]), "ascii")
    (folder / "lengths").write_bytes(lengths.astype(np.uint32).tobytes())
    text_end = posting_end = 0
    with ExitStack() as stack:
        texts = stack.enter_context((folder / "terms").open("xb"))
        files = [stack.enter_context((folder / field).open("xb")) for field in _FIELDS]
        for run in runs:
            texts.write(SEPARATOR.join([*run.terms, b""]))
            text_ends = text_end + np.cumsum([len(term) + 1 for term in run.terms])
            posting_ends = posting_end + np.cumsum(run.counts)
            text_end, posting_end = int(text_ends[-1]), int(posting_ends[-1])
            values = (run.hashes, text_ends, posting_ends, run.passages, run.frequencies)
            for file, value in zip(files, values, strict=True):
                file.write(value.astype(np.uint32).tobytes())


class RunFile:
    """A `bot.search.segments.joining.PostingSource` of a run's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.passage_count = (folder / "lengths").stat().st_size // 4
        self._terms = folder / "terms"
        self._hashes, self._text_ends, self._posting_ends, self._passages, self._frequencies = (
            _mapped(folder / field) for field in _FIELDS
        )
        self.term_count = len(self._hashes)
        self.posting_count = len(self._passages)

    @property
    def articles(self) -> Sequence[tuple[str, int]]:
        return self._described[0]

    @property
    def order(self) -> Sequence[int]:
        return self._described[1]

    @cached_property
    def _described(self) -> tuple[Sequence[tuple[str, int]], Sequence[int]]:
        articles, order = json.loads((self._folder / "articles").read_text("ascii"))
        return articles, order

    @property
    def lengths(self) -> Array:
        return np.fromfile(self._folder / "lengths", np.uint32).astype(np.int64)

    def read(self, low: int, high: int) -> Run:
        first = int(self._hashes.searchsorted(np.uint32(low)))
        end = int(self._hashes.searchsorted(np.uint32(high - 1), "right"))
        if first == end:
            nothing = np.empty(0, np.int64)
            return Run([], nothing, nothing, nothing, nothing)
        start = int(self._posting_ends[first - 1]) if first else 0
        posting_ends = self._posting_ends[first:end].astype(np.int64)
        stop = int(posting_ends[-1])
        text_start = int(self._text_ends[first - 1]) if first else 0
        with self._terms.open("rb") as texts:
            texts.seek(text_start)
            text = texts.read(int(self._text_ends[end - 1]) - text_start)
        return Run(
            text.split(SEPARATOR)[:-1],
            self._hashes[first:end].astype(np.int64),
            np.diff(posting_ends, prepend=start),
            self._passages[start:stop].astype(np.int64),
            self._frequencies[start:stop].astype(np.int64),
        )


def _mapped(path: Path) -> Array:
    if not path.stat().st_size:  # nothing cannot be mapped
        return np.empty(0, np.uint32)
    return np.memmap(path, np.uint32, "r")
