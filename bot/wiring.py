"""Wiring: the one place that names concrete parts and puts them together."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from bot.config import Settings
from bot.core.errors import CorpusError
from bot.core.library import Library
from bot.core.seams import Analyzer, SearchEngine
from bot.core.shelf import Shelf
from bot.search.catalogue import SqliteCatalogue
from bot.search.database import Database
from bot.sources.folder import CorpusFolder
from bot.sources.intake import Intake


def library(settings: Settings) -> Library:
    """The operator's articles, as the settings say. Nothing is read but the index's own state.

    Raises `CorpusError` where there is no folder of articles.
    """
    analyzer = _analyzer()
    return Library([shelf(settings, corpus_folder(settings), analyzer)], analyzer)


def corpus_folder(settings: Settings) -> CorpusFolder:
    """The operator's folder of articles; raises `CorpusError` where it is not there."""
    folder = settings.corpus.folder
    if not folder.is_dir():
        raise CorpusError(
            f"{folder.absolute()}: there is no folder of articles here; "
            "make it, or name another with --corpus DIR"
        )
    return CorpusFolder(folder, int(settings.corpus.largest_file_mb * 1e6))


def intake(settings: Settings) -> Intake:
    """What adds articles to the operator's folder."""
    return Intake(corpus_folder(settings), int(settings.corpus.largest_file_mb * 1e6))


def shelf(settings: Settings, store: CorpusFolder, analyzer: Analyzer, prefix: str = "") -> Shelf:
    """A folder of articles with its index."""
    database = Database(index_folder(settings, store.root))
    return Shelf(store, SqliteCatalogue(database), _engine(), analyzer, prefix)


def _engine() -> SearchEngine:
    from bot.search.rank_bm25_engine import RankBm25Engine

    return RankBm25Engine()


def _analyzer() -> Analyzer:
    from bot.text.analyzer import Languages

    return Languages()


def index_folder(settings: Settings, corpus: Path | None = None) -> Path:
    """Where the index of a folder of articles (the operator's, where None) lies: one for each, by
    its full path."""
    base = settings.search.cache
    if base is None:
        import platformdirs

        base = platformdirs.user_cache_path("articlebot", appauthor=False)
    full = os.path.realpath(corpus or settings.corpus.folder)
    name = hashlib.sha256(os.fsencode(full)).hexdigest()[:16]
    return base / name
