"""A copy of an index folder, for changes that are only tried."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.core.errors import StorageError
from bot.index.index_folder import FILE
from bot.index.read_connections import ReadConnections

_TRIES = 10


def copy_index(folder: Path, to: Path, fingerprint: str) -> bool:
    """Copy the index of one folder, as it is at one moment, into another that is empty; segments,
    which never change, are linked where both are on one disk. Return False, with nothing left that
    counts, if there is no whole index of this fingerprint: then one can be made anew. Raises
    `bot.core.errors.StorageError` if the copy cannot be written."""
    connections = ReadConnections(folder, fingerprint)
    try:
        for _ in range(_TRIES):
            _clear(to)
            try:
                with connections.view() as view:
                    if _copy(view.connection, folder, to):
                        return True
            except StorageError:  # there is none, or it is damaged
                break
        _clear(to)
    except (OSError, sqlite3.Error) as error:
        raise StorageError("index.unusable", folder=str(to), reason=str(error)) from error
    finally:
        connections.close()
    return False


def _copy(source: sqlite3.Connection, folder: Path, to: Path) -> bool:
    """Copy what a connection sees; False if a segment of it was merged into another meanwhile."""
    with closing(sqlite3.connect(to / FILE)) as target:
        source.backup(target)
        names = [str(name) for (name,) in target.execute("SELECT file FROM segment")]
    for name in names:
        try:
            os.link(folder / name, to / name)
        except FileNotFoundError:
            return False
        except OSError:  # on another disk, or one that knows no links
            shutil.copyfile(folder / name, to / name)
    return True


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
