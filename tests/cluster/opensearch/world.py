"""Articles in PostgreSQL, found in the cluster, and the same ones in an index of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.cluster.opensearch.change_reading import ChangeReadingJob
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.generations import Generations
from bot.cluster.opensearch.index import OpenSearchIndex
from bot.cluster.opensearch.indexing import ClusterIndexer
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.layout import Sizes, aliases
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.losses import LOST_SECONDS
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.locks import SessionLock
from bot.cluster.postgres.outbox import ChangeListener, Outbox
from bot.cluster.postgres.schema import prepare
from bot.cluster.postgres.stored_shelves import PostgresShelves
from bot.core.article import Draft
from bot.core.library import Library
from bot.core.seams import Analyzer, Index
from bot.core.seams.pairs import KeptPairs
from bot.core.shelf import Shelf
from bot.service.tenants import EVERYONE, Tenant
from bot.sources.formats.file_reading import read_file
from tests.cluster.opensearch.running import TEST_SIZES, RunningCluster
from tests.cluster.postgres.servers import shared_server
from tests.fakes.article_store import FakeArticleStore
from tests.index.opened import ANALYZER, OpenedShelf


def store_of(connections: Connections, tenant: Tenant) -> PostgresArticleStore:
    return PostgresArticleStore(connections, tenant, read_file)


class World:
    """One process's part: its connections to both servers, and what it makes of them."""

    def __init__(
        self,
        connections: Connections,
        urls: list[str],
        prefix: str,
        analyzer: Analyzer = ANALYZER,
        patience: float = 300.0,
        seconds: float = 5.0,
        sizes: Sizes = TEST_SIZES,
        lost_seconds: float = LOST_SECONDS,
    ) -> None:
        self.connections = connections
        self.outbox = Outbox(connections)
        self.prefix = prefix
        self.client = OpenSearchClient(urls, seconds=seconds)
        self.loop = LoopThread(self.client.close)
        self.generations = Generations(self.client, prefix, sizes, analyzer.fingerprint())
        self._analyzer = analyzer
        self._patience = patience
        self._lost_seconds = lost_seconds
        self._statistics = KnownStatistics()
        self._documents = KnownDocuments()

    def store(self, tenant: Tenant = EVERYONE) -> PostgresArticleStore:
        return store_of(self.connections, tenant)

    def shelf(self, tenant: Tenant = EVERYONE) -> Shelf:
        scope = scope_of(aliases(self.prefix), tenant.name)
        index = OpenSearchIndex(
            self.loop,
            self.client,
            self.generations,
            scope,
            tenant,
            self.outbox,
            self.indexer,
            self._patience,
            self._statistics,
            self._documents,
        )
        return Shelf(self.store(tenant), index, tenant.prefix)

    def library(self, tenant: Tenant = EVERYONE, kept: KeptPairs | None = None) -> Library:
        """Return the shelves that a tenant can ask: everyone's, for which pairs are ``kept``, and
        its own."""
        shelves = [self.shelf()] if tenant == EVERYONE else [self.shelf(), self.shelf(tenant)]
        shelves[0].kept = kept
        return Library(shelves, self._analyzer)

    def indexer(self) -> ClusterIndexer:
        return ClusterIndexer(
            self.loop,
            self.client,
            self.generations,
            self.outbox,
            ChangeListener(self.connections),
            SessionLock(self.connections, f"index {self.prefix} {self.generations.fingerprint}"),
            ChangeReadingJob(partial(store_of, self.connections), type(self._analyzer)),
            self._lost_seconds,
        )

    @contextmanager
    def indexing(self) -> Iterator[None]:
        """Index in a thread until the context ends."""
        stop = threading.Event()
        thread = threading.Thread(target=self.indexer().run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def erase(self, tenant: Tenant) -> None:
        PostgresShelves(self.connections).erase(tenant)

    def close(self) -> None:
        self.loop.close()


@pytest.fixture
def world(opensearch: RunningCluster) -> Iterator[World]:
    """A process's part, with a database of its own and no index yet."""
    with new_world(opensearch) as made:
        yield made
        for index in made.loop.run(made.client.described([f"{made.prefix}-*"])):
            made.loop.run(made.client.delete(index))


@contextmanager
def new_world(opensearch: RunningCluster) -> Iterator[World]:
    """The same, until the context ends. Its indexes stay in the cluster."""
    connections = Connections(shared_server().new_database())
    prepare(connections)
    made = World(connections, opensearch.nodes.urls, opensearch.new_prefix())
    try:
        yield made
    finally:
        made.close()
        connections.close()


def copied_index(world: World, store: FakeArticleStore) -> Index:
    """Return the index of the articles of a store, which are copied into the database."""
    copy = world.store()
    for slug, draft in store.drafts.items():
        copy.save(slug, draft)
    index = world.shelf().index
    index.refresh()
    return index


class Twins:
    """The same articles in both: what is done here is done to the cluster and to an index of this
    machine, one change after the other."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self._folder = folder
        self._stores: dict[Tenant, FakeArticleStore] = {}
        self._near: dict[Tenant, OpenedShelf] = {}
        self._far: dict[Tenant, Library] = {}

    def near(self, tenant: Tenant = EVERYONE, kept: KeptPairs | None = None) -> Library:
        """Return the shelves of this machine that a tenant can ask."""
        shelves = [self._shelf(EVERYONE)]
        shelves[0].kept = kept
        if tenant != EVERYONE:
            shelves.append(self._shelf(tenant))
        return Library(shelves, ANALYZER)

    def far(self, tenant: Tenant = EVERYONE) -> Library:
        """The same in the cluster."""
        if tenant not in self._far:
            self._far[tenant] = self.world.library(tenant)
        return self._far[tenant]

    def save(self, drafts: dict[str, Draft], tenant: Tenant = EVERYONE) -> None:
        """Save articles, in the order in which an index of this machine takes them up."""
        shelf = self._shelf(tenant)
        store = self.world.store(tenant)
        with store.together():
            for slug in sorted(drafts):
                self._stores[tenant].save(slug, drafts[slug])
                store.save(slug, drafts[slug])
        shelf.refresh()

    def slugs(self, tenant: Tenant = EVERYONE) -> list[str]:
        """The slugs of a tenant's own articles."""
        return sorted(self._stores[tenant].drafts)

    def remove(self, slug: str, tenant: Tenant = EVERYONE) -> None:
        self._stores[tenant].remove(slug)
        self.world.store(tenant).remove(slug)
        self._shelf(tenant).refresh()

    def refresh(self) -> None:
        """Wait until the cluster has all."""
        for tenant in self._near:
            self.world.shelf(tenant).refresh()

    def _shelf(self, tenant: Tenant) -> OpenedShelf:
        if tenant not in self._near:
            store = self._stores.setdefault(tenant, FakeArticleStore())
            made = OpenedShelf(store, self._folder / (tenant.name or "everyone"))
            made.prefix = tenant.prefix
            made.refresh()
            self._near[tenant] = made
        return self._near[tenant]
