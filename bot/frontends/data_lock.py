"""The lock on a data folder, which lets one process answer with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bot.core.errors import StorageError

LOCK_FILE = "run.lock"


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder as its only `run` until the context ends. Raises `StorageError` if there
    is another."""
    from filelock import FileLock, Timeout

    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(data / LOCK_FILE, mode=0o600)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise StorageError("data.in_use", path=str(data)) from error
    except OSError as error:
        raise StorageError("data.unwritable", path=str(data), reason=str(error.strerror)) from error
    try:
        yield
    finally:
        lock.release()
