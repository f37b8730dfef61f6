"""The bytes of a segment: in a file, which is read without being mapped, or in memory.

A file that is mapped kills its process where it is cut short, and shows every change of it to who
has checked it before. What is read here stays as it was read.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock


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
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = Lock()
        self.size = os.fstat(self._descriptor).st_size

    def read(self, start: int, size: int) -> bytes:
        """Return so many bytes from this offset on; fewer if the file is truncated. Raises
        `OSError`."""
        data = self._read(start, size)
        while 0 < len(data) < size:  # a system may give less at a time
            more = self._read(start + len(data), size - len(data))
            if not more:
                break
            data += more
        return data

    def _read(self, start: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, size, start)
        with self._lock:  # Windows has no pread
            os.lseek(self._descriptor, start, os.SEEK_SET)
            return os.read(self._descriptor, size)

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
