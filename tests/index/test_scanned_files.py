"""Very many articles are asked by looking through their files, while no index can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest

from bot.core.article import Article, Draft, Head, Version
from bot.core.conversation.asking import ask
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion
from bot.core.errors import IndexBusyError, StorageError, UnreachableError
from bot.core.library import Library
from bot.core.requests import run
from bot.core.seams import Snapshot, TermQuery, TitleLookup
from bot.core.shelf import Shelf
from bot.index.from_files import snapshot_of_files
from bot.index.scanned_files import MANY, MOST_READ, READ_SECONDS, SCAN_SECONDS, scanning_snapshot
from bot.index.searched_files import MOST_KEPT, SearchedFiles
from bot.index.shelf_snapshot import IndexSnapshot
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.clock import Clock
from tests.fakes.index import FakeIndex
from tests.fakes.search_engine import FakeSearchEngine

ANALYZER = Languages()
FACTS = {
    "owl": ("What does the barn owl hunt at night?", "The barn owl hunts mice at night."),
    "heron": ("On what does the heron stand?", "A heron stands on one leg to keep warm."),
    "gull": ("At what does the chick of the gull peck?", "A gull's chick pecks at a red spot."),
}


@pytest.fixture
def store() -> FakeArticleStore:
    made = FakeArticleStore()
    for slug, (_, text) in FACTS.items():
        made.save(slug, Draft(Head(f"The {slug}"), f"{text}\n"))
    for number in range(3 * MOST_READ):
        text = f"Note {number} tells at night of stones and of rivers that stand still.\n"
        made.save(f"note-{number}", Draft(Head(f"Note {number}"), text))
    return made


@pytest.fixture
def snapshot(store: FakeArticleStore) -> IndexSnapshot:
    return scanning_snapshot(store, SearchedFiles(store, store.list()), ANALYZER)


def answer(snapshot: Snapshot, question: str) -> list[str]:
    shelves = [AskedShelf("", snapshot.languages())]
    found = run(ask(shelves, ANALYZER, ScopedQuestion(question)), [snapshot])
    return [match.passage.text for match in found.matches]


@pytest.mark.parametrize("slug", FACTS)
def test_a_question_gets_the_answer_that_all_files_give(
    store: FakeArticleStore, snapshot: IndexSnapshot, slug: str
) -> None:
    question, text = FACTS[slug]
    assert answer(snapshot, question)[0] == text
    assert len(set(store.reads)) <= 2 * MOST_READ
    whole = snapshot_of_files(store, store.list(), ANALYZER, FakeSearchEngine, lambda: False)
    assert whole is not None
    assert answer(whole, question)[0] == text


def test_files_are_read_that_hold_the_words_and_no_others(
    store: FakeArticleStore, snapshot: IndexSnapshot
) -> None:
    (found,) = snapshot.retrieve([TermQuery(("heron", "leg"), 5)])
    assert [(hit.article, hit.number) for hit in found.hits] == [("heron", 0)]
    assert found.entries["heron"].head.title == "The heron"
    assert found.statistics.document_frequency == {"heron": 2, "leg": 1}  # a title is a block
    assert found.statistics.passages == 2 * len(store.drafts)
    assert store.reads == ["heron"]


def test_no_more_files_are_read_once_these_hold_enough() -> None:
    """Files that hold all words in one passage come first; others are read only if these are too
    few."""
    store = FakeArticleStore()
    for number in range(MOST_READ):
        store.save(f"both-{number:03}", Draft(Head("Both"), f"The heron has a leg {number}.\n"))
        store.save(f"one-{number:03}", Draft(Head("One"), f"The heron is a bird {number}.\n"))

    def reads(limit: int) -> list[str]:
        store.reads.clear()
        snapshot = scanning_snapshot(store, SearchedFiles(store, store.list()), ANALYZER)
        (found,) = snapshot.retrieve([TermQuery(("heron", "leg"), limit)])
        assert len(found.hits) == limit
        return list(store.reads)

    assert reads(5) == [f"both-{number:03}" for number in range(10)]
    assert reads(30) == [f"both-{number:03}" for number in range(30)]
    assert len(reads(MOST_READ)) == MOST_READ


def test_one_article_is_asked_alone(store: FakeArticleStore, snapshot: IndexSnapshot) -> None:
    (found,) = snapshot.retrieve([TermQuery(("night", "stone"), 5, "owl")])
    assert [hit.article for hit in found.hits] == ["owl"]
    assert found.article_statistics is not None
    assert found.article_statistics.document_frequency == {"night": 1, "stone": 0}
    assert store.reads == ["owl"]


def test_articles_are_found_by_their_titles(
    store: FakeArticleStore, snapshot: IndexSnapshot
) -> None:
    assert [slug for _, slug in snapshot.titles(TitleLookup(holding=["heron"]))] == ["heron"]
    assert [slug for _, slug in snapshot.titles(TitleLookup("the g"))] == ["gull"]
    assert [s for _, s in snapshot.titles(TitleLookup(slug_beginning="note-12", limit=2))] == [
        "note-12",
        "note-120",
    ]
    assert snapshot.originals(["The owl", "The whale"]) == {"The owl"}
    assert snapshot.count() == len(store.drafts)
    assert [each.text for each in snapshot.article_passages("owl")] == [FACTS["owl"][1]]


@pytest.mark.parametrize(
    "ask_for",
    [lambda held: held.entries(), lambda held: held.titles(TitleLookup(limit=20))],
    ids=["entries", "titles"],
)
def test_what_would_need_all_files_is_refused(
    snapshot: IndexSnapshot, ask_for: Callable[[Snapshot], object]
) -> None:
    with pytest.raises(StorageError, match=r"index\.remade_for_minutes"):
        ask_for(snapshot)
    assert snapshot.fault is not None


class SlowStore(FakeArticleStore):
    """A store of which each file takes so many seconds, and seems to be large."""

    def __init__(self, clock: Clock, size: int, files: int = 5, seconds: float = 1.0) -> None:
        super().__init__()
        self._seconds = seconds
        self._clock = clock
        self._size = size
        self.given = 0
        for number in range(files):
            self.save(f"owl-{number}", Draft(Head(f"Owl {number}"), "An owl.\n"))

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        for each in super().contents(versions):
            self._clock.seconds += self._seconds
            self.given += 1
            yield each

    def texts(self) -> SearchedFiles:
        listing = self.list()
        large = {slug: v._replace(size=self._size) for slug, v in listing.versions.items()}
        return SearchedFiles(self, listing._replace(versions=large), self._clock)


def found(snapshot: Snapshot, *terms: str) -> list[str]:
    """Return the articles with the best passages that hold some of these terms."""
    (retrieval,) = snapshot.retrieve([TermQuery(terms, 5)])
    return [hit.article for hit in retrieval.hits]


class FailingStore(SlowStore):
    """A store that cannot be reached after two files."""

    is_reachable = False

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        for at, each in enumerate(super().contents(versions)):
            yield each
            if at == 1 and not self.is_reachable:
                raise UnreachableError("storage.unreachable")


def test_texts_are_kept_for_the_next_question_unless_they_are_too_many() -> None:
    # each is read to be looked through, and read again for the number of its blocks and for theirs
    # that hold the word: the store has few files
    for size, given in ((1, 15), (MOST_KEPT, 20)):
        store = SlowStore(Clock(), size)
        texts = store.texts()
        for term in ("owl", "mouse"):
            scanning_snapshot(store, texts, ANALYZER).document_frequencies([term])
        assert store.given == given


@pytest.mark.parametrize("size", [1, MOST_KEPT])
def test_who_looks_through_files_stops_in_time(size: int) -> None:
    clock = Clock()
    store = SlowStore(clock, size)
    snapshot = scanning_snapshot(store, store.texts(), ANALYZER)
    assert snapshot.is_complete()
    clock.seconds += SCAN_SECONDS - 2
    assert found(snapshot, "owl") == ["owl-0", "owl-1", "owl-2"]
    assert not snapshot.is_complete()
    with pytest.raises(StorageError, match=r"index\.remade_for_minutes"):
        snapshot.titles(TitleLookup("owl"))


class SlowlyRead(SlowStore):
    """A store of which reading a file takes half of the time that one call may read."""

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        self._clock.seconds += READ_SECONDS / 2
        return super().get(slug, version)


def test_calls_after_the_look_through_the_files_read_no_longer_than_one() -> None:
    clock = Clock()
    store = SlowlyRead(clock, 1, files=9)
    snapshot = scanning_snapshot(store, store.texts(), ANALYZER)
    clock.seconds += SCAN_SECONDS
    assert list(snapshot.entries([f"owl-{number}" for number in range(5)])) == [
        "owl-0",
        "owl-1",
        "owl-2",
    ]
    assert list(snapshot.entries([f"owl-{number}" for number in range(5, 9)])) == ["owl-5"]


class ScannedIndex(FakeIndex):
    """An index that cannot be read, of articles of which one can be looked through in time."""

    def __init__(self, store: SlowStore, clock: Clock) -> None:
        super().__init__(store, ANALYZER)
        self._scanned_store = store
        self._time = clock

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        self._time.seconds = 0
        snapshot = scanning_snapshot(self._scanned_store, self._scanned_store.texts(), ANALYZER)
        self._time.seconds = SCAN_SECONDS - 0.5
        yield snapshot


def test_a_sure_answer_of_a_part_of_the_articles_is_given_and_nothing_is_said_to_be_missing() -> (
    None
):
    clock = Clock()
    store = SlowStore(clock, MOST_KEPT)
    store.save("barn-owl", Draft(Head("The barn owl"), FACTS["owl"][1]))
    library = Library([Shelf(store, ScannedIndex(store, clock))], ANALYZER)
    answered = library.ask(FACTS["owl"][0])
    assert [match.passage.text for match in answered.matches] == [FACTS["owl"][1]]
    with pytest.raises(IndexBusyError, match=r"index\.remade_for_minutes"):
        library.ask("What do whales eat?")


def test_a_file_that_is_deleted_meanwhile_is_not_missed(store: FakeArticleStore) -> None:
    snapshot = scanning_snapshot(store, SearchedFiles(store, store.list()), ANALYZER)
    store.remove("note-0")
    assert found(snapshot, "heron") == ["heron"]
    assert snapshot.is_complete()


def test_files_that_are_named_for_the_question_come_first() -> None:
    clock = Clock()
    store = SlowStore(clock, MOST_KEPT)
    store.save("heron", Draft(Head("A heron"), "A heron.\n"))
    snapshot = scanning_snapshot(store, store.texts(), ANALYZER)
    clock.seconds += SCAN_SECONDS - 0.5
    assert found(snapshot, "heron") == ["heron"]


@pytest.mark.parametrize("files", [1, 5])
def test_where_time_is_short_spellings_that_are_only_tried_are_in_no_text(files: int) -> None:
    clock = Clock()
    store = SlowStore(clock, MOST_KEPT, files, 0.25)
    snapshot = scanning_snapshot(store, store.texts(), ANALYZER)
    tried = ["owl", "an", *(f"mouse{number}" for number in range(MANY))]
    assert snapshot.document_frequencies(["owl"]) == {"owl": 2 * files}
    held = snapshot.document_frequencies(tried)
    assert held == {**dict.fromkeys(tried, 0), "owl": 2 * files, "an": files if files == 1 else 0}


def test_a_long_question_is_looked_for_whole_however_little_time_is_left() -> None:
    clock = Clock()
    store = SlowStore(clock, 1)
    snapshot = scanning_snapshot(store, store.texts(), ANALYZER)
    clock.seconds += SCAN_SECONDS - 6
    terms = ["owl", *(f"mouse{number}" for number in range(MANY))]
    assert snapshot.document_frequencies(terms)["owl"] == 10


def test_the_next_question_goes_on_where_the_last_one_stopped() -> None:
    clock = Clock()
    store = SlowStore(clock, 1)
    texts = store.texts()
    first = scanning_snapshot(store, texts, ANALYZER)
    clock.seconds += SCAN_SECONDS - 2
    assert found(first, "owl", "leg") == ["owl-0", "owl-1", "owl-2"]
    given = store.given
    second = scanning_snapshot(store, texts, ANALYZER)
    assert second.document_frequencies(["mouse"]) == {"mouse": 0}
    assert second.is_complete()
    assert store.given - given == 2


def test_where_reading_fails_the_next_question_reads_the_rest() -> None:
    store = FailingStore(Clock(), 1)
    texts = store.texts()
    with pytest.raises(UnreachableError):
        scanning_snapshot(store, texts, ANALYZER).document_frequencies(["owl"])
    store.is_reachable = True
    store.given = 0
    snapshot = scanning_snapshot(store, texts, ANALYZER)
    assert snapshot.document_frequencies(["mouse"]) == {"mouse": 0}
    assert snapshot.is_complete()
    assert store.given == 3 + 5  # the rest, and all again for the number of blocks


def test_kept_texts_are_not_looked_through_after_the_time_either() -> None:
    clock = Clock()
    store = SlowStore(clock, 1)
    snapshot = scanning_snapshot(store, store.texts(), ANALYZER)
    assert snapshot.document_frequencies(["owl"]) == {"owl": 10}
    clock.seconds += SCAN_SECONDS
    assert snapshot.document_frequencies(["owl"]) == {"owl": 10}  # it was looked for
    assert snapshot.is_complete()
    assert snapshot.document_frequencies(["mouse"]) == {"mouse": 0}
    assert not snapshot.is_complete()


def test_a_file_that_is_no_text_might_hold_the_answer() -> None:
    class Documents(FakeArticleStore):
        def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
            yield "report", b"%PDF-1.7 \xff\xfe"

    store = Documents()
    store.save("report", Draft(Head("A report"), "An owl.\n"))
    snapshot = scanning_snapshot(store, SearchedFiles(store, store.list()), ANALYZER)
    for _ in range(2):
        assert snapshot.document_frequencies(["owl"]) == {"owl": 0}
        assert not snapshot.is_complete()


def test_no_articles_hold_nothing() -> None:
    store = FakeArticleStore()
    snapshot = scanning_snapshot(store, SearchedFiles(store, store.list()), ANALYZER)
    assert snapshot.count() == 0
    assert snapshot.languages() == []
    (found,) = snapshot.retrieve([TermQuery(("owl",), 5)])
    assert found.hits == []
