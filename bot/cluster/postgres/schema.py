"""The tables, made and brought to the present version.

The version is the number of steps of `bot.cluster.postgres.steps` that were taken. One process at a
time takes steps.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from bot.cluster.postgres.connections import SCHEMA, Connections, Session
from bot.cluster.postgres.steps import STEPS, Step
from bot.core.errors import StorageError

_LOCK = 0x61727469
"""Key of the advisory lock that is held while steps are taken."""


def prepare(connections: Connections, steps: Sequence[Step] = STEPS) -> None:
    """Bring the tables to the present version, and make them where they are missing. Raises
    `StorageError` if they are of a version that this program cannot work with."""
    with connections.session() as session:
        found = _versions(session)
        if found is not None and found[0] >= len(steps):
            _check(connections, found, len(steps))
            return
    with connections.transaction() as session:
        session.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        found = _versions(session)  # another process may have been first
        if found is None:
            session.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            session.execute(
                "CREATE TABLE schema_version (single boolean PRIMARY KEY DEFAULT true"
                " CHECK (single), steps int NOT NULL, oldest int NOT NULL)"
            )
            session.execute("INSERT INTO schema_version (steps, oldest) VALUES (0, 1)")
            found = 0, 1
        _check(connections, found, len(steps))
        for step in steps[found[0] :]:
            session.execute(step.statements.encode())
        if found[0] == 0:
            session.execute("INSERT INTO state (identity) VALUES (%s)", (secrets.token_hex(8),))
        if found[0] < len(steps):
            oldest = max([found[1], *(step.oldest for step in steps[found[0] :])])
            session.execute("UPDATE schema_version SET steps = %s, oldest = %s",
                            (len(steps), oldest))  # fmt: skip


def versions(connections: Connections) -> tuple[int, int] | None:
    """Return the number of steps that the tables have taken, and the least number that a program
    must know to work with them; None if there are no tables."""
    with connections.session() as session:
        return _versions(session)


def _versions(session: Session) -> tuple[int, int] | None:
    # to_regclass may not see yet what another process has just made
    row = session.execute(
        "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = %s AND tablename = 'schema_version'",
        (SCHEMA,),
    ).fetchone()
    if row is None:
        return None
    found = session.execute("SELECT steps, oldest FROM schema_version").fetchone()
    return None if found is None else (found[0], found[1])


def _check(connections: Connections, found: tuple[int, int], known: int) -> None:
    steps, oldest = found
    if steps > known and oldest > known:
        raise StorageError(
            "storage.newer", location=connections.location(), found=steps, known=known
        )
