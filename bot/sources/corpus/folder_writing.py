"""Writing to the corpus folder: articles are saved and removed, by one writer at a time."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.core.article import Draft, Version
from bot.core.errors import AddressError, ArticleError, CorpusError
from bot.core.seams import Listing
from bot.sources.corpus.atomic_files import PART, UnnamedFile, settle, write_part
from bot.sources.corpus.batches import Batches
from bot.sources.corpus.file_names import check_name
from bot.sources.corpus.turns import lock_folder
from bot.sources.formats.front_matter import write_front_matter

_ABANDONED_SECONDS = 3600.0


class FolderWriter:
    """The write side of a `bot.sources.corpus.folder.CorpusFolder`, whose methods of the same names
    say what these do."""

    def __init__(self, root: Path, read: Callable[[Set[str] | None], Listing]) -> None:
        """``read`` lists the articles that the folder holds now, some of them or all."""
        self._root = root
        self._read = read
        self.held: Listing | None = None
        """The articles, kept up to date with what is saved here; None where none is held."""
        self._held_versions: dict[str, Version] = {}
        self._names: frozenset[str] = frozenset()
        """The names in the folder when it was last left to others, while a listing is held."""
        self.batches: Batches[UnnamedFile] = Batches(self._alone, self._begin_turn, settle)

    @contextmanager
    def holding(self) -> Iterator[None]:
        self._hold()
        try:
            yield
        finally:
            self.held = None

    def save(self, slug: str, draft: Draft) -> str:
        check_name(slug)
        data = article_file(draft)
        old = self._version(slug)
        path = self._root / f"{slug}.md"
        if old is not None and old.path.lower().endswith((".md", ".markdown")):
            path = self._root / old.path
        if old is None and os.path.lexists(path):
            raise ArticleError("file.in_the_way", path=str(path))
        if path in self.batches:
            self.batches.settle()
        part = write_part(path, data)
        status = part.written.stat()
        self.batches.add(path, part)
        if old is not None and self._root / old.path != path:
            self.batches.settle()  # the old one is removed once the new one exists
            (self._root / old.path).unlink(missing_ok=True)
        if self.held is not None:
            self._held_versions[slug] = Version(
                path.relative_to(self._root).as_posix(),
                status.st_size,
                status.st_mtime_ns,
                status.st_ctime_ns,
            )
        return str(path)

    def remove(self, slug: str) -> str:
        version = self._version(slug)
        if version is None:
            raise AddressError("article.missing", slug=slug)
        path = self._root / version.path
        try:
            path.unlink()
        except OSError as error:
            raise CorpusError(
                "file.unremovable", path=str(path), reason=str(error.strerror)
            ) from error
        return str(path)

    def sweep(self) -> None:
        before = time.time() - _ABANDONED_SECONDS
        part = re.compile(PART)
        for folder, _, names in os.walk(self._root):
            for name in filter(part.fullmatch, names):
                path = Path(folder, name)
                with suppress(OSError):
                    if path.lstat().st_mtime < before:
                        path.unlink()

    def _version(self, slug: str) -> Version | None:
        listing = self._read({slug}) if self.held is None else self.held
        return listing.versions.get(slug)

    def _hold(self) -> None:
        listing = self._read(None)
        self._held_versions = dict(listing.versions)
        self.held = Listing(self._held_versions, listing.faults)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            descriptor = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise CorpusError(
                "corpus.unreadable", path=str(self._root), reason=str(error.strerror)
            ) from error
        try:
            lock_folder(descriptor)
            yield
            if self.held is not None:
                self._names = self._names_now()
        finally:
            os.close(descriptor)

    def _begin_turn(self) -> None:
        if self.held is not None and self._names != self._names_now():
            self._hold()  # others have added since

    def _names_now(self) -> frozenset[str]:
        return frozenset(os.listdir(self._root))  # noqa: PTH208 - the names alone are wanted


def article_file(draft: Draft) -> bytes:
    """Return the Markdown file that holds a draft."""
    body = draft.body.strip("\n")
    return f"{write_front_matter(draft.head, draft.pages)}\n{body}\n".encode()
