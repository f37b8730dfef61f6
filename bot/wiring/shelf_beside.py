"""Wiring of everyone's shelf as it would be after a change, beside the one that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.config import Settings
from bot.core.shelf import Shelf
from bot.index.copying import copy_index
from bot.service.tenants import EVERYONE
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.overlay_store import OverlayStore
from bot.wiring.composition import article_store, index_folder, storage
from bot.wiring.local_parts import PATIENCE, analyzer, embedded_index, read_stored
from bot.wiring.temporary_folders import temporary_folder

_PREFIX = "preview-"


class ShelfBeside(NamedTuple):
    """Everyone's shelf as it would be: what is saved in its store is seen after a refresh."""

    store: OverlayStore
    shelf: Shelf
    folder: Path
    """A folder for other files of the preview; it is deleted with it."""


@contextmanager
def shelf_beside(settings: Settings) -> Iterator[ShelfBeside]:
    """Yield a shelf over everyone's articles that may be changed: its changes and its index lie in
    a folder of their own until the context ends. The index is a copy, or made anew where there is
    none that could be copied. Raises `bot.core.errors.StorageError` if it cannot be written."""
    tokens = analyzer()
    with _folder(index_folder(settings)) as folder:
        for name in ("articles", "index"):
            (folder / name).mkdir()
        largest = int(settings.corpus.largest_file_mb * 1e6)
        saved = CorpusFolder(folder / "articles", largest, read_stored)
        store = OverlayStore(article_store(settings), saved)
        copy_index(index_folder(settings), folder / "index", tokens.fingerprint())
        index, _ = embedded_index(settings, store, folder / "index", tokens, PATIENCE)
        kept = storage(settings, tokens).shelf(EVERYONE).kept
        shelf = Shelf(store, index, kept=kept)
        try:
            shelf.refresh()
            yield ShelfBeside(store, shelf, folder)
        finally:
            shelf.close()


@contextmanager
def _folder(index: Path) -> Iterator[Path]:
    """Yield an empty folder: beside the index, so that it need not be copied, or where that cannot
    be written among the temporary files."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(temporary_folder(_PREFIX, index.parent))
        except OSError:
            folder = stack.enter_context(temporary_folder(f"articlebot-{_PREFIX}"))
        yield folder
