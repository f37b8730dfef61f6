"""Turns at a store that several processes write to: who has one chooses names that nobody else
takes meanwhile."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

_LONGEST = 1.0
"""Seconds after which a turn that goes on over several saves ends with the next of them."""
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


class Turns:
    """One writer's turns. To be used from one thread at a time where turns go on; else from any."""

    def __init__(
        self,
        lock: Callable[[], AbstractContextManager[object]],
        begin: Callable[[], None],
        settle: Callable[[], None],
    ) -> None:
        """``lock`` keeps other writers out, and waits for them; ``begin`` is called once that is
        so, ``settle`` before they are let in again, where a turn went on over several saves."""
        self._lock = lock
        self._begin = begin
        self._settle = settle
        self._held: ExitStack | None = None
        self._began = 0.0

    @contextmanager
    def turn(self, *, goes_on: bool) -> Iterator[None]:
        """Have a turn until the context ends, or, where it ``goes_on``, for about a second: the
        contexts in it then share one, which `end` ends."""
        if self._held is None:
            with ExitStack() as stack:
                stack.enter_context(self._lock())
                self._begin()
                if not goes_on:
                    yield
                    return
                self._held, self._began = stack.pop_all(), time.monotonic()
        yield
        if time.monotonic() - self._began >= _LONGEST:
            self.end()

    def end(self) -> None:
        """Settle what was saved, and let others write. Does nothing where no turn goes on."""
        held, self._held = self._held, None
        if held is not None:
            with held:
                self._settle()
