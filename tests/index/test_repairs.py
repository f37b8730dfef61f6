"""Questions are answered while an index is repaired, and none waits for long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.core.article import Article, Draft, Head, Version
from bot.core.errors import DamagedIndexError, IndexBusyError, StorageError
from bot.core.seams import Changes, Hit, Listing, Retriever, Statistics, TermQuery
from bot.core.shelf import Shelf
from bot.index.article_writer import WriteSide
from bot.index.from_files import MOST_BYTES
from bot.index.index_database import Database
from bot.index.index_reader import IndexReader
from bot.index.indexer import Indexer
from bot.index.repairs import HeldSnapshot, Repairs
from bot.index.shelf_index import Patience, ShelfIndex
from bot.index.shelf_snapshot import IndexSnapshot
from bot.search.bm25 import Bm25Engine
from bot.search.engine_reader import EngineReader
from bot.sources.corpus.folder import CorpusFolder
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.clock import Clock
from tests.fakes.index import FakeIndex, FakeReader
from tests.fakes.search_engine import FakeSearchEngine
from tests.index.opened import OpenedShelf

ANALYZER = Languages()


class Store(FakeArticleStore):
    """A store that tells when an article is read, and may say that its files are large."""

    def __init__(self, size: int | None = None) -> None:
        super().__init__()
        self._size = size
        self.at_read: Callable[[], object] = lambda: None
        for slug in ("gull", "heron", "owl"):
            self.save(slug, Draft(Head(slug.title()), f"The {slug} sleeps on one leg.\n"))

    def list(self, slugs: Any = None) -> Listing:
        listing = super().list(slugs)
        if self._size is None:
            return listing
        large = {slug: v._replace(size=self._size) for slug, v in listing.versions.items()}
        return Listing(large, listing.faults)

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        self.at_read()
        return super().get(slug, version)


class Reader(FakeReader):
    """A reader of an index that is damaged, or is not."""

    def __init__(self, index: FakeIndex) -> None:
        super().__init__(index.catalogue, index.engine)
        self.is_damaged = True
        self.damaged_term: str | None = None
        self.opened = 0

    @contextmanager
    def open(self, unfinished_too: bool = False) -> Iterator[IndexSnapshot]:
        self.opened += 1
        if self.is_damaged:
            raise DamagedIndexError("index.damaged")
        with super().open(unfinished_too) as snapshot:
            engine = DamagedEngine(snapshot.engine, self.damaged_term)
            yield IndexSnapshot(snapshot.catalogue, engine)


class DamagedEngine:
    """A `bot.core.seams.Retriever` of which the postings of one term are damaged."""

    def __init__(self, engine: Retriever, term: str | None) -> None:
        self._engine = engine
        self._term = term

    def articles(self) -> Collection[str]:
        return self._engine.articles()

    def search(self, terms: Collection[str], limit: int, articles: Any = None) -> list[Hit]:
        if self._term in terms:
            raise DamagedIndexError("segment.postings", file="some.segment")
        return self._engine.search(terms, limit, articles)

    def statistics(self, terms: Iterable[str], articles: Any = None) -> Statistics:
        return self._engine.statistics(terms, articles)


class Repairing(Indexer):
    """An indexer whose repairs end when a test says so."""

    def __init__(self, store: Store, index: FakeIndex) -> None:
        self.side = WriteSide(index.catalogue, index.engine)
        reader = FakeReader(index.catalogue, index.engine)
        super().__init__(store, partial(reader.open, True), lambda: self.side, ANALYZER)
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.repair: Callable[[], object] = lambda: None

    def rebuild(self, progress: Any = None, damaged: Any = None) -> Changes:
        self.begun.set()
        assert self.may_end.wait(60)
        self.repair()
        return Changes()


class WatchedRepairs(Repairs):
    """Repairs that remember how long each question was ready to wait."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.waits: list[float] = []

    def wait(self, patience: float) -> bool:
        self.waits.append(patience)
        return super().wait(patience)


class Parts:
    """A shelf with an index that is damaged."""

    def __init__(self, patience: Patience, size: int | None = None) -> None:
        self.store, self.clock = Store(size), Clock()
        sound = FakeIndex(self.store, ANALYZER)
        sound.refresh()
        self.store.reads.clear()
        self.reader, self.indexer = Reader(sound), Repairing(self.store, sound)
        self.repairs = WatchedRepairs(self.clock)
        self.indexer.repair = self.mend
        index = ShelfIndex(
            self.store,
            self.reader,
            self.indexer,
            ANALYZER,
            FakeSearchEngine,
            patience,
            self.repairs,
        )
        self.shelf = Shelf(self.store, index)

    def mend(self) -> None:
        self.reader.is_damaged = False
        self.reader.damaged_term = None

    def count(self) -> int:
        return self.shelf.read(lambda snapshot: snapshot.count())

    def all_slugs(self) -> list[str]:
        return list(self.shelf.entries())

    def find(self, term: str) -> list[str]:
        query = TermQuery((term,), 5)
        (retrieval,) = self.shelf.read(lambda snapshot: snapshot.retrieve([query]))
        return [hit.article for hit in retrieval.hits]

    def end(self) -> None:
        """Let a repair that is under way end."""
        self.indexer.may_end.set()
        self.repairs.wait(60)


def test_a_question_is_answered_from_the_files_while_a_repair_goes_on() -> None:
    parts = Parts(Patience(files=0.0, repair=60.0))
    assert parts.count() == 3
    assert parts.store.reads == ["gull", "heron", "owl"]
    assert parts.reader.opened == 1
    assert parts.count() == 3
    assert parts.store.reads == ["gull", "heron", "owl"]  # not again
    parts.end()


def test_of_very_many_articles_those_are_read_that_hold_the_words() -> None:
    parts = Parts(Patience(files=0.0, repair=60.0), size=MOST_BYTES)
    assert parts.find("heron") == ["heron"]
    assert parts.store.reads == ["heron"]
    assert parts.count() == 3
    assert parts.repairs.under_way is not None
    parts.end()


@pytest.mark.parametrize(("size", "seconds"), [(None, 0.01), (MOST_BYTES, 0.0)])
def test_of_a_few_articles_a_short_repair_is_waited_for_and_of_many_none(
    size: int | None, seconds: float
) -> None:
    parts = Parts(Patience(files=0.01, repair=60.0), size)
    assert parts.find("heron") == ["heron"]
    assert parts.repairs.waits == [seconds]
    parts.end()


def test_what_needs_very_many_articles_is_answered_when_the_repair_has_ended() -> None:
    parts = Parts(Patience(files=0.0, repair=60.0), size=MOST_BYTES)
    answers: list[list[str]] = []
    asker = threading.Thread(target=lambda: answers.append(parts.all_slugs()))
    asker.start()
    parts.indexer.begun.wait()
    parts.indexer.may_end.set()
    asker.join()
    assert answers == [["gull", "heron", "owl"]]
    assert parts.store.reads == []


def test_what_is_undamaged_of_a_segment_is_answered_meanwhile() -> None:
    parts = Parts(Patience(files=0.0, repair=60.0), size=MOST_BYTES)
    parts.mend()
    parts.reader.damaged_term = "heron"
    parts.indexer.repair = parts.mend
    answers: list[list[str]] = []
    asker = threading.Thread(target=lambda: answers.append(parts.find("heron")))
    asker.start()
    parts.indexer.begun.wait()
    assert parts.find("owl") == ["owl"]
    assert parts.repairs.under_way is not None
    parts.end()
    asker.join()
    assert answers == [["heron"]]
    assert set(parts.store.reads) <= {"heron"}  # unless the repair ended before


def test_nobody_waits_longer_than_the_patience() -> None:
    parts = Parts(Patience(files=0.0, repair=0.0), size=MOST_BYTES)
    with pytest.raises(IndexBusyError, match=r"index\.remade_for_minutes"):
        parts.all_slugs()
    assert parts.find("owl") == ["owl"]  # the next question is none the worse
    parts.end()
    assert parts.all_slugs() == ["gull", "heron", "owl"]


def test_the_files_are_no_longer_read_once_the_repair_has_ended() -> None:
    parts = Parts(Patience(files=0.0, repair=60.0))
    parts.store.at_read = parts.end
    assert parts.count() == 3
    assert parts.store.reads == ["gull"]


def test_damage_that_comes_again_is_not_waited_for_again() -> None:
    parts = Parts(Patience(files=60.0, repair=60.0))
    parts.indexer.may_end.set()

    def take_a_minute() -> None:
        parts.clock.seconds += 59.9
        parts.mend()

    parts.indexer.repair = take_a_minute
    assert parts.count() == 3
    assert parts.store.reads == []
    parts.reader.is_damaged = True
    parts.indexer.may_end.clear()
    parts.indexer.begun.clear()
    parts.clock.seconds += 1  # the first repair began a minute ago
    assert parts.count() == 3
    assert parts.store.reads == ["gull", "heron", "owl"]
    parts.end()
    parts.reader.is_damaged = True
    parts.clock.seconds += 60  # long after
    assert parts.count() == 3
    assert parts.store.reads == ["gull", "heron", "owl"]


def test_a_repair_that_failed_is_not_tried_again_at_once() -> None:
    parts = Parts(Patience(files=60.0, repair=60.0), size=MOST_BYTES)
    tries = 0

    def fail() -> None:
        nonlocal tries
        tries += 1
        raise StorageError("index.unwritable")

    parts.indexer.repair = fail
    parts.indexer.may_end.set()
    with pytest.raises(DamagedIndexError):
        parts.all_slugs()
    assert parts.find("owl") == ["owl"]
    assert tries == 1
    parts.indexer.repair = parts.mend
    parts.clock.seconds += 6
    assert parts.all_slugs() == ["gull", "heron", "owl"]


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
