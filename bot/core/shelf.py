"""A shelf: a store of articles and the index of it, kept the same.

The store is the truth. ``refresh`` compares what lies there with what was read, by names, sizes
and times alone, reads what differs, and leaves the rest untouched. A damaged index is thrown
away and made anew, without an error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from bot.core.article import Article, Version
from bot.core.errors import AddressError, ArticleError, DamagedIndexError
from bot.core.passage import Passage
from bot.core.seams import (
    Analyzer,
    ArticleStore,
    BulkIndexer,
    Catalogue,
    Entry,
    Fault,
    FileRecord,
    Listing,
    Progress,
    SearchEngine,
    Snapshot,
)
from bot.core.snapshot import CatalogueSnapshot

_COMMIT_SECONDS = 2.0
"""How much reading a kill may cost; a commit for each article would cost more than it saves."""

_T = TypeVar("_T")


class Plan(NamedTuple):
    """What has to be done so that the index is what the store is."""

    read: Mapping[str, Version]
    """New or different files, by slug."""
    drop: Set[str]
    """Slugs that are no longer there."""

    def __bool__(self) -> bool:
        return bool(self.read or self.drop)


def decide(listing: Listing, records: Mapping[str, FileRecord]) -> Plan:
    """Compare what lies in the store with what was read of it."""
    read = {
        slug: version
        for slug, version in listing.versions.items()
        if slug not in records or records[slug].version != version
    }
    return Plan(read, records.keys() - listing.versions.keys())


def _faults(listing: Listing, records: Mapping[str, FileRecord]) -> list[Fault]:
    """The files that are no articles, by path: for their names, and for what they hold."""
    unread = [
        Fault(record.version.path, record.fault)
        for record in records.values()
        if record.fault is not None
    ]
    return sorted([*listing.faults, *unread])


class Changes(NamedTuple):
    """What a refresh found, by slug."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Shelf:
    """One store of articles and its index."""

    def __init__(
        self,
        store: ArticleStore,
        catalogue: Catalogue,
        engine: SearchEngine,
        analyzer: Analyzer,
        prefix: str = "",
        bulk: Callable[[], BulkIndexer] | None = None,
    ) -> None:
        """``prefix`` stands before the slugs in addresses: ``""`` for the articles that are
        everyone's, ``"42/"`` for those of server 42. ``bulk`` makes what reads many files at
        once into the same catalogue and engine."""
        self.store = store
        self.catalogue = catalogue
        self.engine = engine
        self.prefix = prefix
        self._analyzer = analyzer
        self._make_bulk = bulk
        self._faults: list[Fault] = []
        self._indexed: dict[str, str] = {}
        """The digests of the articles that this process has put into the engine, by slug."""

    @cached_property
    def _bulk(self) -> BulkIndexer | None:
        return None if self._make_bulk is None else self._make_bulk()

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        """Make the index what the store is now; returns what was different. ``slugs``, where they
        are given, are those of the articles that may have changed: nothing else is looked at.

        Raises `bot.core.errors.CorpusError` where the store cannot be read, and
        `bot.core.errors.StorageError` where the index cannot be written.
        """
        return self.soundly(lambda: self._refresh(progress, slugs))

    def soundly(self, action: Callable[[], _T]) -> _T:
        """Do something with the index; where that finds it damaged, rebuild it and do it again."""
        try:
            return action()
        except DamagedIndexError:
            self.rebuild()
            return action()

    def rebuild(self, progress: Progress | None = None) -> Changes:
        """Throw the index away and make it anew from the store."""
        self.catalogue.reset()
        return self._refresh(progress, None)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """All that the index holds now, held until the context ends."""
        yield CatalogueSnapshot(self.catalogue, self.engine)

    def faults(self) -> list[Fault]:
        """The files that the last refresh found to be no articles, and why, by path."""
        return self._faults

    def holds(self, slug: str) -> bool:
        """Whether there is an article of this name."""
        return bool(self.soundly(lambda: self.catalogue.entries([slug])))

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        """All articles, or those of these slugs, by slug."""
        return self.soundly(lambda: self.catalogue.entries(slugs))

    def passages(self, slug: str) -> list[Passage]:
        """One article's passages, in order."""
        return self.soundly(lambda: list(self.catalogue.all_passages(slug)))

    @contextmanager
    def left_out(self, slug: str) -> Iterator[None]:
        """Meanwhile the engine holds everything but this article, its statistics included: for
        an evaluation, with an engine in memory that nobody else asks."""
        entry = self.catalogue.entries([slug])[slug]
        passages = tuple(self.catalogue.all_passages(slug))
        self.engine.remove(slug)
        try:
            yield
        finally:
            self._put(slug, entry.language, passages)

    def article(self, slug: str) -> Article:
        """One article as its file holds it now; raises `bot.core.errors.AddressError` where there
        is none, and `bot.core.errors.ArticleError` where the file is none any more."""
        version = self.store.list({slug}).versions.get(slug)
        if version is None:
            raise AddressError(f"there is no article {self.prefix + slug!r}; `articles` lists them")
        try:
            return self.store.get(slug, version)[0]
        except ArticleError as error:
            raise ArticleError(f"{self.prefix + slug}: {error}") from error

    def _refresh(self, progress: Progress | None, slugs: Set[str] | None) -> Changes:
        listing = self.store.list(slugs)
        records = self.catalogue.records(slugs)
        plan = decide(listing, records)
        changes = Changes()
        if plan:
            changes = self._carry_out(listing, progress, slugs)
            records = self.catalogue.records(slugs)
        faults = _faults(listing, records)
        if slugs is None:
            self._fill_engine(records, progress)
        else:
            self._fill_in(records, slugs, progress)
            kept = (f for f in self._faults if PurePosixPath(f.path).stem not in slugs)
            faults = sorted({*kept, *faults})
        self._faults = faults
        return changes

    def _carry_out(
        self, listing: Listing, progress: Progress | None, among: Set[str] | None
    ) -> Changes:
        added: list[str] = []
        changed: list[str] = []
        removed: list[str] = []
        with self.catalogue.writing():
            records = self.catalogue.records(among)  # another process may have been first
            plan = decide(listing, records)
            for slug in plan.drop:
                self._forget(slug)
                removed.append(slug)
            self.engine.commit()
        slugs = sorted(plan.read)
        done = 0
        if self._bulk is not None and self._bulk.is_worth_it(plan.read.values()):
            for slug, differs in self._bulk.index(plan.read):
                self._indexed.pop(slug, None)
                if differs:
                    (changed if slug in records else added).append(slug)
                done += 1
                if progress is not None:
                    progress(done, len(slugs))
            added.sort()
            changed.sort()
        while done < len(slugs):
            with self.catalogue.writing():
                due = time.monotonic() + _COMMIT_SECONDS
                while done < len(slugs) and time.monotonic() < due:
                    slug = slugs[done]
                    if self._read(slug, plan.read[slug], records.get(slug)):
                        (changed if slug in records else added).append(slug)
                    done += 1
                    if progress is not None:
                        progress(done, len(slugs))
                self.engine.commit()
        return Changes(tuple(added), tuple(changed), tuple(removed))

    def _read(self, slug: str, version: Version, known: FileRecord | None) -> bool:
        """Read one file into the index; False where its bytes are those that were read before."""
        digest = self.store.digest(version) if known is not None else ""
        if known is not None and digest and digest == known.digest:
            self.catalogue.touch(slug, version)
            return False
        from bot.core.reading import read  # most questions find nothing to be read

        record, article, language, passages = read(slug, version, self.store, self._analyzer)
        if article is None:
            self._unindex(slug)
            self.catalogue.put_fault(slug, record)
        else:
            self.catalogue.put(article, language, passages, record)
            self._index(slug, record.digest, language, passages)
        return True

    def _index(self, slug: str, digest: str, language: str, passages: tuple[Passage, ...]) -> None:
        self._put(slug, language, passages)
        self._indexed[slug] = digest

    def _put(self, slug: str, language: str, passages: tuple[Passage, ...]) -> None:
        terms = self._analyzer.terms
        self.engine.put(slug, [terms(passage.text, language) for passage in passages])

    def _unindex(self, slug: str) -> None:
        self.engine.remove(slug)
        self._indexed.pop(slug, None)

    def _forget(self, slug: str) -> None:
        self._unindex(slug)
        self.catalogue.remove(slug)

    def _fill_engine(self, records: Mapping[str, FileRecord], progress: Progress | None) -> None:
        """Give an engine what it lacks: one that lives in memory begins empty, and does not see
        what another process put into its own; one in files lacks what a process read that was
        stopped while it read much."""
        wanted = {slug: record.digest for slug, record in records.items() if record.fault is None}
        held = self.engine.articles()
        if len(held) == len(wanted) and self._indexed.items() <= wanted.items():
            return
        lacking = {slug for slug in wanted if slug not in held}
        lacking |= {s for s, digest in self._indexed.items() if wanted.get(s, digest) != digest}
        surplus = [slug for slug in held if slug not in wanted]
        self._make_up(records, lacking, surplus, progress)
        self._indexed = {slug: d for slug, d in self._indexed.items() if slug in wanted}

    def _fill_in(
        self, records: Mapping[str, FileRecord], slugs: Set[str], progress: Progress | None
    ) -> None:
        """The same for the articles of these slugs alone."""
        wanted = {slug: record.digest for slug, record in records.items() if record.fault is None}
        held = self.engine.articles()
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
        for slug in surplus:
            self._unindex(slug)
        if self._bulk is not None and self._bulk.is_worth_it(records[s].version for s in lacking):
            self.engine.commit()
            self._bulk.restore(lacking, progress)
            for slug in lacking:
                self._indexed.pop(slug, None)
            return
        for slug, entry in self.catalogue.entries(lacking).items():
            passages = tuple(self.catalogue.all_passages(slug))
            self._index(slug, records[slug].digest, entry.language, passages)
        self.engine.commit()
