"""Restoring what a back-up holds; see `bot.frontends.archive`.

An archive is checked before anything is put in its place.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from bot.core.errors import StorageError
from bot.frontends.archive import FORMAT, MANIFEST, NOT_KEPT, Summary, is_shared
from bot.wiring.temporary_folders import temporary_folder

_BLOCK = 1 << 20
"""Number of bytes that are written at a time."""
_COMPRESSED_BLOCK = 1 << 10
"""Number of compressed bytes that are looked at at a time: they may hold 32,000 times as many."""


def restore(archive: Path, parts: Mapping[str, Path], *, force: bool = False) -> Summary:
    """Check an archive, and put its parts in their places. What is there already is left alone,
    and nothing restored, unless ``force``: then it is moved aside, under the same name with
    ``.replaced`` and a number behind it.

    Raises `StorageError` if the file is no archive or a damaged one, or something is in the way.
    """
    _check_end(archive)
    with _opened(archive):  # what is no archive is refused before anything else is asked for
        pass
    in_the_way = [path for path in parts.values() if _holds_something(path)]
    if in_the_way and not force:
        raise StorageError("back_up.in_the_way", path=str(in_the_way[0]))
    scratch: dict[str, Path] = {}
    try:
        with contextlib.ExitStack() as folders:
            for name, path in parts.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                made = temporary_folder(f".{path.name}.restoring-", path.parent)
                scratch[name] = folders.enter_context(made) / "part"
            summary = _unpack(archive, scratch)
            for name, path in parts.items():
                if scratch[name].exists():
                    if _holds_something(path):
                        path.rename(_aside(path))
                    elif path.is_dir():
                        shutil.rmtree(path)  # it holds only what a running process needs
                    scratch[name].rename(path)
    except OSError as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError("back_up.unrestorable", path=str(archive), reason=reason) from error
    return summary


def _check_end(archive: Path) -> None:
    """Raise `StorageError` if a compressed file ends early. Its reader does not tell: it takes what
    there is for the whole."""
    import zstandard

    reading = zstandard.ZstdDecompressor().decompressobj()
    with contextlib.suppress(OSError, zstandard.ZstdError), archive.open("rb") as file:
        is_compressed = False
        while not reading.eof and (data := file.read(_COMPRESSED_BLOCK)):
            reading.decompress(data)
            is_compressed = True
        if is_compressed and not reading.eof:
            raise StorageError("back_up.cut_off", path=str(archive))


@contextlib.contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """Yield an archive to read. Raises `StorageError` if it is damaged, or no archive."""
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
    """Return the path to which a member is restored, always inside a part."""
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
        if is_shared(member.name):
            os.fchmod(file.fileno(), 0o600 | member.mode & 0o777)
    os.utime(target, (member.mtime, member.mtime))
    return digest.hexdigest()


def _give_modes(archive: Path, scratch: Mapping[str, Path], folders: object) -> None:
    """Give the articles' folders the modes that the manifest records; earlier ones record none."""
    for name, mode in folders.items() if isinstance(folders, dict) else ():
        if isinstance(mode, int) and is_shared(name):
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
        return any(not file.name.endswith(NOT_KEPT) for file in path.iterdir())
    return path.exists()


def _aside(path: Path) -> Path:
    number = 1
    while (other := path.with_name(f"{path.name}.replaced{number}")).exists():
        number += 1
    return other
