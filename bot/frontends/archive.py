"""Back-ups: one compressed archive of everything that cannot be rebuilt.

    manifest.json     the archive's format, who made it, each file's SHA-256, and the modes of the
                      articles' folders; the last member
    corpus/...        the articles
    data/...          the servers' articles, the records and the keys
    state/feeds.json  what was taken from feeds

SQLite files are copied by SQLite's own back-up, so that an archive made while the bot runs is
consistent, without the key under which people have names today.
`bot.frontends.archive_restoring` reads archives.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import stat
import tarfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from bot import __version__
from bot.core.errors import StorageError
from bot.service.records.asker_names import erase_keys
from bot.wiring.temporary_folders import temporary_folder

FORMAT = 1
MANIFEST = "manifest.json"
_LEVEL = 10
_SHARED = "corpus"
"""The part whose files and folders keep their modes; all else is its owner's alone."""
NOT_KEPT = (".lock", "-wal", "-shm", "-journal", ".damaged")
"""Suffixes of files that only a running process needs."""


class Summary(NamedTuple):
    """The content of an archive."""

    files: int
    bytes: int
    version: str
    """Version of the program that made it."""
    made: str
    """Time at which it was made, in RFC 3339."""


def back_up(parts: Mapping[str, Path], archive: Path, *, force: bool = False) -> Summary:
    """Write an archive of these parts, each a file or a folder under the name that it has in there;
    missing ones are left out. The archive is written whole or not at all, and is its owner's alone;
    a file of its name is replaced only with ``force``.

    Raises `StorageError` if something cannot be read or written, or is in the way.
    """
    import zstandard

    if not archive.parent.is_dir():
        raise StorageError("back_up.no_folder", path=str(archive.parent))
    if archive.is_dir():
        raise StorageError("back_up.is_folder", path=str(archive))
    if archive.exists() and not force:
        raise StorageError("back_up.exists", path=str(archive))

    made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    digests: dict[str, str] = {}
    size = 0
    try:
        with temporary_folder(f".{archive.name}.unfinished-", archive.parent) as folder:
            unfinished = folder / "archive"
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                compressing = zstandard.ZstdCompressor(_LEVEL).stream_writer(file, closefd=False)
                with compressing, tarfile.open(fileobj=compressing, mode="w|") as tar:
                    for name, path in _files(parts):
                        with _copied(path) as (source, info_of):
                            digests[name] = _add(tar, name, source, info_of)
                            size += info_of.st_size
                    manifest = {"format": FORMAT, "version": __version__, "made": made,
                                "files": digests, "folders": _folder_modes(parts)}  # fmt: skip
                    data = json.dumps(manifest, indent=1).encode("utf-8", "surrogatepass")
                    info = tarfile.TarInfo(MANIFEST)
                    info.size = len(data)
                    tar.addfile(info, io.BytesIO(data))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(archive)
    except (OSError, sqlite3.Error, tarfile.TarError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError("back_up.unmakeable", path=str(archive), reason=reason) from error
    return Summary(len(digests), size, __version__, made)


def _files(parts: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for name, path in parts.items():
        if path.is_file():
            yield name, path
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                kept = not file.name.endswith(NOT_KEPT) and not file.is_symlink()
                if kept and file.is_file():
                    yield f"{name}/{file.relative_to(path).as_posix()}", file


def _folder_modes(parts: Mapping[str, Path]) -> dict[str, int]:
    """Return the modes of the folders that others may read, by their names in the archive."""
    top = parts.get(_SHARED)
    if top is None or not top.is_dir():
        return {}
    folders = [top, *(each for each in sorted(top.rglob("*")) if each.is_dir())]
    return {
        (PurePosixPath(_SHARED) / folder.relative_to(top).as_posix()).as_posix(): stat.S_IMODE(
            folder.stat().st_mode
        )
        for folder in folders
        if folder == top or not folder.is_symlink()
    }


@contextlib.contextmanager
def _copied(path: Path) -> Iterator[tuple[IO[bytes], os.stat_result]]:
    """Yield a file to read; of a database, a copy that no process writes to."""
    if path.suffix != ".sqlite3":
        with path.open("rb") as file:
            yield file, os.fstat(file.fileno())
        return
    with temporary_folder("articlebot-backup-") as folder:
        copy = folder / "copy.sqlite3"
        source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
            erase_keys(target)
        finally:
            source.close()
            target.close()
        with copy.open("rb") as file:
            yield file, os.fstat(file.fileno())


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], status: os.stat_result) -> str:
    """Put a file into the archive; returns its SHA-256."""
    info = tarfile.TarInfo(name)
    info.size = status.st_size
    info.mtime = int(status.st_mtime)
    info.mode = status.st_mode & (0o777 if is_shared(name) else 0o600)
    reading = _Digesting(source)
    tar.addfile(info, reading)
    return reading.digest.hexdigest()


class _Digesting:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def is_shared(name: str) -> bool:
    """Return whether a name in the archive is that of something whose mode is kept."""
    return PurePosixPath(name).parts[:1] == (_SHARED,)
