"""The SQLite catalogue finds damage that SQLite does not: what is shown is vouched for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.article import Article, Head, Span, Version
from bot.core.errors import DamagedIndexError
from bot.core.passage import Passage
from bot.core.seams import FileRecord
from bot.index.catalogue import SqliteCatalogue
from bot.index.index_database import Database
from tests.wording import raises

TEXT = "It hunts.\n\nIt is a bird."
OWL = Article("owl", Head("The owl", published="2016"), TEXT, (Span(0, 9), Span(11, 24)))
PASSAGES = [
    Passage("owl", 0, 1, 1, 0, 9, TEXT[:9], (Span(0, 9),), 3),
    Passage("owl", 1, 2, 2, 11, 24, TEXT[11:], (Span(0, 13),), 3),
]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(tmp_path)
    catalogue = SqliteCatalogue(database)
    with catalogue.writing():
        catalogue.put(OWL, "en", PASSAGES, FileRecord(Version("owl.md", 1, 2, 3), "0" * 64, None))
    return database


READINGS: dict[str, Callable[[SqliteCatalogue], object]] = {
    "entries": lambda catalogue: catalogue.entries(),
    "one entry": lambda catalogue: catalogue.entries(["owl"]),
    "passages": lambda catalogue: catalogue.passages([("owl", 0), ("owl", 1)]),
    "all passages": lambda catalogue: list(catalogue.all_passages("owl")),
}


@pytest.mark.parametrize("reading", list(READINGS))
def test_what_is_whole_is_read(database: Database, reading: str) -> None:
    assert READINGS[reading](SqliteCatalogue(database))


@pytest.mark.parametrize(
    "damage",
    [
        "head = replace(head, 'owl', 'fox')",
        "head = NULL",
        "head = ''",
        "head = 3",
        "head = x'ff'",
        "language = 'de'",
        "paragraphs = 3",
        "words = 7",
        "passages = 1",
        "checksum = checksum + 1",
    ],
)
def test_a_head_that_is_not_what_was_written_is_damage(database: Database, damage: str) -> None:
    database.connection.execute(f"UPDATE article SET {damage}")  # noqa: S608
    for reading in ("entries", "one entry"):
        with raises(DamagedIndexError, match="owl: its head is not what was indexed"):
            READINGS[reading](SqliteCatalogue(database))


@pytest.mark.parametrize("column", ["first", "last", "start", "page", "checksum"])
@pytest.mark.parametrize("value", ["9", "'x'", "x'00'"])
def test_a_number_that_is_not_what_was_written_is_damage(
    database: Database, column: str, value: str
) -> None:
    database.connection.execute(f"UPDATE passage SET {column} = {value} WHERE number = 1")  # noqa: S608
    _assert_damaged(database)


@pytest.mark.parametrize(
    "damage",
    [
        "text = replace(text, 'bird', 'bard')",
        "text = x'ff'",
        "text = 3",
        "text = ''",
        "sentences = x'00'",
        "sentences = zeroblob(8)",
        "sentences = ''",
        "text = CAST(text AS TEXT)",
    ],
)
def test_words_that_are_not_what_was_written_are_damage(database: Database, damage: str) -> None:
    database.connection.execute(f"UPDATE passage SET {damage} WHERE number = 1")  # noqa: S608
    _assert_damaged(database)


def test_a_passage_that_is_missing_is_damage(database: Database) -> None:
    database.connection.execute("DELETE FROM passage WHERE number = 1")
    _assert_damaged(database)


def test_passages_that_change_places_are_damage(database: Database) -> None:
    for before, after in ((0, 7), (1, 0), (7, 1)):
        database.connection.execute(
            "UPDATE passage SET number = ? WHERE number = ?", (after, before)
        )
    _assert_damaged(database)


def test_another_articles_passages_are_damage(database: Database) -> None:
    database.connection.execute("UPDATE article SET slug = 'fox'")
    with raises(DamagedIndexError, match="fox: passage 0 is not what was indexed"):
        SqliteCatalogue(database).passages([("fox", 0)])


def _assert_damaged(database: Database) -> None:
    for reading in ("passages", "all passages"):
        with raises(DamagedIndexError, match=r"^owl: "):
            READINGS[reading](SqliteCatalogue(database))
