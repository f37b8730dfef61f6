"""Telling people once when the articles answer a question that had no answer before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Set

from bot.core.answer import Answer
from bot.core.errors import BotError
from bot.service.answers.answering import Answering
from bot.service.events.event_types import Added, Changed, Event, KeptForQuestion
from bot.service.records import GivenAnswer, Records
from bot.service.records.records_thread import RecordsThread
from bot.service.records.tells import Tell
from bot.service.tenants import EVERYONE, Tenant

MOST_OPEN = 5
"""Tells that one person may have open."""
OPEN_DAYS = 90
"""Days after which a tell is given up."""


class Telling:
    """Records tells, and finds those whose question is answered by now."""

    def __init__(self, answering: Answering, records: RecordsThread) -> None:
        self._answering = answering
        self._records = records

    async def want(self, given: GivenAnswer, person: int, *, direct: bool) -> bool:
        """Record that somebody wants to be told; False if they have `MOST_OPEN` open already."""

        def put(records: Records) -> bool:
            others = [each for each in records.tells.of(person) if each.question != given.question]
            if len(others) >= MOST_OPEN:
                return False
            records.tells.put(given, person, direct=direct)
            return True

        return await self._records.run(put)

    async def open(self, changed: Set[Tenant] | None = None) -> list[Tell]:
        """Return the tells that a change may have answered, after giving up the old ones; all, if
        None says that any tenant's articles may have changed. Everyone's articles are every
        tenant's."""

        def read(records: Records) -> list[Tell]:
            records.tells.forget_older(OPEN_DAYS)
            return records.tells.open()

        tells = await self._records.run(read)
        if changed is None or EVERYONE in changed:
            return tells
        return [tell for tell in tells if tell.chat.tenant in changed]

    def answer(self, tell: Tell) -> Answer | None:
        """Return the answer to a tell's question with the tenant's articles of now; None unless its
        verdict is *answer*. Reads files: call it from a worker thread."""
        library = self._answering.shelves.library(tell.chat.tenant)
        try:
            answer = library.ask(tell.question, tell.article, 1, earlier=tell.earlier)
        except BotError:  # the one article that was asked is gone
            return None
        return answer if answer.answered and answer.matches else None

    async def take(self, tell: Tell) -> bool:
        """Give up a tell because its asker is about to be told; False if somebody else has."""
        return await self._records.run(lambda records: records.tells.forget(tell.key))


class ChangeWatch:
    """A subscriber to events that notes whose articles, or kept answers, changed. May be called
    from any thread."""

    def __init__(self, notify: Callable[[], None]) -> None:
        """``notify`` is called after each change, in the publisher's thread."""
        self._notify = notify
        self._lock = threading.Lock()
        self._changed: set[Tenant] = set()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Added | Changed | KeptForQuestion):
            with self._lock:
                self._changed.add(event.tenant)
            self._notify()

    def take(self) -> set[Tenant]:
        """Return the tenants that were noted since the last call."""
        with self._lock:
            changed, self._changed = self._changed, set()
        return changed
