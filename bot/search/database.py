"""The index folder's one SQLite file, which the catalogue and the engine share.

Sharing it makes an article and its postings last together: one transaction, so that a process
killed at any moment leaves the index as it was or as it was to be. The file is in WAL mode
with ``synchronous=NORMAL``: a commit is not waited for by the disk, for all of this is
rebuilt from the articles where a power cut loses it. One process writes at a time, by a lock file
next to it; the others see each commit with their next look.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.core.errors import DamagedIndexError, StorageError

FORMAT = 2
"""Raised whenever what is kept changes its form or its meaning (tables, tokens, splitting)."""

_FILE = "index.sqlite3"
_SCHEMA = """
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
    language TEXT,
    paragraphs INTEGER,
    words INTEGER
);
CREATE INDEX article_language ON article (language) WHERE fault IS NULL;
CREATE TABLE passage (
    article INTEGER NOT NULL REFERENCES article (id),
    number INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    start INTEGER NOT NULL,
    text TEXT NOT NULL,
    sentences BLOB NOT NULL,
    page INTEGER,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
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


class Database:
    """The SQLite file of one index folder; a connection for each thread that asks."""

    def __init__(self, folder: Path, lock_seconds: float = 120.0) -> None:
        """Open the folder's file, made anew where it is missing, damaged or of another format.

        ``lock_seconds`` is how long a writer waits for another. Raises `StorageError` where the
        folder cannot be made or written.
        """
        self.folder = folder
        self._lock_seconds = lock_seconds
        self._local = threading.local()
        self._generation = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"{folder}: the index folder cannot be made ({error.strerror}); "
                "set [search] cache to one that can"
            ) from error
        try:
            sound = self._format() == FORMAT
        except DamagedIndexError:
            sound = False
        if not sound:
            with self._locked():
                try:
                    sound = self._format() == FORMAT  # another process may have been first
                except DamagedIndexError:
                    sound = False
                if not sound:
                    self._make()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        if getattr(self._local, "generation", None) != self._generation:
            self._local.connection = self._connect()
            self._local.generation = self._generation
        connection: sqlite3.Connection = self._local.connection
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, with SQLite's errors translated."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise self._translate(error) from error

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[sqlite3.Connection]:
        """A transaction, the only one among all processes; raises `StorageError` where another
        holds it for too long: ``patience`` seconds, or else what the constructor was told."""
        with self._locked(patience), self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def reset(self) -> None:
        """Delete what is there, the engine's files too, and start anew."""
        with self._locked():
            self._make()

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "generation", None) == self._generation:
            self._local.connection.close()
            self._local.generation = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.folder / _FILE, timeout=self._lock_seconds, isolation_level=None
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _format(self) -> int:
        if not (self.folder / _FILE).exists():
            return -1
        with self.reading() as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            return version

    def _make(self) -> None:
        self.close()
        self._generation += 1
        try:
            for file in self.folder.iterdir():
                if file.name != "lock" and file.is_file():
                    file.unlink()
            with self.reading() as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(
                    f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT"
                )
        except OSError as error:
            raise self._unwritable(error) from error

    @contextmanager
    def _locked(self, patience: float | None = None) -> Iterator[None]:
        from filelock import FileLock, Timeout

        seconds = self._lock_seconds if patience is None else patience
        lock = FileLock(self.folder / "lock", timeout=seconds)
        try:
            lock.acquire()
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

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(
            f"{self.folder}: the index folder cannot be written ({error.strerror}); "
            "set [search] cache to one that can"
        )

    def _translate(self, error: sqlite3.Error) -> StorageError:
        if isinstance(error, sqlite3.OperationalError) and any(
            word in str(error) for word in ("locked", "unable to open", "readonly", "full")
        ):
            return StorageError(f"{self.folder}: the index cannot be used ({error})")
        return DamagedIndexError(f"{self.folder}: the index is damaged ({error})")
