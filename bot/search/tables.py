"""The tables that say what an index holds.

The segments' files never change; which of them count, and which of their articles do not any
more, stands in the index folder's database, next to the articles themselves. So what a commit
changes, it changes all at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import DamagedIndexError
from bot.search.live import LiveSegment
from bot.search.recent import RecentArticle
from bot.search.segments.segment import Segment


class Tables:
    """The engine's tables in the index folder's database, read and written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segments: dict[str, Segment] = {}
        self._log: dict[tuple[int, int], RecentArticle] = {}

    @staticmethod
    def token(connection: sqlite3.Connection) -> int:
        """Return a number that every commit changes; 0 before the first."""
        row = connection.execute("SELECT token FROM engine").fetchone()
        if row is not None and not isinstance(row[0], int):
            raise DamagedIndexError("the engine's token is damaged")
        return 0 if row is None else int(row[0])

    @staticmethod
    def renew_token(connection: sqlite3.Connection) -> int:
        token = int.from_bytes(os.urandom(7), "little")
        connection.execute("REPLACE INTO engine (id, token) VALUES (0, ?)", (token,))
        return token

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
                raise DamagedIndexError(f"{file}: its list of removed articles is damaged")
            segment = known.get(file) or Segment.open(self._folder / file)
            self._segments[file] = segment
            segments.append(LiveSegment(segment, ordinal, frozenset(array("I", removed))))
        log = {}
        for row, slug, passages, checksum in connection.execute(
            "SELECT id, slug, passages, checksum FROM recent ORDER BY id"
        ):
            article = self._log.get((row, checksum))
            if article is None:
                if _log_checksum(slug, passages) != checksum:
                    raise DamagedIndexError(f"{slug}: the log of recent articles is damaged")
                article = RecentArticle(json.loads(slug), json.loads(passages), row)
            log[row, checksum] = article
        self._log = log
        return token, segments, list(log.values())

    def add_segment(self, connection: sqlite3.Connection, live: LiveSegment) -> None:
        removed = array("I", sorted(live.removed)).tobytes()
        connection.execute(
            "REPLACE INTO segment (ordinal, file, removed, checksum) VALUES (?, ?, ?, ?)",
            (live.ordinal, live.segment.name, removed, zlib.crc32(removed)),
        )
        self._segments[live.segment.name] = live.segment

    def remove_segments(self, connection: sqlite3.Connection, ordinals: Iterable[int]) -> None:
        connection.executemany("DELETE FROM segment WHERE ordinal = ?", ((n,) for n in ordinals))

    def log(self, connection: sqlite3.Connection, article: RecentArticle) -> None:
        slug, passages = json.dumps(article.slug), json.dumps(article.passages)
        checksum = _log_checksum(slug, passages)
        cursor = connection.execute(
            "INSERT INTO recent (slug, passages, checksum) VALUES (?, ?, ?)",
            (slug, passages, checksum),
        )
        article.logged = cursor.lastrowid
        self._log[article.logged or 0, checksum] = article

    def unlog(self, connection: sqlite3.Connection, rows: Iterable[int]) -> None:
        connection.executemany("DELETE FROM recent WHERE id = ?", ((row,) for row in rows))


def _log_checksum(slug: object, passages: object) -> int:
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
