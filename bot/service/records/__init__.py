"""Records: data that survives a restart and is not rebuilt from the articles.

One module a concern, each over `bot.service.records.statements`, which is a SQLite file or a
PostgreSQL database; `Records` holds them together. To add one: a module, a migration at the end of
`bot.service.records.migrations` and a step at the end of `bot.cluster.postgres.steps`, a field of
`Records`, and tests in the contract suite.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.service.records.asker_names import AskerNames
from bot.service.records.given_answers import Chat, GivenAnswer, GivenAnswers
from bot.service.records.memberships import Memberships
from bot.service.records.recorded_misses import Misses
from bot.service.records.registrations import Registrations
from bot.service.records.server_settings import AllServerSettings, ServerSettings
from bot.service.records.sqlite_file import SqliteFile
from bot.service.records.statements import Statements
from bot.service.records.tells import Tells
from bot.service.records.votes import Votes

__all__ = ["Chat", "GivenAnswer", "Records", "ServerSettings", "recorded"]

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
        GivenAnswers(statements, clock),
        Memberships(statements, clock),
        Registrations(statements),
        Misses(statements, clock),
        AskerNames(statements, clock),
        Votes(statements, clock),
        Tells(statements, clock),
        AllServerSettings(statements),
        close,
        waits,
    )
