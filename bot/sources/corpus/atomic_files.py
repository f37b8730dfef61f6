"""Atomic writing of files, each of which is there as a whole or not at all, whatever happens
meanwhile; and folders that only their owner may enter."""

import os
import stat
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from bot.core.errors import CorpusError
from bot.core.named_tuple import NamedTuple

PART = r"\.[0-9a-f]{16}\.part"
"""A pattern of the names of files that are being written, and do not have their final name yet."""
_AT_A_TIME = 16
"""Number of files that are synced together: a disk takes hardly longer for them than for one."""


class UnnamedFile(NamedTuple):
    """A written file that does not have its name yet."""

    written: Path
    path: Path
    """Path of the finished file; a file of that name is replaced."""


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, with the missing ones above it. A folder of ours
    that exists is closed to others. Raises `OSError`."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and not missing and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        with suppress(PermissionError):
            folder.chmod(0o700)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all. It gets the permissions of the one that it replaces.
    Raises `CorpusError` if it cannot be written."""
    settle([write_part(path, data)])


def write_part(path: Path, data: bytes) -> UnnamedFile:
    """Write the content of the file of this path; `settle` gives it its name. Raises `CorpusError`
    if it cannot be written."""
    part = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        try:
            with part.open("xb") as file:
                if mode is not None:
                    os.fchmod(file.fileno(), mode)
                file.write(data)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(path, error) from error
    return UnnamedFile(part, path)


def settle(parts: Sequence[UnnamedFile]) -> None:
    """Give files their names, once the disk has their content, and wait until the disk has the
    names. Raises `CorpusError` for the first that fails; the others may or may not be there."""
    with ExitStack() as stack:
        for part in parts:
            stack.callback(part.written.unlink, missing_ok=True)
        if len(parts) == 1:
            _wait_for(parts[0].written, parts[0].path)
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(_AT_A_TIME, "writing") as executor:
                waited = executor.map(_wait_for, *zip(*parts, strict=True)) if parts else ()
                for _ in waited:
                    pass
        for part in parts:
            try:
                part.written.replace(part.path)
            except OSError as error:
                raise _unwritable(part.path, error) from error
    for folder in dict.fromkeys(part.path.parent for part in parts):
        _wait_for(folder, folder)


def _wait_for(file: Path, path: Path) -> None:
    """Wait until the disk has all of a file, or a folder's names; ``path`` is for errors."""
    try:
        descriptor = os.open(file, os.O_RDONLY if os.access(file, os.R_OK) else os.O_WRONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> CorpusError:
    return CorpusError("file.unwritable", path=str(path), reason=str(error.strerror))
