"""The engine's tables as the holder of the right to write changes them."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from array import array
from collections.abc import Iterable

from bot.search.engine_reader import TablesReader, log_checksum
from bot.search.live import LiveSegment
from bot.search.recent import RecentArticle


class Tables(TablesReader):
    """Writes the engine's tables, and reads what it has written. All methods that write need a
    connection in a transaction."""

    @staticmethod
    def renew_token(connection: sqlite3.Connection) -> int:
        """Change the token, and return the new one."""
        token = int.from_bytes(os.urandom(7), "little")
        connection.execute("REPLACE INTO engine (id, token) VALUES (0, ?)", (token,))
        return token

    def add_segment(self, connection: sqlite3.Connection, live: LiveSegment) -> None:
        """Name a segment and its removed articles, in place of what was named at its ordinal."""
        removed = array("I", sorted(live.removed)).tobytes()
        connection.execute(
            "REPLACE INTO segment (ordinal, file, removed, checksum) VALUES (?, ?, ?, ?)",
            (live.ordinal, live.segment.name, removed, zlib.crc32(removed)),
        )
        self._segments[live.segment.name] = live.segment

    @staticmethod
    def remove_segments(connection: sqlite3.Connection, ordinals: Iterable[int]) -> None:
        """Forget the segments of these ordinals; their files stay."""
        connection.executemany("DELETE FROM segment WHERE ordinal = ?", ((n,) for n in ordinals))

    def log(self, connection: sqlite3.Connection, article: RecentArticle) -> None:
        slug, passages = json.dumps(article.slug), json.dumps(article.passages)
        checksum = log_checksum(slug, passages)
        cursor = connection.execute(
            "INSERT INTO recent (slug, passages, checksum) VALUES (?, ?, ?)",
            (slug, passages, checksum),
        )
        article.logged = cursor.lastrowid
        self._log[article.logged or 0, checksum] = article

    @staticmethod
    def unlog(connection: sqlite3.Connection, rows: Iterable[int]) -> None:
        """Delete these rows of the log."""
        connection.executemany("DELETE FROM recent WHERE id = ?", ((row,) for row in rows))
