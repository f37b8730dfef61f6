"""Records: data that survives a restart and is not rebuilt from the articles.

One module a concern, each with a Protocol and its SQLite adapter; `Records` holds them together
in one file. To add one: a module with both, a migration at the end of
`bot.service.records.migrations`, a field of `Records`, and a contract suite.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot.service.records.given_answers import GivenAnswer, GivenAnswers, Place, SqliteGivenAnswers
from bot.service.records.memberships import Memberships, SqliteMemberships
from bot.service.records.misses import Misses, SqliteMisses
from bot.service.records.registrations import Registrations, SqliteRegistrations
from bot.service.records.sqlite_file import SqliteFile

__all__ = [
    "GivenAnswer",
    "GivenAnswers",
    "Memberships",
    "Misses",
    "Place",
    "Records",
    "Registrations",
]


class Records(NamedTuple):
    """All records. To be used from one thread, but for what says otherwise."""

    answers: GivenAnswers
    memberships: Memberships
    registrations: Registrations
    misses: Misses
    close: Callable[[], None]
    """Close them; nothing can be asked of them any more."""


def open_records(path: Path, clock: Callable[[], float]) -> Records:
    """Return the records in a SQLite file, made where it is missing; ``clock`` gives seconds since
    1970.

    Raises `bot.core.errors.StorageError` as `bot.service.records.sqlite_file.SqliteFile` does.
    """
    file = SqliteFile(path)
    return Records(
        SqliteGivenAnswers(file, clock),
        SqliteMemberships(file, clock),
        SqliteRegistrations(file),
        SqliteMisses(file, clock),
        file.close,
    )
