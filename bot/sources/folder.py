"""The corpus folder: the articles as files, which is the truth of which every index is a copy."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.core.address import FORBIDDEN_IN_SLUGS
from bot.core.article import Article, Draft, Version
from bot.core.errors import AddressError, ArticleError, CorpusError
from bot.core.seams import Fault, Listing
from bot.sources.front_matter import write_front_matter
from bot.sources.markdown import article_of
from bot.sources.reading import READERS, read_file

LARGEST_FILE = 20_000_000
"""Bytes; a longer book than any, and what a small machine can still read."""


_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Not to wait for whoever would write into a pipe."""


class CorpusFolder:
    """Implements `bot.core.seams.ArticleStore` over a folder and its subfolders.

    A file's name without its suffix is the article's slug. Hidden files are passed over; a link
    that leads out of the folder, a pipe, or a file of a kind that cannot be read is a fault.
    """

    def __init__(self, root: Path, largest_file: int = LARGEST_FILE) -> None:
        """``largest_file`` in bytes. Nothing is read yet."""
        self.root = root
        self._largest_file = largest_file

    def list(self) -> Listing:
        versions: dict[str, Version] = {}
        faults: list[Fault] = []
        for path, entry in self._files():
            reason = self._why_not(entry)
            slug = unicodedata.normalize("NFC", Path(entry.name).stem)
            if reason is None and slug in versions:
                other = printable(versions[slug].path)
                reason = f"an article of that name is there already ({other}); rename one of them"
            if reason is not None:
                faults.append(Fault(printable(path), reason))
                continue
            with suppress(FileNotFoundError):  # deleted since the folder was read
                status = entry.stat()
                versions[slug] = Version(
                    path, status.st_size, status.st_mtime_ns, status.st_ctime_ns
                )
        return Listing(versions, faults)

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        data = self._read(version)
        draft = read_file(data, version.path)[0]
        return article_of(slug, draft), hashlib.sha256(data).hexdigest()

    def digest(self, version: Version) -> str:
        try:
            return hashlib.sha256(self._read(version)).hexdigest()
        except ArticleError:
            return ""

    def save(self, slug: str, draft: Draft) -> str:
        body = draft.body.strip("\n")
        text = write_front_matter(draft.head, draft.pages) + f"\n{body}\n"
        old = self.list().versions.get(slug)
        path = self.root / f"{slug}.md"
        if old is not None and old.path.lower().endswith((".md", ".markdown")):
            path = self.root / old.path
        write_whole(path, text.encode())
        if old is not None and self.root / old.path != path:
            (self.root / old.path).unlink(missing_ok=True)
        return str(path)

    def remove(self, slug: str) -> str:
        version = self.list().versions.get(slug)
        if version is None:
            raise AddressError(f"there is no article {slug!r}; `articles` lists them")
        path = self.root / version.path
        try:
            path.unlink()
        except OSError as error:
            raise CorpusError(f"{path}: cannot be removed ({error.strerror})") from error
        return str(path)

    def _files(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """All files with their paths relative to the root: those of a folder by name, then those
        of its subfolders."""
        folders = [""]
        while folders:
            inner = folders.pop(0)
            try:
                with os.scandir(self.root / inner) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                if inner:
                    continue  # a subfolder that was deleted since, or that is not ours to read
                raise CorpusError(
                    f"{self.root}: the folder of articles cannot be read ({error.strerror}); "
                    "make it, or name another with --corpus DIR"
                ) from error
            for entry in entries:
                path = f"{inner}/{entry.name}" if inner else entry.name
                if entry.name.startswith(".") or entry.name.endswith("~"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path, entry

    def _why_not(self, entry: os.DirEntry[str]) -> str | None:
        stem, suffix = os.path.splitext(entry.name)  # noqa: PTH122 - a Path for each of 50,000
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if not target.startswith(os.path.realpath(self.root) + os.sep):
                return "it is a link that leads out of the folder; copy the file instead"
        if not entry.is_file():
            return "it is no regular file"
        if suffix.lower() not in READERS:
            kinds = ", ".join(sorted(READERS))
            kind = f"a {printable(suffix)} file" if suffix else "a file without a suffix"
            return f"{kind} cannot be read as an article; these can: {kinds}"
        if not stem.isprintable() or any(char in FORBIDDEN_IN_SLUGS for char in stem):
            return "its name holds a character that cannot stand in an address; rename it"
        return None

    def _read(self, version: Version) -> bytes:
        return read_regular_file(self.root / version.path, self._largest_file)


def read_regular_file(path: Path, largest: int) -> bytes:
    """A file's bytes; raises `ArticleError` where it cannot be read, is a folder or a pipe, or has
    more than ``largest`` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError(f"it cannot be read ({reason})") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("it is no regular file")
        if status.st_size > largest:
            raise ArticleError(
                f"it has {status.st_size / 1e6:.0f} MB, more than the "
                f"{largest / 1e6:.0f} MB of [corpus] largest_file_mb"
            )
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, whatever happens meanwhile.
    Raises `CorpusError` where it cannot be written."""
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=".", suffix=".part", delete=False
        ) as part:
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                os.chmod(part.name, 0o644)  # noqa: PTH101
                os.replace(part.name, path)  # noqa: PTH105
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(part.name)  # noqa: PTH108
                raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise CorpusError(f"{path}: cannot be written ({error.strerror})") from error


def printable(text: str) -> str:
    """A file name as it can be shown: what is not printable is escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode()
        for char in text
    )
