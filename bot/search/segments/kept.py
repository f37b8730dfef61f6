"""A cache of recently read data, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

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
