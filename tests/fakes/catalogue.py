"""A catalogue in SQLite's memory, for tests of what stands before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.core.errors import DamagedIndexError
from bot.core.passage import Passage
from bot.index.catalogue import SqliteCatalogue
from bot.index.from_files import MemoryDatabase
from bot.index.index_folder import UNFINISHED


class _Database(MemoryDatabase):
    """One that may be found damaged, and takes back what an exception breaks off."""

    damaged = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        if self.damaged:
            raise DamagedIndexError("index.damaged", folder="memory", reason="as asked")
        with super().reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with super().reading() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def reset(self, damaged: tuple[int, int] | None = None) -> None:
        self.damaged = False
        with super().reading() as connection:
            connection.execute("DELETE FROM passage")
            connection.execute("DELETE FROM article")
            connection.execute(f"PRAGMA user_version = {UNFINISHED}")


class FakeCatalogue(SqliteCatalogue):
    """A catalogue that notes what is done with it."""

    def __init__(self) -> None:
        self._memory = _Database()
        super().__init__(self._memory)
        self.resets = 0
        self.read: list[tuple[str, int]] = []
        """The passages that were asked for by article and number, in order."""
        self._memory.reset()

    @property
    def damaged(self) -> bool:
        """While this is true, every reading finds damage; a reset ends it."""
        return self._memory.damaged

    @damaged.setter
    def damaged(self, damaged: bool) -> None:
        self._memory.damaged = damaged

    @property
    def is_finished(self) -> bool:
        with self._memory.writing() as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] != UNFINISHED)

    def copied(self) -> FakeCatalogue:
        """Return a copy of its content; what is read of the copy is noted here."""
        copy = FakeCatalogue()
        with self._memory.writing() as connection, copy._memory.reading() as other:
            connection.backup(other)
        copy.damaged, copy.read = self.damaged, self.read
        return copy

    def reset(self, damaged: tuple[int, int] | None = None) -> None:
        super().reset(damaged)
        self.resets += 1

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        asked = list(keys)
        self.read += asked
        return super().passages(asked)
