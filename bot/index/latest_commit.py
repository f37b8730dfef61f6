"""The note of an index's latest commit, by which torn files are told: SQLite finds the pages of a
database by the files beside it, and where one of these was cut short, it may read old pages beside
new ones without an error."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.core.errors import DamagedIndexError
from bot.core.light_typing import Any

_ENDS = """
    (SELECT max(id) FROM article),
    (SELECT min(slug) FROM article), (SELECT max(slug) FROM article),
    (SELECT min(language) FROM article WHERE fault IS NULL),
    (SELECT max(language) FROM article WHERE fault IS NULL),
    (SELECT max(id) FROM passage),
    (SELECT count(*) + total(ordinal) FROM segment),
    (SELECT count(*) + total(id) FROM recent)"""
"""Selects what lies at the ends of the tables and indexes that a question reads, at the cost of a
page or two each."""


def number_commit(connection: sqlite3.Connection, folder: Path) -> None:
    """Give a connection's transaction the next number, and note it with the ends of the tables.
    Raises `DamagedIndexError` if the note is not that of the commit before."""
    number = (_check_numbers(connection, folder)[0] + 1) % 0x80000000
    connection.execute("DELETE FROM latest_commit")
    connection.execute(f"INSERT INTO latest_commit SELECT ?, {_ENDS}", (number,))
    connection.execute(f"PRAGMA application_id = {number}")


def check_pages(connection: sqlite3.Connection, folder: Path) -> None:
    """Raise `DamagedIndexError` if the pages of the file are not of one commit: if the number in
    its first page, which calls the file whole, or the ends of its tables are not as noted."""
    noted = _check_numbers(connection, folder)
    if connection.execute(f"SELECT {_ENDS}").fetchone() != noted[1:]:
        raise _torn(folder)


def _check_numbers(connection: sqlite3.Connection, folder: Path) -> tuple[Any, ...]:
    """Return the row of the latest commit, whose number is that in the first page."""
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    noted: tuple[Any, ...] | None = connection.execute("SELECT * FROM latest_commit").fetchone()
    if noted is None or noted[0] != number:
        raise _torn(folder)
    return noted


def _torn(folder: Path) -> DamagedIndexError:
    reason = "its pages are of different commits"
    return DamagedIndexError("index.damaged", folder=str(folder), reason=reason)
