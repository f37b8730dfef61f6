"""The queue in which the questions of all front-ends of a process wait for their turn.

Nobody waits in it for long: a question that would is turned away at once, as is reckoned from how
soon others had their turn, and so is one that has waited in vain. Who is told to ask again in a
moment is served better than by an answer after minutes.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from bot.core.errors import OverloadedError

LONGEST_WAIT = 10.0
"""Seconds."""
_LEARNING = 1 / 16
"""The part that the latest turn has in the pace."""


class _WaitingQuestion(NamedTuple):
    """A question that waits."""

    since: float
    turn: asyncio.Future[None]


class QuestionQueue:
    """Gives turns in the order of asking. To be used on one event loop."""

    def __init__(
        self,
        places: int,
        clock: Callable[[], float] = time.monotonic,
        longest: float = LONGEST_WAIT,
    ) -> None:
        """``places`` is how many questions may be worked on at a time, ``longest`` how many seconds
        one may wait; ``clock`` gives seconds and is monotonic."""
        self._free = places
        self._clock = clock
        self._longest = longest
        self._waiting: deque[_WaitingQuestion] = deque()
        self._pace = 0.0
        """Seconds between two turns while others wait."""
        self._last = 0.0
        """The time of the last turn, or since when others wait."""

    @property
    def waiting(self) -> int:
        """Number of questions that wait, those whose askers have given up among them."""
        return len(self._waiting)

    def check(self) -> None:
        """Raise `bot.core.errors.OverloadedError` if a question would have to wait for too long."""
        if self.waiting * self._pace > self._longest:
            raise OverloadedError("service.overloaded")

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the context ends. Raises
        `bot.core.errors.OverloadedError` if that would take, or has taken, too long."""
        if self._free:
            self._free -= 1
        else:
            await self._wait()
        try:
            yield
        finally:
            self._give_turn()

    async def _wait(self) -> None:
        self.check()
        now = self._clock()
        if not self._waiting:
            self._last = now
        waiting = _WaitingQuestion(now, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            await waiting.turn
        except asyncio.CancelledError:
            if not waiting.turn.cancelled():  # it has had its turn in the same moment
                self._give_turn()
            raise

    def _give_turn(self) -> None:
        """Let the next question begin, or keep the place free."""
        now = self._clock()
        while self._waiting:
            since, turn = self._waiting.popleft()
            if turn.done():  # whoever asked has given up
                continue
            if now - since > self._longest:
                turn.set_exception(OverloadedError("service.overloaded"))
                continue
            self._pace += (now - self._last - self._pace) * _LEARNING
            self._last = now
            turn.set_result(None)
            return
        self._free += 1
