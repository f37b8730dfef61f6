"""The records' file: opening, migrating, what cannot be opened."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import StorageError
from bot.service.records import Chat, GivenAnswer, open_records
from bot.service.records.given_answers import GivenAnswers
from bot.service.records.migrations import MIGRATIONS
from bot.service.records.sqlite_file import SqliteFile
from bot.service.tenants import EVERYONE, discord_server
from tests.fakes.clock import Clock

SAMPLES = Path(__file__).parents[2] / "samples" / "records"


def schema(path: Path) -> list[tuple[str, str]]:
    """Return a file's tables and indexes."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        return list(connection.execute(query))


def test_there_is_a_sample_of_every_earlier_format() -> None:
    assert sorted(path.name for path in SAMPLES.glob("*.sqlite3")) == [
        f"format-{number}.sqlite3" for number in range(1, len(MIGRATIONS))
    ]


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.sqlite3")), ids=lambda path: path.stem)
def test_a_file_of_an_earlier_format_holds_what_it_held(sample: Path, tmp_path: Path) -> None:
    path, clock = tmp_path / "r.sqlite3", Clock()
    shutil.copy(sample, path)
    records = open_records(path, clock)
    for kept in (
        GivenAnswer(
            "north-answer",
            Chat(discord_server(10), 100),
            1,
            "Why do meanders grow?",
            "how-rivers-bend",
            True,
            ("how-rivers-bend#1-3@3f9c2a1b", "10/own#2@00000000"),
        ),
        GivenAnswer(
            "private-answer",
            Chat(EVERYONE, 200),
            2,
            "What does yeast give off?",
            None,
            False,
            ("why-bread-rises#1@01234567",),
        ),
        GivenAnswer(
            "miss", Chat(discord_server(1357913579135791357), 300), 3, "Zyzzyva?", None, False, ()
        ),
    ):
        assert records.answers.get(kept.key, kept.chat) == kept
    members, north, left = records.memberships, discord_server(10), discord_server(12)
    assert (members.role(north), members.role(left), members.present()) == (77, None, {north})
    clock.seconds += 6 * 86_400  # the first answer is of the first day, all else of the sixth
    assert members.left_longer(0.9) == [left]
    assert members.left_longer(1.1) == []
    assert records.registrations.scopes() == ["5/10", "5/global"]
    assert records.registrations.digest("5/global") == "a" * 64
    if sample.stem >= "format-4":
        (kept_miss,) = records.misses.since(0.0, north)
        assert kept_miss.miss.question == "Why? And how?"
        assert kept_miss.miss.words == (("meander", 1.0),)
    if sample.stem >= "format-6":
        (tell,) = records.tells.of(4)
        assert (tell.key, tell.question, tell.chat.channel) == ("told", "Why?", 100)
    assert records.settings.get(north).channels == ()
    assert records.answers.forget_older(5.9) == 1
    records.close()
    open_records(tmp_path / "new.sqlite3", clock).close()
    assert schema(path) == schema(tmp_path / "new.sqlite3")


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    shutil.copy(SAMPLES / "format-1.sqlite3", path)
    before = schema(path)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(StorageError, match="no such table: nowhere"):
        SqliteFile(path, (*MIGRATIONS, fail))
    assert schema(path) == before
    open_records(path, Clock()).close()


def test_a_later_format_is_one_line_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE news (id INTEGER)")
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError) as caught:
        open_records(path, Clock())
    assert caught.value.code == "records.newer"
    assert caught.value.data == {"path": str(path), "found": 99, "known": len(MIGRATIONS)}
    assert [name for name, _ in schema(path)] == ["news"]


def test_another_programs_file_is_one_line_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE answer (key TEXT)")
    with pytest.raises(StorageError, match=r"^records\.foreign path="):
        open_records(path, Clock())
    assert schema(path) == [("answer", "CREATE TABLE answer (key TEXT)")]


def test_what_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"^records\.unopenable path="):
        open_records(tmp_path / "file" / "r.sqlite3", Clock())


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    open_records(tmp_path / "r.sqlite3", Clock()).close()
    assert (tmp_path / "r.sqlite3").stat().st_mode & 0o777 == 0o600


def test_what_lies_beside_it_while_it_is_used_is_its_owners_too(tmp_path: Path) -> None:
    with closing(SqliteFile(tmp_path / "r.sqlite3")):
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("r.sqlite3", "r.sqlite3-shm", "r.sqlite3-wal"), 384)


def test_the_latest_answer_of_a_chat_is_found_by_an_index(tmp_path: Path) -> None:
    """The next question of a chat looks for it before anything else."""
    statements: list[tuple[str, tuple[object, ...]]] = []

    class Watched(SqliteFile):
        def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
            statements.append((statement, tuple(values)))
            return super().execute(statement, values)

    with closing(Watched(tmp_path / "r.sqlite3")) as file:
        answers = GivenAnswers(file, Clock())
        assert answers.latest(Chat(discord_server(10), 100), 1, 600.0, anyones=True) is None
        ((statement, values),) = statements
        plan = file.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH kept_answer USING INDEX kept_answer_chat (tenant=? AND channel=? AND created>?)"
    ]


def is_kept_of(secret: str, folder: Path) -> bool:
    return any(secret.encode() in path.read_bytes() for path in folder.iterdir())


def test_what_is_erased_is_in_no_file_any_more_while_these_are_open(tmp_path: Path) -> None:
    chat = Chat(EVERYONE, 1)
    with closing(open_records(tmp_path / "r.sqlite3", Clock())) as records:
        records.answers.keep(chat, 7, "Zyzzyva?", None, (), private=False)
        assert is_kept_of("Zyzzyva?", tmp_path)
        assert records.answers.forget_asker(7) == 1
        assert not is_kept_of("Zyzzyva?", tmp_path)


def test_what_others_read_meanwhile_is_erased_once_they_have_read_it(tmp_path: Path) -> None:
    chat, path = Chat(EVERYONE, 1), tmp_path / "r.sqlite3"
    with (
        closing(open_records(path, Clock())) as records,
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
    ):
        given = records.answers.keep(chat, 7, "Zyzzyva?", None, (), private=False)
        reader.execute("BEGIN")
        assert reader.execute("SELECT question FROM kept_answer").fetchall() == [("Zyzzyva?",)]
        records.answers.forget(given.key)
        assert records.answers.get(given.key, chat) is None
        assert is_kept_of("Zyzzyva?", tmp_path)
        reader.execute("COMMIT")
        assert records.answers.get(given.key, chat) is None
        assert not is_kept_of("Zyzzyva?", tmp_path)


def test_results_of_ones_own_may_be_read_while_something_is_erased(tmp_path: Path) -> None:
    with closing(SqliteFile(tmp_path / "r.sqlite3")) as file:
        for scope in ("Zyzzyva", "one", "two"):
            file.execute("INSERT INTO synchronised (scope, digest) VALUES (?, ?)", (scope, "0"))
        read = iter(file.execute("SELECT scope FROM synchronised ORDER BY scope"))
        assert next(read) == ("Zyzzyva",)
        file.execute("DELETE FROM synchronised WHERE scope = ?", ("Zyzzyva",))
        assert list(read) == [("one",), ("two",)]
        file.execute("SELECT 1")
        assert not is_kept_of("Zyzzyva", tmp_path)


def test_a_file_with_a_name_that_is_no_text_is_put_aside(tmp_path: Path) -> None:
    """SQLite's message quotes the name, and Python cannot decode it."""
    path = tmp_path / "r.sqlite3"

    def make(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE kept (number)")
        connection.execute("CREATE INDEX by_number ON kept (number)")

    SqliteFile(path, [make]).close()
    damaged = path.read_bytes().replace(b"by_number", b"\xff" * 9)
    path.write_bytes(damaged.replace(b"INDEX \xff", b"XNDEX \xff"))
    file = SqliteFile(path, [make])
    assert file.execute("SELECT number FROM kept").fetchall() == []
    file.close()
    assert (tmp_path / "r.sqlite3.damaged").exists()


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    path, chat = tmp_path / "r.sqlite3", Chat(EVERYONE, 1)
    path.write_bytes(b"no database at all " * 100)
    records = open_records(path, Clock())
    kept = records.answers.keep(chat, 1, "Why?", None, (), private=False)
    assert records.answers.get(kept.key, chat) == kept
    records.close()
    assert (tmp_path / "r.sqlite3.damaged").read_bytes().startswith(b"no database")


def test_records_outlive_their_process(tmp_path: Path) -> None:
    path, chat = tmp_path / "r.sqlite3", Chat(EVERYONE, 1)
    first = open_records(path, Clock())
    kept = first.answers.keep(chat, 1, "Why?", None, (), private=False)
    first.close()
    second = open_records(path, Clock())
    assert second.answers.get(kept.key, chat) == kept
    second.close()


def test_what_fails_later_is_one_line_too(tmp_path: Path) -> None:
    records = open_records(tmp_path / "r.sqlite3", Clock())
    records.close()
    with pytest.raises(StorageError, match=r"^records\.unusable path="):
        records.answers.forget("key")
