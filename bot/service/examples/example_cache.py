"""Example questions that are kept for a while: to find them, dozens of questions are asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.service.answers.answering import Answering
from bot.service.events.event_types import Added, Changed, Erased, Event, KeptForQuestion, Removed
from bot.service.examples.example_questions import examples
from bot.service.tenants import EVERYONE, Tenant

_FRESH_SECONDS = 300.0
"""Seconds for which examples are kept: another process may have changed the articles."""
_MOST = 1000
"""Lists of examples that are kept, those that were asked for last."""


class ExampleCache:
    """A subscriber to events that keeps tenants' example questions until articles change. Any
    thread may use it."""

    def __init__(
        self, answering: Answering, number: int, clock: Callable[[], float], *, most: int = _MOST
    ) -> None:
        """``number`` is that of the examples, ``most`` that of the lists kept; ``clock`` gives
        seconds and is monotonic."""
        self._shelves = answering.shelves
        self._number = number
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._found: dict[tuple[Tenant, str], tuple[float, list[str]]] = {}
        """The examples of each tenant for readers of each language, and when they were found."""
        self._changes = 0
        answering.events.subscribe(self)

    def __call__(self, event: Event) -> None:
        if isinstance(event, Added | Changed | Removed | Erased | KeptForQuestion):
            with self._lock:
                self._changes += 1
                changed = event.tenant
                self._found = {
                    (tenant, language): kept
                    for (tenant, language), kept in self._found.items()
                    if EVERYONE != changed != tenant
                }

    def of(self, tenant: Tenant, language: str = "") -> list[str]:
        """Return a tenant's example questions for readers of a language, as
        `example_questions.examples` finds them. Reads files: call it from a worker thread."""
        key = tenant, language
        with self._lock:
            when, found = self._found.get(key, (0.0, None))
            changes = self._changes
        if found is not None and self._clock() - when < _FRESH_SECONDS:
            return found
        found = examples(self._shelves, tenant, self._number, language)
        with self._lock:
            if changes == self._changes:
                self._found.pop(key, None)
                if len(self._found) >= self._most:
                    del self._found[next(iter(self._found))]
                self._found[key] = self._clock(), found
        return found
