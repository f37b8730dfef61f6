"""Records in SQLite's memory, for tests of what stands before them."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Sequence
from typing import Any

from bot.service.records import Records, records_over
from bot.service.records.migrations import MIGRATIONS


class InMemory:
    """`bot.service.records.statements.Statements` without a file."""

    def __init__(self) -> None:
        # one thread after the other asks
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        for migrate in MIGRATIONS:
            migrate(self._connection)
        # not in __del__: of a cycle, the connection may be ended before what holds it
        weakref.finalize(self, self._connection.close)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)


def records_in_memory(clock: Callable[[], float]) -> Records:
    """Return records that can be read after they were closed, too."""
    return records_over(InMemory(), clock, lambda: None)
