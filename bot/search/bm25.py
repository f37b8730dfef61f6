"""The search engine: BM25 over segments that never change, and a log of what came since.

An article that is put goes to the log, which costs the same at any size of the index; when the
log has grown, it becomes a segment, and segments are merged in the background
(`bot.search.maintenance`). All that counts at one moment is named in the index folder's database
and changes in one transaction, together with the articles themselves: a process killed at any
moment leaves what was, or what was to be. Other processes see a commit with their next question.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence, Set
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Lock

from bot.core.errors import BotError, DamagedIndexError, StorageError
from bot.core.seams import Hit, Statistics
from bot.index.index_database import Database
from bot.search.engine_reader import one_view
from bot.search.engine_snapshot import EngineSnapshot
from bot.search.live import LiveSegment
from bot.search.maintenance import APART_FROM, Maintenance
from bot.search.recent import RecentArticle
from bot.search.segments.segment import Segment
from bot.search.tables import Tables

_BYTES_A_TERM = 64
"""Maximum number of bytes that one term of an article takes in memory until its segment is
written."""


class Bm25Engine:
    """A `bot.core.seams.SearchEngine` that keeps its index in a `Database`'s folder.

    Puts and removes belong to the database's transaction if there is one; outside of one, the
    engine begins its own, and holds the right to write until it commits.
    """

    def __init__(
        self,
        database: Database,
        build_megabytes: int = 256,
        logged_passages: int = 128,
        apart_from: int = APART_FROM,
    ) -> None:
        """``build_megabytes`` bounds the memory of articles that were put but not written yet.
        ``logged_passages`` is the maximum number of passages in the log, which every fresh process
        reads and every question goes through, in Python: 500 of them made it take a third longer. A
        merge of more than ``apart_from`` passages is left to another process."""
        self._database = database
        self._most_terms = build_megabytes * 1_000_000 // _BYTES_A_TERM
        self._tables = Tables(database.folder)
        self._maintenance = Maintenance(database, logged_passages, apart_from)
        self._logged_passages = logged_passages
        self._lock = Lock()
        self._token = -1
        self._segments: list[LiveSegment] = []
        self._recent: dict[str, RecentArticle] = {}
        self._snapshot: EngineSnapshot | None = None
        # changes since the writer's last commit
        self._writer: sqlite3.Connection | None = None
        self._transaction = 0
        self._own = ExitStack()
        self._dirty = False
        self._unlogged_terms = 0
        self._unlogged_passages = 0
        self._gone_from_log: list[int] = []
        self._changed: dict[int, LiveSegment] = {}

    # -- writing -------------------------------------------------------------------------------

    def put(self, article: str, passages: Sequence[Sequence[str]]) -> None:
        with self._lock:
            self._begin()
            self._forget(article)
            recent = RecentArticle(article, tuple(map(tuple, passages)), None)
            self._recent[article] = recent
            self._unlogged_terms += recent.total_length
            self._unlogged_passages += len(recent.passages)
            self._dirty = True
            if self._unlogged_terms > self._most_terms:
                self._write_segment()

    def remove(self, article: str) -> None:
        with self._lock:
            self._begin()
            if self._forget(article):
                self._dirty = True

    def adopt(self, file: Path, but: Set[str] = frozenset()) -> None:
        """Take over the articles of a segment that was written to this file (see
        `bot.search.bulk`), in place of those of the same slugs, but without these; the articles
        that are still in the log count as put after them. The file must be on the index folder's
        disk, and belongs to the engine afterwards. Raises `StorageError` if the file no longer
        exists."""
        with self._lock:
            self._begin()
            segment = self._maintenance.take_over(file)
            slugs, hashes = segment.slugs(), set(segment.slug_hashes)
            left_out = {ordinal for ordinal, slug in enumerate(slugs) if slug in but}
            slugs = [slug for slug in slugs if slug not in but]
            for slug in self._recent.keys() & set(slugs):
                self._forget(slug)
            for at, live in enumerate(self._segments):
                if hashes.isdisjoint(live.segment.slug_hashes):
                    continue
                gone = {found for slug in slugs if (found := live.find(slug)) is not None}
                self._segments[at] = self._changed[live.ordinal] = live.without(gone)
            self._append(segment, left_out)
            self._dirty = True

    def commit(self) -> None:
        with self._lock:
            self._begin()
            with self._own.pop_all():
                if self._dirty:
                    self._write()
            logged = sum(len(article.passages) for article in self._recent.values())
            segments = list(self._segments)
        self._maintenance.consider(segments, logged)

    def sweep(self) -> None:
        self._maintenance.sweep_abandoned()

    def background_fault(self) -> BotError | None:
        return self._maintenance.fault()

    def close(self) -> None:
        """Discard uncommitted changes, and wait for background work."""
        with self._lock:
            with suppress(_Forget), self._own.pop_all():
                raise _Forget
            self._writer = None
            self._read()
        self._maintenance.wait()

    def _begin(self) -> None:
        """Ensure that this thread is in a transaction and knows what was committed."""
        self._refresh()
        connection = self._database.connection
        if not connection.in_transaction:
            connection = self._own.enter_context(self._database.writing())
            self._refresh()
        self._writer = connection
        self._transaction = self._database.transaction
        self._snapshot = None

    def _forget(self, slug: str) -> bool:
        article = self._recent.pop(slug, None)
        if article is not None:
            if article.logged is not None:
                self._gone_from_log.append(article.logged)
            else:
                self._unlogged_terms -= article.total_length
                self._unlogged_passages -= len(article.passages)
            return True
        for at, live in enumerate(self._segments):
            found = live.find(slug)
            if found is not None:
                self._segments[at] = self._changed[live.ordinal] = live.without({found})
                return True
        return False

    def _write(self) -> None:
        if self._unlogged_passages > self._logged_passages:
            self._write_segment()
        with self._database.reading() as connection:
            self._tables.unlog(connection, self._gone_from_log)
            for live in self._changed.values():
                self._tables.add_segment(connection, live)
            for article in self._recent.values():
                if article.logged is None:
                    self._tables.log(connection, article)
            self._token = self._tables.renew_token(connection)
        self._clean()

    def _write_segment(self) -> None:
        """Write all recent articles to a segment."""
        articles = list(self._recent.values())
        self._append(self._maintenance.write(articles))
        self._gone_from_log += [a.logged for a in articles if a.logged is not None]
        self._recent = {}
        self._unlogged_terms = self._unlogged_passages = 0

    def _append(self, segment: Segment, removed: Set[int] = frozenset()) -> None:
        ordinal = 1 + max((live.ordinal for live in self._segments), default=0)
        live = LiveSegment(segment, ordinal, frozenset(removed))
        self._segments.append(live)
        self._changed[ordinal] = live

    def _clean(self) -> None:
        self._dirty = False
        self._unlogged_terms = self._unlogged_passages = 0
        self._gone_from_log = []
        self._changed = {}

    # -- reading -------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Take up what other processes committed; called with the lock held."""
        if self._writer is not None:
            same = self._transaction == self._database.transaction
            if same and _in_transaction(self._writer):
                return
            self._writer = None  # it committed, or rolled back: then the token is another
        with self._database.reading() as connection:
            if self._tables.token(connection) == self._token and not self._dirty:
                return
            self._read()

    def _read(self) -> None:
        self._snapshot = None
        self._clean()
        connection = self._database.connection
        for _ in range(10):
            try:
                with one_view(connection):
                    self._token, self._segments, recent = self._tables.read(connection)
            except FileNotFoundError:
                continue  # merged away by another process; the next look finds the new one
            except OSError as error:
                raise StorageError(
                    "index.unreadable", path=str(error.filename), reason=str(error.strerror)
                ) from error
            self._recent = {article.slug: article for article in recent}
            return
        raise DamagedIndexError("index.segment_missing", folder=str(self._database.folder))

    def _current(self) -> EngineSnapshot:
        with self._lock:
            self._refresh()
            if self._snapshot is None:
                self._snapshot = EngineSnapshot.of(self._segments, self._recent.values())
            return self._snapshot

    def articles(self) -> Collection[str]:
        return self._current().articles()

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        return self._current().search(terms, limit, articles)

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        return self._current().statistics(terms, articles)


class _Forget(Exception):  # noqa: N818 (nothing went wrong)
    """Ends a transaction without a commit."""


def _in_transaction(connection: sqlite3.Connection) -> bool:
    try:
        return connection.in_transaction
    except sqlite3.ProgrammingError:  # it was closed
        return False
