"""The engine's read side: what its segments and its log hold at the moment of a transaction."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock

from bot.search.engine_snapshot import EngineSnapshot
from bot.search.tables_reader import TablesReader


class EngineReader:
    """Reads an index folder's engine. Safe for any number of threads."""

    def __init__(self, folder: Path) -> None:
        self._tables = TablesReader(folder)
        self._lock = Lock()
        """Held while a commit's tables are read; no other thread needs to wait for that."""
        self._read: tuple[int, EngineSnapshot] | None = None

    def at(self, connection: sqlite3.Connection) -> EngineSnapshot:
        """Return the state at the moment of the connection's transaction. Raises as
        `TablesReader.read` does."""
        token = self._tables.token(connection)
        read = self._read
        if read is not None and read[0] == token:
            return read[1]
        with self._lock:
            token, segments, recent = self._tables.read(connection)
            snapshot = EngineSnapshot.of(segments, recent)
            self._read = token, snapshot
            return snapshot
