"""Example questions that are kept for a while: to find them, dozens of questions are asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.service.answering import Answering
from bot.service.events import Added, Changed, Erased, Event, KeptForQuestion, Removed
from bot.service.examples import examples
from bot.service.tenants import EVERYONE, Tenant

_FRESH_SECONDS = 300.0
"""Seconds for which examples are kept: another process may have changed the articles."""
_MOST = 1000
"""Tenants whose examples are kept, those that asked for them last."""


class ExampleCache:
    """A subscriber to events that keeps tenants' example questions until articles change. Any
    thread may use it."""

    def __init__(
        self,
        answering: Answering,
        number: int,
        clock: Callable[[], float],
        *,
        most: int = _MOST,
    ) -> None:
        """``number`` is that of the examples, ``most`` that of the tenants; ``clock`` gives
        seconds and is monotonic."""
        self._shelves = answering.shelves
        self._number = number
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._found: dict[Tenant, tuple[float, list[str]]] = {}
        self._changes = 0
        answering.events.subscribe(self)

    def __call__(self, event: Event) -> None:
        if isinstance(event, Added | Changed | Removed | Erased | KeptForQuestion):
            with self._lock:
                self._changes += 1
                if event.tenant == EVERYONE:
                    self._found.clear()
                else:
                    self._found.pop(event.tenant, None)

    def of(self, tenant: Tenant) -> list[str]:
        """Return a tenant's example questions; see `bot.service.examples.examples`. Reads files:
        call it from a worker thread."""
        with self._lock:
            when, found = self._found.get(tenant, (0.0, None))
            changes = self._changes
        if found is not None and self._clock() - when < _FRESH_SECONDS:
            return found
        found = examples(self._shelves, tenant, self._number)
        with self._lock:
            if changes == self._changes:
                self._found.pop(tenant, None)
                if len(self._found) >= self._most:
                    del self._found[next(iter(self._found))]
                self._found[tenant] = self._clock(), found
        return found
