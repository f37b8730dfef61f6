"""The shelves in PostgreSQL: which tenants have articles, and how their articles are erased."""

from __future__ import annotations

from bot.cluster.postgres.connections import Connections, Session
from bot.cluster.postgres.outbox import CHANNEL
from bot.service.tenants import Tenant


class PostgresShelves:
    """The tenants that have articles. Safe for any number of threads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def version(self, tenant: Tenant) -> int | None:
        """Return the version of the last change of a tenant's own articles; None if it has no
        shelf."""
        with self._connections.session() as session:
            row = session.execute(
                "SELECT version FROM shelf WHERE tenant = %s", (tenant.name,)
            ).fetchone()
        return row[0] if row else None

    def make(self, tenant: Tenant) -> None:
        """Make a tenant's shelf where it is missing."""
        with self._connections.session() as session:
            session.execute(
                "INSERT INTO shelf (tenant, version) SELECT %s, version FROM state"
                " ON CONFLICT DO NOTHING",
                (tenant.name,),
            )

    def tenants(self) -> list[Tenant]:
        """Return the tenants, but for everyone, that have a shelf, in the order of their
        numbers."""
        with self._connections.session() as session:
            rows = session.execute("SELECT tenant FROM shelf WHERE tenant <> ''").fetchall()
        return [Tenant(name) for name in sorted((name for (name,) in rows), key=int)]

    def erase(self, tenant: Tenant) -> None:
        """Delete a tenant's articles and its shelf. Of the articles' names nothing is kept."""
        with self._connections.transaction() as session:
            _erase(session, tenant)

    def identity(self) -> str:
        """Return the database's own name, which no other database has, nor the same one restored
        from a dump: a copy of the articles as they were before must not be taken for one of it."""
        with self._connections.session() as session:
            row = session.execute(
                "SELECT identity || '-' || 'state'::regclass::oid FROM state"
            ).fetchone()
        return str(row[0]) if row else ""


def _erase(session: Session, tenant: Tenant) -> None:
    row = session.execute("UPDATE state SET version = version + 1 RETURNING version").fetchone()
    version = row[0] if row else 0
    for table in ("article", "outbox", "kept_pair", "shelf"):
        session.execute(f"DELETE FROM {table} WHERE tenant = %s", (tenant.name,))  # noqa: S608
    session.execute("INSERT INTO outbox VALUES (%s, '', %s, 'erase')", (tenant.name, version))
    session.execute(f"SELECT pg_notify('{CHANNEL}', '')")
