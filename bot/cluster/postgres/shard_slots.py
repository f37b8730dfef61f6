"""Discord's shards, divided among processes by locks in PostgreSQL.

The shards are cut into as many slots as processes share them; a process that starts takes a slot
that nobody holds, and one too many waits as a spare. A slot is a session's lock, so it is free as
soon as its holder is dead.
"""

from __future__ import annotations

import secrets
import time
from contextlib import suppress

import psycopg

from bot.cluster.postgres.connections import Connections, Session, translated
from bot.core.errors import StorageError
from bot.service.operations.sharding import Share

_CLASS = 0x61727473
"""First key of the slots' locks; the second is the slot."""
_DIVISION = -1
"""Second key of the lock under which the division is decided."""
_GRACE = "3 seconds"
"""Time after the server's start in which only a process that held a slot before takes one."""
_CLAIMED = "10 minutes"
_TIDY_SECONDS = 60.0


class ShardSlots:
    """Implements `bot.service.operations.sharding.Sharding`. `take`, `keep` and `release` are
    called by one thread at a time; the others by any."""

    def __init__(self, connections: Connections, processes: int) -> None:
        """``processes`` is the number of processes among which the shards are divided."""
        self._connections = connections
        self._processes = processes
        self._name = secrets.token_hex(8)
        """Name of this process among those that hold slots."""
        self._session: Session | None = None
        self._share: Share | None = None
        self._tidied = 0.0

    def __del__(self) -> None:
        self._drop()

    def take(self, shard_count: int) -> Share | None:
        try:
            session = self._opened()
            if self._is_young(session):
                return None
            with session.transaction():
                session.execute("SELECT pg_advisory_xact_lock(%s, %s)", (_CLASS, _DIVISION))
                shard_count = self._divided(session, shard_count)
                slots = min(self._processes, shard_count)
                slot = next((n for n in range(slots) if self._lock(session, n)), None)
                if slot is not None:
                    session.execute(
                        "INSERT INTO slot (number, holder) VALUES (%s, %s)"
                        " ON CONFLICT (number) DO UPDATE SET holder = excluded.holder",
                        (slot, self._name),
                    )
        except psycopg.Error as error:
            self._drop()
            raise translated(error, self._connections.address) from error
        if slot is not None:
            self._share = Share(slot, tuple(range(slot, shard_count, slots)), shard_count)
        return self._share

    def keep(self) -> bool:
        if self._share is None:
            return False
        try:
            if self._session is not None:
                self._session.execute("SELECT 1")
                self._tidy(self._session)
                return True
            session = self._opened()
            if self._lock(session, self._share.slot):
                return True
            # the server may hold a lock for a while for a session of this process that was cut off
            row = session.execute(
                "SELECT holder FROM slot WHERE number = %s", (self._share.slot,)
            ).fetchone()
            self._drop()
            return row == (self._name,)
        except psycopg.Error as error:
            self._drop()
            raise translated(error, self._connections.address) from error

    def turn(self, bucket: int, seconds: float) -> float:
        with self._connections.session() as session:
            row = session.execute(
                "INSERT INTO identify AS known (bucket, at) VALUES (%s, clock_timestamp())"
                " ON CONFLICT (bucket) DO UPDATE SET at = greatest("
                "known.at + make_interval(secs => %s), clock_timestamp())"
                " RETURNING extract(epoch FROM at - clock_timestamp())::float8",
                (bucket, seconds),
            ).fetchone()
        return max(0.0, row[0]) if row else 0.0

    def claim(self, event: int) -> bool:
        with self._connections.session() as session:
            claimed = session.execute(
                "INSERT INTO claim (event) VALUES (%s) ON CONFLICT DO NOTHING", (event,)
            )
            return claimed.rowcount == 1

    def release(self) -> None:
        self._share = None
        if self._session is not None:
            with suppress(psycopg.Error):  # a session that is gone holds nothing
                self._session.execute("SELECT pg_advisory_unlock_all()")
        self._drop()

    def _divided(self, session: Session, shard_count: int) -> int:
        """Return the number of shards that all processes have. Another number, of shards or of
        processes, counts once nobody holds a slot."""
        row = session.execute("SELECT shards, processes FROM division").fetchone()
        if row == (shard_count, self._processes):
            return shard_count
        held = session.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = %s"
            " AND objid::bigint < 4294967295 AND objsubid = 2 AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            (_CLASS,),
        ).fetchone()
        if row is None or held is None:
            session.execute("DELETE FROM division")
            session.execute(
                "INSERT INTO division (shards, processes) VALUES (%s, %s)",
                (shard_count, self._processes),
            )
            return shard_count
        if row[1] != self._processes:
            raise StorageError("shards.divided", processes=row[1], wanted=self._processes)
        return int(row[0])

    def _is_young(self, session: Session) -> bool:
        """Return whether the server was started a moment ago: then a process that held a slot and
        still has its connections to Discord goes first."""
        row = session.execute(
            "SELECT clock_timestamp() - pg_postmaster_start_time() < %s::interval", (_GRACE,)
        ).fetchone()
        return bool(row and row[0])

    def _lock(self, session: Session, slot: int) -> bool:
        row = session.execute("SELECT pg_try_advisory_lock(%s, %s)", (_CLASS, slot)).fetchone()
        return bool(row and row[0])

    def _opened(self) -> Session:
        if self._session is None:
            self._session = self._connections.open()
        return self._session

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _tidy(self, session: Session) -> None:
        """Erase now and then what no longer counts: claims, and cooldowns that are over."""
        if time.monotonic() - self._tidied > _TIDY_SECONDS:
            self._tidied = time.monotonic()
            session.execute(
                "DELETE FROM claim WHERE at < clock_timestamp() - %s::interval", (_CLAIMED,)
            )
            session.execute(
                "DELETE FROM cooldown WHERE full_at < extract(epoch FROM clock_timestamp())"
            )
