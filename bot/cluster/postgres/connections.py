"""Sessions with the PostgreSQL server, and what its errors mean.

A session is used by one thread at a time, and used again. One that the server has ended meanwhile
is replaced before anything is asked of it, so that a server that was started again is answered at
once.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Any, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bot.cluster.postgres.watched_sessions import LONGEST, PATIENCE, SessionWatch, WatchedSession
from bot.core.errors import StorageError, UnreachableError

Session: TypeAlias = WatchedSession
SCHEMA = "articlebot"
"""Schema that holds all tables, so that a database may be shared with other programs."""
_MOST_IDLE = 16
"""Sessions that are kept: as many as threads use, because opening one costs more than using it."""
_CONNECT_SECONDS = 2
_LEAVE_SECONDS = 1.0
"""Seconds for which a server that did not answer in this time is not tried again."""
_PARAMETERS: dict[str, Any] = {
    "connect_timeout": _CONNECT_SECONDS,
    # a machine that is gone is noticed within seconds, on either side
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
    "application_name": "articlebot",
}
_SETTINGS = (
    f"SET search_path = {SCHEMA}; SET statement_timeout = '60s'; SET lock_timeout = '10s';"
    " SET idle_in_transaction_session_timeout = '60s'; SET client_encoding = 'UTF8';"
    " SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3;"
    " SET client_min_messages = 'warning'"
)
_GONE = (psycopg.OperationalError, psycopg.InterfaceError)
_BUSY = (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled, psycopg.errors.DiskFull)


class Connections:
    """Sessions with one database. Safe for any number of threads, and for being pickled to another
    process, which opens its own."""

    def __init__(self, address: str, patience: float = PATIENCE, longest: float = LONGEST) -> None:
        """``address`` is a URL as libpq reads it. A statement that has waited for ``patience``
        seconds is given up if the server does not answer a new session either, and after
        ``longest`` in any case. Nothing is opened yet."""
        self.address = address
        self._watch = SessionWatch(
            partial(_is_alive, address), patience, longest, min(1.0, patience)
        )
        self._idle: list[Session] = []
        self._lock = Lock()
        """Held to take a session or to put it back, never while one is used."""
        self._is_closed = False
        self._failed: tuple[float, StorageError] | None = None
        """The time at which a server last did not answer (monotonic seconds), and the error that
        callers get at once meanwhile."""

    def __reduce__(self) -> tuple[type[Connections], tuple[str]]:
        return Connections, (self.address,)

    def __del__(self) -> None:
        self.close()

    def open(self) -> Session:
        """Return a new session, which the caller closes; each statement is a transaction of its
        own. Raises `UnreachableError`."""
        failed = self._failed
        if failed is not None and time.monotonic() - failed[0] < _LEAVE_SECONDS:
            raise UnreachableError(failed[1].code, **failed[1].data)
        began = time.monotonic()
        try:
            session = _connected(self.address)
            session.watch = self._watch
            session.execute(_SETTINGS)
        except psycopg.Error as error:
            fault = translated(error, self.address)
            now = time.monotonic()
            self._failed = (now, fault) if now - began > _LEAVE_SECONDS else None
            raise fault from error
        self._failed = None
        return session

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session; each statement is a transaction of its own. Raises `UnreachableError` if
        the server cannot be reached, and `StorageError` if it refuses a statement."""
        session = self._taken() or self.open()
        try:
            yield session
        except psycopg.Error as error:
            session.close()
            raise translated(error, self.address) from error
        except BaseException:
            session.close()
            raise
        with self._lock:
            if len(self._idle) < _MOST_IDLE and not self._is_closed:
                self._idle.append(session)
                return
        session.close()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session in a transaction, which is committed at the end, or rolled back if it
        ends with an exception. Raises the same."""
        with self.session() as session, session.transaction():
            yield session

    def location(self) -> str:
        """Return the server's and the database's names, without a password."""
        return location_of(self.address)

    def close(self) -> None:
        """Close the idle sessions; those in use are closed when they are put back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for session in idle:
            session.close()

    def _taken(self) -> Session | None:
        """Return an idle session that the server has not ended; None if there is none."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                session = self._idle.pop()
            # nothing is due: what can be read is that the server has ended the session
            if not session.closed and not select.select([session.fileno()], [], [], 0)[0]:
                return session
            session.close()


def _connected(address: str) -> Session:
    return WatchedSession.connect(address, autocommit=True, **_PARAMETERS)


def _is_alive(address: str) -> bool:
    """Return whether the server answers a new session."""
    try:
        _connected(address).close()
    except psycopg.Error:
        return False
    return True


def translated(error: psycopg.Error, address: str) -> StorageError:
    """Return the server's error as ours; ``address`` is the database's."""
    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, _GONE) and not isinstance(error, _BUSY):
        return UnreachableError("storage.unreachable", location=location_of(address), reason=reason)
    return StorageError("storage.refused", location=location_of(address), reason=reason)


def location_of(address: str) -> str:
    """Return the server's and the database's names in an address, without user and password."""
    try:
        found = conninfo_to_dict(address)
    except psycopg.Error:
        return "PostgreSQL"
    host = found.get("host") or found.get("hostaddr") or "localhost"
    port = f":{found['port']}" if found.get("port") else ""
    return f"{host}{port}/{found.get('dbname') or ''}"
