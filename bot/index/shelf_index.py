"""The index of one shelf: a read side, a write side, and the answers while the first is damaged.

A question never rebuilds and never waits for a writer. Where it finds damage, it tells the indexer,
which makes the index anew in a thread of its own. Where the articles are few, the next try waits a
second for that, and then reads their files; where they are many, it reads at once those that hold
the question's words. What would need all of many files waits for as long as a question may take.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext

from bot.core.errors import DamagedIndexError, IndexBusyError, StorageError, UnfinishedIndexError
from bot.core.light_typing import TYPE_CHECKING, Protocol
from bot.core.named_tuple import NamedTuple
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
from bot.index.repairs import HeldSnapshot, Repairs
from bot.index.shelf_snapshot import IndexSnapshot

if TYPE_CHECKING:
    from bot.index.searched_files import SearchedFiles

_OF_SEGMENTS = "segment."
"""The beginning of the codes of faults that were found in a segment."""


class Patience(NamedTuple):
    """Seconds that questions wait for a repair."""

    files: float = 1.0
    """Seconds before they read the files of a few articles."""
    repair: float = 12.0
    """Seconds where that was not enough."""


class ReadSide(Protocol):
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
        reader: ReadSide,
        indexer: Indexer,
        analyzer: Analyzer,
        make_engine: Callable[[], SearchEngine],
        patience: Patience = Patience(),  # noqa: B008 - a NamedTuple
        repairs: Repairs | None = None,
    ) -> None:
        """``make_engine`` makes an engine that lives in memory."""
        self._store = store
        self._reader = reader
        self._indexer = indexer
        self._analyzer = analyzer
        self._make_engine = make_engine
        self._patience = patience
        self._repairs = repairs or Repairs()
        self._held = HeldSnapshot()
        """The index that is being made anew, where its articles are undamaged."""
        self._thread = threading.local()
        """Keeps the type of the fault that each thread's last snapshot met: then the thread tries
        something else. (An error itself would hold all that was read for the question.)"""
        self._is_behind = False
        """True if the last refresh could not write what it found, or not in time."""
        self._reading_files = threading.Lock()
        self._from_files: tuple[Listing, IndexSnapshot] | None = None
        self._searched: SearchedFiles | None = None

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with ExitStack() as stack:
            snapshot = self._open(stack)
            try:
                yield snapshot
            finally:
                if snapshot.fault is not None:
                    self._thread.met = type(snapshot.fault)
                    self._report(snapshot.fault, snapshot.identity)

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        try:
            changes = self._indexer.refresh(progress, slugs)
        except StorageError:
            self._is_behind = True
            raise
        if slugs is None:
            self._is_behind = False
            self._forget_files()
        return changes

    def rebuild(self, progress: Progress | None = None) -> Changes:
        return self._indexer.rebuild(progress)

    def fall_behind(self) -> None:
        self._is_behind = True

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
        met: type[StorageError] | None = getattr(self._thread, "met", None)
        self._thread.met = None
        opened: IndexSnapshot | None
        if self._repairs.under_way is None and not self._is_behind:
            opened, _ = self._try(stack)
            if opened is not None:
                return opened
        from bot.index.from_files import are_few_enough

        listing = self._store.list()
        waits = self._patience
        if not are_few_enough(listing):  # no repair of so many ends that soon
            waits = waits._replace(files=0.0)
        for seconds in waits:
            if not self._is_behind and self._repairs.wait(seconds):
                opened, _ = self._try(stack)
                if opened is not None:
                    return opened
            if seconds:
                listing = self._store.list()
            opened = self._snapshot_of_files(listing)
            if opened is None and met is None:
                opened = stack.enter_context(self._held.borrowed())
            if opened is None and (met is None or issubclass(met, DamagedIndexError)):
                opened = self._snapshot_by_words(listing)
            if opened is not None:
                return opened
        opened, fault = self._try(stack)
        if opened is not None:
            return opened
        assert fault is not None  # noqa: S101 - one of the two
        if self._repairs.under_way is not None:
            raise IndexBusyError("index.remade_for_minutes") from fault
        raise fault

    def _try(self, stack: ExitStack) -> tuple[IndexSnapshot | None, StorageError | None]:
        identity = self._reader.identity
        try:
            return stack.enter_context(self._reader.open()), None
        except StorageError as error:
            self._report(error, identity)
            return None, error

    def _snapshot_of_files(self, listing: Listing) -> IndexSnapshot | None:
        """Return what the articles' files hold; None if they are too many, or if a repair has ended
        while they were read."""
        from bot.index.from_files import are_few_enough, snapshot_of_files

        if not are_few_enough(listing):
            return None
        repair = self._repairs.under_way
        with self._reading_files:  # other threads wait here for the same snapshot
            if self._from_files is not None and self._from_files[0] == listing:
                return self._from_files[1]
            made = snapshot_of_files(
                self._store,
                listing,
                self._analyzer,
                self._make_engine,
                lambda: repair is not None and repair.is_set(),
            )
            self._from_files = None if made is None else (listing, made)
            return made

    def _snapshot_by_words(self, listing: Listing) -> IndexSnapshot:
        from bot.index.scanned_files import scanning_snapshot
        from bot.index.searched_files import SearchedFiles

        files = self._searched
        if files is None or files.listing != listing:
            files = self._searched = SearchedFiles(self._store, listing)
        return scanning_snapshot(self._store, files, self._analyzer)

    def _forget_files(self) -> None:
        self._from_files = self._searched = None

    # -- repairing -------------------------------------------------------------------------------

    def _report(self, fault: StorageError, identity: tuple[int, int] | None) -> None:
        """Start a repair, unless one is under way or nothing can be repaired. ``identity`` is that
        of the file in which the fault was found."""
        if isinstance(fault, DamagedIndexError):
            self._repairs.begin(lambda: self._repair(fault, identity))
        elif isinstance(fault, UnfinishedIndexError):
            self._repairs.begin(self._finish)

    def _repair(self, fault: DamagedIndexError, identity: tuple[int, int] | None) -> None:
        # a segment's checksums tell all that is damaged of it; a table may lose rows silently
        is_of_segment = fault.problem.code.startswith(_OF_SEGMENTS)
        with self._held.holding(self._reader.open) if is_of_segment else nullcontext():
            self._indexer.rebuild(damaged=identity)
        self._reader.trust()
        self._forget_files()

    def _finish(self) -> None:
        """Go on with an index whose maker may have been killed."""
        self._indexer.refresh()
        self._reader.trust()
        self._forget_files()
