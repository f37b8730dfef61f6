"""Writing articles to an index: to its catalogue and to its engine, one by one or in bulk."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Set

from bot.core.article import Version
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.seams import (
    Analyzer,
    ArticleStore,
    BulkIndexer,
    Changes,
    FileRecord,
    Listing,
    Progress,
    SearchEngine,
)
from bot.index.catalogue import SqliteCatalogue
from bot.index.refresh_plan import EngineGap, decide

_COMMIT_SECONDS = 2.0
"""Seconds of reading that a kill may cost; a commit for each article would cost more than it
saves."""


class WriteSide(NamedTuple):
    """The targets that an indexer writes to."""

    catalogue: SqliteCatalogue
    engine: SearchEngine
    bulk: BulkIndexer | None = None
    """Reads many files at once into the two above; None to read them one by one."""


class ArticleWriter:
    """Writes a store's articles to an index. One thread calls at a time."""

    def __init__(
        self, store: ArticleStore, open_side: Callable[[], WriteSide], analyzer: Analyzer
    ) -> None:
        """``open_side`` is called when something is to be written for the first time."""
        self._store = store
        self._open_side = open_side
        self._analyzer = analyzer
        self.opened: WriteSide | None = None
        """The write side, if it was needed already."""
        self.indexed: dict[str, str] = {}
        """The hashes of the articles that this process has put into the engine, by slug."""

    def side(self) -> WriteSide:
        """Return the write side, opened if need be. Raises `bot.core.errors.StorageError`."""
        if self.opened is None:
            self.opened = self._open_side()
            self.opened.engine.sweep()
            self._store.sweep()
        return self.opened

    def carry_out(
        self, listing: Listing, progress: Progress | None, among: Set[str] | None
    ) -> Changes:
        """Bring the index up to date with what the store lists: all of it, or ``among`` these
        slugs. Commits every few seconds."""
        added: list[str] = []
        changed: list[str] = []
        removed: list[str] = []
        catalogue, engine, bulk = self.side()
        with catalogue.writing():
            records = catalogue.records(among)  # another process may have been first
            plan = decide(listing, records)
            for slug in plan.drop:
                self._unindex(slug)
                catalogue.remove(slug)
                removed.append(slug)
            engine.commit()
        slugs = sorted(plan.read)
        done = 0
        if bulk is not None and bulk.is_worth_it(plan.read.values()):
            for slug, differs in bulk.index(plan.read):
                self.indexed.pop(slug, None)
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

    def fill_engine(
        self, gap: EngineGap, records: Mapping[str, FileRecord], progress: Progress | None
    ) -> None:
        """Give the engine the articles that it lacks, from the catalogue's rows, and remove those
        that it should not hold."""
        catalogue, engine, bulk = self.side()
        for slug in gap.surplus:
            self._unindex(slug)
        if bulk is not None and bulk.is_worth_it(records[slug].version for slug in gap.lacking):
            engine.commit()
            bulk.restore(gap.lacking, progress)
            for slug in gap.lacking:
                self.indexed.pop(slug, None)
            return
        for slug, entry in catalogue.entries(gap.lacking).items():
            self.put(slug, entry.language, tuple(catalogue.all_passages(slug)))
            self.indexed[slug] = records[slug].sha256
        engine.commit()

    def put(self, slug: str, language: str, passages: tuple[Passage, ...]) -> None:
        """Put an article's passages into the engine alone; the caller commits."""
        terms = self._analyzer.terms
        self.side().engine.put(slug, [terms(passage.text, language) for passage in passages])

    def _read(self, slug: str, version: Version, known: FileRecord | None) -> bool:
        """Read one file into the index; False if its bytes are those that were read before."""
        sha256 = self._store.sha256(version) if known is not None else ""
        if known is not None and sha256 and sha256 == known.sha256:
            self.side().catalogue.touch(slug, version)
            return False
        from bot.core.passages.article_reading import read  # most questions find nothing to be read

        record, article, language, passages = read(slug, version, self._store, self._analyzer)
        if article is None:
            self._unindex(slug)
            self.side().catalogue.put_fault(slug, record)
        else:
            self.side().catalogue.put(article, language, passages, record)
            self.put(slug, language, passages)
            self.indexed[slug] = record.sha256
        return True

    def _unindex(self, slug: str) -> None:
        self.side().engine.remove(slug)
        self.indexed.pop(slug, None)
