"""The outbox: changes of articles in their order, for whatever keeps a copy of them.

A change is written in the transaction of its article, under a version that grows by one with each
change and becomes visible in that order: who has read up to a version has missed nothing before it.
Of each article the last change is kept, so a copy may begin anew at version 0 at any time. A
notification wakes who waits; the version alone decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Literal, NamedTuple, TypeAlias

import psycopg

from bot.cluster.postgres.connections import Connections, Session, translated
from bot.service.tenants import Tenant

CHANNEL = "articlebot_changes"
"""Channel of the notifications of new versions, of articles and of servers' settings."""
ChangeKind: TypeAlias = Literal["put", "remove", "erase"]
LOOK_SECONDS = 1.0
"""Seconds after which the version is looked up though no notification came."""


class Change(NamedTuple):
    """The last change of an article, or of all that a tenant had."""

    version: int
    tenant: Tenant
    slug: str
    """Without the tenant's prefix; empty where all of a tenant's articles were erased."""
    kind: ChangeKind


class LatestVersions(NamedTuple):
    """The versions of the latest changes."""

    articles: int
    """The version of the last change in the outbox."""
    settings: int
    """Grows whenever a server's settings change."""


NO_VERSIONS = LatestVersions(0, 0)


class NotedShelf(NamedTuple):
    """A tenant's own articles, as far as the database tells of them without reading any."""

    version: int = 0
    """The version of their last change."""
    languages: tuple[str, ...] = ()
    """The languages that they were found to be in, in order; some may have gone since."""


class Outbox:
    """The changes, and how far each consumer has come. Safe for any number of threads. Every method
    raises `bot.core.errors.UnreachableError` if the server cannot be reached."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def version(self) -> int:
        """Return the version of the last change; 0 if there was none."""
        with self._connections.session() as session:
            row = session.execute("SELECT version FROM state").fetchone()
        return row[0] if row else 0

    def changes(self, after: int, limit: int = 1000) -> list[Change]:
        """Return the changes after a version, in their order, at most so many. Of an article that
        changed several times since, the last change alone is returned."""
        with self._connections.session() as session:
            rows = session.execute(
                "SELECT version, tenant, slug, kind FROM outbox WHERE version > %s"
                " ORDER BY version LIMIT %s",
                (after, limit),
            ).fetchall()
        return [Change(version, Tenant(tenant), slug, kind) for version, tenant, slug, kind in rows]

    def tenant_changes(self, tenant: Tenant, after: int, limit: int = 1000) -> list[Change]:
        """Return the changes of one tenant's own articles after a version, as `changes` does."""
        with self._connections.session() as session:
            rows = session.execute(
                "SELECT version, slug, kind FROM outbox WHERE version > %s AND tenant = %s"
                " ORDER BY version LIMIT %s",
                (after, tenant.name, limit),
            ).fetchall()
        return [Change(version, tenant, slug, kind) for version, slug, kind in rows]

    def shelf_versions(self, tenants: Sequence[Tenant]) -> dict[Tenant, int]:
        """Return the versions of the last change of these tenants' own articles; those without
        articles of their own are left out."""
        with self._connections.session() as session:
            rows = session.execute(
                "SELECT tenant, version FROM shelf WHERE tenant = ANY(%s)",
                ([tenant.name for tenant in tenants],),
            ).fetchall()
        return {Tenant(name): version for name, version in rows}

    def shelf(self, tenant: Tenant) -> NotedShelf:
        """Return what is noted of a tenant's own articles."""
        with self._connections.session() as session:
            row = session.execute(
                "SELECT version, languages FROM shelf WHERE tenant = %s", (tenant.name,)
            ).fetchone()
        return NotedShelf(row[0], tuple(sorted(row[1]))) if row else NotedShelf()

    def note_languages(self, found: Mapping[Tenant, Set[str]]) -> None:
        """Note languages in which articles of these tenants are, beside those noted before."""
        with self._connections.session() as session:
            for tenant, languages in found.items():
                session.execute(
                    "UPDATE shelf SET languages = ARRAY(SELECT unnest(languages)"
                    " UNION SELECT unnest(%(more)s)) WHERE tenant = %(tenant)s"
                    " AND NOT languages @> %(more)s",
                    {"tenant": tenant.name, "more": sorted(languages)},
                )

    def done(self, consumer: str, version: int) -> None:
        """Record that a consumer's copy holds all changes up to a version."""
        with self._connections.session() as session:
            session.execute(
                "INSERT INTO consumer VALUES (%s, %s, clock_timestamp())"
                " ON CONFLICT (name) DO UPDATE SET version = excluded.version, at = excluded.at",
                (consumer, version),
            )

    def position(self, consumer: str) -> int | None:
        """Return the version up to which a consumer's copy holds all changes; None if it has never
        said so."""
        with self._connections.session() as session:
            row = session.execute(
                "SELECT version FROM consumer WHERE name = %s", (consumer,)
            ).fetchone()
        return row[0] if row else None

    def forget(self, consumer: str) -> None:
        """Forget a consumer whose copy is no more."""
        with self._connections.session() as session:
            session.execute("DELETE FROM consumer WHERE name = %s", (consumer,))

    def wait_for_consumer(self, consumer: str, version: int, seconds: float) -> bool:
        """Return whether a consumer's copy holds all changes up to a version, waiting at most so
        many seconds for it."""
        until = time.monotonic() + seconds
        while (self.position(consumer) or 0) < version:
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(0.01, left))
        return True


class ChangeListener:
    """Waits for changes with a session of its own. To be used from one thread, which closes it."""

    def __init__(self, connections: Connections) -> None:
        """Nothing is opened yet."""
        self._connections = connections
        self._outbox = Outbox(connections)
        self._session: Session | None = None

    def __del__(self) -> None:
        self.close()

    def wait(self, after: int, seconds: float) -> int:
        """Return the version of the last change of an article, waiting at most so many seconds for
        one after ``after``. Raises `bot.core.errors.UnreachableError` if the server cannot be
        reached; the next call tries again."""
        return self._wait(lambda now: now.articles > after, seconds).articles

    def wait_for_any(self, after: LatestVersions, seconds: float) -> LatestVersions:
        """Do the same with changes of articles and of servers' settings."""
        return self._wait(lambda now: now != after, seconds)

    def _wait(self, is_due: Callable[[LatestVersions], bool], seconds: float) -> LatestVersions:
        until = time.monotonic() + seconds
        while True:
            try:
                if self._session is None:
                    self._session = self._connections.open()
                    self._session.execute(f"LISTEN {CHANNEL}")
                row = self._session.execute(
                    "SELECT state.version, settings_version.version FROM state, settings_version"
                ).fetchone()
                versions = LatestVersions(*row) if row else NO_VERSIONS
                left = until - time.monotonic()
                if left <= 0 or is_due(versions):
                    return versions
                for _ in self._session.notifies(timeout=min(left, LOOK_SECONDS), stop_after=1):
                    pass
            except psycopg.Error as error:
                self.close()
                raise translated(error, self._connections.address) from error

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()
            self._session = None
