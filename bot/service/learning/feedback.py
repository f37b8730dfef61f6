"""Feedback: votes for answers, within limits, and what is done about an answer that did not help.

A vote is counted, and changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.answer import Match
from bot.service.answers.answering import Answering
from bot.service.events.event_types import Voted
from bot.service.operations.cooldowns import Allowance, Cooldown
from bot.service.records import GivenAnswer
from bot.service.records.records_thread import RecordsThread
from bot.service.tenants import Tenant

_PERSON = Allowance(3.0, 10)
_TENANT = Allowance(0.1, 100)


class OtherMatch(NamedTuple):
    """Another match of an answer that was given."""

    number: int
    """Its index among the answer's addresses, from 0."""
    title: str
    sentence: str
    """The sentence that answers best."""


class Feedback:
    """Takes votes. Called from an event loop."""

    def __init__(
        self, answering: Answering, records: RecordsThread, clock: Callable[[], float]
    ) -> None:
        """``clock`` gives seconds and is monotonic."""
        self._answering = answering
        self._records = records
        self._cooldown = Cooldown(_PERSON, _TENANT, clock)

    def wait(self, tenant: Tenant, person: int) -> int:
        """Return the seconds that somebody must wait before they may vote, keep or take back an
        answer, or turn a copy of one, rounded up; 0 if they may now, which is counted."""
        return self._cooldown.take(person, tenant)

    async def vote(self, given: GivenAnswer, index: int, voter: int, *, helpful: bool) -> None:
        """Record a vote, in place of the one before; ``index`` is the number of the match that was
        shown, from 0. Callers check `wait` before. Raises `bot.core.errors.StorageError`."""
        await self._records.run(
            lambda records: records.votes.put(given, index, voter, helpful=helpful)
        )
        events = self._answering.events
        if events:
            events.publish(Voted(given.chat.tenant, helpful))

    def others(self, given: GivenAnswer, index: int) -> list[OtherMatch]:
        """Return the other matches of an answer, best first, that the articles still have. Reads
        files: call it from a worker thread. Raises `bot.core.errors.BotError`."""
        library = self._answering.shelves.library(given.chat.tenant)
        limit = len(given.addresses)
        answer = library.ask(given.question, given.article, limit, earlier=given.earlier)
        numbers = {address: number for number, address in enumerate(given.addresses)}
        numbers.pop(given.addresses[index] if index < limit else "", None)
        return _others(answer.matches, numbers)


def _others(matches: Sequence[Match], numbers: dict[str, int]) -> list[OtherMatch]:
    found = []
    for match in matches:
        number = numbers.get(match.citation.address)
        if number is not None:
            sentence = match.passage.text[match.sentence.start : match.sentence.end]
            found.append(OtherMatch(number, match.citation.head.title, sentence))
    return found
