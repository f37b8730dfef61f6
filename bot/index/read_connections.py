"""The index folder's SQLite file as questions read it: nothing here writes, locks or waits.

A question has a connection to itself for as long as it lasts, inside of one read transaction, so
that everything it reads is of one moment. SQLite's write-ahead log lets a writer go on meanwhile.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from bot.core.errors import DamagedIndexError, StorageError, UnfinishedIndexError
from bot.index.index_folder import (
    FILE,
    FORMAT,
    NO_SHORT_FILES,
    SQLITE_ERRORS,
    UNFINISHED,
    Sharing,
    ShortFiles,
    fingerprint_of,
    identity_of,
    translated,
)
from bot.index.latest_commit import check_pages
from bot.index.rows import IndexState

_BUSY_SECONDS = 1.0
"""Seconds that SQLite retries while another process recovers or removes the log."""
_MOST_IDLE = 8
"""Connections that are kept for the questions to come."""
_CANNOT_SHARE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""SQLite's error codes if it cannot make the files beside the database by which processes share it:
the disk is full, or the folder is read-only."""


class View:
    """A connection that reads in one transaction after the other."""

    def __init__(
        self, connection: sqlite3.Connection, identity: tuple[int, int], sharing: Sharing | None
    ) -> None:
        """``identity`` distinguishes the file from another of the same name; ``sharing`` is None if
        no process can write to it."""
        self.connection = connection
        self.identity = identity
        self.sharing = sharing
        self._version: int | None = None
        """SQLite's number of the state, which every commit of another connection changes."""
        self.state = IndexState(is_finished=False)
        """The state that the present transaction sees."""

    def begin(self, folder: Path) -> None:
        """Begin a transaction; ``folder`` is the index's."""
        self.connection.execute("BEGIN")
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            (format_,) = self.connection.execute("PRAGMA user_version").fetchone()
            if format_ not in (FORMAT, UNFINISHED):
                raise DamagedIndexError("index.other_format", folder=str(folder))
            check_pages(self.connection, folder)
            self.state = IndexState(is_finished=format_ == FORMAT)
            self._version = version


class ReadConnections:
    """Connections to one index folder's file. Safe for any number of threads."""

    def __init__(
        self, folder: Path, fingerprint: str | None = None, short_files: ShortFiles = NO_SHORT_FILES
    ) -> None:
        """An index whose fingerprint differs from ``fingerprint`` counts as damaged (None accepts
        any). Nothing is opened yet."""
        self._folder = folder
        self._fingerprint = fingerprint
        self._short_files = short_files
        self._lost: tuple[int, int] | None = None
        """The file of which something was cut short, until it is rebuilt."""
        self._file = os.fspath(folder / FILE)
        self._idle: list[View] = []
        self._lock = Lock()
        """Held to take a connection or to put it back, never while one is used."""
        self.close = weakref.finalize(self, _close_all, self._idle)
        """Close the connections that no question has at the moment."""

    @property
    def identity(self) -> tuple[int, int] | None:
        """Values that distinguish the file now at this path from another of the same name; None if
        there is none."""
        return identity_of(self._file)

    @contextmanager
    def view(self, unfinished_too: bool = False) -> Iterator[View]:
        """Open a connection in a read transaction that ends with the context. Raises
        `DamagedIndexError` if there is no index, or none of this format; `UnfinishedIndexError` if
        it does not hold all articles yet, unless unfinished ones are allowed; `StorageError` if it
        cannot be read."""
        view = self._take()
        sound = False
        try:
            self.check(view)
            if not view.state.is_finished and not unfinished_too:
                raise UnfinishedIndexError("index.unfinished", folder=str(self._folder))
            yield view
            self.check(view)
            sound = True
        finally:
            with suppress(*SQLITE_ERRORS):
                view.connection.execute("ROLLBACK")  # nothing was written
            self._put_back(view, sound)

    def check(self, view: View) -> None:
        """Raise `DamagedIndexError` if what was read of a view cannot be trusted."""
        if view.sharing is not None and view.sharing.is_lost(self._short_files):
            self._lost = view.identity
            raise self._cut_short()

    def _cut_short(self) -> DamagedIndexError:
        return DamagedIndexError("index.cut_short", folder=str(self._folder))

    def trust(self) -> None:
        """Treat the file that is there now as another one than the damaged one."""
        self._lost = None

    def _take(self) -> View:
        identity = identity_of(self._file)
        if identity is None:
            raise DamagedIndexError("index.gone", folder=str(self._folder))
        if identity == self._lost:  # connections that are open yet share what was cut short
            raise self._cut_short()
        while True:
            with self._lock:
                if not self._idle:
                    break
                view = self._idle.pop()
            if view.identity == identity:
                with suppress(*SQLITE_ERRORS):
                    view.begin(self._folder)
                    return view
            view.connection.close()
        return self._open(identity)

    def _open(self, identity: tuple[int, int]) -> View:
        try:
            since = self._short_files.count()
            return self._connect("mode=rw", identity, since)
        except SQLITE_ERRORS as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in _CANNOT_SHARE or self._has_log():
                raise translated(error, self._folder) from error
        try:  # nobody can write to it either; should that change, checksums tell
            return self._connect("mode=ro&immutable=1", identity, None)
        except SQLITE_ERRORS as error:
            raise translated(error, self._folder) from error

    def _connect(self, options: str, identity: tuple[int, int], since: int | None) -> View:
        """Open the file, in a transaction; ``since`` is as in `Sharing`, None if no process can
        write to it."""
        connection = sqlite3.connect(
            f"{Path(self._file).absolute().as_uri()}?{options}",
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # one thread after the other
            uri=True,
        )
        try:
            view = View(connection, identity, None)
            view.begin(self._folder)
            if since is not None:  # the file by which it is shared is there by now
                view.sharing = Sharing.of(self._file, since)
            if self._fingerprint is not None:
                made_with = fingerprint_of(connection)
                if made_with != self._fingerprint:
                    raise DamagedIndexError(
                        "index.other_maker", folder=str(self._folder), made_with=made_with
                    )
        except BaseException:
            connection.close()
            raise
        return view

    def _has_log(self) -> bool:
        """Return whether the log holds more than the file, so that the file alone is outdated."""
        try:
            return os.stat(f"{self._file}-wal").st_size > 0  # noqa: PTH116
        except OSError:
            return False

    def _put_back(self, view: View, sound: bool) -> None:
        if sound and view.sharing is not None and self.close.alive:
            with self._lock:
                if len(self._idle) < _MOST_IDLE:
                    self._idle.append(view)
                    return
        view.connection.close()


def _close_all(idle: list[View]) -> None:
    while idle:
        idle.pop().connection.close()


def made_with(folder: Path) -> str | None:
    """Return the fingerprint of what made the index in this folder; None if there is none that can
    be read and is of this format."""
    try:
        with ReadConnections(folder).view(unfinished_too=True) as view:
            return fingerprint_of(view.connection)
    except (*SQLITE_ERRORS, StorageError):
        return None
