"""The corpus folder: the articles as files, the truth of which every index is a copy."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, MutableSequence, Sequence, Set
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from bot.core.article import Article, Draft, Version
from bot.core.errors import ArticleError, CorpusError, Problem
from bot.core.light_typing import TYPE_CHECKING, Protocol
from bot.core.seams import Fault, Listing
from bot.sources.corpus.file_names import as_slug, can_be_slug, is_unicode, printable
from bot.sources.formats.kinds import SUFFIXES, kind_of

if TYPE_CHECKING:
    from bot.sources.corpus.folder_writing import FolderWriter

LARGEST_FILE = 20_000_000
"""Maximum number of bytes of a file: more than any book, and still readable on a small machine."""


_FEW = 50
"""Number of slugs up to which they are looked up one by one; for more, all folders are read."""
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Flag that keeps opening a pipe from waiting for a writer."""
ANSWERS_FILE = "answers.jsonl"
"""Name of the file of the editors' kept answers, beside the articles; see
`bot.sources.corpus.answers_file`."""


class FileReader(Protocol):
    """Reads files; see `bot.sources.formats.file_reading.read_file`."""

    def __call__(self, data: bytes, name: str, title: str | None = None, /) -> Sequence[Draft]:
        """Return the articles in a file's bytes; raises `ArticleError` if there are none."""


class CorpusFolder:
    """Implements `bot.core.seams.ArticleStore` over a folder and its subfolders.

    A file's name without its suffix is the article's slug. Hidden files are passed over; a link
    that leads out of the folder, a pipe, or a file of a kind that cannot be read is a fault.
    """

    def __init__(
        self, root: Path, largest_file: int = LARGEST_FILE, reader: FileReader | None = None
    ) -> None:
        """``largest_file`` is in bytes; ``reader`` reads a file's bytes by its name. Nothing is
        read yet."""
        self.root = root
        self._reader = reader
        self._made_writer: FolderWriter | None = None
        self._below: Mapping[str, str] = {}
        """Paths of the articles in subfolders when all folders were last read, by slug."""
        self._several: Set[str] = frozenset()
        """The slugs that had several files then."""
        self._largest_file = largest_file

    @property
    def _writer(self) -> FolderWriter:
        if self._made_writer is None:
            from bot.sources.corpus.folder_writing import (
                FolderWriter,  # most questions write nothing
            )

            self._made_writer = FolderWriter(self.root, self._read_listing)
        return self._made_writer

    def holding(self) -> AbstractContextManager[None]:
        """Read the folder once, and keep the listing up to date with what is saved here, until the
        context ends: adding many articles then costs as much for each as adding one."""
        return self._writer.holding()

    def together(self) -> AbstractContextManager[None]:
        """Put saved files into the folder some at a time until the context ends, because a disk
        takes hardly longer for them than for one; at the end all of them are there."""
        return self._writer.batches.together()

    def exclusive(self) -> AbstractContextManager[None]:
        return self._writer.batches.exclusive()

    def save(self, slug: str, draft: Draft) -> str:
        return self._writer.save(slug, draft)

    def remove(self, slug: str) -> str:
        return self._writer.remove(slug)

    def sweep(self) -> None:
        self._writer.sweep()

    def list(self, slugs: Set[str] | None = None) -> Listing:
        held = None if self._made_writer is None else self._made_writer.held
        return self._read_listing(slugs) if held is None else held

    def _read_listing(self, slugs: Set[str] | None) -> Listing:
        versions: dict[str, Version] = {}
        faults: list[Fault] = []
        if slugs is not None and len(slugs) <= _FEW:
            slugs = self._look_up(slugs, versions, faults)
            if not slugs:
                return Listing(versions, faults)
        below: dict[str, str] = {}
        several: set[str] = set()
        for path, entry in self._files(faults):
            stem, suffix = os.path.splitext(entry.name)  # noqa: PTH122 - a Path for each of 50,000
            slug = as_slug(stem)
            if slugs is not None and slug not in slugs:
                continue
            try:
                version = self._version(path, entry, stem, suffix)
                if slug in versions:
                    several.add(slug)
                    raise ArticleError("file.namesake", path=printable(versions[slug].path))
                versions[slug] = version
                if "/" in path:
                    below[slug] = path
            except FileNotFoundError:
                continue  # deleted since the folder was read
            except ArticleError as error:
                faults.append(Fault(printable(path), error.problem))
        if slugs is None:
            self._below, self._several = below, several
        else:
            self._below = {**self._below, **below}
            self._several = self._several | several
        return Listing(versions, faults)

    def _look_up(
        self, slugs: Set[str], versions: dict[str, Version], faults: MutableSequence[Fault]
    ) -> Set[str]:
        """Find the files of these slugs where they are expected: in the folder itself, with every
        suffix, or where the last reading of all subfolders found them. Returns the slugs for which
        all folders must be read."""
        left = set(slugs & self._several)
        for slug in slugs - left:
            names = [slug + suffix for suffix in SUFFIXES] if can_be_slug(slug) else []
            found = [name for name in names if os.path.lexists(self.root / name)]
            if not found and slug in self._below:
                found = [self._below[slug]]
            if len(found) != 1:
                left.add(slug)
                continue
            file = _File(self.root / found[0])
            stem, suffix = os.path.splitext(file.name)  # noqa: PTH122
            try:
                versions[slug] = self._version(found[0], file, stem, suffix)
            except FileNotFoundError:
                left.add(slug)
            except ArticleError as error:
                faults.append(Fault(printable(found[0]), error.problem))
        return left

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        # what reads a file is loaded when one has to be read: most questions read none
        import hashlib

        from bot.sources.formats.file_reading import read_file
        from bot.sources.formats.markdown import article_of

        data = self._read(version)
        draft = (self._reader or read_file)(data, version.path)[0]
        return article_of(slug, draft), hashlib.sha256(data).hexdigest()

    def sha256(self, version: Version) -> str:
        import hashlib

        try:
            return hashlib.sha256(self._read(version)).hexdigest()
        except ArticleError:
            return ""

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        for slug, version in versions.items():
            with suppress(ArticleError):
                yield slug, self._read(version)

    def notices(self) -> Iterator[Fault]:
        """Yield what the heads of Markdown files were meant to say and do not; see
        `bot.sources.formats.front_matter.notices`. All of these files are read."""
        from bot.sources.formats.file_reading import decode
        from bot.sources.formats.front_matter import notices, split_front_matter

        versions = self.list().versions
        written = {
            slug: each for slug, each in versions.items() if kind_of(each.path) == "markdown"
        }
        for slug, data in self.contents(written):
            with suppress(ArticleError):  # it is a fault
                for problem in notices(split_front_matter(decode(data))[0]):
                    yield Fault(printable(versions[slug].path), problem)

    def _files(self, faults: MutableSequence[Fault]) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Yield all files with their paths relative to the root: those of a folder by name, then
        those of its subfolders; a subfolder that cannot be read is added to the faults."""
        folders = [""]
        while folders:
            inner = folders.pop(0)
            try:
                with os.scandir(self.root / inner) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                if inner:
                    if not isinstance(error, FileNotFoundError):  # not deleted since
                        problem = Problem("folder.unreadable", {"reason": str(error.strerror)})
                        faults.append(Fault(printable(inner), problem))
                    continue
                raise self._unreadable(error) from error
            for entry in entries:
                path = f"{inner}/{entry.name}" if inner else entry.name
                if entry.name.startswith(".") or entry.name.endswith("~") or path == ANSWERS_FILE:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path, entry

    def _unreadable(self, error: OSError) -> CorpusError:
        return CorpusError("corpus.unreadable", path=str(self.root), reason=str(error.strerror))

    def _version(
        self, path: str, entry: os.DirEntry[str] | _File, stem: str, suffix: str
    ) -> Version:
        """Return a file's version; raises `ArticleError` if it cannot be an article, and
        `FileNotFoundError` if it is gone."""
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if not target.startswith(os.path.realpath(self.root) + os.sep):
                raise ArticleError("file.leads_out")
            if not os.path.lexists(target):
                raise ArticleError("file.broken_link")
        try:
            status = entry.stat()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise ArticleError("file.unreadable", reason=str(error.strerror)) from error
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("file.irregular")
        if suffix.lower() not in SUFFIXES:
            kinds = tuple(sorted(SUFFIXES))
            if not suffix:
                raise ArticleError("file.without_suffix", kinds=kinds)
            raise ArticleError("file.kind", suffix=printable(suffix), kinds=kinds)
        if not can_be_slug(stem):
            raise ArticleError("file.name")
        if not is_unicode(path):
            raise ArticleError("folder.name")
        check_size(status.st_size, self._largest_file)
        return Version(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def _read(self, version: Version) -> bytes:
        path = self.root / version.path
        if self._made_writer is not None and path in self._made_writer.batches:
            self._made_writer.batches.settle()
        return read_regular_file(path, self._largest_file)


class _File:
    """A file by its path, as `os.scandir` gives those of a folder."""

    def __init__(self, path: Path) -> None:
        self.path = os.fspath(path)
        self.name = path.name

    def is_symlink(self) -> bool:
        return os.path.islink(self.path)  # noqa: PTH114

    def stat(self) -> os.stat_result:
        return os.stat(self.path)  # noqa: PTH116


def read_regular_file(path: Path, largest: int) -> bytes:
    """Return a file's bytes; raises `ArticleError` if it cannot be read, is a folder or a pipe, or
    has more than ``largest`` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    except OSError as error:
        raise ArticleError("file.unreadable", reason=str(error.strerror)) from error
    except ValueError as error:
        raise ArticleError("file.null_in_name") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("file.irregular")
        check_size(status.st_size, largest)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def check_size(size: int, largest: int) -> None:
    """Check a number of bytes; raises `ArticleError` if it is more than ``largest``."""
    if size > largest:
        raise ArticleError("file.size", most=largest / 1e6)
