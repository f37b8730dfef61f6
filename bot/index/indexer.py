"""The indexer, the only writer of an index.

The store is the truth. A refresh compares what lies there with what was read, by names, sizes and
times alone, reads what differs, and leaves the rest untouched. A damaged index is thrown away and
rebuilt. Only where there is something to write is the write side opened at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import PurePosixPath

from bot.core.errors import DamagedIndexError, IndexBusyError, StorageError
from bot.core.light_typing import TYPE_CHECKING
from bot.core.seams import Analyzer, ArticleStore, Changes, Fault, FileRecord, Progress
from bot.index.refresh_plan import decide, engine_gap, faults_of, in_order

if TYPE_CHECKING:
    import logging

    from bot.index.article_writer import ArticleWriter, WriteSide
    from bot.index.shelf_snapshot import IndexSnapshot

_TRIES = 5
"""Number of attempts to rebuild an index that is damaged again meanwhile."""


class Indexer:
    """Keeps one store's index up to date; one thread works at a time, however many call."""

    def __init__(
        self,
        store: ArticleStore,
        read: Callable[[], AbstractContextManager[IndexSnapshot]],
        write: Callable[[], WriteSide],
        analyzer: Analyzer,
        patience: float = 120.0,
    ) -> None:
        """``read`` opens the current snapshot; ``write`` opens the write side, and is called when
        something is to be written for the first time. ``patience`` is the number of seconds to wait
        for another thread of this process."""
        self._store = store
        self._read_side = read
        self._open_side = write
        self._analyzer = analyzer
        self._patience = patience
        self._writing = threading.Lock()
        """The first in the order of locks that `bot.index.index_folder` gives."""
        self._written: ArticleWriter | None = None
        """The write side, opened when something is to be written."""
        self._faults: list[Fault] = []

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        with self._alone():
            for tries in range(_TRIES):
                try:
                    self._check_background()
                    return self._refresh(progress, slugs)
                except DamagedIndexError as error:
                    if tries == _TRIES - 1:
                        raise
                    _logger().info("the index is made anew: %s", error)
                    self._writer.side().catalogue.reset()
                    slugs = None
            raise AssertionError

    def rebuild(
        self, progress: Progress | None = None, damaged: tuple[int, int] | None = None
    ) -> Changes:
        """Discard the index and rebuild it from the store, unless another process has done so since
        the file ``damaged``, if given, was found to be damaged."""
        with self._alone():
            self._writer.side().catalogue.reset(damaged)
        return self.refresh(progress)

    def faults(self) -> list[Fault]:
        """Return the files that the last refresh found to be no articles, and why, by path."""
        return self._faults

    @contextmanager
    def left_out(self, slug: str) -> Iterator[None]:
        with self._read_side() as held:
            entry = held.catalogue.entries([slug])[slug]
            passages = tuple(held.catalogue.all_passages(slug))
        engine = self._writer.side().engine
        engine.remove(slug)
        try:
            yield
        finally:
            self._writer.put(slug, entry.language, passages)

    def close(self) -> None:
        """Wait for background work."""
        with self._writing, suppress(StorageError):  # a missing index need not be closed
            if self._written is not None and self._written.opened is not None:
                self._written.opened.engine.close()

    @property
    def _writer(self) -> ArticleWriter:
        if self._written is None:
            from bot.index.article_writer import ArticleWriter  # most questions write nothing

            self._written = ArticleWriter(self._store, self._open_side, self._analyzer)
        return self._written

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=self._patience):
            raise IndexBusyError("index.remade_for_a_moment")
        try:
            yield
        finally:
            self._writing.release()

    def _check_background(self) -> None:
        """Log the error of a background merge, which is tried again after the next commit. Raises
        `DamagedIndexError` if that would not help."""
        opened = None if self._written is None else self._written.opened
        fault = None if opened is None else opened.engine.background_fault()
        if isinstance(fault, DamagedIndexError):
            raise fault
        if fault is not None:
            _logger().warning("%s", fault)

    def _refresh(self, progress: Progress | None, slugs: Set[str] | None) -> Changes:
        listing = self._store.list(slugs)
        records = self._records(slugs)
        changes = Changes()
        if decide(listing, records):
            changes = self._writer.carry_out(listing, progress, slugs)
            records = self._records(slugs)
        faults = faults_of(listing, records)
        self._fill_engine(records, progress, slugs)
        if slugs is None:
            with self._read_side() as held:
                is_finished = held.is_finished
            if not is_finished and not decide(listing, records):
                self._writer.side().catalogue.finish(len(records))
        else:
            kept = [f for f in self._faults if PurePosixPath(f.path).stem not in slugs]
            faults = in_order([*kept, *faults])
        self._faults = faults
        return changes

    def _records(self, slugs: Set[str] | None) -> Mapping[str, FileRecord]:
        """Return the records of the store's files, from the read side if there is an index."""
        try:
            with self._read_side() as held:
                return held.catalogue.records(slugs)
        except StorageError:
            return self._writer.side().catalogue.records(slugs)

    def _fill_engine(
        self, records: Mapping[str, FileRecord], progress: Progress | None, slugs: Set[str] | None
    ) -> None:
        """Make the engine hold the articles of these records."""
        wanted = {slug: record.sha256 for slug, record in records.items() if record.fault is None}
        indexed = {} if self._written is None else self._written.indexed
        with self._read_side() as snapshot:
            gap = engine_gap(wanted, snapshot.engine.articles(), indexed, slugs)
        if gap:
            self._writer.fill_engine(gap, records, progress)
        if slugs is None:
            for slug in indexed.keys() - wanted.keys():
                del indexed[slug]


def _logger() -> logging.Logger:
    import logging  # most questions have nothing to tell

    return logging.getLogger(__name__)
