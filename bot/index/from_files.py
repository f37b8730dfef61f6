"""A snapshot read from the articles' files alone, in memory: used while no index can be read."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.core.passages.article_reading import read
from bot.core.seams import Analyzer, ArticleStore, Listing, SearchEngine
from bot.index.catalogue import SqliteCatalogue
from bot.index.index_folder import SCHEMA
from bot.index.shelf_snapshot import IndexSnapshot

MOST_BYTES = 1_000_000
"""Maximum number of bytes of files to read: they take a second."""


class MemoryDatabase:
    """The tables of an index folder's database, in memory. Any number of threads may read; one at
    a time does, for they have one connection, on which SQLite's module for Python mixes up what
    several read at once."""

    def __init__(self) -> None:
        self._turn = threading.RLock()
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        self._connection.executescript(SCHEMA)
        # not in __del__: of a cycle, the connection may be ended before what holds it
        weakref.finalize(self, self._connection.close)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            yield self._connection

    writing = reading

    def reset(self, damaged: tuple[int, int] | None = None) -> None:
        """Do nothing: there is no file to rebuild."""


def are_few_enough(listing: Listing) -> bool:
    """Return whether these files are few enough to be read in a few seconds."""
    return sum(version.size for version in listing.versions.values()) <= MOST_BYTES


def snapshot_of_files(
    store: ArticleStore,
    listing: Listing,
    analyzer: Analyzer,
    make_engine: Callable[[], SearchEngine],
    is_over: Callable[[], bool],
) -> IndexSnapshot | None:
    """Read all of these files; None if ``is_over`` becomes true meanwhile. ``make_engine`` makes an
    engine that lives in memory. Raises `bot.core.errors.CorpusError`."""
    catalogue, engine = SqliteCatalogue(MemoryDatabase()), make_engine()
    for slug, version in listing.versions.items():
        if is_over():
            return None
        record, article, language, passages = read(slug, version, store, analyzer)
        if article is None:
            continue
        catalogue.put(article, language, passages, record)
        engine.put(slug, [analyzer.terms(passage.text, language) for passage in passages])
    engine.commit()
    return IndexSnapshot(catalogue, engine)
