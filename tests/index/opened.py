"""A shelf over real parts whose parts a test can look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.core.seams import Analyzer, ArticleStore, BulkIndexer, Retriever, SearchEngine
from bot.core.shelf import Shelf
from bot.index.article_writer import WriteSide
from bot.index.catalogue import SqliteCatalogue
from bot.index.index_database import Database
from bot.index.index_reader import IndexReader
from bot.index.indexer import Indexer
from bot.index.shelf_index import ShelfIndex
from bot.search.bm25 import Bm25Engine
from bot.search.engine_reader import EngineReader
from bot.search.rank_bm25_engine import RankBm25Engine
from bot.text.analyzer import Languages

ANALYZER = Languages()


class OpenedShelf(Shelf):
    """A shelf whose write side is open from the beginning."""

    def __init__(
        self,
        store: ArticleStore,
        folder: Path,
        make_engine: Callable[[Database], SearchEngine] = Bm25Engine,
        make_bulk: Callable[[Database, SearchEngine], BulkIndexer] | None = None,
        analyzer: Analyzer = ANALYZER,
        lock_seconds: float = 20.0,
    ) -> None:
        self.database = Database(folder, lock_seconds)
        self.catalogue = SqliteCatalogue(self.database)
        self.engine = engine = make_engine(self.database)
        bulk = None if make_bulk is None else make_bulk(self.database, engine)

        def in_memory(_: object) -> Retriever:
            assert isinstance(engine, RankBm25Engine)
            return engine.snapshot()

        at = EngineReader(folder).at if isinstance(engine, Bm25Engine) else in_memory
        reader = IndexReader(folder, at)
        side = WriteSide(self.catalogue, engine, bulk)
        indexer = Indexer(store, partial(reader.open, True), lambda: side, analyzer, lock_seconds)
        self.indexer = indexer
        super().__init__(store, ShelfIndex(store, reader, indexer, analyzer, RankBm25Engine))

    def rebuild(self) -> None:
        self.index.rebuild()
