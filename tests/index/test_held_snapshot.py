"""An index that is being made anew is asked as it was, as far as it is undamaged."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.core.errors import DamagedIndexError
from bot.core.seams import TermQuery
from bot.index.held_snapshot import HeldSnapshot
from bot.index.index_database import Database
from bot.index.index_reader import IndexReader
from bot.search.bm25 import Bm25Engine
from bot.search.engine_reader import EngineReader
from bot.sources.corpus.folder import CorpusFolder
from tests.index.opened import OpenedShelf


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index whose postings lie in a segment."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "owl.md").write_text("The owl hunts mice.\n", "utf-8")
    folder = tmp_path / "index"
    shelf = OpenedShelf(
        CorpusFolder(corpus), folder, lambda database: Bm25Engine(database, logged_passages=0)
    )
    shelf.refresh()
    shelf.close()
    assert list(folder.glob("*.segment"))
    return folder


def test_what_is_held_is_read_after_its_files_are_deleted(index: Path) -> None:
    held = HeldSnapshot()
    reader = IndexReader(index, EngineReader(index).at)
    with held.borrowed() as nothing:
        assert nothing is None
    with held.holding(reader.open):
        database = Database(index)
        database.reset()
        database.close()
        assert not list(index.glob("*.segment"))
        with held.borrowed() as snapshot:
            assert snapshot is not None
            (retrieval,) = snapshot.retrieve([TermQuery(("owl",), 5)])
            assert [passage.text for passage in retrieval.passages.values()] == [
                "The owl hunts mice."
            ]
            with held.borrowed() as again:  # by the same thread
                assert again is not None
    with held.borrowed() as nothing:
        assert nothing is None
    assert sorted(path.name for path in index.iterdir()) == ["index.sqlite3", "lock"]
    Database(index).close()
    reader.close()


def test_nothing_is_held_of_what_cannot_be_opened(tmp_path: Path) -> None:
    held = HeldSnapshot()
    with (
        held.holding(IndexReader(tmp_path, EngineReader(tmp_path).at).open),
        held.borrowed() as nothing,
    ):
        assert nothing is None


def test_the_end_waits_for_who_has_borrowed(index: Path) -> None:
    held, ended = HeldSnapshot(), threading.Event()
    reader = IndexReader(index, EngineReader(index).at)
    begun, may_end = threading.Event(), threading.Event()

    def repair() -> None:
        with held.holding(reader.open):
            begun.set()
            may_end.wait()
        ended.set()

    thread = threading.Thread(target=repair)
    thread.start()
    begun.wait()
    with held.borrowed() as snapshot:
        may_end.set()
        assert snapshot is not None
        assert snapshot.count() == 1
        assert not ended.is_set()
    thread.join()
    assert ended.is_set()
    reader.close()


def test_who_has_borrowed_learns_that_it_cannot_be_trusted(index: Path) -> None:
    class Short:
        """Knows one file as cut short."""

        def __init__(self) -> None:
            self.inode = 0

        def count(self) -> int:
            return 0

        def were_met(self, inode: int, since: int) -> bool:
            return inode == self.inode

    short = Short()
    held, reader = HeldSnapshot(), IndexReader(index, EngineReader(index).at, None, short)
    with held.holding(reader.open), pytest.raises(DamagedIndexError), held.borrowed():
        short.inode = (index / "index.sqlite3-shm").stat().st_ino
    reader.close()
