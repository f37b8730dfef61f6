"""Records: data that survives a restart and is not rebuilt from the articles.

One module a concern, each with a Protocol and an adapter over `bot.service.records.statements`,
which is a SQLite file or a PostgreSQL database; `Records` holds them together. To add one: a module
with both, a migration at the end of `bot.service.records.migrations` and a step at the end of
`bot.cluster.postgres.steps`, a field of `Records`, and tests in the contract suite.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.service.records.asker_names import AskerNames, SqliteAskerNames
from bot.service.records.given_answers import Chat, GivenAnswer, GivenAnswers, SqliteGivenAnswers
from bot.service.records.memberships import Memberships, SqliteMemberships
from bot.service.records.recorded_misses import Misses, SqliteMisses
from bot.service.records.registrations import Registrations, SqliteRegistrations
from bot.service.records.server_settings import (
    AllServerSettings,
    ServerSettings,
    SqliteServerSettings,
)
from bot.service.records.sqlite_file import SqliteFile
from bot.service.records.statements import Statements
from bot.service.records.tells import SqliteTells, Tells
from bot.service.records.votes import SqliteVotes, Votes

__all__ = [
    "AskerNames",
    "Chat",
    "GivenAnswer",
    "GivenAnswers",
    "Memberships",
    "Misses",
    "Records",
    "Registrations",
    "ServerSettings",
    "Tells",
    "Votes",
    "recorded",
]


_T = TypeVar("_T")


class Records(NamedTuple):
    """All records. To be used from one thread, but for what says otherwise."""

    answers: GivenAnswers
    memberships: Memberships
    registrations: Registrations
    misses: Misses
    asker_names: AskerNames
    votes: Votes
    tells: Tells
    settings: AllServerSettings
    close: Callable[[], None]
    """Close them; nothing can be asked of them any more."""
    waits: bool = False
    """True if a call may wait for a server: then any thread may make it, but no event loop's."""


async def recorded(records: Records, job: Callable[[Records], _T]) -> _T:
    """Return what a job makes of the records, called from an event loop: in a thread where a call
    may wait for a server."""
    if not records.waits:
        return job(records)
    from bot.service.operations.waiting import in_thread

    return await in_thread(job, records)


def open_records(path: Path, clock: Callable[[], float]) -> Records:
    """Return the records in a SQLite file, made where it is missing; ``clock`` gives seconds since
    1970.

    Raises `bot.core.errors.StorageError` as `bot.service.records.sqlite_file.SqliteFile` does.
    """
    file = SqliteFile(path)
    return records_over(file, clock, file.close)


def records_over(
    statements: Statements,
    clock: Callable[[], float],
    close: Callable[[], None],
    *,
    waits: bool = False,
) -> Records:
    """Return the records in a database; ``close`` and ``waits`` are as in `Records`."""
    return Records(
        SqliteGivenAnswers(statements, clock),
        SqliteMemberships(statements, clock),
        SqliteRegistrations(statements),
        SqliteMisses(statements, clock),
        SqliteAskerNames(statements, clock),
        SqliteVotes(statements, clock),
        SqliteTells(statements, clock),
        SqliteServerSettings(statements),
        close,
        waits,
    )
