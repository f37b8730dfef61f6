"""Answers that were worked out lately, given again as long as the articles are the same: in a
community many ask the same, and communities ask the same of everyone's articles."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

from bot.core.answer import Answer, Question
from bot.service.tenants import Tenant

_MOST = 4000
_MOST_CHARACTERS = 20_000_000
"""Characters of all questions and passages together."""
LONGEST_PAUSE = 0.25
"""Seconds."""
_LEARNING = 1 / 16
"""The part that the latest answer has in the pace."""
AskedQuestion: TypeAlias = tuple[tuple[str, ...], Question]
"""A question, and the shelves that it is asked of, by their prefixes."""
State: TypeAlias = object
"""All that an answer rests on besides its question; it is compared with what there is later."""
_EVERYONES = ("",)
"""Prefixes of the shelves of a tenant without articles of its own."""


class KeptAnswer(NamedTuple):
    state: State
    answer: Answer
    is_shared: bool
    """True if others than one server's own people may have asked for it."""
    tenant: Tenant
    """The last one that it was given to."""
    characters: int


class KnownAnswers(NamedTuple):
    """The answers that are known for a question."""

    answer: KeptAnswer | None
    before: KeptAnswer | None
    """Else the answer to the question that it follows, if it was given to the same tenant last: how
    fast an answer comes that rests on it tells them nothing."""


NOTHING_KNOWN = KnownAnswers(None, None)


class RecentAnswers:
    """Answers by their questions, of which those given longest ago are dropped. Safe for any number
    of threads."""

    def __init__(
        self,
        most: int = _MOST,
        most_characters: int = _MOST_CHARACTERS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep at most so many answers, and so many characters of all together."""
        self._most = most
        self._most_characters = most_characters
        self._sleep = sleep
        self._lock = threading.Lock()
        self._held: OrderedDict[AskedQuestion, KeptAnswer] = OrderedDict()
        self._characters = 0
        self._pace = 0.0
        """Seconds in which answers are worked out just now, at most `LONGEST_PAUSE`."""

    def known(self, asked: AskedQuestion, state: State, tenant: Tenant) -> KnownAnswers:
        """Return what is known for a tenant's question, of answers that rest on this state."""
        prefixes, question = asked
        with self._lock:
            found = self._held.get(asked)
            if found is not None and found.state == state:
                self._held[asked] = found = found._replace(tenant=tenant)
                self._held.move_to_end(asked)
                return KnownAnswers(found, None)
            if not question.earlier:
                return NOTHING_KNOWN
            *earlier, last = question.earlier
            previous = question._replace(text=last, earlier=tuple(earlier))
            before = self._held.get((prefixes, previous))
        is_own = before is not None and (before.state, before.tenant) == (state, tenant)
        return KnownAnswers(None, before if is_own else None)

    def keep(
        self, asked: AskedQuestion, state: State, answer: Answer, seconds: float, tenant: Tenant
    ) -> None:
        """Keep the answer to a tenant's question, in place of an earlier one, as the latest of all;
        ``seconds`` is how long it took to be worked out."""
        prefixes, question = asked
        is_shared, characters = prefixes == _EVERYONES, _characters(question, answer)
        kept = KeptAnswer(state, answer, is_shared, tenant, characters)
        with self._lock:
            self._pace += (min(seconds, LONGEST_PAUSE) - self._pace) * _LEARNING
            self._drop(asked)
            self._held[asked] = kept
            self._characters += kept.characters
            while len(self._held) > self._most or self._characters > self._most_characters:
                self._drop(next(iter(self._held)))

    async def given(self, kept: KeptAnswer) -> Answer:
        """Return a kept answer. One that other servers may have asked for comes as late as those
        that are worked out just now: how fast it comes tells nobody whether they have."""
        if kept.is_shared:
            await self._sleep(self._pace)
        return kept.answer

    def _drop(self, asked: AskedQuestion) -> None:
        dropped = self._held.pop(asked, None)
        self._characters -= 0 if dropped is None else dropped.characters


def _characters(question: Question, answer: Answer) -> int:
    """Return about how many characters are kept of an answer, most of which are its passages'."""
    around = (match.passage.around for match in answer.matches)
    texts = [
        *(question.text, *question.earlier, answer.reply),
        *(match.passage.text for match in answer.matches),
        *(text for each in around if each is not None for text in (each.before, each.after)),
    ]
    return sum(map(len, texts))
