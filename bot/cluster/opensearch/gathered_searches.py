"""Searches that are asked for in the same moment, made in one request.

The number of requests that may be under way follows the cluster: it grows by one when as many have
been answered soon, and is halved after one that was late (Chiu and Jain, "Analysis of the increase
and decrease algorithms for congestion avoidance", 1989). So an overloaded cluster is not asked for
still more, which it would answer too late; callers that wait meanwhile share a request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.core.errors import UnreachableError

_MOST_TOGETHER = 4
"""Callers whose searches go in one request: each waits for the slowest of them."""
_FIRST_UNDER_WAY = 4
"""Requests that may be under way at a time before it is known how soon they are answered."""
_MOST_UNDER_WAY = 32
"""Requests that may be under way at a time however soon they are answered."""
_SOON = 0.5
"""Seconds: a request that takes longer lets fewer be under way."""


class _Waiting(NamedTuple):
    """A caller's searches."""

    lines: Sequence[Json]
    answers: asyncio.Future[list[Json]]


class GatheredSearches:
    """Gathers searches until the event loop has run all that is due, and while as many requests as
    may be are under way. To be used on one loop."""

    def __init__(self, send: Callable[[Sequence[Json]], Awaitable[list[Json]]]) -> None:
        """``send`` makes searches, a header and a body each, and returns their answers."""
        self._send = send
        self._waiting: list[_Waiting] = []
        self._under_way: set[asyncio.Future[None]] = set()
        self._allowed = float(_FIRST_UNDER_WAY)
        """Requests that may be under way."""

    async def ask(self, lines: Sequence[Json]) -> list[Json]:
        """Return the answers to some searches. Raises what sending them raises; a search of another
        caller that is refused does no harm."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(lines, loop.create_future())
        if not self._waiting:
            loop.call_soon(self._send_waiting)
        self._waiting.append(waiting)
        return await waiting.answers

    def _send_waiting(self) -> None:
        while self._waiting and len(self._under_way) < int(self._allowed):
            together = self._waiting[:_MOST_TOGETHER]
            del self._waiting[:_MOST_TOGETHER]
            task = asyncio.ensure_future(self._answer(together))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Future[None]) -> None:
        self._under_way.discard(task)
        self._send_waiting()

    def _learn(self, seconds: float) -> None:
        """Let more or fewer requests be under way, by how long one took."""
        if seconds < _SOON:
            self._allowed = min(_MOST_UNDER_WAY, self._allowed + 1 / self._allowed)
        else:
            self._allowed = max(1.0, self._allowed / 2)

    async def _answer(self, waiting: Sequence[_Waiting]) -> None:
        lines = [line for each in waiting for line in each.lines]
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            answers = iter(await self._send(lines))
            self._learn(clock() - began)
        except BaseException as error:
            self._learn(clock() - began)
            is_of_one = len(waiting) > 1 and not isinstance(error, UnreachableError)
            if is_of_one and isinstance(error, Exception):
                await asyncio.gather(*(self._answer([each]) for each in waiting))
                return
            for each in waiting:
                if not each.answers.done():
                    each.answers.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        for each in waiting:
            own = list(islice(answers, len(each.lines) // 2))
            if not each.answers.done():  # whoever asked may have given up
                each.answers.set_result(own)
