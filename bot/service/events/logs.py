"""The log, as a subscriber to the stream of events: one line an event.

Errors are handed to the log as they are; the front-end that writes the log says them in words.
"""

from __future__ import annotations

import logging
import threading

from bot.core.errors import BotError, Problem, UnfinishedIndexError
from bot.service.events.event_types import (
    Added,
    Asked,
    Changed,
    Erased,
    Event,
    Failed,
    Refreshed,
    Removed,
    Skipped,
)

ONE_BY_ONE = 10
"""Number of changes of one kind that are named; if more come at once, their number is logged."""
_VERBS = {Added: "added", Changed: "changed", Removed: "removed"}
_log = logging.getLogger("bot")


class Log:
    """Writes what an operator should know: which articles were added, changed, removed and skipped,
    what failed, and questions, where they may be kept. May be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes: dict[str, list[str]] = {}
        self._skipped: list[tuple[str, Problem]] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Added | Changed | Removed):
            with self._lock:
                self._changes.setdefault(_VERBS[type(event)], []).append(ascii(event.slug)[1:-1])
        elif isinstance(event, Skipped):
            path = ascii(event.tenant.prefix + event.path)[1:-1]
            with self._lock:
                self._skipped.append((path, event.problem))
        elif isinstance(event, Refreshed):
            self._tell_changes()
        elif isinstance(event, Failed) and isinstance(event.error, UnfinishedIndexError):
            _log.info("%s waits: %s", event.what, event.error)  # whoever makes it goes on
        elif isinstance(event, Failed):
            # where an error's one line says what to do, there is no traceback
            trace = None if isinstance(event.error, BotError) else event.error
            _log.error(
                "[%s] %s failed: %s", event.reference, event.what, event.error, exc_info=trace
            )
        elif isinstance(event, Asked) and event.question is not None:
            _log.info("question in %s: %a", event.tenant.name or "private", event.question)
        elif isinstance(event, Erased):
            _log.info("erased the articles of %s", event.tenant.name)

    def _tell_changes(self) -> None:
        with self._lock:
            changes, self._changes = self._changes, {}
            skipped, self._skipped = self._skipped, []
        for verb, slugs in changes.items():
            if len(slugs) > ONE_BY_ONE:
                _log.info("%s %d articles", verb, len(slugs))
            else:
                for slug in slugs:
                    _log.info("%s %s", verb, slug)
        for path, problem in skipped[:ONE_BY_ONE]:
            _log.warning("skipped %s: %s", path, problem)
        if len(skipped) > ONE_BY_ONE:
            _log.warning("skipped %d more files; `check` names them", len(skipped) - ONE_BY_ONE)
