"""The seam between records and the database that keeps them.

Statements are written in the SQL that SQLite and PostgreSQL share: ``?`` for each value, all
columns named in an INSERT (a later version may have added one), a column qualified where ON
CONFLICT makes it ambiguous, no PRAGMA, no rowid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Rows(Protocol):
    """The result of a statement."""

    @property
    def rowcount(self) -> int:
        """Number of rows that were changed."""

    def fetchone(self) -> Any:
        """Return the next row, a tuple; None if there is none."""

    def __iter__(self) -> Iterator[Any]: ...


class Statements(Protocol):
    """A database of records."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Run one statement, which is a transaction of its own. Raises
        `bot.core.errors.StorageError`."""
