"""The bytes of a segment, in a file or in memory, and a cache of what was read of them.

Nothing is mapped: a mapped file that is cut short ends the process, and one that is changed changes
after it was checked. What is read here stays as it was read.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path
from threading import Lock

from bot.core.light_typing import Generic, TypeVar


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


_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class RecentlyRead(Generic[_Key, _Value]):
    """A cache of values by key, of which the least recently used are dropped. Safe for any number
    of threads."""

    def __init__(self, most: int) -> None:
        """Keep ``most`` bytes."""
        self._most = most
        self._size = 0
        self._held: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """Return the value of this key, where it is kept."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def keep(self, key: _Key, value: _Value, size: int) -> None:
        """Keep a value and the number of bytes that it takes."""
        with self._lock:
            before = self._held.pop(key, None)
            if before is not None:
                self._size -= before[1]
            self._held[key] = value, size
            self._size += size
            while self._size > self._most:
                _, (_, gone) = self._held.popitem(last=False)
                self._size -= gone
