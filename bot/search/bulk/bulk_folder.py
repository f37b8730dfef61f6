"""The folder of the files that are made while much is indexed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import StorageError
from bot.index.index_folder import BULK_LOCK


@contextmanager
def bulk_folder(index: Path) -> Iterator[Path]:
    """Make a folder for segments inside an index folder, as the only process that has one there.
    Raises `StorageError`, also in place of an `OSError` of what is done in it."""
    import shutil

    from filelock import FileLock

    folder = index / "bulk"
    lock = FileLock(index / BULK_LOCK)
    try:
        lock.acquire()
        shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
        folder.mkdir()
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield folder
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError("index.unwritable", folder=str(folder), reason=str(error.strerror))
