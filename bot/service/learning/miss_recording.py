"""Recording of misses, as a subscriber to the stream of events.

What is recorded is made by `bot.service.answers.misses`, and read by `bot.service.learning.gaps`.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from bot.core.errors import BotError
from bot.service.events.event_types import Event, Unanswered
from bot.service.records import retention

if TYPE_CHECKING:
    from bot.service.records import Records
    from bot.service.records.records_thread import RecordsThread

MOST_OF_ONE = 100
"""Misses of one person that are kept on one day: nobody drives out those of all others."""
_MOST_NAMES = 10_000
"""People whose misses are counted at a time."""
TIDY_EVERY = 1000
"""Misses after which old ones are erased."""
_log = logging.getLogger("bot")


class MissRecorder:
    """A subscriber to events that records misses. May be called from any thread, and waits for no
    record to be written."""

    def __init__(self, records: RecordsThread, retention_days: Callable[[], float]) -> None:
        """``retention_days`` returns the days in force, which may change."""
        self._records = records
        self._retention_days = retention_days
        self._lock = threading.Lock()
        self._recorded = 0
        self._by_name: Counter[str] = Counter()
        """Misses of each person, by a name that changes every day; used in the records' thread."""
        self._told: set[str] = set()

    def __call__(self, event: Event) -> None:
        if not isinstance(event, Unanswered):
            return
        miss, asker = event.miss, event.asker
        with self._lock:
            is_due = self._recorded % TIDY_EVERY == 0
            self._recorded += 1

        def record(records: Records) -> None:
            if is_due:
                retention.forget_older(records, self._retention_days())
            name = records.asker_names.of(asker)
            if len(self._by_name) >= _MOST_NAMES:
                self._by_name.clear()
            self._by_name[name] += 1
            if self._by_name[name] <= MOST_OF_ONE:
                records.misses.keep(miss, name)

        self._records.submit(record).add_done_callback(self._say_once)

    def _say_once(self, done: Future[None]) -> None:
        """Log why misses cannot be recorded, each reason once."""
        error = done.exception()
        if error is not None and str(error) not in self._told:
            self._told.add(str(error))
            trace = None if isinstance(error, BotError) else error
            _log.warning("questions without an answer are not kept: %s", error, exc_info=trace)
