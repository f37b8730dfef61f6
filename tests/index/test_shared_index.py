"""An index of real parts is kept up to date, shared by processes, and made anew when damaged."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.core.library import Library
from bot.core.seams import Changes, SearchEngine
from bot.core.shelf import Shelf
from bot.index.index_database import Database
from bot.index.index_folder import FILE, WRITE_LOCK
from bot.search.bm25 import Bm25Engine
from bot.search.rank_bm25_engine import RankBm25Engine
from bot.sources.corpus.folder import CorpusFolder
from bot.text.analyzer import Languages
from tests.index.opened import OpenedShelf

ANALYZER = Languages()


TEXTS = {
    "owl": "The barn owl hunts mice at night.\n\nIts face gathers sound like a dish.\n",
    "heron": "A heron stands on one leg to keep warm.\n\nIt waits for fish.\n",
    "gull": "A gull's chick pecks at the red spot on its parent's bill.\n",
}


MakeEngine = Callable[[Database], SearchEngine]


ENGINES: dict[str, MakeEngine] = {
    "rank-bm25": lambda database: RankBm25Engine(),
    "bm25": lambda database: Bm25Engine(database, logged_passages=2),
}


class Real:
    """A folder of articles, its index, and as many shelves over the two as are wanted."""

    def __init__(self, base: Path, make_engine: MakeEngine) -> None:
        self.corpus = base / "corpus"
        self.index = base / "index"
        self.corpus.mkdir(exist_ok=True)
        self._make_engine = make_engine
        self._shelves: list[OpenedShelf] = []

    def write(self, slug: str, text: str) -> Path:
        path = self.corpus / f"{slug}.md"
        # the language is named: a process need not load what tells it
        path.write_text(f"---\nlanguage: en\n---\n\n{text}", "utf-8")
        return path

    def shelf(self, index: Path | None = None) -> OpenedShelf:
        shelf = OpenedShelf(CorpusFolder(self.corpus), index or self.index, self._make_engine)
        self._shelves.append(shelf)
        return shelf

    def close(self) -> None:
        for shelf in self._shelves:
            shelf.close()


@pytest.fixture(params=list(ENGINES))
def real(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Real]:
    made = Real(tmp_path, ENGINES[request.param])
    for slug, text in TEXTS.items():
        made.write(slug, text)
    yield made
    made.close()


def quoted(shelf: Shelf, question: str) -> list[str]:
    """Return the quotations, first to last; each is checked against its file."""
    library = Library([shelf], ANALYZER)
    library.refresh()
    matches = library.ask(question).matches
    for match in matches:
        assert library.verify(match.citation.address, match.passage.text).status == "identical"
    return [match.passage.text for match in matches]


MICE = [TEXTS["owl"].strip()]
"""Its paragraphs are short, so they are one passage."""


def test_another_process_finds_what_one_has_read(real: Real) -> None:
    assert quoted(real.shelf(), "Who hunts mice?")[:1] == MICE
    other = real.shelf()
    assert not other.refresh()
    assert quoted(other, "Who hunts mice?")[:1] == MICE


def test_a_change_of_the_same_size_and_time_is_noticed(real: Real) -> None:
    shelf = real.shelf()
    path = real.corpus / "owl.md"
    shelf.refresh()
    before = path.stat()
    real.write("owl", TEXTS["owl"].replace("mice", "rats"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert shelf.refresh() == Changes(changed=("owl",))
    assert quoted(shelf, "Who hunts rats?")[0].startswith("The barn owl hunts rats at night.")
    assert not any("mice" in text for text in quoted(shelf, "Who hunts mice?"))


def test_a_touched_or_moved_file_is_the_same_article(real: Real) -> None:
    shelf = real.shelf()
    shelf.refresh()
    os.utime(real.corpus / "owl.md")
    assert not shelf.refresh()
    (real.corpus / "birds").mkdir()
    (real.corpus / "owl.md").rename(real.corpus / "birds" / "owl.md")
    assert not shelf.refresh()
    assert quoted(shelf, "Who hunts mice?")[:1] == MICE


def test_a_renamed_file_is_another_article(real: Real) -> None:
    shelf = real.shelf()
    shelf.refresh()
    (real.corpus / "owl.md").rename(real.corpus / "barn-owl.md")
    assert shelf.refresh() == Changes(added=("barn-owl",), removed=("owl",))
    assert quoted(shelf, "Who hunts mice?")[:1] == MICE


def test_a_file_that_was_too_large_serves_when_it_no_longer_is(real: Real) -> None:
    small = OpenedShelf(CorpusFolder(real.corpus, 82), real.index)
    small.refresh()
    assert [fault.path for fault in small.faults()] == ["owl.md"]
    large = real.shelf()
    assert large.refresh() == Changes(added=("owl",))
    assert large.faults() == []


def test_two_shelves_at_once_see_each_others_changes(real: Real) -> None:
    one, other = real.shelf(), real.shelf()
    one.refresh()
    other.refresh()
    real.write("owl", "The barn owl hunts voles at dusk.\n")
    one.refresh()
    assert quoted(other, "Who hunts voles?")[:1] == ["The barn owl hunts voles at dusk."]
    (real.corpus / "owl.md").unlink()
    assert other.refresh() == Changes(removed=("owl",))
    assert not any("voles" in text for text in quoted(one, "Who hunts voles?"))


def test_a_rebuild_under_another_process_is_seen_by_it(real: Real) -> None:
    one, other = real.shelf(), real.shelf()
    one.refresh()
    other.refresh()
    one.rebuild()
    real.write("fox", "The fox hunts hares.\n")
    assert quoted(other, "Who hunts hares?")[:1] == ["The fox hunts hares."]
    assert quoted(one, "Who hunts hares?")[:1] == ["The fox hunts hares."]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_index_that_another_process_made_anew_meanwhile_is_not_called_whole_too_early(
    real: Real, at: int
) -> None:
    """Its lock was deleted, so that both of them write. Questions read what is called whole."""
    shelf, others = real.shelf(), iter([Database(real.index)])

    def progress(done: int, _: int) -> None:
        if done == at and (other := next(others, None)):
            (real.index / WRITE_LOCK).unlink()
            other.reset()

    shelf.refresh(progress)
    matches = Library([shelf], ANALYZER).ask("Who hunts mice?").matches
    assert [match.passage.text for match in matches[:1]] == MICE


@pytest.mark.parametrize("real", ["bm25"], indirect=True)
def test_an_index_of_pages_of_different_commits_is_rebuilt(real: Real, tmp_path: Path) -> None:
    """SQLite copies the pages of its log into the file. Where a file beside it is cut short
    meanwhile, some stay as they were, and the first page may yet call the file whole."""

    def pages() -> list[bytes]:
        connection = sqlite3.connect(real.index / FILE)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        held = (real.index / FILE).read_bytes()
        size = int.from_bytes(held[16:18], "big")  # of a page: "Database File Format" of SQLite
        return [held[at : at + size] for at in range(0, len(held), size)]

    Database(real.index).close()
    before = pages()
    shelf = real.shelf()
    shelf.refresh()
    shelf.close()
    shelf.database.close()
    after = pages()
    assert len(before) == len(after)
    for number in range(1, len(after)):
        one_is_old = [*after[:number], before[number], *after[number + 1 :]]
        two_are_new = [after[0], *before[1:number], after[number], *before[number + 1 :]]
        for torn in (one_is_old, two_are_new):
            index = tmp_path / "torn"
            shutil.copytree(real.index, index)
            (index / FILE).write_bytes(b"".join(torn))
            shelf = real.shelf(index)
            matches = Library([shelf], ANALYZER).ask("Who hunts mice?").matches
            assert [match.passage.text for match in matches[:1]] == MICE, number
            shelf.close()
            shelf.database.close()
            shutil.rmtree(index)


def test_an_index_that_is_deleted_while_it_is_in_use_is_rebuilt(real: Real) -> None:
    shelf = real.shelf()
    assert quoted(shelf, "Who hunts mice?")[:1] == MICE
    shutil.rmtree(real.index)
    assert quoted(shelf, "Who hunts mice?")[:1] == MICE
    shutil.rmtree(real.index)
    assert Library([shelf], ANALYZER).ask("Who hunts mice?").matches[0].passage.text == MICE[0]


def test_damage_of_every_kind_at_any_place_is_rebuilt_and_never_quoted(real: Real) -> None:
    """Bits turned, blocks zeroed or overwritten, files cut short or deleted: one fault each."""
    shelf = real.shelf()
    expected = quoted(shelf, "Who hunts mice at night?")
    entries = shelf.entries()
    real.close()
    chance = random.Random(20)  # noqa: S311 - the same places in every run
    for number in range(60):
        index = real.index.with_name(f"damaged-{number}")
        shutil.copytree(real.index, index)
        files = [f for f in sorted(index.iterdir()) if f.name != "lock" and f.stat().st_size]
        _damage(chance.choice(files), chance)
        damaged = real.shelf(index)
        assert quoted(damaged, "Who hunts mice at night?")[:1] == expected[:1]
        assert damaged.entries() == entries
        real.close()


def _damage(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    at = chance.randrange(len(data))
    size = min(chance.choice([4, 64, 4096]), len(data) - at)
    kind = chance.choice(["bit", "bit", "zeros", "noise", "cut", "delete"])
    if kind == "delete":
        file.unlink()
        return
    if kind == "bit":
        data[at] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del data[at:]
    else:
        data[at : at + size] = bytes(size) if kind == "zeros" else chance.randbytes(size)
    file.write_bytes(data)


READER = """
import os, sys
from pathlib import Path
from tests.index.test_shared_index import ENGINES, Real
real = Real(Path(sys.argv[1]), ENGINES[sys.argv[2]])
limit = int(sys.argv[3])
def progress(done, total):
    if done == limit:
        os.kill(os.getpid(), 9)
print(len(real.shelf().refresh(progress).added))
"""


def read_in_another_process(base: Path, engine: str, limit: int) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", READER, str(base), engine, str(limit)],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_reader_that_is_killed_in_the_middle_leaves_an_index_that_can_be_used(
    tmp_path: Path, engine: str
) -> None:
    real = Real(tmp_path, ENGINES[engine])
    for slug, text in TEXTS.items():
        real.write(slug, text)
    killed = read_in_another_process(tmp_path, engine, 3)
    killed.communicate()
    assert killed.returncode == -9
    shelf = real.shelf()
    assert "owl" in shelf.refresh().added  # what was not committed is read again
    assert list(shelf.entries()) == sorted(shelf.engine.articles()) == ["gull", "heron", "owl"]
    assert quoted(shelf, "Who hunts mice?")[:1] == MICE
    real.close()


def test_two_processes_that_read_at_once_make_one_index(tmp_path: Path) -> None:
    real = Real(tmp_path, ENGINES["bm25"])
    for number in range(40):
        real.write(f"note-{number}", f"Note {number} says word{number} about birds.\n")
    both = [read_in_another_process(tmp_path, "bm25", -1) for _ in range(2)]
    assert all(process.communicate()[0].strip().isdigit() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    shelf = real.shelf()
    assert not shelf.refresh()
    assert len(shelf.entries()) == len(shelf.engine.articles()) == 40
    assert quoted(shelf, "word17")[:1] == ["Note 17 says word17 about birds."]
    real.close()
