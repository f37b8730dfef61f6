"""Searches that are asked for in the same moment, made in one request.

The number of requests that may be under way follows the cluster: it grows by one when as many have
been answered soon, and is halved after one that was late (Chiu and Jain, "Analysis of the increase
and decrease algorithms for congestion avoidance", 1989). So an overloaded cluster is not asked for
still more, which it would answer too late; callers that wait meanwhile share a request.

Where the cluster cannot be reached, one request at a time tries whether it can be again, and all
other callers are told at once that it cannot: else each would wait for every node in its turn.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextvars import ContextVar
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from bot.cluster.opensearch.answer_checks import Json
from bot.core.errors import UnreachableError

_T = TypeVar("_T")
_CALLER: ContextVar[object] = ContextVar("_CALLER")
"""Whoever asks; not set where each call is somebody else's."""
_MOST_TOGETHER = 4
"""Callers whose searches go in one request: each waits for the slowest of them."""
_FIRST_UNDER_WAY = 4
"""Requests that may be under way at a time before it is known how soon they are answered."""
_MOST_UNDER_WAY = 32
"""Requests that may be under way at a time however soon they are answered."""
_SOON = 0.5
"""Seconds: a request that takes longer lets fewer be under way."""


async def as_one_caller(steps: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine in a task of its own, all of whose searches, also those of tasks that it
    begins, are one caller's: those of one moment go in one request."""
    _CALLER.set(object())
    return await steps


class _Waiting(NamedTuple):
    """A caller's searches."""

    lines: Sequence[Json]
    answers: asyncio.Future[list[Json]]
    caller: object
    is_alone: bool = False
    """True if they go in a request of their own: one of those that they went with was refused."""


class GatheredSearches:
    """Gathers searches until the event loop has run all that is due, and while as many requests as
    may be are under way. To be used on one loop."""

    def __init__(self, send: Callable[[Sequence[Json]], Awaitable[list[Json]]]) -> None:
        """``send`` makes searches, a header and a body each, and returns their answers."""
        self._send = send
        self._waiting: deque[_Waiting] = deque()
        self._under_way: set[asyncio.Future[None] | None] = set()
        self._allowed = float(_FIRST_UNDER_WAY)
        """Requests that may be under way."""
        self._fault: UnreachableError | None = None
        """The reason why the cluster could not be reached; None once it was."""
        self._reached = 0
        """Number of requests that reached the cluster."""

    async def ask(self, lines: Sequence[Json]) -> list[Json]:
        """Return the answers to some searches. Raises what sending them raises; a search of another
        caller that is refused does no harm."""
        if self._fault is not None and self._under_way:
            raise UnreachableError.of(self._fault.problem)
        loop = asyncio.get_running_loop()
        waiting = _Waiting(lines, loop.create_future(), _CALLER.get(object()))
        if not self._waiting:
            loop.call_soon(self._send_waiting)
        self._waiting.append(waiting)
        return await waiting.answers

    def _send_waiting(self) -> None:
        most = int(self._allowed) if self._fault is None else 1
        while len(self._under_way) < most and (together := self._next_together()):
            task = asyncio.ensure_future(self._answer(together))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    def _next_together(self) -> list[_Waiting]:
        """Take the callers of the next request from those that wait; who has given up is left
        out."""
        together: list[_Waiting] = []
        callers: set[object] = set()
        while self._waiting:
            first = self._waiting[0]
            if together and (first.is_alone or together[0].is_alone):
                break
            if len(callers) == _MOST_TOGETHER and first.caller not in callers:
                break
            self._waiting.popleft()
            if not first.answers.done():
                together.append(first)
                callers.add(first.caller)
        return together

    def _done(self, task: asyncio.Future[None]) -> None:
        self._under_way.discard(task)
        self._send_waiting()

    def _learn(self, seconds: float) -> None:
        """Let more or fewer requests be under way, by how long one took."""
        if seconds < _SOON:
            self._allowed = min(_MOST_UNDER_WAY, self._allowed + 1 / self._allowed)
        else:
            self._allowed = max(1.0, self._allowed / 2)

    async def _answer(self, together: Sequence[_Waiting]) -> None:
        lines = [line for each in together for line in each.lines]
        clock = asyncio.get_running_loop().time
        began, reached = clock(), self._reached
        try:
            answers = iter(await self._send(lines))
        except UnreachableError as error:
            _fail(together, error)
            if self._reached == reached:  # nor did any other request
                self._fault = error
                _fail(self._waiting, error)
                self._waiting.clear()
        except Exception as error:  # noqa: BLE001 - its callers raise it
            self._reach()
            if len(together) == 1:
                _fail(together, error)
            else:
                alone = [each._replace(is_alone=True) for each in together]
                self._waiting.extendleft(reversed(alone))
        except BaseException as error:
            _fail(together, error)
            raise
        else:
            self._reach()
            for each in together:
                own = list(islice(answers, len(each.lines) // 2))
                if not each.answers.done():  # whoever asked may have given up
                    each.answers.set_result(own)
        finally:
            self._learn(clock() - began)
            # before any of the callers goes on, which may ask again
            self._under_way.discard(asyncio.current_task())

    def _reach(self) -> None:
        self._reached += 1
        self._fault = None


def _fail(callers: Iterable[_Waiting], error: BaseException) -> None:
    for each in callers:
        if not each.answers.done():
            each.answers.set_exception(error)
