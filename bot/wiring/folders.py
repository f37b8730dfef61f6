"""Wiring of articles in folders: everyone's and each tenant's, with the answers kept beside."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.config import Settings
from bot.core.article import Draft
from bot.core.errors import CorpusError, StorageError
from bot.core.light_typing import TYPE_CHECKING
from bot.core.seams import Analyzer
from bot.core.shelf import Shelf
from bot.service.tenants import EVERYONE, Tenant
from bot.sources.corpus.folder import ANSWERS_FILE, CorpusFolder
from bot.wiring.local_parts import (
    PATIENCE,
    analyzer,
    corpus_folder,
    embedded_index,
    index_folder_of,
    read_stored,
    write_whole,
)

if TYPE_CHECKING:
    from bot.core.seams import Fault
    from bot.core.seams.pairs import KeptPair, KeptPairs
    from bot.sources.corpus.intake import Intake


def shelf(
    settings: Settings,
    store: CorpusFolder,
    tokens: Analyzer,
    prefix: str = "",
    patience: float = PATIENCE,
) -> Shelf:
    """Return a folder of articles with its index. ``patience`` is how many seconds to wait for
    another process that writes to it, where there is something to write."""
    folder = index_folder_of(settings, store.root)
    index, _ = embedded_index(settings, store, folder, tokens, patience)
    return Shelf(store, index, prefix, AnswersBeside(store.root, folder, patience))


class Folders:
    """Implements `bot.service.ports.TenantStorage`: everyone's folder of articles, and one for
    each tenant beside it."""

    def __init__(self, settings: Settings, analyzer: Analyzer, patience: float = PATIENCE) -> None:
        """See `shelf` for ``patience``."""
        self._settings = settings
        self._analyzer = analyzer
        self._patience = patience
        self._tenants = settings.discord.data / "servers"

    def folder(self, tenant: Tenant) -> Path:
        """Return the folder of a tenant's own articles; it may not exist."""
        return self._tenants / tenant.name if tenant.name else self._settings.corpus.folder

    def has(self, tenant: Tenant) -> bool:
        return self.folder(tenant).is_dir()

    def shelf(self, tenant: Tenant) -> Shelf:
        store = self.store(tenant)
        return shelf(self._settings, store, self._analyzer, tenant.prefix, self._patience)

    def store(self, tenant: Tenant) -> CorpusFolder:
        if tenant == EVERYONE:
            return corpus_folder(self._settings)
        from bot.sources.corpus.atomic_files import make_private_folder

        folder = self.folder(tenant)
        try:
            make_private_folder(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CorpusError(
                "tenant.unmakeable_folder", path=str(folder), reason=str(error.strerror)
            ) from error
        largest = int(self._settings.corpus.largest_file_mb * 1e6)
        return CorpusFolder(folder, largest, read_stored)

    def intake(self, tenant: Tenant) -> Intake:
        from bot.wiring.outside import intake

        return intake(self._settings, self.store(tenant))

    async def fetch(self, link: str, tenant: Tenant) -> Sequence[Draft]:
        from bot.wiring.outside import fetch_for_server

        return await fetch_for_server(self._settings, link, partial(self.intake, tenant))

    def erase(self, tenant: Tenant) -> None:
        import shutil

        folder = self.folder(tenant)
        for each in (index_folder_of(self._settings, folder), folder):
            shutil.rmtree(each, ignore_errors=not each.exists())

    def tenants(self) -> list[Tenant]:
        found = (path.name for path in self._tenants.glob("*") if path.name.isdecimal())
        return [Tenant(name) for name in sorted(found, key=int)]


def kept_in_folder(settings: Settings, folder: Path, patience: float) -> KeptPairs:
    """Return the kept pairs of a folder of articles."""
    return AnswersBeside(folder, index_folder_of(settings, folder), patience)


class AnswersBeside:
    """The kept pairs of a folder. Their reader is loaded once there are any: loading it takes
    longer than finding out that there are none."""

    def __init__(self, folder: Path, index: Path, patience: float) -> None:
        self._folder = folder
        self._lock = partial(_answers_lock, index, patience)
        self._path = folder / ANSWERS_FILE
        self._opened: KeptPairs | None = None

    def pairs(self) -> Sequence[KeptPair]:
        return self._open().pairs() if self._are_any() else ()

    def faults(self) -> Sequence[Fault]:
        return self._open().faults() if self._are_any() else ()

    def keep(self, pair: KeptPair) -> KeptPair | None:
        return self._open().keep(pair)

    def forget(self, question: str) -> KeptPair | None:
        return self._open().forget(question)

    def _are_any(self) -> bool:
        return self._opened is not None or os.path.lexists(self._path)

    def _open(self) -> KeptPairs:
        if self._opened is None:
            from bot.sources.corpus.answers_file import AnswersFile

            self._opened = AnswersFile(self._folder, self._lock, write_whole)
        return self._opened


@contextmanager
def _answers_lock(index: Path, patience: float) -> Iterator[None]:
    """A lock for the one process that changes the kept answers of a folder; ``index`` is the folder
    of its index. No other lock is taken while it is held. Raises `StorageError`."""
    from filelock import FileLock, Timeout

    from bot.sources.corpus.atomic_files import make_private_folder

    path = index / "answers.lock"
    try:
        make_private_folder(index)
        with FileLock(path, patience, mode=0o600):
            yield
    except Timeout as error:
        raise StorageError("kept.busy", path=str(path)) from error
    except OSError as error:
        raise StorageError("file.unlockable", path=str(path), reason=str(error.strerror)) from error


def answers_folder(settings: Settings, tenant: Tenant) -> Path:
    """Return the folder of a tenant's own kept answers, beside its articles; it may not exist."""
    return Folders(settings, analyzer()).folder(tenant)
