"""Indexing many files at once: read, split and analysed on all cores.

The files are handed out in batches. Of each, a process makes a segment's file and the catalogue's
rows; this one writes the rows, takes the segment over, and commits both together. So a kill
loses the batches under way and no more, and the memory taken is that of a few batches, however
large the corpus is. At the end the segments are merged into one, as all others are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.core.article import Version
from bot.core.reading import read
from bot.core.seams import Analyzer, ArticleStore, Record
from bot.search.bm25 import Bm25Engine
from bot.search.bulk.folder import bulk_folder
from bot.search.catalogue import Prepared, SqliteCatalogue, prepare
from bot.search.database import Database
from bot.search.processes import broken_down, end_with_parent, in_order

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from bot.search.segments.vocabulary import Vocabulary

MEGABYTES = 512
"""What building takes, where the settings do not say."""
WORTH_IT = 4_000_000
"""Bytes of files from which on other processes are faster, for all that it takes to start them."""
_LEAST_BATCH = 500_000
_BATCHES_A_PROCESS = 4
"""At the least, so that all have something to do until the end."""
_BYTES_A_FILE = 500
"""What a file takes besides its text."""
_BYTES_THE_FIRST = 70_000_000
"""What the process that waits for the others takes; measured, as all of these."""
_BYTES_A_PROCESS = 150_000_000
"""What a process takes besides its batch: libraries, and the terms of the words it met."""
_MOST_TERMS, _MOST_SLOTS = 250_000, 1 << 19
"""What of the terms a process keeps from batch to batch: some 60 MB, a part of those above."""
_COPIES = 8
"""How often a batch's text is in the memory of the process that reads it, in one form or
another."""
_COPIES_WAITING = 1
"""How often a batch's text is in the memory of the one that waits, for each under way."""

File = tuple[str, Version, str]
"""A slug, its file, and the digest of what was read of it before; empty where nothing was."""


class Result(NamedTuple):
    """What came of a batch of files."""

    same: list[tuple[str, Version]]
    """Files whose bytes were read before."""
    faults: list[tuple[str, Record]]
    articles: list[Prepared]
    segment: Path
    """A file with the articles' postings."""


class Reader(NamedTuple):
    """What reads files in another process, to which it is pickled."""

    store: ArticleStore
    make_analyzer: Callable[[], Analyzer]


class SegmentBulkIndexer:
    """A `bot.core.seams.BulkIndexer` into a `Database`'s folder."""

    def __init__(
        self,
        database: Database,
        engine: Bm25Engine,
        reader: Reader,
        megabytes: int = MEGABYTES,
        processes: int | None = None,
        worth_it: int = WORTH_IT,
    ) -> None:
        """``megabytes`` bounds what all processes take together, of which there are as many as
        cores, or ``processes``; ``worth_it`` is how many bytes of files are worth them."""
        self._database = database
        self._catalogue = SqliteCatalogue(database)
        self._engine = engine
        self._reader = reader
        self._processes = processes or os.cpu_count() or 1
        self._memory = megabytes * 1_000_000
        self._worth_it = worth_it

    def is_worth_it(self, files: Iterable[Version]) -> bool:
        return sum(version.size for version in files) >= self._worth_it

    def index(self, files: Mapping[str, Version]) -> Iterator[tuple[str, bool]]:
        with bulk_folder(self._database.folder) as folder:
            known = self._catalogue.records()  # another process may have been first
            left: list[File] = []
            for slug, version in sorted(files.items()):
                record = known.get(slug)
                if record is not None and record.version == version:
                    yield slug, False
                else:
                    left.append((slug, version, "" if record is None else record.digest))
            for result in self._results(self._batches(left), folder):
                self._keep(result)
                yield from ((slug, False) for slug, _ in result.same)
                yield from ((slug, True) for slug, _ in result.faults)
                yield from ((article.slug, True) for article in result.articles)
        self._engine.commit()

    def _keep(self, result: Result) -> None:
        """Write what came of a batch, all at once."""
        with self._catalogue.writing():
            for slug, version in result.same:
                self._catalogue.touch(slug, version)
            for slug, record in result.faults:
                self._engine.remove(slug)
                self._catalogue.put_fault(slug, record)
            for article in result.articles:
                self._catalogue.put_prepared(article)
            self._engine.adopt(result.segment)
            self._engine.commit(more=True)

    def _batches(self, files: list[File]) -> Iterator[list[File]]:
        """The files in their order, some megabytes at a time."""
        total = sum(version.size for _, version, _ in files)
        even = total // (_BATCHES_A_PROCESS * self._processes)
        most = min(max(even, _LEAST_BATCH), largest_batch(self._memory, self._processes))
        batch: list[File] = []
        size = 0
        for file in files:
            batch.append(file)
            size += file[1].size + _BYTES_A_FILE
            if size >= most:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _results(self, batches: Iterator[list[File]], folder: Path) -> Iterator[Result]:
        """What comes of the batches, in their order; no more than a few are under way."""
        from concurrent.futures.process import BrokenProcessPool

        numbered = ((batch, folder / str(number)) for number, batch in enumerate(batches))
        with _pool(self._processes, self._reader) as pool:
            try:
                yield from in_order(pool, _read_numbered, numbered, self._processes + 1)
            except BrokenProcessPool as error:
                raise broken_down() from error


def largest_batch(memory: int, processes: int) -> int:
    """How many bytes of files a batch may have, so that all processes together take no more than
    ``memory`` bytes, as far as that can be."""
    left = memory - _BYTES_THE_FIRST - _BYTES_A_PROCESS * processes
    return max(_LEAST_BATCH, left // (_COPIES * processes + _COPIES_WAITING * (processes + 1)))


# -- in the other processes ----------------------------------------------------------------------


class _Here:
    """What this process reads with, where it is one that reads."""

    store: ArticleStore
    analyzer: Analyzer
    vocabulary: Vocabulary


@contextmanager
def _pool(processes: int, reader: Reader) -> Iterator[Executor]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # a fork of a process with threads may hang, so each starts afresh
    given = reader.store, reader.make_analyzer
    pool = ProcessPoolExecutor(processes, get_context("spawn"), start, given)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def start(store: ArticleStore, make_analyzer: Callable[[], Analyzer]) -> None:
    """Prepare a process that reads, given a `Reader`'s fields."""
    from bot.search.segments.vocabulary import Vocabulary

    end_with_parent()
    _Here.store = store
    _Here.analyzer = make_analyzer()
    _Here.vocabulary = Vocabulary(_MOST_TERMS, _MOST_SLOTS)


def _read_numbered(batch: tuple[list[File], Path]) -> Result:
    return read_batch(*batch)


def read_batch(files: list[File], segment: Path) -> Result:
    """Read some files; writes a segment's file."""
    from bot.search.segments.building import SegmentBuilder

    store, analyzer = _Here.store, _Here.analyzer
    result = Result([], [], [], segment)
    builder = SegmentBuilder(_Here.vocabulary)
    for slug, version, known in files:
        if known and store.digest(version) == known:
            result.same.append((slug, version))
            continue
        record, article, language, passages = read(slug, version, store, analyzer)
        if article is None:
            result.faults.append((slug, record))
            continue
        result.articles.append(prepare(article, language, passages, record))
        texts = [passage.text for passage in passages]
        builder.add_texts(slug, texts, analyzer.chunk_terms(language))
    with segment.open("xb") as file:
        builder.write(file)
    return result
