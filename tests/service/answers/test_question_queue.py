"""The queue of questions: turns in their order, and nobody waits for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core.errors import OverloadedError
from bot.service.answers.question_queue import QuestionQueue

LONGEST = 10.0


class _Asked:
    """Questions in a queue whose clock is the test's; each is worked on until it is told to end."""

    def __init__(self, places: int = 1) -> None:
        self.seconds = 0.0
        self.queue = QuestionQueue(places, lambda: self.seconds, LONGEST)
        self.begun: list[int] = []
        self.refused: list[int] = []
        self._ends: dict[int, asyncio.Event] = {}
        self.tasks: dict[int, asyncio.Task[None]] = {}

    async def ask(self, *numbers: int) -> None:
        for number in numbers:
            self.tasks[number] = asyncio.ensure_future(self._work(number))
            await self.settle()

    async def end(self, number: int, after: float = 0.0) -> None:
        self.seconds += after
        self._ends[number].set()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def _work(self, number: int) -> None:
        self._ends[number] = asyncio.Event()
        try:
            async with self.queue.turn():
                self.begun.append(number)
                await self._ends[number].wait()
        except OverloadedError:
            self.refused.append(number)


def run(scene: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        async with asyncio.timeout(10):
            await scene()

    asyncio.run(main())


def test_turns_are_given_in_the_order_of_asking() -> None:
    async def scene() -> None:
        asked = _Asked(places=2)
        await asked.ask(1, 2, 3, 4)
        assert asked.begun == [1, 2]
        await asked.end(2)
        assert asked.begun == [1, 2, 3]
        await asked.end(1)
        await asked.end(3)
        await asked.end(4)
        await asked.ask(5, 6, 7)
        assert asked.begun == [1, 2, 3, 4, 5, 6]
        assert asked.refused == []

    run(scene)


def test_what_would_wait_for_too_long_is_refused_at_once() -> None:
    """Two seconds lie between two turns, as is learned from them; so five may wait, and no more."""

    async def scene() -> None:
        asked = _Asked()
        await asked.ask(0)
        for number in range(200):
            await asked.ask(number + 1)
            await asked.end(number, after=2.0)
        assert asked.begun == list(range(201))
        await asked.ask(*range(300, 310))
        assert asked.refused == [306, 307, 308, 309]
        with pytest.raises(OverloadedError) as caught:
            asked.queue.check()
        assert caught.value.code == "service.overloaded"
        await asked.end(200, after=2.0)
        asked.queue.check()
        await asked.ask(400)
        assert asked.refused == [306, 307, 308, 309]

    run(scene)


def test_what_has_waited_for_too_long_is_refused_when_others_have_their_turn() -> None:
    """Nothing is known yet of how long that takes, or it takes longer than it did."""

    async def scene() -> None:
        asked = _Asked()
        await asked.ask(1, 2, 3)
        asked.seconds += 5.0
        await asked.ask(4)
        await asked.end(1, after=5.1)
        assert (asked.begun, asked.refused) == ([1, 4], [2, 3])

    run(scene)


def test_who_gives_up_leaves_the_turn_to_others() -> None:
    async def scene() -> None:
        asked = _Asked()
        await asked.ask(1, 2, 3)
        asked.tasks[2].cancel()
        await asked.settle()
        await asked.end(1)
        assert asked.begun == [1, 3]
        await asked.ask(4)
        asked.tasks[3].cancel()
        await asked.settle()
        assert asked.begun == [1, 3, 4]

    run(scene)


def test_who_gives_up_in_the_moment_of_the_turn_leaves_it_to_others() -> None:
    async def scene() -> None:
        asked = _Asked()
        await asked.ask(1, 2, 3)
        asked.tasks[1].cancel()  # which gives the turn to 2 before that is cancelled, too
        await asyncio.sleep(0)
        asked.tasks[2].cancel()
        await asked.settle()
        assert asked.begun == [1, 3]

    run(scene)
