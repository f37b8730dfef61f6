"""The index folder's SQLite file, opened to write; the catalogue and the engine share it.

An article and its postings are committed in one transaction, so that a process killed at any moment
leaves the index as it was before or as it was to be. The file is in WAL mode with
``synchronous=NORMAL``: a commit does not wait for the disk, because what a power cut loses is
rebuilt from the articles. A lock file beside it lets one process write at a time. Questions read it
by `bot.index.read_connections`.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import DamagedIndexError, IndexBusyError, StorageError
from bot.index.index_folder import (
    DATABASE_FILES,
    FILE,
    FORMAT,
    LOCKS,
    NO_SHORT_FILES,
    SCHEMA,
    SQLITE_ERRORS,
    UNFINISHED,
    WRITE_LOCK,
    Sharing,
    ShortFiles,
    fingerprint_of,
    identity_of,
    translated,
)
from bot.index.latest_commit import check_pages, number_commit
from bot.index.read_connections import made_with

if TYPE_CHECKING:
    from filelock import BaseFileLock


class _Connection(sqlite3.Connection):
    """A connection that closes itself when its thread ends, or the `Database` is dropped. Python
    would close it too, but reports that as a fault from 3.13 on."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


class Database:
    """The SQLite file of one index folder; a connection for each thread that writes, or reads what
    it has written."""

    def __init__(
        self,
        folder: Path,
        lock_seconds: float = 120.0,
        fingerprint: str | None = None,
        short_files: ShortFiles = NO_SHORT_FILES,
    ) -> None:
        """Open the folder's file, rebuilt where it is missing, damaged, of another format, or made
        with something else than ``fingerprint`` says (None takes it as it is).

        ``lock_seconds`` is how long a writer waits for another. Raises `StorageError` if the folder
        cannot be made or written.
        """
        self.folder = folder
        self._fingerprint = fingerprint
        self._short_files = short_files
        self._lock_seconds = lock_seconds
        self._file = os.fspath(folder / FILE)
        self._local = threading.local()
        self.transaction = 0
        """The number of the latest transaction; other threads or processes may write between
        two."""
        self.replaced: str | None = None
        """The fingerprint of what made the index that this one took the place of, where another
        program or library had made it."""
        if not self._is_sound():
            with self._locked():
                if not self._is_sound():  # another process may have been first
                    before = made_with(folder)
                    self.replaced = before if before != fingerprint else None
                    self._make()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode, to the current file, which another process
        may have rebuilt. Raises `DamagedIndexError` if it is gone."""
        identity = identity_of(self._file)
        if getattr(self._local, "identity", None) != identity or identity is None:
            self.close()
            if identity is None:
                raise DamagedIndexError("index.gone", folder=str(self.folder))
            try:
                since = self._short_files.count()
                self._local.connection = self._open()
                self._local.sharing = Sharing.of(self._file, since)
            except SQLITE_ERRORS as error:
                raise translated(error, self.folder) from error
            self._local.identity = identity
        connection: sqlite3.Connection = self._local.connection
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield this thread's connection, with SQLite's errors translated."""
        try:
            yield self.connection
        except SQLITE_ERRORS as error:
            raise translated(error, self.folder) from error

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[sqlite3.Connection]:
        """Run a transaction, the only one among all processes. Raises `StorageError` if another
        holds the lock for longer than ``patience`` seconds, or than the constructor was told."""
        with self._locked(patience), self.reading() as connection:
            self._check_sharing()
            connection.execute("BEGIN IMMEDIATE")
            self.transaction += 1
            changes = connection.total_changes
            try:
                yield connection
                if connection.total_changes != changes:
                    number_commit(connection, self.folder)
                self._check_sharing()
                connection.execute("COMMIT")
            except BaseException:
                with suppress(*SQLITE_ERRORS):  # the first error is the one to tell
                    connection.execute("ROLLBACK")
                raise

    def reset(self, damaged: tuple[int, int] | None = None) -> None:
        """Delete the index, the engine's files included, and start with an empty one, unless
        another process has just done so. ``damaged`` is the identity of the file in which damage
        was found, if this thread did not find it itself."""
        known = damaged or getattr(self._local, "identity", None)
        with self._locked():
            if known in (None, identity_of(self._file)) or not self._is_sound():
                self._make()

    def _check_sharing(self) -> None:
        sharing: Sharing = self._local.sharing
        if sharing.is_lost(self._short_files):
            raise DamagedIndexError("index.cut_short", folder=str(self.folder))

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "identity", None) is not None:
            self._local.connection.close()
            self._local.identity = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file,
            timeout=self._lock_seconds,
            isolation_level=None,
            check_same_thread=False,  # it may be closed by another thread, which drops the database
            factory=_Connection,
        )
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
        except SQLITE_ERRORS:
            connection.close()
            raise
        return connection

    def _open(self) -> sqlite3.Connection:
        """Return a connection to a file of this format, made with what this process has."""
        connection = self._connect()
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (FORMAT, UNFINISHED):
                raise DamagedIndexError("index.other_format", folder=str(self.folder))
            check_pages(connection, self.folder)
            made_with = fingerprint_of(connection)
            if self._fingerprint is not None and made_with != self._fingerprint:
                raise DamagedIndexError(
                    "index.other_maker", folder=str(self.folder), made_with=made_with
                )
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_sound(self) -> bool:
        try:
            return self.connection is not None
        except DamagedIndexError:
            return False

    def _make(self) -> None:
        self.close()
        try:
            self.folder.chmod(0o700)
            _move_aside(self.folder, DATABASE_FILES)
            for file in self.folder.iterdir():
                if file.name not in LOCKS and (file.is_file() or file.is_symlink()):
                    file.unlink()
            # SQLite gives the files beside it the same rights
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
            connection = self._connect()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(
                    f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {UNFINISHED}"
                )
                connection.execute(
                    "INSERT INTO meta VALUES ('fingerprint', ?)", (self._fingerprint or "",)
                )
                connection.execute("COMMIT")
            finally:
                connection.close()
        except OSError as error:
            raise self._unwritable(error) from error
        except SQLITE_ERRORS as error:
            raise translated(error, self.folder) from error

    @contextmanager
    def _locked(self, patience: float | None = None) -> Iterator[None]:
        from filelock import Timeout

        seconds = self._lock_seconds if patience is None else patience
        lock = self._lock
        try:
            # the index holds the articles' own words: it is its owner's alone
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _move_aside(self.folder, LOCKS)
            lock.acquire(timeout=seconds)
        except Timeout as error:
            raise IndexBusyError(
                "index.locked", path=str(self.folder / WRITE_LOCK), seconds=seconds
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    @cached_property
    def _lock(self) -> BaseFileLock:
        """The lock as one thread holds it: each thread has its own hold."""
        from filelock import FileLock

        return FileLock(self.folder / WRITE_LOCK)

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError("index.unwritable", folder=str(self.folder), reason=str(error.strerror))


def _move_aside(folder: Path, names: Set[str]) -> None:
    """Rename what somebody else made in the place of these files and is none, such as a folder, and
    log it: it is not ours to delete."""
    for file in (folder / name for name in sorted(names)):
        if file.exists() and not file.is_file():
            aside, number = file.with_name(f"{file.name}.aside"), 1
            while aside.exists():
                number += 1
                aside = file.with_name(f"{file.name}.aside-{number}")
            file.rename(aside)
            logging.getLogger(__name__).warning(
                "%s: something that is no file was in the index's way; it is %s now", file, aside
            )
