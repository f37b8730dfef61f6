"""A lock on a folder, among all processes and threads: held while a name is chosen in it."""

from __future__ import annotations

import errno

_UNSUPPORTED = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def lock_folder(descriptor: int) -> None:
    """Wait until nobody else holds the lock of an open folder, and hold it until the descriptor is
    closed, or the process ends. The lock is the folder itself, so nothing lies in it for that; a
    file system that knows no locks gives none."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
