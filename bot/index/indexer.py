"""The indexer, the only writer of an index.

The store is the truth. A refresh compares what lies there with what was read, by names, sizes and
times alone, reads what differs, and leaves the rest untouched. A damaged index is thrown away and
rebuilt. Only where there is something to write is the write side opened at all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.core.article import Version
from bot.core.errors import DamagedIndexError, IndexBusyError, StorageError
from bot.core.passage import Passage
from bot.core.seams import (
    Analyzer,
    ArticleStore,
    BulkIndexer,
    Catalogue,
    CatalogueReader,
    Changes,
    Fault,
    FileRecord,
    Listing,
    Progress,
    Retriever,
    SearchEngine,
)

if TYPE_CHECKING:
    import logging

_TRIES = 5
"""Number of attempts to rebuild an index that is damaged again meanwhile."""
_COMMIT_SECONDS = 2.0
"""Seconds of reading that a kill may cost; a commit for each article would cost more than it
saves."""


class Held(Protocol):
    """The sources that a snapshot reads from."""

    @property
    def catalogue(self) -> CatalogueReader: ...
    @property
    def engine(self) -> Retriever: ...
    @property
    def is_finished(self) -> bool: ...


class WriteSide(NamedTuple):
    """The targets that an indexer writes to."""

    catalogue: Catalogue
    engine: SearchEngine
    bulk: BulkIndexer | None = None
    """Reads many files at once into the two above; None to read them one by one."""


class Plan(NamedTuple):
    """The work that brings the index up to date with the store."""

    read: Mapping[str, Version]
    """New or different files, by slug."""
    drop: Set[str]
    """Slugs that no longer exist."""

    def __bool__(self) -> bool:
        return bool(self.read or self.drop)


def decide(listing: Listing, records: Mapping[str, FileRecord]) -> Plan:
    """Compare the content of the store with the records of what was read of it."""
    read = {
        slug: version
        for slug, version in listing.versions.items()
        if slug not in records or records[slug].version != version
    }
    return Plan(read, records.keys() - listing.versions.keys())


class Indexer:
    """Keeps one store's index up to date; one thread works at a time, however many call."""

    def __init__(
        self,
        store: ArticleStore,
        read: Callable[[], AbstractContextManager[Held]],
        write: Callable[[], WriteSide],
        analyzer: Analyzer,
        patience: float = 120.0,
    ) -> None:
        """``read`` opens the current snapshot; ``write`` opens the write side, and is called when
        something is to be written for the first time. ``patience`` is the number of seconds to wait
        for another thread of this process."""
        self._store = store
        self._read_side = read
        self._open_write_side = write
        self._analyzer = analyzer
        self._patience = patience
        self._writing = threading.Lock()
        """The first in the order of locks that `bot.index.index_folder` gives."""
        self._opened: WriteSide | None = None
        self._faults: list[Fault] = []
        self._indexed: dict[str, str] = {}
        """The digests of the articles that this process has put into the engine, by slug."""

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        """See `bot.core.seams.Index.refresh`."""
        with self._alone():
            for tries in range(_TRIES):
                try:
                    self._check_background()
                    return self._refresh(progress, slugs)
                except DamagedIndexError as error:
                    if tries == _TRIES - 1:
                        raise
                    _logger().info("the index is made anew: %s", error)
                    self._side().catalogue.reset()
                    slugs = None
            raise AssertionError

    def rebuild(
        self, progress: Progress | None = None, damaged: tuple[int, int] | None = None
    ) -> Changes:
        """Discard the index and rebuild it from the store, unless another process has done so since
        the file ``damaged``, if given, was found to be damaged."""
        with self._alone():
            self._side().catalogue.reset(damaged)
        return self.refresh(progress)

    def faults(self) -> list[Fault]:
        """Return the files that the last refresh found to be no articles, and why, by path."""
        return self._faults

    @contextmanager
    def left_out(self, slug: str) -> Iterator[None]:
        """See `bot.core.seams.Index.left_out`."""
        with self._read_side() as held:
            entry = held.catalogue.entries([slug])[slug]
            passages = tuple(held.catalogue.all_passages(slug))
        engine = self._side().engine
        engine.remove(slug)
        try:
            yield
        finally:
            self._put(slug, entry.language, passages)

    def close(self) -> None:
        """Wait for background work."""
        with self._writing, suppress(StorageError):  # a missing index need not be closed
            if self._opened is not None:
                self._opened.engine.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=self._patience):
            raise IndexBusyError("the index is being made anew; ask again in a moment")
        try:
            yield
        finally:
            self._writing.release()

    def _side(self) -> WriteSide:
        if self._opened is None:
            self._opened = self._open_write_side()
            self._opened.engine.sweep()
            self._store.sweep()
        return self._opened

    def _check_background(self) -> None:
        """Log the error of a background merge, which is tried again after the next commit. Raises
        `DamagedIndexError` if that would not help."""
        fault = None if self._opened is None else self._opened.engine.background_fault()
        if isinstance(fault, DamagedIndexError):
            raise fault
        if fault is not None:
            _logger().warning("%s", fault)

    def _refresh(self, progress: Progress | None, slugs: Set[str] | None) -> Changes:
        listing = self._store.list(slugs)
        records = self._records(slugs)
        plan = decide(listing, records)
        changes = Changes()
        if plan:
            changes = self._carry_out(listing, progress, slugs)
            records = self._records(slugs)
        faults = _faults(listing, records)
        if slugs is None:
            self._fill_engine(records, progress)
            with self._read_side() as held:
                is_finished = held.is_finished
            if not is_finished:
                self._side().catalogue.finish()
        else:
            self._fill_in(records, slugs, progress)
            kept = (f for f in self._faults if PurePosixPath(f.path).stem not in slugs)
            faults = sorted({*kept, *faults})
        self._faults = faults
        return changes

    def _records(self, slugs: Set[str] | None) -> Mapping[str, FileRecord]:
        """Return the records of the store's files, from the read side if there is an index."""
        try:
            with self._read_side() as held:
                return held.catalogue.records(slugs)
        except StorageError:
            return self._side().catalogue.records(slugs)

    def _carry_out(
        self, listing: Listing, progress: Progress | None, among: Set[str] | None
    ) -> Changes:
        added: list[str] = []
        changed: list[str] = []
        removed: list[str] = []
        catalogue, engine, bulk = self._side()
        with catalogue.writing():
            records = catalogue.records(among)  # another process may have been first
            plan = decide(listing, records)
            for slug in plan.drop:
                self._forget(slug)
                removed.append(slug)
            engine.commit()
        slugs = sorted(plan.read)
        done = 0
        if bulk is not None and bulk.is_worth_it(plan.read.values()):
            for slug, differs in bulk.index(plan.read):
                self._indexed.pop(slug, None)
                if differs:
                    (changed if slug in records else added).append(slug)
                done += 1
                if progress is not None:
                    progress(done, len(slugs))
            added.sort()
            changed.sort()
        while done < len(slugs):
            with catalogue.writing():
                due = time.monotonic() + _COMMIT_SECONDS
                while done < len(slugs) and time.monotonic() < due:
                    slug = slugs[done]
                    if self._read(slug, plan.read[slug], records.get(slug)):
                        (changed if slug in records else added).append(slug)
                    done += 1
                    if progress is not None:
                        progress(done, len(slugs))
                engine.commit()
        return Changes(tuple(added), tuple(changed), tuple(removed))

    def _read(self, slug: str, version: Version, known: FileRecord | None) -> bool:
        """Read one file into the index; False if its bytes are those that were read before."""
        digest = self._store.digest(version) if known is not None else ""
        if known is not None and digest and digest == known.digest:
            self._side().catalogue.touch(slug, version)
            return False
        from bot.core.article_reading import read  # most questions find nothing to be read

        record, article, language, passages = read(slug, version, self._store, self._analyzer)
        if article is None:
            self._unindex(slug)
            self._side().catalogue.put_fault(slug, record)
        else:
            self._side().catalogue.put(article, language, passages, record)
            self._index(slug, record.digest, language, passages)
        return True

    def _index(self, slug: str, digest: str, language: str, passages: tuple[Passage, ...]) -> None:
        self._put(slug, language, passages)
        self._indexed[slug] = digest

    def _put(self, slug: str, language: str, passages: tuple[Passage, ...]) -> None:
        terms = self._analyzer.terms
        self._side().engine.put(slug, [terms(passage.text, language) for passage in passages])

    def _unindex(self, slug: str) -> None:
        self._side().engine.remove(slug)
        self._indexed.pop(slug, None)

    def _forget(self, slug: str) -> None:
        self._unindex(slug)
        self._side().catalogue.remove(slug)

    def _fill_engine(self, records: Mapping[str, FileRecord], progress: Progress | None) -> None:
        """Give an engine the articles that it lacks: an engine in memory starts empty, and does not
        see what another process put into its own; an engine in files lacks what a process had read
        when it was stopped in a bulk read."""
        wanted = {slug: record.digest for slug, record in records.items() if record.fault is None}
        with self._read_side() as snapshot:
            held = snapshot.engine.articles()
            if len(held) == len(wanted) and self._indexed.items() <= wanted.items():
                return
            lacking = {slug for slug in wanted if slug not in held}
            surplus = [slug for slug in held if slug not in wanted]
        lacking |= {s for s, digest in self._indexed.items() if wanted.get(s, digest) != digest}
        self._make_up(records, lacking, surplus, progress)
        self._indexed = {slug: d for slug, d in self._indexed.items() if slug in wanted}

    def _fill_in(
        self, records: Mapping[str, FileRecord], slugs: Set[str], progress: Progress | None
    ) -> None:
        """The same for the articles of these slugs alone."""
        wanted = {slug: record.digest for slug, record in records.items() if record.fault is None}
        with self._read_side() as snapshot:
            held = snapshot.engine.articles()
            lacking = {
                slug
                for slug, digest in wanted.items()
                if slug not in held or self._indexed.get(slug, digest) != digest
            }
            surplus = [slug for slug in slugs if slug not in wanted and slug in held]
        if lacking or surplus:
            self._make_up(records, lacking, surplus, progress)

    def _make_up(
        self,
        records: Mapping[str, FileRecord],
        lacking: Set[str],
        surplus: Iterable[str],
        progress: Progress | None,
    ) -> None:
        catalogue, engine, bulk = self._side()
        for slug in surplus:
            self._unindex(slug)
        if bulk is not None and bulk.is_worth_it(records[slug].version for slug in lacking):
            engine.commit()
            bulk.restore(lacking, progress)
            for slug in lacking:
                self._indexed.pop(slug, None)
            return
        for slug, entry in catalogue.entries(lacking).items():
            passages = tuple(catalogue.all_passages(slug))
            self._index(slug, records[slug].digest, entry.language, passages)
        engine.commit()


def _faults(listing: Listing, records: Mapping[str, FileRecord]) -> list[Fault]:
    """Return the files that are no articles, by path: for their names, and for what they hold."""
    unread = [
        Fault(record.version.path, record.fault)
        for record in records.values()
        if record.fault is not None
    ]
    return sorted([*listing.faults, *unread])


def _logger() -> logging.Logger:
    import logging  # most questions have nothing to tell

    return logging.getLogger(__name__)
