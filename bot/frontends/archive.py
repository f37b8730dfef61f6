"""Back-ups: one compressed archive of everything that cannot be rebuilt.

    manifest.json     the archive's format, who made it, each file's SHA-256, and the modes of the
                      articles' folders; the last member
    corpus/...        the articles
    data/...          the servers' articles, the records and the keys
    state/feeds.json  what was taken from feeds

SQLite files are copied by SQLite's own back-up, so that an archive made while the bot runs is
consistent. What is restored is checked before anything is put in its place.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import stat
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from bot import __version__
from bot.core.errors import StorageError

FORMAT = 1
MANIFEST = "manifest.json"
_LEVEL = 10
_BLOCK = 1 << 20
_SHARED = "corpus"
"""The part whose files and folders keep their modes; all else is its owner's alone."""
_NOT_KEPT = (".lock", "-wal", "-shm", "-journal", ".damaged")
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
    unfinished = archive.with_name(f".{archive.name}.{os.getpid()}.unfinished")
    try:
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
        raise StorageError("back_up.unmakeable", path=str(archive), reason=str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Summary(len(digests), size, __version__, made)


def restore(archive: Path, parts: Mapping[str, Path], *, force: bool = False) -> Summary:
    """Check an archive, and put its parts in their places. What is there already is left alone,
    and nothing restored, unless ``force``: then it is moved aside, under the same name with
    ``.replaced`` and a number behind it.

    Raises `StorageError` if the archive is none, is damaged, or something is in the way.
    """
    with _opened(archive):  # what is no archive is refused before anything else is asked for
        pass
    in_the_way = [path for path in parts.values() if _holds_something(path)]
    if in_the_way and not force:
        raise StorageError("back_up.in_the_way", path=str(in_the_way[0]))
    scratch: dict[str, Path] = {}
    try:
        for name, path in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = tempfile.mkdtemp(prefix=f".{path.name}.restoring-", dir=path.parent)
            scratch[name] = Path(made) / "part"
        summary = _unpack(archive, scratch)
        for name, path in parts.items():
            if scratch[name].exists():
                if _holds_something(path):
                    path.rename(_aside(path))
                elif path.is_dir():
                    shutil.rmtree(path)  # it holds only what a running process needs
                scratch[name].rename(path)
    except OSError as error:
        raise StorageError("back_up.unrestorable", path=str(archive), reason=str(error)) from error
    finally:
        for path in scratch.values():
            shutil.rmtree(path.parent, ignore_errors=True)
    return summary


def _files(parts: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for name, path in parts.items():
        if path.is_file():
            yield name, path
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                kept = not file.name.endswith(_NOT_KEPT) and not file.is_symlink()
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
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
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
    info.mode = status.st_mode & (0o777 if _is_shared(name) else 0o600)
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


def _is_shared(name: str) -> bool:
    """Return whether a name in the archive is that of something whose mode is kept."""
    return PurePosixPath(name).parts[:1] == (_SHARED,)


@contextlib.contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """Yield an archive to read; what is no archive, or is damaged, is a `StorageError`."""
    import zstandard

    try:
        file = archive.open("rb")
    except OSError as error:
        raise StorageError(
            "back_up.unreadable", path=str(archive), reason=str(error.strerror)
        ) from error
    try:
        with (
            file,
            zstandard.ZstdDecompressor().stream_reader(file) as plain,
            tarfile.open(fileobj=plain, mode="r|") as tar,
        ):
            yield tar
    except (zstandard.ZstdError, tarfile.TarError, ValueError, EOFError) as error:
        raise StorageError("back_up.no_back_up", path=str(archive), reason=str(error)) from error


def _unpack(archive: Path, scratch: Mapping[str, Path]) -> Summary:
    digests: dict[str, str] = {}
    size = 0
    manifest = None
    with _opened(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is None:
                raise StorageError("back_up.no_file", path=str(archive), name=member.name)
            if member.name == MANIFEST:
                manifest = json.loads(content.read())
                continue
            target = _target(archive, member.name, scratch)
            digests[member.name] = _write(content, target, member)
            size += member.size
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise StorageError("back_up.other_format", path=str(archive))
    if manifest.get("files") != digests:
        raise StorageError("back_up.changed", path=str(archive))
    for path in scratch.values():
        _check_databases(archive, path)
    _give_modes(archive, scratch, manifest.get("folders"))
    return Summary(len(digests), size, str(manifest.get("version")), str(manifest.get("made")))


def _target(archive: Path, name: str, scratch: Mapping[str, Path]) -> Path:
    """Return where a member goes; never anywhere else than into a part."""
    pure = PurePosixPath(name)
    for part, path in scratch.items():
        if name == part:
            return path
        if name.startswith(f"{part}/") and not pure.is_absolute() and ".." not in pure.parts:
            return path / pure.relative_to(part)
    raise StorageError("back_up.stranger", path=str(archive), name=name)


def _write(content: IO[bytes], target: Path, member: tarfile.TarInfo) -> str:
    for folder in reversed([each for each in target.parents if not each.exists()]):
        folder.mkdir(mode=0o700)
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while data := content.read(_BLOCK):
            digest.update(data)
            file.write(data)
        if _is_shared(member.name):
            os.fchmod(file.fileno(), 0o600 | member.mode & 0o777)
    os.utime(target, (member.mtime, member.mtime))
    return digest.hexdigest()


def _give_modes(archive: Path, scratch: Mapping[str, Path], folders: object) -> None:
    """Give the articles' folders the modes that the manifest records; earlier ones record none."""
    for name, mode in folders.items() if isinstance(folders, dict) else ():
        if isinstance(mode, int) and _is_shared(name):
            folder = _target(archive, name, scratch)
            if folder.is_dir():  # one without a file in it is not restored
                folder.chmod(0o700 | mode & 0o777)


def _check_databases(archive: Path, path: Path) -> None:
    for file in path.rglob("*.sqlite3") if path.is_dir() else ():
        database = sqlite3.connect(file)
        try:
            found = database.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.Error as error:
            raise StorageError(
                "back_up.damaged_database", path=str(archive), name=file.name, reason=str(error)
            ) from error
        finally:
            database.close()
        if found != ("ok",):
            raise StorageError("back_up.damaged_file", path=str(archive), name=file.name)


def _holds_something(path: Path) -> bool:
    if path.is_dir():
        return any(not file.name.endswith(_NOT_KEPT) for file in path.iterdir())
    return path.exists()


def _aside(path: Path) -> Path:
    number = 1
    while (other := path.with_name(f"{path.name}.replaced{number}")).exists():
        number += 1
    return other
