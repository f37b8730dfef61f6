"""A run: the inverted passages of some articles in files, on their way into a segment.

Nothing in it is compressed, for it is read once, soon, by the same program (sort-based inversion:
Witten, Moffat and Bell, "Managing Gigabytes", 1999, ch. 5). Its files are mapped, so that they take
no memory of the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bot.search.segments.article_table import ArticleTable
from bot.search.segments.scratch import mapped
from bot.search.segments.segment_format import SEPARATOR, Array
from bot.search.segments.term_layout import Run

_FIELDS = ("hashes", "text_ends", "posting_ends", "passages", "frequencies")
"""The files of numbers: of each term its hash, where it ends among the terms' texts and where its
postings end among all; of each posting its passage and its frequency. All are uint32."""
_AT_ONCE = 1 << 16
"""Number of postings of one term that are read at a time."""


def write_run(
    folder: Path,
    articles: Sequence[tuple[str, int]],
    order: Sequence[int],
    lengths: Array,
    runs: Iterable[Run],
) -> None:
    """Write a run to a new folder: slugs with how many passages each has, what the articles are
    ordered by (see `bot.search.segments.article_table.ArticleSource`), how many terms each passage
    holds, and all postings in the order of their terms' hashes. Raises `OSError`."""
    folder.mkdir()
    table = ArticleTable.of(articles)
    for name, array in table._asdict().items():
        array.tofile(folder / name)
    np.array(order, np.uint32).tofile(folder / "order")
    lengths.astype(np.uint32).tofile(folder / "lengths")
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
        self.terms = folder / "terms"
        self.hashes, self.text_ends, self.posting_ends, self.passages, self.frequencies = (
            mapped(folder / field, np.uint32) for field in _FIELDS
        )
        self.passage_count = (folder / "lengths").stat().st_size // 4
        self.term_count = len(self.hashes)
        self.posting_count = len(self.passages)

    @property
    def articles(self) -> ArticleTable:
        return ArticleTable(
            mapped(self._folder / "counts", np.uint32),
            mapped(self._folder / "slug_ends", np.uint64),
            mapped(self._folder / "slugs", np.uint8),
        )

    @property
    def order(self) -> Array:
        return mapped(self._folder / "order", np.uint32)

    @property
    def lengths(self) -> Array:
        return mapped(self._folder / "lengths", np.uint32)

    def span(self, low: int, high: int) -> RunSpan:
        first = int(self.hashes.searchsorted(np.uint32(low)))
        end = int(self.hashes.searchsorted(np.uint32(high - 1), "right"))
        return RunSpan(self, first, end)


class RunSpan:
    """A `bot.search.segments.joining.TermSpan` of a run."""

    def __init__(self, run: RunFile, first: int, end: int) -> None:
        """The span is of the terms from ``first`` to before ``end``."""
        self._run = run
        self.hashes = run.hashes[first:end].astype(np.int64)
        self.terms: list[bytes] = []
        self._ends = run.posting_ends[first:end].astype(np.int64)
        self._start = int(run.posting_ends[first - 1]) if first else 0
        self.counts = np.diff(self._ends, prepend=self._start)
        if first < end:
            start = int(run.text_ends[first - 1]) if first else 0
            with run.terms.open("rb") as texts:
                texts.seek(start)
                self.terms = texts.read(int(run.text_ends[end - 1]) - start).split(SEPARATOR)[:-1]

    def read(self, first: int, end: int) -> tuple[Array, Array, Array]:
        own = slice(self._start_of(first), int(self._ends[end - 1]))
        return self.counts[first:end], self._run.passages[own], self._run.frequencies[own]

    def pieces(self, at: int) -> Iterator[tuple[Array, Array]]:
        end = int(self._ends[at])
        for start in range(self._start_of(at), end, _AT_ONCE):
            own = slice(start, min(start + _AT_ONCE, end))
            yield self._run.passages[own], self._run.frequencies[own]

    def _start_of(self, term: int) -> int:
        return int(self._ends[term - 1]) if term else self._start
