"""Rows that were read of an index are known until the next commit, and no longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.core.article import Article, Head, Span, Version
from bot.core.passage import Passage
from bot.core.seams import FileRecord
from bot.index.catalogue import SqliteCatalogue
from bot.index.catalogue_reader import SqliteCatalogueReader
from bot.index.index_database import Database
from bot.index.read_connections import ReadConnections
from bot.index.rows import IndexState, KnownRows


class _Given:
    """A `bot.index.catalogue_reader.Reading` of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        yield self._connection


class Index:
    """An index folder with one article, whose connections are read."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder)
        self.connections = ReadConnections(folder)
        self.write("It hunts.", "en")

    def write(self, text: str, language: str) -> None:
        catalogue = SqliteCatalogue(self._database)
        owl = Article("owl", Head(text), text, (Span(0, len(text)),))
        passage = Passage("owl", 0, 1, 1, 0, len(text), text, (Span(0, len(text)),), None)
        version = FileRecord(Version("owl.md", 1, 2, 3), "0" * 64, None)
        with catalogue.writing():
            catalogue.put(owl, language, [passage], version)
        catalogue.finish(1)

    @contextmanager
    def catalogue(self) -> Iterator[SqliteCatalogueReader]:
        with self.connections.view() as view:
            yield SqliteCatalogueReader(_Given(view.connection), view.state)

    def close(self) -> None:
        self.connections.close()
        self._database.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = Index(tmp_path)
    yield made
    made.close()


KEYS = [("owl", 0), ("owl", 1), ("fox", 0)]


def test_what_no_commit_has_changed_is_not_read_again(index: Index) -> None:
    with index.catalogue() as catalogue:
        passages, entries = catalogue.passages(KEYS), catalogue.entries(["owl", "fox"])
        languages = catalogue.languages()
    with index.catalogue() as catalogue:
        assert catalogue.passages(KEYS)["owl", 0] is passages["owl", 0]
        assert catalogue.entries(["owl", "fox"])["owl"] is entries["owl"]
        assert catalogue.languages() == languages == ["en"]
    assert list(passages) == [("owl", 0)]
    assert list(entries) == ["owl"]


def test_each_commit_makes_another_state(index: Index) -> None:
    with index.catalogue() as catalogue:
        assert catalogue.passages(KEYS)["owl", 0].text == "It hunts."
        assert catalogue.languages() == ["en"]
    index.write("Sie jagt.", "de")
    with index.catalogue() as catalogue:
        assert catalogue.passages(KEYS)["owl", 0].text == "Sie jagt."
        assert catalogue.entries(["owl"])["owl"].head.title == "Sie jagt."
        assert catalogue.languages() == ["de"]


def test_a_transaction_goes_on_seeing_the_state_with_which_it_began(index: Index) -> None:
    with index.catalogue() as catalogue:
        assert catalogue.languages() == ["en"]
        index.write("Sie jagt.", "de")
        assert catalogue.passages(KEYS)["owl", 0].text == "It hunts."
        assert catalogue.entries(["owl"])["owl"].head.title == "It hunts."
        with index.catalogue() as later:
            assert later.passages(KEYS)["owl", 0].text == "Sie jagt."


def test_two_indexes_are_told_apart(tmp_path: Path) -> None:
    one, two = Index(tmp_path / "one"), Index(tmp_path / "two")
    two.write("It sleeps.", "en")
    with one.catalogue() as first, two.catalogue() as second:
        assert first.passages(KEYS)["owl", 0].text == "It hunts."
        assert second.passages(KEYS)["owl", 0].text == "It sleeps."
    one.close()
    two.close()


def test_the_languages_given_are_not_those_kept(index: Index) -> None:
    with index.catalogue() as catalogue:
        catalogue.languages().append("fr")
        assert catalogue.languages() == ["en"]


def test_rows_are_kept_up_to_a_number() -> None:
    state, other = IndexState(is_finished=True), IndexState(is_finished=True)
    rows: KnownRows[str, int] = KnownRows(2)
    values = {"a": 1, "b": 2, "c": 3}
    asked: list[list[str]] = []

    def read(keys: Sequence[str]) -> dict[str, int]:
        asked.append(list(keys))
        return {key: values[key] for key in keys if key in values}

    assert rows.of(state, ["a", "d", "b"], read) == {"a": 1, "b": 2}
    assert list(rows.of(state, ["c", "b"], read).items()) == [("c", 3), ("b", 2)]
    assert rows.of(state, ["b", "a"], read) == {"b": 2, "a": 1}
    values["a"] = 4
    assert rows.of(other, ["a"], read) == {"a": 4}
    assert rows.of(None, ["a"], read) == rows.of(None, ["a"], read) == {"a": 4}
    assert asked == [["a", "d", "b"], ["c"], ["a"], ["a"], ["a"], ["a"]]
