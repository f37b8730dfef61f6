"""The index folder's file: made, locked, made anew, and what cannot be mended."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import warnings
import weakref
from pathlib import Path

import pytest

from bot.core.errors import DamagedIndexError, StorageError
from bot.index.index_database import Database
from bot.index.index_folder import FORMAT, LOCKS
from bot.index.read_connections import ReadConnections, made_with
from tests.wording import raises


def tables(database: Database) -> list[str]:
    with database.reading() as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return sorted(name for (name,) in rows if not name.startswith("sqlite_"))


def put(database: Database, slug: str) -> None:
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO article (slug, path, size, modified, changed, digest)"
            " VALUES (?, '', 0, 0, 0, '')",
            (slug,),
        )


def slugs(database: Database) -> list[str]:
    with database.reading() as connection:
        return [slug for (slug,) in connection.execute("SELECT slug FROM article ORDER BY slug")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "index"


def test_the_folder_is_made_and_what_is_written_lasts(folder: Path) -> None:
    put(Database(folder), "a")
    again = Database(folder)
    assert slugs(again) == ["a"]
    assert {"article", "passage"} <= set(tables(again))


@pytest.mark.parametrize(
    "garbage",
    [b"", b"x", b"garbage" * 1000, b"\0" * 5000, b"SQLite format 3\0", b"SQLite format 3\0" * 300],
)
def test_garbage_is_made_anew(folder: Path, garbage: bytes) -> None:
    put(Database(folder), "a")
    for file in folder.iterdir():
        file.unlink()
    (folder / "index.sqlite3").write_bytes(garbage)
    (folder / "left-over.segment").write_bytes(garbage)
    again = Database(folder)
    assert slugs(again) == []
    assert not (folder / "left-over.segment").exists()
    put(again, "b")
    assert slugs(Database(folder)) == ["b"]


def test_another_format_is_made_anew(folder: Path) -> None:
    database = Database(folder)
    put(database, "a")
    database.connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    assert slugs(Database(folder)) == []


def test_an_index_of_another_fingerprint_is_made_anew_and_named(folder: Path) -> None:
    database = Database(folder, fingerprint="stemmer 1")
    assert database.replaced is None
    put(database, "a")
    assert slugs(Database(folder, fingerprint="stemmer 1")) == ["a"]
    assert slugs(Database(folder)) == ["a"]  # as it is
    assert made_with(folder) == "stemmer 1"
    newer = Database(folder, fingerprint="stemmer 2")
    assert (slugs(newer), newer.replaced, made_with(folder)) == ([], "stemmer 1", "stemmer 2")
    put(newer, "b")
    with raises(DamagedIndexError, match="was made with stemmer 2"):
        slugs(database)  # which reads what it cannot understand any more
    database.reset()
    assert (slugs(database), made_with(folder)) == ([], "stemmer 1")


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 1000])
def test_what_is_no_index_was_made_with_nothing(folder: Path, content: bytes | None) -> None:
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "index.sqlite3").write_bytes(content)
    assert made_with(folder) is None
    assert sorted(file.name for file in folder.iterdir()) == ["index.sqlite3"] * (
        content is not None
    )
    assert Database(folder, fingerprint="stemmer 1").replaced is None


def test_missing_tables_are_damage(folder: Path) -> None:
    database = Database(folder)
    database.connection.execute("DROP TABLE article")
    with raises(DamagedIndexError, match="the index is damaged"):
        slugs(database)
    database.reset()
    assert slugs(database) == []


def test_a_name_in_the_file_that_is_no_text_is_damage(folder: Path) -> None:
    """SQLite's message quotes the name, and Python cannot decode it."""
    database = Database(folder, fingerprint="1")
    put(database, "a")
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has the page, too
    file = folder / "index.sqlite3"
    damaged = file.read_bytes().replace(b"article_title", b"\xff" * 13)
    file.write_bytes(damaged.replace(b"INDEX \xff", b"XNDEX \xff"))
    with (
        raises(DamagedIndexError, match="the index is damaged"),
        ReadConnections(folder, "1").view(unfinished_too=True),
    ):
        pass
    assert slugs(Database(folder, fingerprint="1")) == []


def test_what_is_deleted_while_it_is_in_use_is_made_anew(folder: Path) -> None:
    database = Database(folder)
    put(database, "a")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    with raises(DamagedIndexError, match="the index is gone"):
        slugs(database)
    database.reset()
    put(database, "b")
    assert slugs(database) == ["b"]


def test_others_go_over_to_a_file_that_was_made_anew(folder: Path) -> None:
    one, other = Database(folder), Database(folder)
    put(one, "a")
    assert slugs(other) == ["a"]
    one.reset()
    put(one, "b")
    assert slugs(other) == ["b"]
    put(other, "c")
    assert slugs(one) == slugs(Database(folder)) == ["b", "c"]


def test_a_file_is_made_anew_once_by_those_who_find_the_same_damage(folder: Path) -> None:
    one, other = Database(folder), Database(folder)
    assert slugs(one) == slugs(other) == []
    one.reset()
    put(one, "a")
    other.reset()
    assert slugs(other) == ["a"]


def test_a_transaction_that_fails_leaves_what_was(folder: Path) -> None:
    database = Database(folder)
    put(database, "a")
    with pytest.raises(ZeroDivisionError), database.writing() as connection:  # noqa: PT012
        connection.execute("DELETE FROM article")
        raise ZeroDivisionError
    assert slugs(database) == ["a"]
    put(database, "b")
    assert slugs(database) == ["a", "b"]


def test_one_writes_at_a_time_and_the_other_is_told_whom_to_wait_for(folder: Path) -> None:
    one, other = Database(folder), Database(folder, lock_seconds=0.05)
    with one.writing():
        with (
            raises(StorageError, match=r"lock: another process has been writing the index"),
            other.writing(),
        ):
            raise AssertionError
        assert slugs(other) == []
    put(other, "a")
    assert slugs(one) == ["a"]


def test_readers_see_what_was_committed_and_nothing_else(folder: Path) -> None:
    one, other = Database(folder), Database(folder)
    with one.writing() as connection:
        connection.execute(
            "INSERT INTO article (slug, path, size, modified, changed, digest)"
            " VALUES ('a', '', 0, 0, 0, '')"
        )
        assert slugs(other) == []
        assert slugs(one) == ["a"]
    assert slugs(other) == ["a"]


def test_every_thread_has_a_connection_of_its_own(folder: Path) -> None:
    database = Database(folder)
    put(database, "a")
    found: list[object] = []

    def read() -> None:
        found.append(slugs(database))
        found.append(database.connection)
        database.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found[0] == ["a"]
    assert found[1] is not database.connection


def test_a_connection_is_closed_with_its_thread_and_with_the_database(folder: Path) -> None:
    database = Database(folder)
    opened: list[weakref.ref[object]] = []

    def remember(held: Database) -> None:
        opened.append(weakref.ref(held.connection))

    thread = threading.Thread(target=remember, args=[database])
    thread.start()
    thread.join()
    remember(database)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        del database
        gc.collect()
    assert [reference() for reference in opened] == [None, None]
    assert told == []


def test_a_full_disk_is_no_damage(folder: Path) -> None:
    database = Database(folder)
    put(database, "a")
    pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
    database.connection.execute(f"PRAGMA max_page_count = {pages}")
    with raises(StorageError, match="the index cannot be used") as caught:
        put(database, "b" * 100_000)
    assert not isinstance(caught.value, DamagedIndexError)
    assert slugs(database) == ["a"]
    put(database, "c")
    assert slugs(database) == ["a", "c"]


def test_words_of_the_content_are_not_taken_for_the_cause(folder: Path) -> None:
    database = Database(folder)
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO article (slug, path, size, modified, changed, digest)"
            " VALUES (CAST(? AS TEXT), '', 0, 0, 0, '')",
            (b"the full locked readonly \xff",),
        )
    with raises(DamagedIndexError, match="Could not decode"):
        slugs(database)


@pytest.mark.parametrize("name", ["file", "file/index"])
def test_a_folder_that_cannot_be_made_says_what_to_set(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with raises(StorageError, match=r"cannot be .* set \[search\] cache to one that can"):
        Database(tmp_path / name)


def test_a_lock_that_cannot_be_taken_is_one_line(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "lock").symlink_to("nowhere/lock")
    with raises(StorageError, match=r"set \[search\] cache to one that can"):
        Database(folder)


@pytest.mark.parametrize(
    "name", ["index.sqlite3", "index.sqlite3-wal", "index.sqlite3-journal", *sorted(LOCKS)]
)
def test_a_folder_in_the_place_of_a_file_is_moved_away_and_named(
    folder: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    put(Database(folder), "a")
    (folder / f"{name}.aside").mkdir()  # the name is taken
    for file in folder.glob(f"{name}*"):
        if file.is_file():
            file.unlink()
    (folder / name).mkdir()
    (folder / name / "kept.txt").write_text("somebody's", "utf-8")
    put(Database(folder), "b")
    assert "b" in slugs(Database(folder))
    aside = folder / f"{name}.aside-2"
    assert (aside / "kept.txt").read_text("utf-8") == "somebody's"
    told = f"{folder / name}: something that is no file was in the index's way; it is {aside} now"
    assert [record.getMessage() for record in caplog.records] == [told]


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
def test_a_pipe_in_the_place_of_the_index_is_not_waited_for(folder: Path) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / "index.sqlite3")
    assert made_with(folder) is None
    put(Database(folder), "a")
    assert slugs(Database(folder)) == ["a"]
    assert (folder / "index.sqlite3.aside").is_fifo()


def test_a_writer_that_is_killed_leaves_what_was_and_no_lock(folder: Path) -> None:
    database = Database(folder, lock_seconds=5)
    put(database, "a")
    script = (
        "import os, sys; from pathlib import Path; from bot.index.index_database import Database\n"
        "with Database(Path(sys.argv[1])).writing() as connection:\n"
        "    connection.execute('DELETE FROM article')\n"
        "    os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(folder)], check=False)  # noqa: S603
    assert killed.returncode == -9
    assert slugs(database) == ["a"]
    put(database, "b")
    assert slugs(database) == ["a", "b"]


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_an_index_is_its_owners_alone(folder: Path) -> None:
    database = Database(folder)
    with database.writing() as connection:
        connection.execute("INSERT INTO engine (id, token) VALUES (9, 9)")
    assert folder.stat().st_mode & 0o777 == 0o700
    files = [file for file in folder.iterdir() if file.name.startswith("index")]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert len(files) == 3  # SQLite's own two among them
