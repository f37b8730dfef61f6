"""Wiring of what lies in PostgreSQL. Imported only where the settings name a database."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections, location_of
from bot.cluster.postgres.file_moving import FolderFiles
from bot.cluster.postgres.kept_pairs import PostgresKeptPairs
from bot.cluster.postgres.local_index import MARK, LocalIndex
from bot.cluster.postgres.locks import SessionLock
from bot.cluster.postgres.mirroring import FolderMirror
from bot.cluster.postgres.outbox import NO_VERSIONS, ChangeListener, LatestVersions, Outbox
from bot.cluster.postgres.record_statements import PostgresStatements
from bot.cluster.postgres.schema import prepare, versions
from bot.cluster.postgres.shard_slots import ShardSlots
from bot.cluster.postgres.shared_cooldowns import PostgresCooldowns
from bot.cluster.postgres.shared_secrets import shared_secret
from bot.cluster.postgres.stored_shelves import PostgresShelves
from bot.config import Settings
from bot.core.article import Draft
from bot.core.errors import StorageError, UnreachableError
from bot.core.seams import Analyzer, Index
from bot.core.shelf import Shelf
from bot.index.index_folder import FORMAT
from bot.service.operations.cooldowns import Allowance
from bot.service.operations.health import ServerHealth
from bot.service.presentation.signed_links import KEY_BYTES
from bot.service.records import Records, records_over
from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE, Tenant
from bot.wiring.local_parts import (
    PATIENCE,
    cache_folder,
    corpus_folder,
    embedded_index,
    read_stored,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sources.corpus.intake import Intake

DatabaseStore: TypeAlias = PostgresArticleStore
_KEPT_SECONDS = 1.0
"""Seconds for which everyone's kept answers may be out of date."""
LINK_KEY = "links"
"""Name of the secret with which links to servers' articles are signed."""
_LOOK_SECONDS = 1.0
"""Seconds between two looks at the database where nothing tells of a change."""
_TOGETHER = 10_000
"""Number of changes that are taken up at a time."""


@cache
def connections(address: str) -> Connections:
    """Return the sessions with a database, which has its tables afterwards: the same for each
    caller. Raises `bot.core.errors.StorageError`."""
    made = Connections(address)
    prepare(made)
    return made


def records(settings: Settings, clock: Callable[[], float]) -> Records:
    """Return the records in the database; ``clock`` gives seconds since 1970. Raises
    `bot.core.errors.StorageError`."""
    statements = PostgresStatements(connections(settings.storage.postgres))
    return records_over(statements, clock, lambda: None, waits=True)


def server_health(settings: Settings) -> list[ServerHealth]:
    """Return the state of the database, and of the search cluster where there is one. Waits for
    them, a few seconds at the most where they do not answer."""
    location = location_of(settings.storage.postgres)
    try:
        opened = connections(settings.storage.postgres)
        version, steps = Outbox(opened).version(), versions(opened)
    except StorageError as error:
        found = [ServerHealth("storage", location, error)]
    else:
        state = f"{version} changes, tables of version {steps[0] if steps else 0}"
        found = [ServerHealth("storage", location, None, state)]
    if settings.search.engine == "opensearch" and found[0].fault is None:
        from bot.wiring.search_cluster import search_cluster

        found.append(search_cluster(settings.search, opened).health())
    return found


def cooldowns(
    settings: Settings, person: Allowance, tenant: Allowance, clock: Callable[[], float] | None
) -> PostgresCooldowns:
    """Return the limits that all processes share; see `PostgresCooldowns` for ``clock``."""
    return PostgresCooldowns(connections(settings.storage.postgres), person, tenant, clock)


def sharding(settings: Settings) -> ShardSlots:
    """Return the division of Discord's shards among the processes."""
    return ShardSlots(connections(settings.storage.postgres), settings.discord.processes)


def folder_mirror(settings: Settings) -> FolderMirror:
    """Return the mirror of the operator's folder in the database."""
    opened = connections(settings.storage.postgres)
    largest = int(settings.corpus.largest_file_mb * 1e6)
    files = FolderFiles(corpus_folder(settings), largest, write_whole)
    return FolderMirror(opened, files, PostgresArticleStore(opened, EVERYONE, read_stored))


def one_of_all(settings: Settings, what: str) -> Callable[[], bool]:
    """See `bot.wiring.shared_state.one_of_all`. While the database cannot be reached, no process is
    the one."""
    lock = SessionLock(connections(settings.storage.postgres), what)

    def is_mine() -> bool:
        try:
            return lock.take()
        except UnreachableError:
            return False

    return is_mine


def link_key(settings: Settings) -> bytes:
    """Return the key of the links that all processes share."""
    opened = connections(settings.storage.postgres)
    return shared_secret(opened, LINK_KEY, secrets.token_bytes(KEY_BYTES))


def index_folder(settings: Settings, tenant: Tenant) -> Path:
    """Return the folder of the index of a tenant's articles on this machine; it may not exist. The
    database is asked for its name once."""
    base = settings.search.cache or cache_folder()
    named = f"{_identity(settings.storage.postgres)}/{tenant.name}"
    return base / hashlib.sha256(named.encode()).hexdigest()[:16]


@cache
def _identity(address: str) -> str:
    return PostgresShelves(connections(address)).identity()


class DatabaseStorage:
    """Implements `bot.service.ports.TenantStorage`: the articles of everyone and of each tenant, in
    one database."""

    def __init__(self, settings: Settings, analyzer: Analyzer, patience: float = PATIENCE) -> None:
        """``patience`` is how many seconds to wait for another process that writes to an index on
        this machine. Raises `bot.core.errors.StorageError` if the database cannot be used."""
        self._settings = settings
        self._analyzer = analyzer
        self._patience = patience
        self._connections = connections(settings.storage.postgres)
        self._shelves = PostgresShelves(self._connections)
        self._outbox = Outbox(self._connections)
        self._seen: set[Tenant] = set()

    def has(self, tenant: Tenant) -> bool:
        """See `bot.service.ports.TenantStorage.has`. A shelf that was seen once is there from then
        on: if another process erases it, its index is found to be empty."""
        if tenant not in self._seen:
            if self._shelves.version(tenant) is None:
                return False
            self._seen.add(tenant)
        return True

    def shelf(self, tenant: Tenant) -> Shelf:
        store = self.store(tenant)
        seconds = _KEPT_SECONDS if tenant == EVERYONE else 0.0
        kept = PostgresKeptPairs(self._connections, tenant, seconds)
        return Shelf(store, self._index(store), tenant.prefix, kept)

    def store(self, tenant: Tenant) -> PostgresArticleStore:
        return PostgresArticleStore(self._connections, tenant, read_stored)

    def intake(self, tenant: Tenant) -> Intake:
        from bot.wiring.outside import intake

        return intake(self._settings, self.store(tenant))

    async def fetch(self, link: str, tenant: Tenant) -> Sequence[Draft]:
        from bot.wiring.outside import fetch_for_server

        return await fetch_for_server(self._settings, link, partial(self.intake, tenant))

    def erase(self, tenant: Tenant) -> None:
        import shutil

        self._seen.discard(tenant)
        self._shelves.erase(tenant)
        folder = self.index_folder(tenant)
        shutil.rmtree(folder, ignore_errors=not folder.exists())

    def tenants(self) -> list[Tenant]:
        return self._shelves.tenants()

    def index_folder(self, tenant: Tenant) -> Path:
        """See `index_folder`."""
        return index_folder(self._settings, tenant)

    def _index(self, store: PostgresArticleStore) -> Index:
        if self._settings.search.engine == "opensearch":
            from bot.wiring.search_cluster import search_cluster

            return search_cluster(self._settings.search, self._connections).index(store.tenant)
        folder = self.index_folder(store.tenant)
        index, reader = embedded_index(
            self._settings, store, folder, self._analyzer, self._patience
        )
        fingerprint = self._analyzer.fingerprint()
        is_on_disk = self._settings.search.engine == "bm25"
        return LocalIndex(
            index,
            self._outbox,
            store.tenant,
            lambda: (FORMAT, fingerprint, reader.identity),
            folder / MARK if is_on_disk else None,
            write_whole,
            strict=store.tenant != EVERYONE,
        )


async def changes(
    settings: Settings, settings_changed: Callable[[], None] = lambda: None
) -> AsyncIterator[ChangedSlugs | None]:
    """Give the articles that changed, by tenant, as they change, until cancelled; None at first,
    where that is not known. ``settings_changed`` is called when a server's settings changed. Where
    the database cannot be reached that is logged once, and tried again until it can."""
    import asyncio
    import logging

    def look(seen: LatestVersions | None) -> tuple[LatestVersions, ChangedSlugs]:
        """Wait for changes after some versions, or return the present versions alone."""
        if seen is None:
            return listener.wait_for_any(NO_VERSIONS, 0.0), {}
        versions = listener.wait_for_any(seen, _LOOK_SECONDS)
        found: dict[Tenant, set[str]] = {}
        changed = outbox.changes(seen.articles, _TOGETHER) if versions != seen else []
        for change in changed:
            found.setdefault(change.tenant, set()).add(change.slug)
        reached = changed[-1].version if changed else versions.articles
        return versions._replace(articles=reached), found

    opened = connections(settings.storage.postgres)
    listener, outbox = ChangeListener(opened), Outbox(opened)
    seen: LatestVersions | None = None
    is_lost = False
    try:
        while True:
            try:
                now, found = await asyncio.to_thread(look, seen)
            except UnreachableError as error:
                if not is_lost:
                    logging.getLogger(__name__).warning("%s", error)
                is_lost = True
                await asyncio.sleep(_LOOK_SECONDS)
                continue
            is_lost, before, seen = False, seen, now
            if before is None or before.settings != now.settings:
                settings_changed()
            if before is None:
                yield None
            elif found:
                yield found
    finally:
        listener.close()
