"""An index for tests of what stands before it: over a fake catalogue and a fake engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bot.core.errors import UnfinishedIndexError
from bot.core.seams import Analyzer, ArticleStore
from bot.index.article_writer import WriteSide
from bot.index.indexer import Indexer
from bot.index.shelf_index import ShelfIndex
from bot.index.shelf_snapshot import IndexSnapshot
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.search_engine import FakeSearchEngine


class FakeReader:
    """A `bot.index.shelf_index.ReadSide`. A snapshot is a copy."""

    def __init__(self, catalogue: FakeCatalogue, engine: FakeSearchEngine) -> None:
        self._catalogue = catalogue
        self._engine = engine

    @property
    def identity(self) -> None:
        return None

    @contextmanager
    def open(self, unfinished_too: bool = False) -> Iterator[IndexSnapshot]:
        is_finished = self._catalogue.is_finished
        if not is_finished and not unfinished_too:
            raise UnfinishedIndexError("index.unfinished", folder="memory")
        catalogue, engine = self._catalogue.copied(), self._engine.copied()
        yield IndexSnapshot(catalogue, engine, is_finished=is_finished)

    def trust(self) -> None:
        """It is trusted anyway."""

    def close(self) -> None:
        """There is nothing to close."""


class FakeIndex(ShelfIndex):
    """A `bot.core.seams.Index` in dicts."""

    def __init__(
        self,
        store: ArticleStore,
        analyzer: Analyzer,
        catalogue: FakeCatalogue | None = None,
        engine: FakeSearchEngine | None = None,
    ) -> None:
        self.catalogue = catalogue or FakeCatalogue()
        self.engine = engine or FakeSearchEngine()
        side = WriteSide(self.catalogue, self.engine)
        reader = FakeReader(self.catalogue, self.engine)
        indexer = Indexer(store, partial(reader.open, True), lambda: side, analyzer)
        super().__init__(store, reader, indexer, analyzer, FakeSearchEngine)
