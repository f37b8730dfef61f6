"""The records' SQLite file: opened, brought to the present format, closed.

What is deleted is overwritten (secure_delete), and leaves the write-ahead log, too. The files are
their owner's alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.core.errors import StorageError
from bot.service.records.migrations import MIGRATIONS, Migration

_BUSY_SECONDS = 10.0
_SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""The errors that SQLite's calls raise: the second where a name in the message is damaged."""


class SqliteFile:
    """One connection to the file, for one thread."""

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Open the file, make it where it is missing, and bring it to the present format. One that
        is damaged is put aside, under the same name with ``.damaged`` behind it.

        Raises `StorageError` if it cannot be opened or made, if it is of a later format, or if
        another program's file lies there; it is left as it is then.
        """
        self._path = path
        self._has_remains = False
        """True if the log may hold what was deleted."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = _open(path, migrations)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                path.replace(path.with_name(path.name + ".damaged"))
                self._connection = _open(path, migrations)
        except (OSError, *_SQLITE_ERRORS) as error:
            raise StorageError("records.unopenable", path=str(path), reason=str(error)) from error

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement, which is a transaction of its own. Raises `StorageError`."""
        try:
            if self._has_remains:
                self._empty_log()
            result = self._connection.execute(statement, values)
            if result.rowcount > 0 and statement.startswith("DELETE"):
                self._empty_log()
        except _SQLITE_ERRORS as error:
            raise StorageError(
                "records.unusable", path=str(self._path), reason=str(error)
            ) from error
        return result

    def _empty_log(self) -> None:
        """Write the log into the file and cut it to nothing; while others read or write, that is
        left to the next statement."""
        self._connection.execute("PRAGMA busy_timeout = 0")  # nobody is kept waiting for it
        try:
            found = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._has_remains = found[0] != 0
        except sqlite3.OperationalError:  # a result of this connection is being read
            self._has_remains = True
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")

    def close(self) -> None:
        """Close the file; nothing can be asked of it any more."""
        self._connection.close()


def _open(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    # made first: the files that SQLite puts beside it get its mode
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        _migrate(path, connection, migrations)
    except BaseException:
        connection.close()
        raise
    path.chmod(0o600)
    return connection


def _migrate(path: Path, connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Take the steps from the file's format to the present one, all or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        format_ = connection.execute("PRAGMA user_version").fetchone()[0]
        if format_ > len(migrations):
            raise StorageError(
                "records.newer", path=str(path), found=format_, known=len(migrations)
            )
        if format_ == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StorageError("records.foreign", path=str(path))
        for migrate in migrations[format_:]:
            migrate(connection)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
