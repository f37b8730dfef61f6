"""Locks: what one process among all may do at a time.

A lock is its session's, so it is free as soon as the process that holds it is dead. That shows in
the server within milliseconds, or within seconds if the whole machine is gone.
"""

from __future__ import annotations

import zlib
from contextlib import suppress

import psycopg

from bot.cluster.postgres.connections import Connections, Session, translated

_CLASS = 0x61727469
"""First key of all locks of this kind, so as not to meet those of another program."""


class SessionLock:
    """A lock with a session of its own. To be used from one thread at a time."""

    def __init__(self, connections: Connections, name: str) -> None:
        """``name`` is the same in every process. Nothing is opened yet."""
        self._connections = connections
        self._key = zlib.crc32(name.encode()) & 0x7FFFFFFF
        self._session: Session | None = None
        self._is_held = False

    def __del__(self) -> None:
        if self._session is not None:
            self._session.close()

    def take(self) -> bool:
        """Take the lock if nobody holds it; return whether it is held now. Never waits for another
        process. Raises `bot.core.errors.UnreachableError` if the server cannot be reached."""
        if self.is_held():
            return True
        try:
            if self._session is None:
                self._session = self._connections.open()
            row = self._session.execute(
                "SELECT pg_try_advisory_lock(%s, %s)", (_CLASS, self._key)
            ).fetchone()
        except psycopg.Error as error:
            self.release()
            raise translated(error, self._connections.address) from error
        self._is_held = bool(row and row[0])
        return self._is_held

    def is_held(self) -> bool:
        """Return whether the lock is still held, by asking the server. False where the server does
        not answer: it may be another's then, as soon as it does."""
        if not self._is_held or self._session is None:
            return False
        try:
            self._session.execute("SELECT 1")
        except psycopg.Error:
            self.release()
        return self._is_held

    def release(self) -> None:
        """Give the lock back, and end the session."""
        self._is_held = False
        if self._session is not None:
            with suppress(psycopg.Error):  # a session that is gone holds nothing
                self._session.execute("SELECT pg_advisory_unlock_all()")
            self._session.close()
            self._session = None
