"""The index folder: its files, its tables, its locks, and what its errors mean.

Locks are taken in this order:

1. an `bot.index.indexer.Indexer`'s own lock: one thread of a process writes to a shelf at a time;
2. ``bulk.lock`` or ``merge.lock``: one process makes segments beside the index, one merges them;
3. ``lock``: one process writes to the database at a time, in transactions of a few seconds;
4. an engine's own lock, and those of the pools of connections and segments: held for a moment, in
   which nothing is waited for.

Readers take only those of 4. A lock file may be deleted at any time: where two processes then write
at once, SQLite's own locks make one wait for the other.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

from bot.core.errors import DamagedIndexError, StorageError
from bot.core.light_typing import Protocol
from bot.core.named_tuple import NamedTuple

FORMAT = 16
"""Version of the format; raised whenever the stored data changes its form or its meaning (tables,
tokens, splitting)."""

FILE = "index.sqlite3"
UNFINISHED = -FORMAT
"""The version in the file until all articles have been read once: a missing article must not count
as not existing."""
WRITE_LOCK = "lock"
"""Lock of the writer of the database."""
BULK_LOCK = "bulk.lock"
"""Lock of the writer of segments in the folder for which it is named."""
MERGE_LOCK = "merge.lock"
"""Held by the process that merges segments."""
LOCKS = {WRITE_LOCK, BULK_LOCK, MERGE_LOCK}
DATABASE_FILES = {FILE, *(f"{FILE}-{suffix}" for suffix in ("journal", "shm", "wal"))}
"""The database and the files that SQLite makes beside it."""
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""The errors that SQLite's calls raise: the second where a name in the message is damaged."""
_UNUSABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
"""Error codes that do not mean damage: rebuilding the index would not help."""
_UNREADABLE = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
}
"""Input and output errors that mean damage; the others mean a full disk, or a folder that is
gone."""
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    digest TEXT NOT NULL,
    fault TEXT,  -- a problem as JSON; NULL for an article
    head TEXT,
    title_hash INTEGER,
    folded_title TEXT,
    language TEXT,
    paragraphs INTEGER,
    words INTEGER,
    passages INTEGER,
    checksum INTEGER
);
CREATE INDEX article_language ON article (language) WHERE fault IS NULL;
CREATE INDEX article_title ON article (title_hash) WHERE fault IS NULL;
CREATE INDEX article_folded_title ON article (folded_title, slug, fault);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    start INTEGER NOT NULL,
    text BLOB NOT NULL,
    sentences BLOB NOT NULL,
    page INTEGER,
    around BLOB,  -- as JSON; NULL if its paragraphs are long
    checksum INTEGER NOT NULL
);
CREATE TABLE engine (id INTEGER PRIMARY KEY, token INTEGER NOT NULL);
CREATE TABLE segment (
    ordinal INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    removed BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TABLE recent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL,
    passages TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TABLE latest_commit (  -- one row; see latest_commit.py
    number INTEGER NOT NULL,
    article INTEGER,
    first_slug TEXT,
    last_slug TEXT,
    first_language TEXT,
    last_language TEXT,
    passage INTEGER,
    segments REAL,
    recent REAL
);
INSERT INTO latest_commit (number, segments, recent) VALUES (0, 0, 0);
"""


def identity_of(file: str) -> tuple[int, int] | None:
    """Return values that distinguish a file from another of the same name; None if there is none,
    or something else than a file."""
    try:
        status = os.stat(file)  # noqa: PTH116 - for each question
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def fingerprint_of(connection: sqlite3.Connection) -> str:
    """Return the recorded fingerprint of what made the index; empty if none was recorded."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return "" if row is None else str(row[0])


def translated(error: sqlite3.Error | UnicodeDecodeError, folder: Path) -> StorageError:
    """Return one of `SQLITE_ERRORS` as ours."""
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF  # without what specifies it
    full = code == sqlite3.SQLITE_IOERR and extended not in _UNREADABLE
    if code == sqlite3.SQLITE_CANTOPEN and any((folder / name).is_dir() for name in DATABASE_FILES):
        return DamagedIndexError("index.damaged", folder=str(folder), reason=str(error))
    if full or code in _UNUSABLE:
        return StorageError("index.unusable", folder=str(folder), reason=str(error))
    return DamagedIndexError("index.damaged", folder=str(folder), reason=str(error))


class ShortFiles(Protocol):
    """Knows which mapped files were truncated under this process. Nothing that was mapped of them
    can be trusted."""

    def count(self) -> int:
        """Return the number so far."""

    def were_met(self, inode: int, since: int) -> bool:
        """Return whether the file of this inode is among those met after the first ``since``."""


class NoShortFiles:
    """A `ShortFiles` that knows of none."""

    def count(self) -> int:
        return 0

    def were_met(self, inode: int, since: int) -> bool:
        return False


NO_SHORT_FILES = NoShortFiles()


class Sharing(NamedTuple):
    """The means by which a connection shares a database with other processes."""

    inode: int
    """Inode of the file that SQLite maps for it; 0 if there is none."""
    since: int
    """Number of files that had been truncated when it was opened."""

    @classmethod
    def of(cls, file: str, since: int) -> Sharing:
        """Return the sharing of a connection that was just opened to a database's file."""
        shared = identity_of(f"{file}-shm")
        return cls(shared[1] if shared else 0, since)

    def is_lost(self, short_files: ShortFiles) -> bool:
        """Return whether that file was truncated, so that other processes are no longer known."""
        return short_files.were_met(self.inode, self.since)
