"""Batches: saving many articles, some at a time, while other writers are kept out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

from bot.sources.corpus.turns import Turns

_MOST = 200
"""Number of items that are written at a time."""
_Item = TypeVar("_Item")


class Batches(Generic[_Item]):
    """Saves items one by one, or `together` some at a time. Any thread may call it, but only one at
    a time while `together`."""

    def __init__(
        self,
        lock: Callable[[], AbstractContextManager[object]],
        begin: Callable[[], None],
        write: Callable[[Sequence[_Item]], None],
    ) -> None:
        """``lock`` keeps other writers out, and waits for them; ``begin`` is called once that is
        so; ``write`` writes items, at least one."""
        self._write = write
        self._items: dict[Hashable, _Item] | None = None
        self._turns = Turns(lock, begin, self.settle)

    def exclusive(self) -> AbstractContextManager[None]:
        return self._turns.turn(goes_on=self._items is not None)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write items some at a time until the context ends; at the end all are written."""
        self._items = {}
        try:
            yield
        finally:
            try:
                self._turns.end()
                self.settle()
            finally:
                self._items = None

    def add(self, key: Hashable, item: _Item) -> None:
        """Write an item, now or with others. It takes the place of one of the same key that is not
        written yet."""
        if self._items is None:
            self._write([item])
            return
        self._items[key] = item
        if len(self._items) >= _MOST:
            self.settle()

    def settle(self) -> None:
        """Write what is not written yet."""
        if self._items:
            items, self._items = self._items, {}
            self._write(list(items.values()))

    def __contains__(self, key: Hashable) -> bool:
        """Return whether an item of this key is not written yet."""
        return self._items is not None and key in self._items
