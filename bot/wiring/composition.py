"""Composition of the service: the storage that the settings name, and what answers from it.

The parts come from `bot.wiring.local_parts`, `bot.wiring.folders` and `bot.wiring.database`.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from bot.config import Settings
from bot.core.errors import CorpusError
from bot.core.library import Library
from bot.core.light_typing import TYPE_CHECKING
from bot.core.seams import Analyzer
from bot.service.answers.answering import Answering
from bot.service.events.stream import Events
from bot.service.shelves.shelves import Quota, Shelves
from bot.service.tenants import EVERYONE, Tenant
from bot.wiring.folders import Folders
from bot.wiring.local_parts import PATIENCE, analyzer, index_folder_of, unknown_parts

if TYPE_CHECKING:
    from bot.sources.corpus.folder import CorpusFolder
    from bot.wiring.database import DatabaseStorage, DatabaseStore


def answering(
    settings: Settings, events: Events | None = None, patience: float = PATIENCE
) -> Answering:
    """Return the service that answers questions, built from the settings. Reads nothing but the
    index's own state. ``patience`` is as in `bot.wiring.folders.shelf`.

    Raises `CorpusError` if there is no folder of articles.
    """
    events = events or Events()
    quota = Quota(settings.discord.quota_articles, settings.discord.quota_mb)
    tokens = analyzer()
    shelves = Shelves(storage(settings, tokens, patience), tokens, quota, events)
    events.keep_questions = settings.discord.log_questions
    if not shelves.is_remote:
        return Answering(shelves, events)
    from bot.service.answers.recent_answers import RecentAnswers

    return Answering(shelves, events, recent=RecentAnswers())


def storage(
    settings: Settings, tokens: Analyzer, patience: float = PATIENCE
) -> Folders | DatabaseStorage:
    """Return where the articles of everyone and of the tenants lie: in folders, or in the database
    that the settings name."""
    if settings.storage.postgres:
        from bot.wiring.database import DatabaseStorage

        return DatabaseStorage(settings, tokens, patience)
    return Folders(settings, tokens, patience)


def indexing(settings: Settings) -> AbstractContextManager[None]:
    """Keep a search cluster up to date, where the settings name one, until the context ends."""
    if settings.search.engine != "opensearch":
        return nullcontext()
    from bot.wiring import database, search_cluster

    opened = database.connections(settings.storage.postgres)
    return search_cluster.indexing(search_cluster.search_cluster(settings.search, opened))


def article_store(settings: Settings) -> CorpusFolder | DatabaseStore:
    """Return the store of everyone's articles. Raises `CorpusError` if there is none."""
    return storage(settings, analyzer()).store(EVERYONE)


def library(settings: Settings, tenant: Tenant = EVERYONE) -> Library:
    """Return everyone's articles, as the settings say, with a tenant's own beside them. Only the
    index's own state is read. Raises `CorpusError` if there is no folder of articles, or the tenant
    has none of its own."""
    tokens = analyzer()
    stored = storage(settings, tokens)
    shelves = [stored.shelf(EVERYONE)]
    if tenant != EVERYONE:
        if not stored.has(tenant):
            raise CorpusError("tenant.without_articles", name=tenant.name)
        shelves.append(stored.shelf(tenant))
    return Library(shelves, tokens)


def can_write_index(settings: Settings) -> bool:
    """Return whether the operator's index can be written where the settings say, the folder being
    made if needed."""
    folder = index_folder(settings)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = [folder, *folder.iterdir()]
    except OSError:
        return False
    return all(os.access(file, os.W_OK) for file in files)


def index_folder(settings: Settings, corpus: Path | None = None) -> Path:
    """Return the folder of the index of a folder of articles (the operator's, if None): one for
    each, by its full path, or of the articles in the database."""
    if corpus is None and settings.storage.postgres:
        from bot.wiring import database

        return database.index_folder(settings, EVERYONE)
    return index_folder_of(settings, corpus or settings.corpus.folder)


def index_location(settings: Settings) -> str:
    """Return where the operator's articles are found, for messages: a folder, or a cluster's
    nodes."""
    if settings.search.engine == "opensearch":
        return f"OpenSearch at {', '.join(settings.search.opensearch)}"
    return str(index_folder(settings))


def renewed_index(settings: Settings) -> str | None:
    """Make the operator's index anew, with no articles yet, if it was made with what this program
    lacks, and return that; None if it was not, or there was none."""
    from bot.index.index_database import Database

    now = analyzer().fingerprint()
    database = Database(index_folder(settings), PATIENCE, now)
    database.close()
    return None if database.replaced is None else unknown_parts(database.replaced, now)
