"""Indexing many files at once: read, split and inverted on all cores.

The files are handed out in portions. From each portion a worker process makes the catalogue's rows,
which this process writes and commits as they come, and postings, which the worker keeps: all of
them become one segment once the last file is read. A kill therefore loses the postings alone, and
the indexer makes them from the rows when it finds that the engine lacks them
(`SegmentBulkIndexer.restore`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path

from bot.core.article import Version
from bot.core.named_tuple import NamedTuple
from bot.core.passages.article_reading import read
from bot.core.seams import Analyzer, ArticleStore, FileRecord, Progress
from bot.index.catalogue import SqliteCatalogue
from bot.index.index_database import Database
from bot.index.prepared_articles import PreparedArticle, prepare
from bot.search.bm25 import Bm25Engine
from bot.search.bulk.inverter import PORTION, Inverter, bulk_folder, portions, shares, write_segment
from bot.search.bulk.texts import Texts, write_texts
from bot.search.process_pool import Call, apart

MEGABYTES = 512
"""Megabytes that building may take, unless the settings say otherwise."""
WORTH_IT = 4_000_000
"""Bytes of files from which other processes are faster, in spite of their start."""
_BYTES_A_FILE = 500
"""Bytes that a file takes besides its text."""

File = tuple[str, Version, str]
"""A slug, its file, and the SHA-256 of what was read of it before; empty if nothing was."""


class FilesRead(NamedTuple):
    """The result of reading some files."""

    same: list[tuple[str, Version]]
    """Files whose bytes were read before."""
    faults: list[tuple[str, FileRecord]]
    articles: list[PreparedArticle]


class FileReadingJob(NamedTuple):
    """A job that reads files in another process, to which it is pickled."""

    store: ArticleStore
    make_analyzer: Callable[[], Analyzer]


class FileInverter(Inverter):
    """Reads files, and inverts what they hold."""

    def __init__(self, folder: Path, reader: FileReadingJob, memory: int, number: int) -> None:
        super().__init__(folder, reader.make_analyzer, memory, number)
        self._store = reader.store

    def read(self, ordinal: int, files: Iterable[File]) -> FilesRead:
        """Read some files; ``ordinal`` is as in `Inverter.add`."""
        result = FilesRead([], [], [])
        for slug, version, known in files:
            if known and self._store.sha256(version) == known:
                result.same.append((slug, version))
                continue
            record, article, language, passages = read(slug, version, self._store, self.analyzer)
            if article is None:
                result.faults.append((slug, record))
                continue
            result.articles.append(prepare(article, language, passages, record))
            self.add(ordinal, slug, language, [passage.text for passage in passages])
        return result


class SegmentBulkIndexer:
    """A `bot.core.seams.BulkIndexer` into a `Database`'s folder."""

    def __init__(
        self,
        database: Database,
        engine: Bm25Engine,
        reader: FileReadingJob,
        megabytes: int = MEGABYTES,
        processes: int | None = None,
        worth_it: int = WORTH_IT,
        portion: int = PORTION,
    ) -> None:
        """``megabytes`` bounds the memory of all processes together, of which there are as many as
        `shares` says, or ``processes``. Fewer than ``worth_it`` bytes of files are read in this
        process; a process is given some ``portion`` bytes at a time."""
        self._database = database
        self._catalogue = SqliteCatalogue(database)
        self._engine = engine
        self._reader = reader
        self._megabytes = megabytes
        self._processes = processes
        self._worth_it = worth_it
        self._portion = portion

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
                    left.append((slug, version, "" if record is None else record.sha256))
            if not left:
                return
            hashes: dict[str, str] = {}
            share = shares(self._megabytes, self._processes)
            make = partial(FileInverter, folder, self._reader, share.memory)
            with apart(make, share.processes) as workers:
                handed_out = portions(
                    left, lambda file: file[1].size + _BYTES_A_FILE, self._portion
                )
                calls: Iterator[Call] = (("read", each) for each in enumerate(handed_out))
                for result in workers.call(calls):
                    self._keep(result)
                    hashes |= {each.slug: each.record.sha256 for each in result.articles}
                    yield from ((slug, False) for slug, _ in result.same)
                    yield from ((slug, True) for slug, _ in result.faults)
                    yield from ((article.slug, True) for article in result.articles)
                if write_segment(workers, folder / "segment"):
                    self._adopt(folder / "segment", hashes)

    def restore(self, slugs: Set[str], progress: Progress | None = None) -> None:
        with bulk_folder(self._database.folder) as folder:
            held = self._engine.articles()  # another process may have been first
            lacking = sorted(slug for slug in slugs if slug not in held)
            hashes: dict[str, str] = {}
            texts = self._kept(lacking, hashes, progress)
            make = self._reader.make_analyzer
            segment = write_texts(folder, texts, make, self._megabytes, self._processes)
            if segment is not None:
                self._adopt(segment, hashes)

    def _kept(
        self, slugs: Sequence[str], hashes: dict[str, str], progress: Progress | None
    ) -> Iterator[Texts]:
        """Yield the texts that the catalogue holds of these articles; records the SHA-256 of each
        first."""
        entries = self._catalogue.entries(slugs)
        for done, (slug, entry) in enumerate(entries.items(), 1):
            hashes[slug] = self._catalogue.records([slug])[slug].sha256
            passages = [passage.text for passage in self._catalogue.all_passages(slug)]
            yield Texts(slug, entry.language, passages)
            if progress is not None:
                progress(done, len(entries))

    def _keep(self, result: FilesRead) -> None:
        """Write the results of reading some files, all at once; what the engine holds of them is
        removed, so that it never returns what no longer exists."""
        with self._catalogue.writing():
            for slug, version in result.same:
                self._catalogue.touch(slug, version)
            for slug, record in result.faults:
                self._engine.remove(slug)
                self._catalogue.put_fault(slug, record)
            for article in result.articles:
                self._engine.remove(article.slug)
                self._catalogue.put_prepared(article)
            self._engine.commit()

    def _adopt(self, segment: Path, hashes: Mapping[str, str]) -> None:
        """Let the engine take over a segment of articles with these hashes, without those that
        another process has changed since they were read."""
        with self._catalogue.writing():
            now = {slug: record.sha256 for slug, record in self._catalogue.records().items()}
            stale = {slug for slug, sha256 in hashes.items() if now.get(slug) != sha256}
            self._engine.adopt(segment, stale)
            self._engine.commit()
