"""The parts of this process: the analyzer, stored files, and indexes in folders of this machine.

`bot.wiring.composition` puts them together.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from bot.config import Settings
from bot.core.article import Draft
from bot.core.errors import CorpusError
from bot.core.hashes import sha256
from bot.core.light_typing import TYPE_CHECKING
from bot.core.seams import Analyzer, ArticleStore, SearchEngine
from bot.index.index_reader import IndexReader
from bot.index.indexer import Indexer
from bot.index.shelf_index import ShelfIndex
from bot.search.engine_reader import EngineReader
from bot.search.kernel.short_files import short_files
from bot.sources.corpus.folder import CorpusFolder

if TYPE_CHECKING:
    from bot.index.article_writer import WriteSide
    from bot.index.index_database import Database

PATIENCE = 120.0
"""Seconds that a process waits for another that writes to an index."""


def analyzer() -> Analyzer:
    """Return the analyzer, which splits texts into tokens and sentences."""
    from bot.search.compiled_grams import gram_shares
    from bot.search.compiled_terms import find_terms
    from bot.text.analyzer import Languages

    return Languages(gram_shares, find_terms)


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
    from bot.wiring.outside import read_outside

    return read_outside(data, name, title)


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
            unknown_parts(database.replaced, fingerprint),
        )
    return database


def _engine_in_memory() -> SearchEngine:
    from bot.search.rank_bm25_engine import RankBm25Engine

    return RankBm25Engine()


def unknown_parts(made_with: str, now: str) -> str:
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


def index_folder_of(settings: Settings, corpus: Path) -> Path:
    """Return the folder of the index of a folder of articles: one for each, by its full path."""
    base = settings.search.cache or cache_folder()
    return base / sha256(os.fsencode(os.path.realpath(corpus)))[:16]


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
