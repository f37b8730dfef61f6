"""Wiring of the move of everything that lasts, from files to the database or back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.file_moving import FolderFiles, Moved, move_files, move_pairs
from bot.cluster.postgres.kept_pairs import PostgresKeptPairs
from bot.cluster.postgres.moving_records import PostgresTables, SqliteTables, move_records
from bot.cluster.postgres.shared_secrets import known_secret, put_secret
from bot.cluster.postgres.stored_shelves import PostgresShelves
from bot.config import Settings
from bot.core.errors import StorageError
from bot.core.seams import Progress
from bot.service.presentation.signed_links import KEY_FILE, read_key
from bot.service.records import open_records
from bot.service.tenants import EVERYONE, Tenant
from bot.sources.corpus.atomic_files import make_private_folder
from bot.wiring.database import LINK_KEY, DatabaseStorage, connections
from bot.wiring.folders import Folders, kept_in_folder
from bot.wiring.local_parts import PATIENCE, analyzer, write_whole
from bot.wiring.shared_state import RECORDS_FILE

Target: TypeAlias = Literal["postgres", "files"]


def move(
    settings: Settings, to: Target, *, replace: bool = False, progress: Progress | None = None
) -> Iterator[Moved]:
    """Copy articles, kept answers, records and the key of the links to where they are not yet, part
    by part; yield the result of each. Nothing is deleted. ``replace`` writes over what differs.

    Raises `bot.core.errors.StorageError` if the settings name no database, or it cannot be used.
    """
    if not settings.storage.postgres:
        raise StorageError("storage.no_database")
    opened = connections(settings.storage.postgres)
    files = settings._replace(storage=type(settings.storage)())
    yield from _articles(files, settings, to, replace, progress)
    records = _records(files, opened, to, replace)
    if records is not None:
        yield records
    key = _key(files.discord.data, opened, to, replace)
    if key is not None:
        yield key


def _articles(
    files: Settings, settings: Settings, to: Target, replace: bool, progress: Progress | None
) -> Iterator[Moved]:
    tokens = analyzer()
    folders, database = Folders(files, tokens), DatabaseStorage(settings, tokens)
    shelves = PostgresShelves(connections(settings.storage.postgres))
    largest = int(files.corpus.largest_file_mb * 1e6)
    if to == "files":
        files.corpus.folder.mkdir(parents=True, exist_ok=True)
    elsewhere: DatabaseStorage | Folders = database if to == "files" else folders
    for tenant in (EVERYONE, *elsewhere.tenants()):
        if to == "postgres" and tenant == EVERYONE and not files.corpus.folder.is_dir():
            continue  # the bot serves servers' articles alone
        store = database.store(tenant)
        folder = FolderFiles(folders.store(tenant), largest, write_whole)
        part = _named("articles", tenant)
        if to == "postgres":
            shelves.make(tenant)
            yield move_files(part, folder, store, replace=replace, progress=progress)
        else:
            yield move_files(part, store, folder, replace=replace, progress=progress)
        kept_files = kept_in_folder(files, folders.folder(tenant), PATIENCE)
        kept = PostgresKeptPairs(connections(settings.storage.postgres), tenant)
        part = _named("kept answers", tenant)
        pairs = (
            move_pairs(part, kept_files, kept, replace=replace)
            if to == "postgres"
            else move_pairs(part, kept, kept_files, replace=replace)
        )
        if pairs is not None:
            yield pairs


def _records(files: Settings, opened: Connections, to: Target, replace: bool) -> Moved | None:
    path = files.discord.data / RECORDS_FILE
    if to == "postgres" and not path.exists():
        return None
    make_private_folder(path.parent)
    open_records(path, lambda: 0.0).close()  # it has the present format then
    sqlite = SqliteTables(path)
    postgres = PostgresTables(opened, [table.name for table in sqlite.tables()])
    if to == "postgres":
        return move_records(sqlite, postgres, replace=replace)
    return move_records(postgres, sqlite, replace=replace)


def _key(data: Path, opened: Connections, to: Target, replace: bool) -> Moved | None:
    own = read_key(data) if (data / KEY_FILE).exists() else None
    shared = known_secret(opened, LINK_KEY)
    source, target = (own, shared) if to == "postgres" else (shared, own)
    if source is None:
        return None
    if source != target and (target is None or replace):
        if to == "postgres":
            put_secret(opened, LINK_KEY, source)
        else:
            write_whole(data / KEY_FILE, source)
            os.chmod(data / KEY_FILE, 0o600)  # noqa: PTH101
        target = source
    is_there = source == target
    return Moved("key of the links", 1, int(is_there), () if is_there else (KEY_FILE,))


def _named(what: str, tenant: Tenant) -> str:
    return f"{what} of server {tenant.name}" if tenant.name else what
