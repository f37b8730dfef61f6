"""Wiring of the search in an OpenSearch cluster. Imported only where the settings name one."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial

from bot.cluster.opensearch.change_reading import ChangeReadingJob
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.generations import Generations
from bot.cluster.opensearch.index import OpenSearchIndex
from bot.cluster.opensearch.indexing import ClusterIndexer
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.layout import Sizes, aliases
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.locks import SessionLock
from bot.cluster.postgres.outbox import ChangeListener, Outbox
from bot.cluster.postgres.stored_shelves import PostgresShelves
from bot.config import SearchSettings
from bot.core.errors import StorageError
from bot.core.seams import Analyzer
from bot.endpoints import opensearch_credentials
from bot.service.operations.health import ServerHealth
from bot.service.tenants import Tenant
from bot.wiring.local_parts import analyzer, read_stored


class SearchCluster:
    """The cluster as this process uses it: one event loop and its connections for all shelves."""

    def __init__(
        self, settings: SearchSettings, connections: Connections, tokens: Analyzer
    ) -> None:
        """``connections`` are those to the database that the indexes are filled from. Nothing is
        asked of the cluster yet. Raises `bot.core.errors.ConfigError` if the environment's
        credentials are incomplete."""
        self._addresses = settings.opensearch
        self._connections = connections
        self.outbox = Outbox(connections)
        nodes = settings.opensearch
        first = os.getpid() % len(nodes)  # so that not every process asks the same node first
        self.client = OpenSearchClient(
            [*nodes[first:], *nodes[:first]], opensearch_credentials(), settings.opensearch_ca
        )
        self._statistics = KnownStatistics()
        self._documents = KnownDocuments()
        self.loop = LoopThread(self.client.close)
        # several databases may share a cluster
        self._prefix = f"articlebot-{PostgresShelves(connections).identity()}"
        sizes = Sizes(settings.opensearch_shards, settings.opensearch_replicas)
        self.generations = Generations(self.client, self._prefix, sizes, tokens.fingerprint())

    def index(self, tenant: Tenant) -> OpenSearchIndex:
        """Return the index of a tenant's articles."""
        return OpenSearchIndex(
            self.loop,
            self.client,
            self.generations,
            scope_of(aliases(self._prefix), tenant.name),
            tenant,
            self.outbox,
            self.indexer,
            statistics=self._statistics,
            documents=self._documents,
        )

    def indexer(self) -> ClusterIndexer:
        """Return an indexer of its own, for one thread, which closes it."""
        return ClusterIndexer(
            self.loop,
            self.client,
            self.generations,
            self.outbox,
            ChangeListener(self._connections),
            SessionLock(self._connections, f"index {self.generations.fingerprint}"),
            ChangeReadingJob(partial(_store, self._connections), analyzer),
        )

    def health(self) -> ServerHealth:
        """Return the state of the cluster, and how far its copy of the articles is behind."""
        location = ", ".join(self._addresses)
        try:
            found = self.loop.run(self.client.health())
            published = self.loop.run(self.generations.published())
            behind = self.outbox.version()
            if published is not None:
                consumer = self.generations.consumer(published.generation)
                behind -= self.outbox.position(consumer) or 0
        except StorageError as error:
            return ServerHealth("search", location, error)
        state = f"{found.get('status')}, {found.get('number_of_nodes')} nodes"
        return ServerHealth("search", location, None, state, behind)


def _store(connections: Connections, tenant: Tenant) -> PostgresArticleStore:
    return PostgresArticleStore(connections, tenant, read_stored)


@cache
def search_cluster(settings: SearchSettings, connections: Connections) -> SearchCluster:
    """Return the cluster that the settings name: the same for each caller. Its connections are
    closed when the process ends."""
    made = SearchCluster(settings, connections, analyzer())
    atexit.register(made.loop.close)
    return made


@contextmanager
def indexing(cluster: SearchCluster) -> Iterator[None]:
    """Index beside everything else until the context ends, whenever no other process does."""
    stop = threading.Event()
    thread = threading.Thread(
        target=cluster.indexer().run, args=(stop,), name="indexer", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
