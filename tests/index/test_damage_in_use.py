"""Questions go on, and are answered rightly, whatever becomes of the index meanwhile.

``DAMAGE_ROUNDS`` is how much is damaged in each test.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.core.library import Library
from bot.index.index_folder import NO_SHORT_FILES
from bot.search.kernel.short_files import short_files
from tests.index.damaging import FACTS, LONGEST, ask, damage, open_library, write_corpus

ROUNDS = int(os.environ.get("DAMAGE_ROUNDS", "10"))
_ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "corpus")
    found = open_library(tmp_path)
    found.refresh()
    found.close()
    return tmp_path


class Asker(threading.Thread):
    """Asks one question after the other."""

    def __init__(self, found: Library, seed: int, stop: threading.Event) -> None:
        super().__init__()
        self._found = found
        self._chance = random.Random(seed)  # noqa: S311
        self._stop_asking = stop
        self.wrong: list[str] = []
        self.seconds: list[float] = []
        self.answered = threading.Event()

    def run(self) -> None:
        while not self._stop_asking.is_set():
            start = time.monotonic()
            try:
                wrong = ask(self._found, self._chance.choice(list(FACTS)))
            except Exception as error:  # noqa: BLE001 - it is told
                wrong = repr(error)
            self.seconds.append(time.monotonic() - start)
            self.answered.set()
            if wrong is not None:
                self.wrong.append(wrong)


def test_threads_are_answered_while_another_refreshes_what_is_damaged(root: Path) -> None:
    found, stop, chance = open_library(root), threading.Event(), random.Random(1)  # noqa: S311
    askers = [Asker(found, seed, stop) for seed in range(4)]

    def refresh() -> None:
        while not stop.is_set():
            with suppress(StorageError):  # damaged faster than it can be made anew
                found.refresh()

    refresher = threading.Thread(target=refresh)
    for thread in (*askers, refresher):
        thread.start()
    for number in range(ROUNDS):
        damage(root, chance)
        _wait_for_answers(askers, number)
    stop.set()
    for thread in (*askers, refresher):
        thread.join()
    assert [asker.wrong for asker in askers] == [[]] * len(askers)
    assert max(max(asker.seconds) for asker in askers) < LONGEST
    _check(found, root)


def _wait_for_answers(askers: list[Asker], number: int) -> None:
    """Until each has been answered once more; after every third damage, not at all."""
    for asker in askers if number % 3 else ():
        asker.answered.clear()
        asker.answered.wait()


class Process:
    """A process that asks one question after the other."""

    def __init__(self, root: Path, seed: int) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.index.damaging", str(root), str(seed)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> tuple[float, str]:
        """Return the seconds that the next answer took, and what is wrong with it."""
        assert self.process.stdout is not None
        seconds, wrong = json.loads(self.process.stdout.readline())
        return seconds, wrong

    def end(self, *, killed: bool = False) -> None:
        if killed:
            self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def processes(root: Path) -> Iterator[list[Process]]:
    made = [Process(root, seed) for seed in range(2)]
    yield made
    for each in made:
        each.end()


def test_processes_are_answered_while_files_are_damaged_and_processes_killed(
    root: Path, processes: list[Process]
) -> None:
    chance = random.Random(2)  # noqa: S311
    for process in processes:
        assert process.answer()[1] == ""
    answers = []
    for number in range(ROUNDS):
        done = damage(root, chance)
        process = chance.choice(processes)
        if number % 5 == 4:
            process.end(killed=True)
            processes[processes.index(process)] = Process(root, number)
        else:
            answers.append((done, *process.answer()))
    assert [answer for answer in answers if answer[2]] == []
    for process in processes:
        process.end()
    found = open_library(root)
    _check(found, root)


@pytest.mark.skipif(short_files() is NO_SHORT_FILES, reason="it is outlived on Linux alone")
def test_the_file_by_which_processes_share_an_index_is_cut_short_again_and_again(
    root: Path, processes: list[Process]
) -> None:
    for _ in range(5):
        for process in processes:
            assert process.answer()[1] == ""
        for shared in (root / "cache").glob("*/*-shm"):
            os.truncate(shared, 0)
    assert [process.process.poll() for process in processes] == [None, None]


def _check(found: Library, root: Path) -> None:
    """Compare what an index says with what one says that is made of the files now."""
    found.refresh()
    other = open_library(root)
    anew = open_library(_moved(root))
    anew.refresh()
    for library in (found, other):
        assert library.entries() == anew.entries()
        for slug, (question, _) in FACTS.items():
            assert library.ask(question) == anew.ask(question), slug
        library.close()
    anew.close()


def _moved(root: Path) -> Path:
    """The same articles, and no index."""
    anew = root / "anew"
    anew.mkdir()
    (anew / "corpus").symlink_to(root / "corpus")
    return anew
