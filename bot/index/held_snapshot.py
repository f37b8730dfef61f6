"""A snapshot of an index that is being made anew, for the questions that come meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

from bot.core.errors import StorageError
from bot.index.shelf_snapshot import IndexSnapshot


class HeldSnapshot:
    """Keeps a snapshot open, whose files may be deleted meanwhile, and lends it to one thread at a
    time. Safe for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        """Held for as long as a question lasts."""
        self._held: IndexSnapshot | None = None

    @contextmanager
    def holding(
        self, open_snapshot: Callable[[], AbstractContextManager[IndexSnapshot]]
    ) -> Iterator[None]:
        """Hold a snapshot until the context ends, if one can be opened."""
        stack = ExitStack()
        try:
            with suppress(StorageError):
                self._held = stack.enter_context(open_snapshot())
            yield
        finally:
            with self._lock:
                self._held = None
            with suppress(StorageError):  # it was told to who borrowed it
                stack.close()

    @contextmanager
    def borrowed(self) -> Iterator[IndexSnapshot | None]:
        """Lend what is held; None if nothing is. Raises `bot.core.errors.DamagedIndexError` at the
        end if what was read cannot be trusted."""
        with self._lock:
            held = self._held
            if held is not None:
                yield IndexSnapshot(held.catalogue, held.engine, held.identity, check=held.check)
                held.check()
                return
        yield None
