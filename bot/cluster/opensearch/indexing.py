"""The indexer: takes up the changes of the outbox, one process among all at a time.

It holds an advisory lock; another process takes its place as soon as it is gone, and goes on where
the outbox says it has come. Where the indexes are missing, were made by another analyzer, or are
unwanted, it makes new ones from the first change on, and lets questions ask them once they are
complete.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.cluster.opensearch.client import OpenSearchClient
from bot.cluster.opensearch.documents import IndexedArticle
from bot.cluster.opensearch.generations import Generations
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.writing import ArticleChange, Content, IndexWriter
from bot.core.article import Version
from bot.core.article_reading import read
from bot.core.errors import BotError
from bot.core.seams import Analyzer, ArticleStore, Fault
from bot.service.tenants import Tenant

if TYPE_CHECKING:
    from bot.cluster.postgres.outbox import Change

_TOGETHER = 100
"""Changes that are taken up at a time."""
_LOOK_SECONDS = 1.0
"""Seconds between two looks at the outbox where nothing tells of a change, and at the indexes."""
_TAKEOVER_SECONDS = 0.5
"""Seconds between two tries to become the indexer."""
_log = logging.getLogger(__name__)


class ChangeSource(Protocol):
    """The outbox; see `bot.cluster.postgres.outbox.Outbox`."""

    def version(self) -> int: ...
    def changes(self, after: int, limit: int = 1000) -> Sequence[Change]: ...
    def done(self, consumer: str, version: int) -> None: ...
    def position(self, consumer: str) -> int | None: ...
    def forget(self, consumer: str) -> None: ...


class ChangeWaiter(Protocol):
    """Waits for changes; see `bot.cluster.postgres.outbox.ChangeListener`."""

    def wait(self, after: int, seconds: float) -> int: ...
    def close(self) -> None: ...


class IndexerLock(Protocol):
    """The right to index; see `bot.cluster.postgres.locks.SessionLock`."""

    def take(self) -> bool: ...
    def release(self) -> None: ...


class ClusterIndexer:
    """Takes up changes. To be used from one thread at a time."""

    def __init__(
        self,
        loop: LoopThread,
        client: OpenSearchClient,
        generations: Generations,
        source: ChangeSource,
        waiter: ChangeWaiter,
        lock: IndexerLock,
        store_of: Callable[[Tenant], ArticleStore],
        analyzer: Analyzer,
    ) -> None:
        self._loop = loop
        self._client = client
        self._generations = generations
        self._source = source
        self._waiter = waiter
        self._lock = lock
        self._store_of = store_of
        self._analyzer = analyzer
        self._begun: Generation | None = None
        """The generation that this indexer has filled from its first change on."""
        self._begun_at = 0
        """The version of the outbox then: what changed before is put into it for the first time."""
        self._trusted: Generation | None = None
        """The generation of which all that was written can be seen."""

    def run(self, stop: threading.Event) -> None:
        """Index until told to stop; of errors that follow each other the first is logged."""
        is_lost = False
        try:
            while not stop.is_set():
                try:
                    if self._lock.take():
                        self.step(_LOOK_SECONDS)
                    else:
                        self._distrust()
                        stop.wait(_TAKEOVER_SECONDS)
                    is_lost = False
                except BotError as error:
                    self._distrust()
                    if not is_lost:
                        _log.warning("indexing waits: %s", error)
                    is_lost = True
                    stop.wait(_LOOK_SECONDS)
        finally:
            self.close()

    def catch_up(self, version: int, seconds: float) -> bool:
        """Index up to a version, if no other process indexes; return whether that was done. Raises
        `bot.core.errors.BotError`."""
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until and self._lock.take():
                if self.step(0.0) >= version:
                    return True
            return False
        finally:
            self._distrust()
            self.close()

    def close(self) -> None:
        """Give the right to index back."""
        self._waiter.close()
        self._lock.release()

    def step(self, seconds: float) -> int:
        """Take up some changes; if there are none, wait at most so many seconds for one. Return the
        version up to which the generation that is asked holds all changes; -1 if there is none.
        Only to be called with the lock held."""
        published = self._loop.run(self._generations.published())
        own = self._generations.fingerprint
        if published is not None and own in published.supersedes:
            if seconds > 0.0:  # a newer version of the program indexes
                self._waiter.wait(1 << 62, seconds)
            return self._position(published.generation)
        is_right = published is not None and published.fingerprint == own
        if published is None or not is_right or published.is_unwanted:
            self._build()
            return -1
        position = self._position(published.generation)
        if changes := self._source.changes(position, _TOGETHER):
            return self._take_up(published.generation, changes)
        self._trust(published.generation)
        if seconds > 0.0:
            self._waiter.wait(position, seconds)
        return position

    def _build(self) -> None:
        """Fill a new generation with some more changes, or let it be asked if it has all."""
        unfinished = [
            each
            for each in self._loop.run(self._generations.unfinished())
            if self._source.position(self._generations.consumer(each)) is not None
        ]
        if unfinished:
            generation = unfinished[0]
        else:
            generation = self._loop.run(self._generations.make())
            self._source.done(self._generations.consumer(generation), 0)
            self._begun = self._trusted = generation
            self._begun_at = self._source.version()
            _log.info("the search index is made anew: %s", generation.name)
        position = self._position(generation)
        if changes := self._source.changes(position, _TOGETHER):
            self._take_up(generation, changes)
            return
        self._trust(generation)
        self._loop.run(self._generations.publish(generation))
        self._begun = None
        _log.info("the search index is complete: %s", generation.name)

    def _take_up(self, generation: Generation, changes: Sequence[Change]) -> int:
        self._trust(generation)
        writer = IndexWriter(self._client, generation)
        for erased, some in _parted(changes):
            if erased is not None:
                self._loop.run(writer.erase(erased.tenant.name, erased.version))
            elif some:
                read = list(self._read(some))
                is_new = generation == self._begun and some[-1].version <= self._begun_at
                self._loop.run(writer.write(read, is_new=is_new))
        self._loop.run(writer.show({change.tenant.name for change in changes}))
        version = changes[-1].version
        self._source.done(self._generations.consumer(generation), version)
        return version

    def _read(self, changes: Sequence[Change]) -> Iterator[ArticleChange]:
        """Yield what the articles hold now."""
        by_tenant: dict[Tenant, list[Change]] = {}
        for change in changes:
            by_tenant.setdefault(change.tenant, []).append(change)
        for tenant, own in by_tenant.items():
            store = self._store_of(tenant)
            versions = store.list({change.slug for change in own}).versions
            for change in own:
                slug = change.slug
                content: Content = None
                if change.kind == "put" and slug in versions:
                    content = self._content(store, slug, versions[slug])
                yield ArticleChange(tenant.name, slug, change.version, content)

    def _content(self, store: ArticleStore, slug: str, version: Version) -> Content:
        record, article, language, passages = read(slug, version, store, self._analyzer)
        if article is not None:
            terms = [self._analyzer.terms(passage.text, language) for passage in passages]
            return IndexedArticle(article, language, passages, terms)
        assert record.fault is not None  # noqa: S101 - one of the two
        return Fault(record.version.path, record.fault)

    def _position(self, generation: Generation) -> int:
        return self._source.position(self._generations.consumer(generation)) or 0

    def _trust(self, generation: Generation) -> None:
        """Make visible what was written, perhaps by an indexer that was killed before it could do
        so: what an article had before is deleted among what can be seen."""
        if self._trusted != generation:
            self._loop.run(IndexWriter(self._client, generation).show())
            self._trusted = generation

    def _distrust(self) -> None:
        self._begun = self._trusted = None


class _Part(NamedTuple):
    erased: Change | None
    changes: list[Change]


def _parted(changes: Sequence[Change]) -> Iterator[_Part]:
    """Yield erasures, and the changes between them, in order."""
    waiting: list[Change] = []
    for change in changes:
        if change.kind == "erase":
            yield _Part(None, waiting)
            yield _Part(change, [])
            waiting = []
        else:
            waiting.append(change)
    yield _Part(None, waiting)
