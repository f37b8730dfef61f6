"""The index of one tenant's articles, as an index of this machine is used: the cluster's copy.

Nothing is written here. A refresh waits until the indexer, whichever process that is, has taken up
what was changed, and indexes itself where no process does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence, Set
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from bot.cluster.opensearch.blocking import BlockingSnapshot
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.gathered_searches import as_one_caller
from bot.cluster.opensearch.generations import Generations
from bot.cluster.opensearch.indexing import ClusterIndexer
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import ScopeState
from bot.cluster.opensearch.snapshot import OpenSearchSnapshot
from bot.core.errors import StorageError, UnfinishedIndexError, UnreachableError
from bot.core.seams import AsyncSnapshot, Changes, Fault, Progress, Snapshot
from bot.service.tenants import Tenant

if TYPE_CHECKING:
    from bot.cluster.postgres.outbox import Change, Outbox

PATIENCE = 30.0
"""Seconds that a refresh waits for the indexer."""
_SLICE = 0.3
"""Seconds between two looks whether the indexer has gone."""
_MOST_CHANGES = 2000
"""Changes of one refresh that are told one by one."""
_T = TypeVar("_T")


class OpenSearchIndex:
    """Implements `bot.core.seams.RemoteIndex`."""

    def __init__(
        self,
        loop: LoopThread,
        client: OpenSearchClient,
        generations: Generations,
        scope: Scope,
        tenant: Tenant,
        versions: Outbox,
        make_indexer: Callable[[], ClusterIndexer],
        patience: float = PATIENCE,
        statistics: KnownStatistics | None = None,
        documents: KnownDocuments | None = None,
    ) -> None:
        """The database is asked for what it notes of the tenant's articles; raises
        `bot.core.errors.UnreachableError`. ``scope`` is the tenant's behind the aliases.
        ``make_indexer`` makes an indexer for this process to index with where no other does;
        ``patience`` is how many seconds a refresh
        waits; ``statistics`` and ``documents`` are those that all indexes of this process have
        seen."""
        self._loop = loop
        self._client = client
        self._generations = generations
        self._scope = scope
        self._tenant = tenant
        self._versions = versions
        self._make_indexer = make_indexer
        self._patience = patience
        self._statistics = statistics or KnownStatistics()
        self._documents = documents or KnownDocuments()
        self._state: ScopeState | None = None
        """The scope as it was when it was last asked."""
        noted = versions.shelf(tenant)
        self._languages = noted.languages
        """The scope's languages, as far as they are known before it is asked."""
        self._seen = noted.version
        """The version up to which changes were told."""
        self._taken_up: int | None = None
        """The version up to which the cluster is known to hold the changes."""
        self._faults: list[Fault] = []
        """As the last refresh found them."""

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        try:
            snapshot = self._loop.run(self._opened())
            try:
                yield BlockingSnapshot(self._loop, snapshot)
            finally:
                self._state = snapshot.state or self._state
        except UnreachableError:
            self._loop.run(self._tell_if_lost())
            raise

    @asynccontextmanager
    async def async_snapshot(self) -> AsyncIterator[AsyncSnapshot]:
        """Open a snapshot for a question, on the loop's own thread: where the languages are noted
        that it is read in, its first request tells whether they are still the same."""
        try:
            snapshot = await self._opened(self._languages)
            try:
                yield snapshot
            finally:
                self._state = snapshot.state or self._state
        except UnreachableError:
            await self._tell_if_lost()
            raise

    def taken_up(self) -> int | None:
        return self._taken_up

    def is_latest(self, version: int) -> bool:
        return self._versions.shelf_versions([self._tenant]).get(self._tenant, 0) == version

    async def awaited(self, steps: Coroutine[Any, Any, _T]) -> _T:
        return await self._loop.wait_for(as_one_caller(steps))

    async def _opened(self, languages: Sequence[str] = ()) -> OpenSearchSnapshot:
        known = self._statistics.of(self._tenant.name)
        state = self._state or (None if known is None else known.state)
        snapshot = OpenSearchSnapshot(
            self._client, self._scope, state, self._statistics, self._documents, languages
        )
        return await snapshot.open()

    async def _tell_if_lost(self) -> None:
        """Raise `UnfinishedIndexError` if the index does not answer because it is made anew. Where
        no node answers at all, none is asked for that."""
        if self._client.is_silent:
            return
        with suppress(UnreachableError):
            published = await self._generations.published(leaderless=True)
            if published is not None and published.is_unwanted:
                raise UnfinishedIndexError("search.rebuilding")

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        """See `bot.core.seams.Index.refresh`; what may have changed is looked up, so that ``slugs``
        makes no difference. Raises `UnfinishedIndexError` if the index is still being made, and
        `StorageError` if the indexer does not take up the changes in time."""
        wanted = self._versions.shelf_versions([self._tenant]).get(self._tenant, 0)
        if self._taken_up == wanted:
            return Changes()
        changed = self._versions.tenant_changes(self._tenant, self._seen, _MOST_CHANGES)
        known = self._known([change.slug for change in changed if change.kind == "put"])
        self._wait_for(wanted)
        self._look_until_found()
        self._seen = self._taken_up = wanted
        return _told(changed, known)

    def rebuild(self, progress: Progress | None = None) -> Changes:
        published = self._loop.run(self._generations.published())
        if published is not None:
            self._loop.run(self._generations.demand_another(published.generation))
        wanted = self._versions.shelf_versions([self._tenant]).get(self._tenant, 0)
        before = None if published is None else published.generation
        until = time.monotonic() + self._patience
        while time.monotonic() < until:
            self._make_indexer().catch_up(wanted, self._patience)
            now = self._loop.run(self._generations.published())
            if now is not None and now.generation != before:
                self._wait_for(wanted)
                self._seen = self._taken_up = wanted
                return Changes()
            time.sleep(_SLICE)
        raise UnfinishedIndexError("search.rebuilding")

    def faults(self) -> list[Fault]:
        return self._faults

    def _look_until_found(self) -> None:
        """Look as `_look` does, again where a node that is asked has not heard of the index yet:
        one that answers for another has."""
        until = time.monotonic() + self._patience
        while True:
            try:
                return self._loop.run(self._look())
            except UnfinishedIndexError:
                if time.monotonic() > until:
                    raise
            time.sleep(_SLICE)

    async def _look(self) -> None:
        """Take note of the faults, and of the scope's state: the next question counts its words in
        that, instead of finding that those it knows no longer hold."""
        snapshot = OpenSearchSnapshot(self._client, self._scope)
        faults, _ = await asyncio.gather(snapshot.faults(), snapshot.open())
        self._faults = list(faults)
        self._state = snapshot.state
        if snapshot.state is not None:
            known = self._statistics.of(self._tenant.name)
            if known is not None and known.state != snapshot.state:
                self._documents.terms.forget(self._tenant.name)
            self._statistics.note(self._tenant.name, snapshot.state, {})

    def fall_behind(self) -> None:
        """Nothing happens: the articles lie in a database, and not in files."""

    def left_out(self, slug: str) -> AbstractContextManager[None]:
        """Refuse: others ask this index, too."""
        raise StorageError("search.shared")

    def close(self) -> None:
        """Nothing is held: the connections are their owner's."""

    def _known(self, slugs: Sequence[str]) -> Set[str]:
        """Return those of these articles that the index holds; none if it is not made yet."""
        if not slugs:
            return frozenset()
        try:
            with self.snapshot() as snapshot:
                return snapshot.entries(slugs).keys()
        except UnfinishedIndexError:
            return frozenset()

    def _wait_for(self, version: int) -> None:
        """Wait until the generation that is asked holds all changes up to a version."""
        until = time.monotonic() + self._patience
        while True:
            published = self._loop.run(self._generations.published(leaderless=True))
            left = until - time.monotonic()
            if published is not None:
                consumer = self._generations.consumer(published.generation)
                seconds = max(0.0, min(_SLICE, left))
                if self._versions.wait_for_consumer(consumer, version, seconds):
                    return
            if left <= 0:
                break
            if self._make_indexer().catch_up(version, left):
                return
            if published is None:
                time.sleep(min(_SLICE, left))
        if published is None:
            raise UnfinishedIndexError("search.rebuilding")
        raise StorageError("search.lagging")


def _told(changed: Sequence[Change], known: Set[str]) -> Changes:
    added = sorted(each.slug for each in changed if each.kind == "put" and each.slug not in known)
    again = sorted(each.slug for each in changed if each.kind == "put" and each.slug in known)
    removed = sorted(each.slug for each in changed if each.kind == "remove")
    return Changes(tuple(added), tuple(again), tuple(removed))
