"""The log, as a subscriber to the stream of events."""

from __future__ import annotations

import logging

from bot.core.errors import BotError
from bot.service.events import Asked, Event, Failed, Skipped

_log = logging.getLogger("bot")


class Log:
    """Writes what an operator should know: files that are skipped, what failed, and questions,
    where they may be kept."""

    def __call__(self, event: Event) -> None:
        if isinstance(event, Failed):
            # where an error's one line says what to do, there is no traceback
            trace = None if isinstance(event.error, BotError) else event.error
            _log.error(
                "[%s] %s failed: %s", event.reference, event.what, event.error, exc_info=trace
            )
        elif isinstance(event, Asked) and event.question is not None:
            _log.info("question in %s: %a", event.tenant.name or "private", event.question)
        elif isinstance(event, Skipped):
            _log.warning("skipped %s: %s", ascii(event.tenant.prefix + event.path), event.reason)
