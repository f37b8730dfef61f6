"""Secrets that all processes share, such as the key of the signed links."""

from __future__ import annotations

from bot.cluster.postgres.connections import Connections


def shared_secret(connections: Connections, name: str, new: bytes) -> bytes:
    """Return the secret of a name; where there is none yet, ``new`` is it from now on. Raises
    `bot.core.errors.StorageError`."""
    with connections.session() as session:
        session.execute(
            "INSERT INTO secret (name, value) VALUES (%s, %s) ON CONFLICT DO NOTHING", (name, new)
        )
        row = session.execute("SELECT value FROM secret WHERE name = %s", (name,)).fetchone()
    return bytes(row[0]) if row else new


def known_secret(connections: Connections, name: str) -> bytes | None:
    """Return the secret of a name; None if there is none. Raises the same."""
    with connections.session() as session:
        row = session.execute("SELECT value FROM secret WHERE name = %s", (name,)).fetchone()
    return bytes(row[0]) if row else None


def put_secret(connections: Connections, name: str, value: bytes) -> None:
    """Set the secret of a name. Raises the same."""
    with connections.session() as session:
        session.execute(
            "INSERT INTO secret (name, value) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )
