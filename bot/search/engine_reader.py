"""The engine's read side: its tables, and what they name at the moment of a transaction.
`bot.search.tables` writes them.

A segment's file never changes. Which segments count, and which of their articles were removed
since, stands in the index folder's database, next to the articles themselves, so that a commit
changes all of it at once.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from bot.core.errors import DamagedIndexError
from bot.search.engine_snapshot import EngineSnapshot
from bot.search.live import LiveSegment
from bot.search.recent import RecentArticle
from bot.search.segments.segment import Segment


class TablesReader:
    """Reads the engine's tables in an index folder's database. What was read before and has not
    changed is not read again. Not safe for several threads at once."""

    def __init__(
        self, folder: Path, open_segment: Callable[[Path], Segment] = Segment.open
    ) -> None:
        self._folder = folder
        self._open_segment = open_segment
        self._segments: dict[str, Segment] = {}
        """The open segments, by file name."""
        self._log: dict[tuple[int, int], RecentArticle] = {}
        """The articles of the log, by row and checksum."""

    @staticmethod
    def token(connection: sqlite3.Connection) -> int:
        """Return a number that every commit changes; 0 before the first."""
        row = connection.execute("SELECT token FROM engine").fetchone()
        if row is not None and not isinstance(row[0], int):
            raise DamagedIndexError("index.token_damaged")
        return 0 if row is None else int(row[0])

    @staticmethod
    def names(connection: sqlite3.Connection) -> set[str]:
        """Return the names of the segments' files."""
        return {file for (file,) in connection.execute("SELECT file FROM segment")}

    def read(
        self, connection: sqlite3.Connection
    ) -> tuple[int, list[LiveSegment], list[RecentArticle]]:
        """Return the token, the segments and the log. Raises `DamagedIndexError`, and
        `FileNotFoundError` if a segment was merged away meanwhile."""
        token = self.token(connection)
        segments = []
        known, self._segments = self._segments, {}
        for ordinal, file, removed, checksum in connection.execute(
            "SELECT ordinal, file, removed, checksum FROM segment ORDER BY ordinal"
        ):
            if not isinstance(removed, bytes) or zlib.crc32(removed) != checksum:
                raise DamagedIndexError("index.removals_damaged", file=file)
            segment = known.get(file) or self._open_segment(self._folder / file)
            self._segments[file] = segment
            segments.append(LiveSegment(segment, ordinal, frozenset(array("I", removed))))
        log = {}
        for row, slug, passages, checksum in connection.execute(
            "SELECT id, slug, passages, checksum FROM recent ORDER BY id"
        ):
            article = self._log.get((row, checksum))
            if article is None:
                if log_checksum(slug, passages) != checksum:
                    raise DamagedIndexError("index.log_damaged", slug=slug)
                article = RecentArticle(json.loads(slug), json.loads(passages), row)
            log[row, checksum] = article
        self._log = log
        return token, segments, list(log.values())


def log_checksum(slug: object, passages: object) -> int:
    """Return the checksum of a row of the log, whose values are of any type if the file is
    damaged."""
    return zlib.crc32(str(passages).encode(), zlib.crc32(str(slug).encode()))


@contextmanager
def one_view(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all that is read inside be of one moment."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


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
