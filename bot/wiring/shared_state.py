"""Wiring of the state beside the articles: records, cooldowns, keys, and the division of work. It
lies in files, or in the database that all processes share."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.config import Settings

if TYPE_CHECKING:
    from bot.service.operations.cooldowns import Cooldowns
    from bot.service.operations.health import ServerHealth
    from bot.service.operations.sharding import Sharding
    from bot.service.records import Records
    from bot.service.records.records_thread import RecordsThread

RECORDS_FILE = "discord.sqlite3"


def records(settings: Settings, clock: Callable[[], float]) -> Records:
    """Return the records that survive a restart; ``clock`` gives seconds since 1970. Raises
    `bot.core.errors.StorageError` if they cannot be opened."""
    if settings.storage.postgres:
        from bot.wiring import database

        return database.records(settings, clock)
    from bot.service.records import open_records
    from bot.sources.corpus.atomic_files import make_private_folder

    folder = settings.discord.data
    if not folder.exists():
        with suppress(OSError):  # reported when the file is opened
            make_private_folder(folder)
    return open_records(folder / RECORDS_FILE, clock)


def cooldowns(settings: Settings, clock: Callable[[], float] | None = None) -> Cooldowns:
    """Return the limits on how often people and servers may ask, as the settings have them;
    ``clock`` gives seconds and is monotonic. None is this process's clock, or that of the database,
    where processes share one."""
    from bot.service.operations.cooldowns import Allowance, Cooldown

    own = settings.discord
    person = Allowance(own.user_cooldown, own.user_burst)
    tenant = Allowance(own.server_cooldown, own.server_burst)
    if settings.storage.postgres:
        from bot.wiring import database

        return database.cooldowns(settings, person, tenant, clock)
    return Cooldown(person, tenant, clock or time.monotonic)


def sharding(settings: Settings) -> Sharding | None:
    """Return the division of Discord's shards among processes that share a database; None where
    this process has all of them."""
    if not settings.storage.postgres:
        return None
    from bot.wiring import database

    return database.sharding(settings)


def one_of_all(settings: Settings, what: str) -> Callable[[], bool]:
    """Return a function that says whether this process is the one, of all that share a database,
    that does something; it is asked again and again, and waits for the database. Without a database
    it always is."""
    if not settings.storage.postgres:
        return lambda: True
    from bot.wiring import database

    return database.one_of_all(settings, what)


def link_key(settings: Settings) -> bytes:
    """Return the key with which links to servers' articles are signed; it is made on first use.
    Raises `bot.core.errors.StorageError`."""
    if settings.storage.postgres:
        from bot.wiring import database

        return database.link_key(settings)
    from bot.service.presentation.signed_links import read_key

    return read_key(settings.discord.data)


def server_health(settings: Settings) -> list[ServerHealth]:
    """Return the state of the servers that the settings name; empty if they name none. Waits for
    them: call it from a worker thread."""
    if not settings.storage.postgres:
        return []
    from bot.wiring import database

    return database.server_health(settings)


def database_location(settings: Settings) -> str:
    """Return the server and the name of the database, without a secret; empty if there is none."""
    if not settings.storage.postgres:
        return ""
    from bot.cluster.postgres.connections import location_of

    return location_of(settings.storage.postgres)


def has_records(settings: Settings) -> bool:
    """Return whether there are records to open."""
    return bool(settings.storage.postgres) or (settings.discord.data / RECORDS_FILE).exists()


def records_thread(settings: Settings) -> RecordsThread:
    """Return a thread with records of its own, opened when they are first needed."""
    from bot.service.records.records_thread import RecordsThread

    return RecordsThread(lambda: records(settings, time.time))
