"""The engine over segments and its log: any sequence of changes, several processes, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.errors import DamagedIndexError
from bot.core.seams import Hit
from bot.index.index_database import Database
from bot.search.bm25 import Bm25Engine
from bot.search.maintenance import main
from bot.search.segments.building import SegmentBuilder
from tests.fakes.search_engine import FakeSearchEngine
from tests.wording import worded

WORDS = [f"w{n}" for n in range(40)]
PASSAGE = st.lists(st.sampled_from(WORDS), max_size=15)
SLUG = st.sampled_from("abcdefghij")


def assert_same(found: Sequence[Hit], expected: Sequence[Hit]) -> None:
    assert [(hit.article, hit.number) for hit in found] == [
        (hit.article, hit.number) for hit in expected
    ]
    assert [hit.score for hit in found] == pytest.approx(
        [hit.score for hit in expected], rel=1e-9, abs=1e-9
    )


class AnySequence(RuleBasedStateMachine):
    """Whatever is put and removed, and wherever it comes to lie (log, segment, merged
    segment), the statistics and scores are those of one index of what is left."""

    @initialize(logged=st.integers(0, 12))
    def open(self, logged: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.logged = logged
        self.fake = FakeSearchEngine()
        self.kept = FakeSearchEngine()
        self.engine = self.reopened()

    def reopened(self) -> Bm25Engine:
        return Bm25Engine(Database(Path(self.folder.name)), logged_passages=self.logged)

    @rule(slug=SLUG, passages=st.lists(PASSAGE, max_size=8))
    def put(self, slug: str, passages: list[list[str]]) -> None:
        self.engine.put(slug, passages)
        self.fake.put(slug, passages)

    @rule(slug=SLUG)
    def remove(self, slug: str) -> None:
        self.engine.remove(slug)
        self.fake.remove(slug)

    @rule()
    def commit(self) -> None:
        self.engine.commit()
        self.kept.passages = dict(self.fake.passages)

    @rule()
    def settle(self) -> None:
        self.commit()
        self.engine.close()

    @rule()
    def reopen(self) -> None:
        """Changes that were not committed are lost with the process, and nothing else."""
        self.engine.close()
        self.engine = self.reopened()
        self.fake.passages = dict(self.kept.passages)

    @rule(terms=st.lists(st.sampled_from([*WORDS, "unheard"]), max_size=6), limit=st.integers(1, 9))
    def search(self, terms: list[str], limit: int) -> None:
        assert_same(self.engine.search(terms, limit), self.fake.search(terms, limit))

    @rule(term=st.sampled_from(WORDS), slugs=st.frozensets(SLUG, max_size=3))
    def restricted(self, term: str, slugs: frozenset[str]) -> None:
        assert_same(self.engine.search([term], 5, slugs), self.fake.search([term], 5, slugs))
        assert self.engine.statistics([term], slugs) == self.fake.statistics([term], slugs)

    @invariant()
    def statistics(self) -> None:
        assert self.engine.statistics(WORDS[:5]) == self.fake.statistics(WORDS[:5])
        assert sorted(self.engine.articles()) == sorted(self.fake.articles())
        assert len(self.engine.articles()) == len(self.fake.articles())

    def teardown(self) -> None:
        self.engine.close()
        self.folder.cleanup()


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=30, stateful_step_count=25)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def article(number: int, passages: int = 6) -> list[list[str]]:
    """Passages of different content, each with the article's own term."""
    return [[f"own{number}", *WORDS[at : at + 5 + number % 7]] for at in range(passages)]


def test_another_process_sees_a_commit_with_its_next_question(folder: Path) -> None:
    writer, reader = Bm25Engine(Database(folder)), Bm25Engine(Database(folder))
    assert reader.search(["own1"], 3) == []
    writer.put("a", article(1))
    assert reader.search(["own1"], 3) == []
    writer.commit()
    assert reader.search(["own1"], 3) == writer.search(["own1"], 3) != []


def test_what_a_transaction_rolled_back_was_never_put(folder: Path) -> None:
    database = Database(folder)
    engine = Bm25Engine(database)
    with database.writing():
        engine.put("a", article(1))
        engine.commit()
    with suppress(KeyboardInterrupt), database.writing():
        engine.put("b", article(2))
        engine.remove("a")
        engine.commit()
        engine.put("c", article(3))
        raise KeyboardInterrupt
    assert list(engine.articles()) == ["a"]
    assert engine.search(["own2", "own3"], 3) == []
    assert list(Bm25Engine(Database(folder)).articles()) == ["a"]


def test_segments_stay_few_and_no_file_is_left_behind(folder: Path) -> None:
    engine = Bm25Engine(Database(folder), logged_passages=10)
    for number in range(60):
        engine.put(f"a{number}", article(number))
        engine.commit()
        engine.close()
    assert 1 <= len(list(folder.glob("*.segment"))) <= 6
    assert len(engine.articles()) == 60
    assert len(engine.search(["own7"], 10)) == 6


def test_what_killed_writers_left_is_swept_and_what_is_new_is_not(folder: Path) -> None:
    engine = Bm25Engine(Database(folder), logged_passages=0)
    engine.put("a", article(1))
    engine.commit()
    engine.close()
    (named,) = folder.glob("*.segment")
    old, new = folder / "0.segment", folder / "1.segment"
    for path in (old, new):
        path.write_bytes(b"half a segment")
    for path in (old, named):
        os.utime(path, (0, 0))
    with Database(folder).writing():
        engine.sweep()  # somebody writes
    assert old.exists()
    engine.sweep()
    assert sorted(folder.glob("*.segment")) == sorted([named, new])


def test_large_segments_are_merged_by_another_process(folder: Path) -> None:
    engine = Bm25Engine(Database(folder), build_megabytes=0, logged_passages=10, apart_from=20)
    for number in range(12):
        engine.put(f"a{number}", article(number, 11))  # becomes a segment at once
    assert len(list(folder.glob("*.segment"))) == 12
    threads = set(threading.enumerate())
    engine.commit()
    assert set(threading.enumerate()) == threads
    engine.close()
    assert len(list(folder.glob("*.segment"))) == 1
    assert len(engine.articles()) == 12
    assert len(engine.search(["own7"], 20)) == 11


def test_a_segment_is_taken_over_in_place_of_what_was_there(folder: Path) -> None:
    engine, fake = Bm25Engine(Database(folder), logged_passages=10), FakeSearchEngine()
    for number in range(8):  # the last of them are in the log
        engine.put(f"a{number}", article(number))
        engine.commit()
    given = {f"a{number}": article(number + 10) for number in (2, 7, 5, 9)}
    file = folder / "elsewhere"
    with file.open("xb") as segment:
        SegmentBuilder.of_terms(given.items()).write(segment)
    engine.adopt(file, but={"a5"})
    engine.commit()
    for number in (0, 1, 3, 4, 5, 6):
        fake.put(f"a{number}", article(number))
    for slug in ("a2", "a7", "a9"):
        fake.put(slug, given[slug])
    for opened in (engine, Bm25Engine(Database(folder))):
        assert sorted(opened.articles()) == sorted(fake.articles())
        assert opened.statistics(WORDS) == fake.statistics(WORDS)
        for number in range(20):
            assert_same(opened.search([f"own{number}"], 10), fake.search([f"own{number}"], 10))
    engine.close()


def test_an_index_that_was_erased_is_not_merged(folder: Path) -> None:
    assert main(folder, 10) == 0
    assert not folder.exists()


def test_memory_is_bounded_by_writing_segments_before_the_commit(folder: Path) -> None:
    engine = Bm25Engine(Database(folder), build_megabytes=0)
    for number in range(5):
        engine.put(f"a{number}", article(number))
    assert len(list(folder.glob("*.segment"))) == 5
    engine.commit()
    assert sorted(Bm25Engine(Database(folder)).articles()) == [f"a{n}" for n in range(5)]
    engine.close()


def test_what_is_merged_between_two_transactions_is_not_brought_back(folder: Path) -> None:
    database = Database(folder)
    engine = Bm25Engine(database, build_megabytes=0)
    with database.writing():
        for number in range(3):
            engine.put(f"a{number}", article(number))  # becomes a segment at once
        engine.commit()
    other = Bm25Engine(Database(folder), build_megabytes=0)
    other.put("a3", article(3))
    other.commit()
    other.close()
    with database.writing():
        engine.remove("a1")
        engine.commit()
    engine.close()
    for opened in (engine, Bm25Engine(Database(folder))):
        assert sorted(opened.articles()) == ["a0", "a2", "a3"]
        assert [len(opened.search([f"own{n}"], 10)) for n in range(4)] == [6, 0, 6, 6]


def test_threads_ask_while_one_writes(folder: Path) -> None:
    engine = Bm25Engine(Database(folder), logged_passages=20)
    engine.put("always", article(0))
    engine.commit()
    faults: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                hits = engine.search(["own0"], 10)
                assert {hit.article for hit in hits} == {"always"}
                assert len(hits) == 6
        except BaseException as error:  # noqa: BLE001 (told by the test's own thread)
            faults.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 80):
        engine.put(f"a{number % 20}", article(number))
        if number % 5 == 0:
            engine.remove(f"a{(number + 10) % 20}")
        engine.commit()
    stop.set()
    for thread in threads:
        thread.join()
    engine.close()
    assert faults == []


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_segment_is_noticed_never_served(folder: Path, seed: int) -> None:
    engine = Bm25Engine(Database(folder), logged_passages=0)
    for number in range(40):
        engine.put(f"a{number}", article(number))
    engine.commit()
    engine.close()
    questions = [[word, f"own{n}"] for n, word in enumerate(WORDS)]
    sound = [engine.search(question, 5) for question in questions]
    (file,) = folder.glob("*.segment")
    data = bytearray(file.read_bytes())
    if seed == 0:
        del data[-10:]
    elif seed == 1:
        data.clear()
    else:
        for at in range(seed, len(data), 200 + 37 * seed):
            data[at] ^= 1 << seed % 8
    file.unlink()  # the one that is mapped stays as it was
    file.write_bytes(data)
    noticed = []
    damaged = Bm25Engine(Database(folder))
    for question, expected in zip(questions, sound, strict=True):
        try:
            assert damaged.search(question, 5) == expected
        except DamagedIndexError as error:
            noticed.append(worded(error))
    assert noticed
    assert all(message.startswith(f"{file.name}: ") for message in noticed)


def test_a_missing_segment_is_damage(folder: Path) -> None:
    engine = Bm25Engine(Database(folder), logged_passages=0)
    engine.put("a", article(1))
    engine.commit()
    engine.close()
    next(folder.glob("*.segment")).unlink()
    with pytest.raises(DamagedIndexError):
        Bm25Engine(Database(folder)).search(["own1"], 1)


_KILLED = """
import sys
from contextlib import suppress
from pathlib import Path
from bot.search.bm25 import Bm25Engine
from bot.index.index_database import Database
from bot.search.maintenance import main

engine = Bm25Engine(Database(Path(sys.argv[1])), logged_passages=30)
number = int(sys.argv[2])
while True:
    number += 1
    for slug in ("x", f"a{number % 9}"):
        engine.put(slug, [[f"own{number}", "all", slug]] * (1 + number % 4))
    if number % 3 == 0:
        engine.remove(f"a{number % 5}")
    engine.commit()
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_its_last_commit_or_its_next(folder: Path) -> None:
    number = 0
    for round_ in range(6):
        with subprocess.Popen(  # noqa: S603 (this very file's code)
            [sys.executable, "-c", _KILLED, str(folder), str(number)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        ) as process:
            assert process.stdout is not None
            for _ in range(5 + 7 * round_):
                number = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            lines = process.stdout.read().split()
        number = int(lines[-1]) if lines else number
        engine = Bm25Engine(Database(folder))
        written = [n for n in (number, number + 1) if engine.search([f"own{n}"], 1, {"x"})]
        assert len(written) == 1
        number = written[0]
        expected = FakeSearchEngine()
        for n in range(1, number + 1):
            for slug in ("x", f"a{n % 9}"):
                expected.put(slug, [[f"own{n}", "all", slug]] * (1 + n % 4))
            if n % 3 == 0:
                expected.remove(f"a{n % 5}")
        assert sorted(engine.articles()) == sorted(expected.articles())
        assert_same(engine.search(["all"], 50), expected.search(["all"], 50))
        engine.close()


@pytest.mark.parametrize("apart_from", [100, 1])
def test_what_goes_wrong_in_the_background_is_told_the_writer_alone(
    folder: Path, apart_from: int
) -> None:
    engine = Bm25Engine(Database(folder), logged_passages=0, apart_from=apart_from)
    engine.put("a", article(1))
    engine.commit()
    engine.close()
    next(folder.glob("*.segment")).unlink()  # this process still has it mapped
    engine.put("b", article(2))
    engine.commit()  # two segments are merged, in the background
    engine.close()
    assert [hit.article for hit in engine.search(["own1"], 1)] == ["a"]  # nobody is told who asks
    fault = engine.background_fault()
    assert isinstance(fault, DamagedIndexError)
    assert ("missing" if apart_from > 1 else "damaged") in str(fault)
    assert engine.background_fault() is None


def test_a_segment_that_is_gone_as_soon_as_it_is_written_is_damage(tmp_path: Path) -> None:
    engine = Bm25Engine(Database(tmp_path / "index"))
    file = tmp_path / "written"
    file.symlink_to("deleted")
    with pytest.raises(DamagedIndexError):
        engine.adopt(file)
