"""Many files are indexed on all cores as they are one after the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.core.seams import Analyzer, Changes, FileRecord, SearchEngine
from bot.index.catalogue import SqliteCatalogue
from bot.index.index_database import Database
from bot.search.bm25 import Bm25Engine
from bot.search.bulk.file_indexing import FileReadingJob, SegmentBulkIndexer
from bot.sources.corpus.folder import CorpusFolder
from bot.text.analyzer import Languages
from tests.index.opened import OpenedShelf
from tests.wording import raises

PORTION = 20_000
"""Bytes that a process is given at a time."""
WORDS = "owl heron gull mice fish chick night water sound dish leg parent bill".split()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(40):
        write(folder, number)
    return folder


def write(folder: Path, number: int, also: str = "") -> None:
    words = [WORDS[number * step % len(WORDS)] for step in range(1, 30)]
    text = f"The {' '.join(words)} {also} own{number}.\n\n" * (1 + number % 3)
    # the language is named: a process need not load what tells it
    head = f"---\nlanguage: en\n---\n\n# Article {number}"
    (folder / f"a{number}.md").write_text(f"{head}\n\n{text}", "utf-8")


def open_shelf(
    corpus: Path, index: Path, in_bulk: bool, reader: FileReadingJob | None = None
) -> OpenedShelf:
    store = CorpusFolder(corpus)

    def bulk(database: Database, engine: SearchEngine) -> SegmentBulkIndexer:
        reads = reader or FileReadingJob(store, Languages)
        assert isinstance(engine, Bm25Engine)
        return SegmentBulkIndexer(
            database, engine, reads, 256, processes=2, worth_it=1, portion=PORTION
        )

    return OpenedShelf(store, index, make_bulk=bulk if in_bulk else None)


def contents(shelf: OpenedShelf) -> object:
    """All that an index says."""
    terms = [*WORDS, "own3", "own7", "extra"]
    return (
        shelf.entries(),
        {slug: shelf.passages(slug) for slug in shelf.entries()},
        shelf.faults(),
        sorted(shelf.engine.articles()),
        shelf.engine.statistics(terms),
        {term: shelf.engine.search([term], 100) for term in terms},
    )


def test_the_index_is_the_one_that_is_made_without_other_processes(
    corpus: Path, tmp_path: Path
) -> None:
    (corpus / "binary.md").write_bytes(b"\0")
    (corpus / "empty.md").write_bytes(b"")
    one, other = (open_shelf(corpus, tmp_path / str(bulk), bulk) for bulk in (True, False))
    calls: list[tuple[int, int]] = []
    changes = one.refresh(lambda done, total: calls.append((done, total)))
    assert changes == other.refresh()
    assert len(changes.added) == 42
    assert calls == [(done, 42) for done in range(1, 43)]
    assert contents(one) == contents(other)

    write(corpus, 3, "extra")
    os.utime(corpus / "a4.md")
    (corpus / "a5.md").unlink()
    (corpus / "a6.md").write_bytes(b"\0")
    (corpus / "empty.md").write_text("It is no longer empty.\n", "utf-8")
    wanted = Changes(changed=("a3", "a6", "empty"), removed=("a5",))
    assert one.refresh() == other.refresh() == wanted
    assert [shelf.refresh() for shelf in (one, other)] == [Changes(), Changes()]
    # what was changed is put last, so equal scores come in another order where one part of a
    # refresh is put before another: these are the same articles all the same
    assert contents(one)[:3] == contents(other)[:3]  # type: ignore[index]
    assert one.engine.statistics(WORDS) == other.engine.statistics(WORDS)
    assert not (tmp_path / "True" / "bulk").exists()


def test_articles_without_a_single_term_are_indexed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    names = ("a0", "a1", "a2")
    for name in names:
        (corpus / f"{name}.md").write_text("---\nlanguage: en\n---\n\nthe the\n", "utf-8")
    one, other = (open_shelf(corpus, tmp_path / str(bulk), bulk) for bulk in (True, False))
    assert one.refresh() == other.refresh() == Changes(added=names)
    assert contents(one) == contents(other)


def test_few_files_are_not_worth_it(corpus: Path, tmp_path: Path) -> None:
    database, store = Database(tmp_path / "index"), CorpusFolder(corpus)
    bulk = SegmentBulkIndexer(database, Bm25Engine(database), FileReadingJob(store, Languages))
    files = store.list().versions.values()
    assert not bulk.is_worth_it(files)
    assert bulk.is_worth_it([version._replace(size=1_000_000) for version in files])


def test_what_was_done_is_kept_where_the_caller_stops(corpus: Path, tmp_path: Path) -> None:
    shelf = open_shelf(corpus, tmp_path / "index", True)
    for number in range(2, 12, 3):  # each of them is a batch
        write(corpus, number, "extra " * (PORTION // 6))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.refresh(stop)
    kept = set(shelf.catalogue.records())
    assert kept
    assert not (tmp_path / "index" / "bulk").exists()
    calls: list[tuple[int, int]] = []
    rest = shelf.refresh(lambda done, total: calls.append((done, total)))
    assert set(rest.added) | kept == {f"a{number}" for number in range(40)}
    assert not set(rest.added) & kept
    steps = (len(rest.added), len(kept))  # what was not read yet, then what the engine lacks
    assert calls == [(done, total) for total in steps for done in range(1, total + 1)]
    untouched = open_shelf(corpus, tmp_path / "other", False)
    untouched.refresh()
    assert contents(shelf)[:3] == contents(untouched)[:3]  # type: ignore[index]
    assert set(shelf.engine.articles()) == set(untouched.engine.articles())
    assert shelf.engine.statistics(WORDS) == untouched.engine.statistics(WORDS)


def test_what_another_process_changes_meanwhile_stays(corpus: Path, tmp_path: Path) -> None:
    shelf = open_shelf(corpus, tmp_path / "index", True)
    other = open_shelf(corpus, tmp_path / "index", False)

    def change(done: int, total: int) -> None:
        if done == total == 40:  # all is read, and nothing is in the engine yet
            write(corpus, 3, "extra")
            (corpus / "a4.md").unlink()
            records = other.catalogue.records({"a3", "a4"})
            other.refresh(slugs={"a3", "a4"})
            assert other.catalogue.records({"a3", "a4"}) != records

    shelf.refresh(change)
    assert {hit.article for hit in shelf.engine.search(["extra"], 100)} == {"a3"}
    assert "a4" not in shelf.engine.articles()
    assert shelf.refresh() == Changes()
    one_by_one = open_shelf(corpus, tmp_path / "other", False)
    one_by_one.refresh()
    assert contents(shelf)[:3] == contents(one_by_one)[:3]  # type: ignore[index]
    assert shelf.engine.statistics([*WORDS, "extra"]) == one_by_one.engine.statistics(
        [*WORDS, "extra"]
    )


def test_files_that_another_process_has_read_are_not_read_again(
    corpus: Path, tmp_path: Path
) -> None:
    shelf = open_shelf(corpus, tmp_path / "index", True)
    shelf.refresh()
    database, files = Database(tmp_path / "index"), shelf.store.list().versions
    bulk = SegmentBulkIndexer(database, Bm25Engine(database), FileReadingJob(shelf.store, _give_up))
    assert dict(bulk.index(files)) == dict.fromkeys(files, False)


def _give_up() -> Analyzer:
    os._exit(3)


def test_a_process_that_breaks_down_is_told(corpus: Path, tmp_path: Path) -> None:
    shelf = open_shelf(
        corpus, tmp_path / "index", True, FileReadingJob(CorpusFolder(corpus), _give_up)
    )
    with raises(StorageError, match="a process that read articles broke down"):
        shelf.refresh()


def test_a_folder_that_cannot_be_written_is_told(corpus: Path, tmp_path: Path) -> None:
    shelf = open_shelf(corpus, tmp_path / "index", True)
    (tmp_path / "index" / "bulk").write_text("a file of this name", "utf-8")
    with raises(StorageError, match=r"bulk: the index folder cannot be written"):
        shelf.refresh()


_SCRIPT = """
import sys
from pathlib import Path
from tests.search.bulk.test_file_indexing import open_shelf

def halt(done, total):
    print(done, flush=True)
    sys.stdin.read()  # until it is killed

if __name__ == "__main__":
    shelf = open_shelf(Path(sys.argv[1]), Path(sys.argv[2]), True)
    shelf.refresh(halt)
"""


def test_a_kill_leaves_what_is_done_and_no_process(corpus: Path, tmp_path: Path) -> None:
    for number in range(2, 12, 3):  # each of them is a batch
        write(corpus, number, "extra " * (PORTION // 6))
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT, "utf-8")
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(script), str(corpus), str(tmp_path / "index")],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    _wait_until_nobody_is_left(process.pid)
    records: dict[str, FileRecord] = dict(SqliteCatalogue(Database(tmp_path / "index")).records())
    assert 0 < len(records) < 40
    shelf = open_shelf(corpus, tmp_path / "index", True)
    assert set(shelf.refresh().added) == {f"a{number}" for number in range(40)} - set(records)
    untouched = open_shelf(corpus, tmp_path / "other", False)
    untouched.refresh()
    assert shelf.engine.statistics(WORDS) == untouched.engine.statistics(WORDS)
    assert shelf.entries() == untouched.entries()


def _wait_until_nobody_is_left(session: int) -> None:
    """Until a session has no process any more; whoever is left would hold up the test run."""
    while True:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
