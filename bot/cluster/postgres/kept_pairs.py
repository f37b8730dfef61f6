"""The kept pairs in PostgreSQL: read once, and again when another process has changed them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.cluster.postgres.connections import Connections, Session
from bot.core.seams import Fault
from bot.core.seams.pairs import KeptPair
from bot.service.tenants import Tenant
from bot.sources.corpus.answers_file import question_key

_COLUMNS = "question, address, kept_by, kept_at"


class PostgresKeptPairs:
    """Implements `bot.core.seams.KeptPairs`: the pairs of one tenant."""

    def __init__(self, connections: Connections, tenant: Tenant, seconds: float = 0.0) -> None:
        """``seconds`` is how old what is known may be: 0 to look at each call, at the cost of one
        round trip."""
        self._connections = connections
        self._tenant = tenant
        self._seconds = seconds
        self._known: tuple[float, int, Sequence[KeptPair]] | None = None
        """The time of the last reading (monotonic seconds), the pairs' version, and the pairs."""

    def pairs(self) -> Sequence[KeptPair]:
        known = self._known
        if known is not None and time.monotonic() - known[0] < self._seconds:
            return known[2]
        now = time.monotonic()
        with self._connections.session() as session:
            row = session.execute(
                "SELECT kept FROM shelf WHERE tenant = %s", (self._tenant.name,)
            ).fetchone()
            version = row[0] if row else 0
            if known is not None and known[1] == version:
                pairs = known[2]
            else:
                pairs = self._read(session) if version else ()
        self._known = now, version, pairs
        return pairs

    def faults(self) -> Sequence[Fault]:
        """There are none: only whole pairs are written."""
        return ()

    def keep(self, pair: KeptPair) -> KeptPair | None:
        return self._change(pair.question, pair)

    def forget(self, question: str) -> KeptPair | None:
        return self._change(question, None)

    def _read(self, session: Session) -> list[KeptPair]:
        rows = session.execute(
            f"SELECT {_COLUMNS} FROM kept_pair WHERE tenant = %s ORDER BY version DESC",  # noqa: S608
            (self._tenant.name,),
        )
        return [KeptPair(*row) for row in rows]

    def _change(self, question: str, new: KeptPair | None) -> KeptPair | None:
        """Replace the pair of a question by a pair, and return the one replaced."""
        name, key = self._tenant.name, question_key(question)
        with self._connections.transaction() as session:
            row = session.execute(
                "INSERT INTO shelf (tenant, version, kept)"
                " SELECT %s, version, nextval('kept_version') FROM state"
                " ON CONFLICT (tenant) DO UPDATE SET kept = excluded.kept RETURNING kept",
                (name,),
            ).fetchone()
            old = session.execute(
                "DELETE FROM kept_pair WHERE tenant = %s AND question_key = %s"  # noqa: S608
                f" RETURNING {_COLUMNS}",
                (name, _storable(key)),
            ).fetchone()
            if new is not None:
                session.execute(
                    f"INSERT INTO kept_pair (tenant, question_key, version, {_COLUMNS})"  # noqa: S608
                    " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                    (name, _storable(key), row and row[0], *map(_storable, new)),
                )
        return None if old is None else KeptPair(*old)


def _storable(text: str) -> str:
    """Return a text as PostgreSQL can hold it: without surrogates and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
