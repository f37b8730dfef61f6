"""The index of one shelf: a read side, a write side, and what is done where it is damaged.

A question never rebuilds and never waits for a writer. Where what it reads is damaged, the indexer
is told, which makes it anew in a thread of its own. The next try waits a few seconds for that, and
then does with what the articles' files hold.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol

from bot.core.errors import BotError, DamagedIndexError, StorageError, UnfinishedIndexError
from bot.core.seams import (
    Analyzer,
    ArticleStore,
    Changes,
    Fault,
    Listing,
    Progress,
    SearchEngine,
    Snapshot,
)
from bot.index.indexer import Indexer
from bot.index.shelf_snapshot import IndexSnapshot

_PATIENCE = 3.0
"""Seconds that a question waits for a repair."""
_PAUSE = 5.0
"""Seconds after which a repair that failed is tried again."""


class Reader(Protocol):
    """Opens snapshots; see `bot.index.index_reader.IndexReader`."""

    @property
    def identity(self) -> tuple[int, int] | None: ...
    def open(self) -> AbstractContextManager[IndexSnapshot]: ...
    def trust(self) -> None: ...
    def close(self) -> None: ...


class ShelfIndex:
    """Implements `bot.core.seams.Index`."""

    def __init__(
        self,
        store: ArticleStore,
        reader: Reader,
        indexer: Indexer,
        analyzer: Analyzer,
        make_engine: Callable[[], SearchEngine],
    ) -> None:
        """``make_engine`` makes an engine that lives in memory."""
        self._store = store
        self._reader = reader
        self._indexer = indexer
        self._analyzer = analyzer
        self._make_engine = make_engine
        self._state = threading.Lock()
        """Held for a moment, to begin a repair or to note its end."""
        self._repair: threading.Event | None = None
        """Set when the repair that is under way has ended."""
        self._not_before = 0.0
        """Monotonic time in seconds before which no repair is tried again."""
        self._is_behind = False
        """True if the last refresh could not write what it found."""
        self._reading_files = threading.Lock()
        self._from_files: tuple[Listing, IndexSnapshot] | None = None

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with ExitStack() as stack:
            snapshot = self._open(stack)
            try:
                yield snapshot
            finally:
                if snapshot.fault is not None:
                    self._report(snapshot.fault, snapshot.identity)

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        try:
            changes = self._indexer.refresh(progress, slugs)
        except StorageError:
            self._is_behind = True
            raise
        if slugs is None:
            self._is_behind = False
            self._from_files = None
        return changes

    def rebuild(self, progress: Progress | None = None) -> Changes:
        return self._indexer.rebuild(progress)

    def faults(self) -> list[Fault]:
        return self._indexer.faults()

    def left_out(self, slug: str) -> AbstractContextManager[None]:
        return self._indexer.left_out(slug)

    def close(self) -> None:
        self._indexer.close()
        self._reader.close()

    # -- opening a snapshot ----------------------------------------------------------------------

    def _open(self, stack: ExitStack) -> IndexSnapshot:
        """Return the index as it is, as it is after a repair, as the files are, or as it was before
        what could not be written: the first of these that there is."""
        fault: StorageError | None = None
        if self._repair is None and not self._is_behind:
            opened, fault = self._try(stack)
            if opened is not None:
                return opened
        if self._is_repaired():
            opened, fault = self._try(stack)
            if opened is not None:
                return opened
        try:
            return self._snapshot_of_files()
        except StorageError as error:
            if not self._is_behind:
                raise (fault or error) from error
        opened, fault = self._try(stack)
        if opened is None:
            assert fault is not None  # noqa: S101 - one of the two
            raise fault
        return opened

    def _try(self, stack: ExitStack) -> tuple[IndexSnapshot | None, StorageError | None]:
        identity = self._reader.identity
        try:
            return stack.enter_context(self._reader.open()), None
        except StorageError as error:
            self._report(error, identity)
            return None, error

    def _snapshot_of_files(self) -> IndexSnapshot:
        from bot.index.from_files import snapshot_of_files

        with self._reading_files:  # other threads wait here for the same snapshot
            listing = self._store.list()
            if self._from_files is None or self._from_files[0] != listing:
                made = snapshot_of_files(self._store, listing, self._analyzer, self._make_engine)
                self._from_files = listing, made
            return self._from_files[1]

    # -- repairing -------------------------------------------------------------------------------

    def _report(self, fault: StorageError, identity: tuple[int, int] | None) -> None:
        """Start a repair, unless one is under way or nothing can be repaired. ``identity`` is that
        of the file in which the fault was found."""
        if not isinstance(fault, DamagedIndexError | UnfinishedIndexError):
            return
        with self._state:
            if self._repair is not None or time.monotonic() < self._not_before:
                return
            self._repair = threading.Event()
        # a process that asks once need not wait for its end: finished work is kept
        threading.Thread(
            target=self._do_repair, args=(self._repair, fault, identity), name="repair", daemon=True
        ).start()

    def _do_repair(
        self, done: threading.Event, fault: StorageError, identity: tuple[int, int] | None
    ) -> None:
        try:
            if isinstance(fault, DamagedIndexError):
                self._indexer.rebuild(damaged=identity)
            else:  # the process that was making it may have been killed
                self._indexer.refresh()
            self._reader.trust()
            self._from_files = None
        except BotError as error:
            import logging

            self._not_before = time.monotonic() + _PAUSE
            logging.getLogger(__name__).warning("%s", error)
        finally:
            with self._state:
                self._repair = None
            done.set()

    def _is_repaired(self) -> bool:
        """Return whether a repair has ended, after waiting a few seconds for it."""
        repair = self._repair
        return not self._is_behind and (repair is None or repair.wait(_PATIENCE))
