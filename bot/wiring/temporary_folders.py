"""Folders for files that are needed while a process runs, and for no longer.

A folder is locked for as long as a process uses it, so that the next one can tell, and remove, what
a killed process left.
"""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def temporary_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder that only this user can read. It is removed when the context ends or,
    if the process is killed, by the next call; processes forked from this one count as using it.

    ``prefix`` begins its name, and the name of no other folder in ``parent``, by default the folder
    of temporary files. Raises `OSError` if it cannot be made.
    """
    parent = parent or Path(tempfile.gettempdir())
    for left in parent.glob(f"{glob.escape(prefix)}*"):
        _remove_unless_used(left)
    made = Path(tempfile.mkdtemp(prefix=f".{prefix}", dir=parent))
    hold = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    folder = made.with_name(made.name[1:])
    try:
        with suppress(OSError):  # a file system without locks; there nothing is ever taken for left
            fcntl.flock(hold, fcntl.LOCK_SH)
        made.rename(folder)  # by this name it would have been removed while it was not locked
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(hold)


def _remove_unless_used(folder: Path) -> None:
    """Remove a folder that no process holds. Another user's is left alone."""
    try:
        found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        if os.fstat(found).st_uid == os.geteuid():
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return
    finally:
        os.close(found)
