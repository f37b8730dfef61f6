"""The bytes of a segment: in a file, which is read without being mapped, or in memory.

Nothing is mapped: a mapped file that is cut short ends the process, and one that is changed changes
after it was checked. What is read here stays as it was read.
"""

from __future__ import annotations

import os
from pathlib import Path


class InMemory:
    """Bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        return len(self._data)

    def read(self, start: int, size: int) -> bytes:
        return self._data[start : start + size]


class InFile:
    """A file, open for as long as this is. Safe for any number of threads."""

    def __init__(self, path: Path) -> None:
        """Raises `OSError`."""
        self._descriptor = -1
        self._descriptor = os.open(path, os.O_RDONLY)
        self.size = os.fstat(self._descriptor).st_size

    def read(self, start: int, size: int) -> bytes:
        """Return ``size`` bytes from the offset ``start`` on; fewer if the file is truncated.
        Raises `OSError`."""
        data = os.pread(self._descriptor, size, start)
        while 0 < len(data) < size:  # a system may give less at a time
            more = os.pread(self._descriptor, size - len(data), start + len(data))
            if not more:
                break
            data += more
        return data

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
