"""The index folder's one SQLite file, which the catalogue and the engine share.

Sharing it makes an article and its postings last together: one transaction, so that a process
killed at any moment leaves the index as it was or as it was to be. The file is in WAL mode
with ``synchronous=NORMAL``: a commit is not waited for by the disk, for all of this is
rebuilt from the articles where a power cut loses it. One process writes at a time, by a lock file
next to it; the others see each commit with their next look.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import DamagedIndexError, StorageError

if TYPE_CHECKING:
    from filelock import BaseFileLock

FORMAT = 9
"""Raised whenever what is kept changes its form or its meaning (tables, tokens, splitting)."""

_FILE = "index.sqlite3"
BULK_LOCK = "bulk.lock"
"""Whoever holds it may write segments into the folder for which it is named."""
MERGE_LOCK = "merge.lock"
"""Whoever holds it merges segments."""
_LOCKS = {"lock", BULK_LOCK, MERGE_LOCK}
_UNUSABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
"""What is no damage: to make the index anew would not help."""
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    digest TEXT NOT NULL,
    fault TEXT,
    head TEXT,
    title_hash INTEGER,
    is_digest INTEGER,
    language TEXT,
    paragraphs INTEGER,
    words INTEGER,
    passages INTEGER,
    checksum INTEGER
);
CREATE INDEX article_language ON article (language) WHERE fault IS NULL;
CREATE INDEX article_title ON article (title_hash) WHERE fault IS NULL;
CREATE INDEX article_digest ON article (slug) WHERE is_digest;
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    start INTEGER NOT NULL,
    text BLOB NOT NULL,
    sentences BLOB NOT NULL,
    page INTEGER,
    checksum INTEGER NOT NULL
);
CREATE TABLE engine (id INTEGER PRIMARY KEY, token INTEGER NOT NULL);
CREATE TABLE segment (
    place INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    removed BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TABLE recent (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL,
    passages TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
"""


class _Connection(sqlite3.Connection):
    """A connection that closes itself when its thread ends, or the `Database` is dropped. Python
    would close it too, but reports that as a fault from 3.13 on."""

    def __del__(self) -> None:
        self.close()


class Database:
    """The SQLite file of one index folder; a connection for each thread that asks."""

    def __init__(
        self, folder: Path, lock_seconds: float = 120.0, fingerprint: str | None = None
    ) -> None:
        """Open the folder's file, made anew where it is missing, damaged, of another format, or
        made with something else than ``fingerprint`` says (None takes it as it is).

        ``lock_seconds`` is how long a writer waits for another. Raises `StorageError` where the
        folder cannot be made or written.
        """
        self.folder = folder
        self._fingerprint = fingerprint
        self._lock_seconds = lock_seconds
        self._file = os.fspath(folder / _FILE)
        self._local = threading.local()
        self.transaction = 0
        """The number of the transaction that was begun last: between two, others may write."""
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
        """This thread's connection, in autocommit mode, to the file that lies there now: another
        process may have made it anew. Raises `DamagedIndexError` where it is gone."""
        identity = self._identity()
        if getattr(self._local, "identity", None) != identity or identity is None:
            self.close()
            if identity is None:
                raise DamagedIndexError(f"{self.folder}: the index is gone")
            try:
                self._local.connection = self._open()
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise self._translate(error) from error
            self._local.identity = identity
        connection: sqlite3.Connection = self._local.connection
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, with SQLite's errors translated."""
        try:
            yield self.connection
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._translate(error) from error

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[sqlite3.Connection]:
        """A transaction, the only one among all processes; raises `StorageError` where another
        holds it for too long: ``patience`` seconds, or else what the constructor was told."""
        with self._locked(patience), self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            self.transaction += 1
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    connection.execute("ROLLBACK")
                raise

    def reset(self) -> None:
        """Delete what is there, the engine's files too, and start anew; unless another process
        has just done so."""
        known = getattr(self._local, "identity", None)
        with self._locked():
            if known in (None, self._identity()) or not self._is_sound():
                self._make()

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "identity", None) is not None:
            self._local.connection.close()
            self._local.identity = None

    def _identity(self) -> tuple[int, int] | None:
        """What tells the file from another of the same name; None where there is none."""
        try:
            status = os.stat(self._file)  # noqa: PTH116 - for each statement
        except OSError:
            return None
        return status.st_dev, status.st_ino

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
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _open(self) -> sqlite3.Connection:
        """A connection to a file of this format, made with what this process has."""
        connection = self._connect()
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != FORMAT:
                raise DamagedIndexError(f"{self.folder}: the index is of another format")
            made_with = _made_with(connection)
            if self._fingerprint is not None and made_with != self._fingerprint:
                raise DamagedIndexError(f"{self.folder}: the index was made with {made_with}")
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
            for file in self.folder.iterdir():
                if file.name not in _LOCKS and not file.is_dir():
                    file.unlink()
            # SQLite gives the files beside it the same rights
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
            connection = self._connect()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(
                    f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {FORMAT}"
                )
                connection.execute(
                    "INSERT INTO meta VALUES ('fingerprint', ?)", (self._fingerprint or "",)
                )
                connection.execute("COMMIT")
            finally:
                connection.close()
        except OSError as error:
            raise self._unwritable(error) from error
        except sqlite3.Error as error:
            raise self._translate(error) from error

    @contextmanager
    def _locked(self, patience: float | None = None) -> Iterator[None]:
        from filelock import Timeout

        seconds = self._lock_seconds if patience is None else patience
        lock = self._lock
        try:
            # the index holds the articles' own words: it is its owner's alone
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(timeout=seconds)
        except Timeout as error:
            raise StorageError(
                f"{self.folder / 'lock'}: another process has been writing the index for "
                f"{seconds:.0f} s; wait for it, or end it"
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    @cached_property
    def _lock(self) -> BaseFileLock:
        """Of one thread at a time: each has its own hold on it."""
        from filelock import FileLock

        return FileLock(self.folder / "lock")

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(
            f"{self.folder}: the index folder cannot be written ({error.strerror}); "
            "set [search] cache to one that can"
        )

    def _translate(self, error: sqlite3.Error | UnicodeDecodeError) -> StorageError:
        """SQLite's error as ours; where its own message is damaged, Python cannot decode it."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what specifies it
        if code in _UNUSABLE:
            return StorageError(f"{self.folder}: the index cannot be used ({error})")
        return DamagedIndexError(f"{self.folder}: the index is damaged ({error})")


def made_with(folder: Path) -> str | None:
    """Return the fingerprint of what made the index in this folder; None where there is none that
    can be read and is of this format."""
    file = folder / _FILE
    if not file.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return None
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return _made_with(connection) if version == FORMAT else None
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def _made_with(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return "" if row is None else str(row[0])
