"""The read side of an index folder: it opens snapshots, and never waits for a writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.core.errors import DamagedIndexError, StorageError
from bot.core.seams import Retriever
from bot.index.catalogue_reader import SqliteCatalogueReader
from bot.index.index_folder import NO_SHORT_FILES, SQLITE_ERRORS, ShortFiles, translated
from bot.index.read_connections import ReadConnections
from bot.index.shelf_snapshot import IndexSnapshot

_TRIES = 10

EngineAt = Callable[[sqlite3.Connection], Retriever]
"""Gives what an engine holds at the moment of a connection's transaction. Raises
`FileNotFoundError` if a file that counted at that moment was merged into another since."""


class IndexReader:
    """Opens snapshots of one index folder. Safe for any number of threads."""

    def __init__(
        self,
        folder: Path,
        engine_at: EngineAt,
        fingerprint: str | None = None,
        short_files: ShortFiles = NO_SHORT_FILES,
    ) -> None:
        """See `ReadConnections` for ``fingerprint`` and ``short_files``. Nothing is
        opened yet."""
        self._folder = folder
        self._engine_at = engine_at
        self._connections = ReadConnections(folder, fingerprint, short_files)

    @property
    def identity(self) -> tuple[int, int] | None:
        """Values that distinguish the file now at this path from another of the same name; None if
        there is none."""
        return self._connections.identity

    @contextmanager
    def open(self, unfinished_too: bool = False) -> Iterator[IndexSnapshot]:
        """Open a snapshot of the current state. Raises as `ReadConnections.view` does, and if the
        data is not what was written."""
        tries = 0
        while True:
            with self._connections.view(unfinished_too) as view:
                source = _Source(view.connection, self._folder)
                try:
                    with source.reading() as connection:
                        engine = self._engine_at(connection)
                except FileNotFoundError as error:
                    tries += 1
                    if tries == _TRIES:
                        raise DamagedIndexError(
                            "index.file_missing", path=str(error.filename)
                        ) from error
                    continue  # the next look finds the file that it was merged into
                except OSError as error:
                    raise StorageError(
                        "index.unreadable", path=str(error.filename), reason=str(error.strerror)
                    ) from error
                yield IndexSnapshot(
                    SqliteCatalogueReader(source, view.state),
                    engine,
                    view.identity,
                    view.state.is_finished,
                    partial(self._connections.check, view),
                )
                return

    def trust(self) -> None:
        """Treat the index as another one than the damaged one."""
        self._connections.trust()

    def close(self) -> None:
        """Close the files that no snapshot is reading."""
        self._connections.close()


class _Source:
    """A connection, SQLite's errors translated."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except SQLITE_ERRORS as error:
            raise translated(error, self._folder) from error
