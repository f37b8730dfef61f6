"""Repairs of one index: begun where damage is found, in a thread of their own, and waited for; and
the snapshot that answers questions meanwhile, of an index whose articles are undamaged."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

from bot.core.errors import BotError, IndexBusyError, StorageError
from bot.index.shelf_snapshot import IndexSnapshot

_PAUSE = 5.0
"""Seconds after which a repair that failed is tried again."""
_SERIES = 60.0
"""Seconds without a repair after which the next one begins a new series."""


class Repairs:
    """Runs one repair at a time. Safe for any number of threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds and is monotonic."""
        self._clock = clock
        self._lock = threading.Lock()
        """Held for a moment, to begin a repair or to note its end."""
        self._under_way: threading.Event | None = None
        """Set when the repair that is under way has ended."""
        self._not_before = -_PAUSE
        self._began = self._ended = -_SERIES
        """The beginning of the first and the end of the last repair of the current series, in which
        one follows the other without a pause."""

    @property
    def under_way(self) -> threading.Event | None:
        """The repair that is under way: an event that is set at its end."""
        return self._under_way

    def begin(self, repair: Callable[[], object]) -> None:
        """Start a repair, unless one is under way or the last one has just failed. A `BotError`
        that it raises is logged."""
        with self._lock:
            now = self._clock()
            if self._under_way is not None or now < self._not_before:
                return
            if now - self._ended >= _SERIES:
                self._began = now
            self._under_way = threading.Event()
        # a process that asks once need not wait for its end: finished work is kept
        threading.Thread(
            target=self._do, args=(repair, self._under_way), name="repair", daemon=True
        ).start()

    def wait(self, patience: float) -> bool:
        """Wait for the repair that is under way, if there is one, until ``patience`` seconds after
        the first of its series began; return False if it goes on. So damage that comes again and
        again keeps nobody waiting."""
        repair = self._under_way
        if repair is None:
            return True
        return repair.wait(max(0.0, self._began + patience - self._clock()))

    def _do(self, repair: Callable[[], object], done: threading.Event) -> None:
        try:
            repair()
        except BotError as error:
            import logging

            self._not_before = self._clock() + _PAUSE
            # whoever keeps the index busy is making it
            level = logging.INFO if isinstance(error, IndexBusyError) else logging.WARNING
            logging.getLogger(__name__).log(level, "%s", error)
        finally:
            with self._lock:
                self._under_way = None
                self._ended = self._clock()
            done.set()


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
