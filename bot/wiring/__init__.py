"""Wiring: the one place that names concrete parts and puts them together.

Here are the parts that answer; `bot.wiring.incoming` has those by which articles come in,
`bot.wiring.folders` and `bot.wiring.database` those that keep them, `bot.wiring.shared_state` what
is kept beside them.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.core.article import Draft
from bot.core.errors import CorpusError
from bot.core.hashes import sha256
from bot.core.library import Library
from bot.core.seams import Analyzer, ArticleStore, SearchEngine
from bot.core.shelf import Shelf
from bot.index.index_reader import IndexReader
from bot.index.indexer import Indexer
from bot.index.shelf_index import ShelfIndex
from bot.search.engine_reader import EngineReader
from bot.search.kernel.short_files import short_files
from bot.service.answering import Answering
from bot.service.shelves import Quota, Shelves
from bot.service.stream import Events
from bot.service.tenants import EVERYONE, Tenant
from bot.sources.corpus.folder import CorpusFolder

if TYPE_CHECKING:
    from bot.index.article_writer import WriteSide
    from bot.index.index_database import Database
    from bot.wiring.database import DatabaseStorage, DatabaseStore
    from bot.wiring.folders import Folders

PATIENCE = 120.0
"""Seconds that a process waits for another that writes to an index."""


def answering(
    settings: Settings, events: Events | None = None, patience: float = PATIENCE
) -> Answering:
    """Return the service that answers questions, built from the settings. Reads nothing but the
    index's own state. ``patience`` is as in `shelf`.

    Raises `CorpusError` if there is no folder of articles.
    """
    events = events or Events()
    quota = Quota(settings.discord.quota_articles, settings.discord.quota_mb)
    tokens = analyzer()
    shelves = Shelves(storage(settings, tokens, patience), tokens, quota, events)
    return Answering(shelves, events, keep_questions=settings.discord.log_questions)


def storage(
    settings: Settings, tokens: Analyzer, patience: float = PATIENCE
) -> Folders | DatabaseStorage:
    """Return where the articles of everyone and of the tenants lie: in folders, or in the database
    that the settings name."""
    if settings.storage.postgres:
        from bot.wiring.database import DatabaseStorage

        return DatabaseStorage(settings, tokens, patience)
    from bot.wiring.folders import Folders

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
    """Everyone's articles, as the settings say, and those of a tenant beside them. Nothing is read
    but the index's own state.

    Raises `CorpusError` if there is no folder of articles, or the tenant has none of its own.
    """
    tokens = analyzer()
    stored = storage(settings, tokens)
    shelves = [stored.shelf(EVERYONE)]
    if tenant != EVERYONE:
        if not stored.has(tenant):
            raise CorpusError("tenant.without_articles", name=tenant.name)
        shelves.append(stored.shelf(tenant))
    return Library(shelves, tokens)


def corpus_folder(settings: Settings) -> CorpusFolder:
    """Return the operator's folder of articles; raises `CorpusError` if it is not there."""
    folder = settings.corpus.folder
    if not folder.is_dir():
        raise CorpusError("corpus.missing", path=str(folder.absolute()))
    return CorpusFolder(folder, int(settings.corpus.largest_file_mb * 1e6), read_stored)


def read_stored(data: bytes, name: str, title: str | None = None) -> list[Draft]:
    """Read a file of a corpus: what we write ourselves is read here and now."""
    from bot.sources.formats.file_reading import is_plain, read_file

    if is_plain(data, name):
        return read_file(data, name, title)
    from bot.wiring.incoming import read_outside

    return read_outside(data, name, title)


def shelf(
    settings: Settings,
    store: CorpusFolder,
    tokens: Analyzer,
    prefix: str = "",
    patience: float = PATIENCE,
) -> Shelf:
    """Return a folder of articles with its index. ``patience`` is how many seconds to wait for
    another process that writes to it, where there is something to write."""
    folder = index_folder(settings, store.root)
    index, _ = embedded_index(settings, store, folder, tokens, patience)
    from bot.wiring.folders import AnswersBeside

    return Shelf(store, index, prefix, AnswersBeside(store.root, folder, patience))


def embedded_index(
    settings: Settings, store: ArticleStore, folder: Path, tokens: Analyzer, patience: float
) -> tuple[ShelfIndex, IndexReader]:
    """Return the index of a store's articles in a folder of this machine, and its read side."""
    fingerprint = tokens.fingerprint()
    memory = settings.search.build_memory_mb
    if settings.search.engine == "rank-bm25":
        from bot.search.rank_bm25_engine import RankBm25Engine

        engine = RankBm25Engine()
        reader = IndexReader(folder, lambda _: engine.snapshot(), fingerprint, short_files())

        def write() -> WriteSide:
            from bot.index.article_writer import WriteSide
            from bot.index.catalogue import SqliteCatalogue

            return WriteSide(SqliteCatalogue(_database(folder, patience, fingerprint)), engine)
    else:
        reader = IndexReader(folder, EngineReader(folder).at, fingerprint, short_files())

        def write() -> WriteSide:
            from bot.index.article_writer import WriteSide
            from bot.index.catalogue import SqliteCatalogue
            from bot.search.bm25 import Bm25Engine
            from bot.search.bulk.file_indexing import FileReadingJob, SegmentBulkIndexer

            database = _database(folder, patience, fingerprint)
            engine, job = Bm25Engine(database), FileReadingJob(store, analyzer)
            bulk = SegmentBulkIndexer(database, engine, job, memory)
            return WriteSide(SqliteCatalogue(database), engine, bulk)

    indexer = Indexer(store, partial(reader.open, True), write, tokens, patience)
    return ShelfIndex(store, reader, indexer, tokens, _engine_in_memory), reader


def _database(folder: Path, patience: float, fingerprint: str) -> Database:
    from bot.index.index_database import Database  # most questions write nothing

    database = Database(folder, patience, fingerprint, short_files())
    if database.replaced is not None:
        import logging

        logging.getLogger(__name__).warning(
            "%s: the index was made with %s; it is made anew",
            folder,
            _unknown_parts(database.replaced, fingerprint),
        )
    return database


def _engine_in_memory() -> SearchEngine:
    from bot.search.rank_bm25_engine import RankBm25Engine

    return RankBm25Engine()


def analyzer() -> Analyzer:
    """Return the analyzer, which splits texts into tokens and sentences."""
    from bot.search.compiled_grams import gram_shares
    from bot.text.analyzer import Languages

    return Languages(gram_shares)


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
    base = settings.search.cache or cache_folder()
    full = os.path.realpath(corpus or settings.corpus.folder)
    return base / sha256(os.fsencode(full))[:16]


def outdated_index(settings: Settings) -> str | None:
    """Return what the operator's index was made with that this program lacks, so that the index
    will be rebuilt; None if there is no such thing, or no index."""
    from bot.index.read_connections import made_with

    before, now = made_with(index_folder(settings)), analyzer().fingerprint()
    return None if before is None or before == now else _unknown_parts(before, now)


def _unknown_parts(made_with: str, now: str) -> str:
    """Return the parts of a fingerprint that another does not have, safe to be printed."""
    from bot.text.fingerprint import difference

    return ascii(difference(made_with, now))[1:-1][:200] or "something else"


def write_whole(path: Path, data: bytes) -> None:
    """See `bot.sources.corpus.atomic_files.write_whole`."""
    from bot.sources.corpus import atomic_files

    atomic_files.write_whole(path, data)


def compiled_kernel() -> tuple[bool, str]:
    """Return whether the compiled part of the search is available, and its path or the reason why
    not; without it the search runs in Python."""
    from bot.search import kernel

    return kernel.library() is not None, kernel.where()


def cache_folder() -> Path:
    """Return where this platform keeps caches, ours in a folder of their own."""
    if sys.platform == "linux":
        # the XDG Base Directory Specification's rule: what platformdirs loads to know those of all
        # platforms takes a tenth of the time that a question takes
        home = os.environ.get("HOME", "")
        for base in (os.environ.get("XDG_CACHE_HOME", ""), os.path.join(home, ".cache")):  # noqa: PTH118
            if os.path.isabs(base):  # noqa: PTH117
                return Path(base, "articlebot")
    import platformdirs

    return platformdirs.user_cache_path("articlebot", appauthor=False)
