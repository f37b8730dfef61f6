"""Searches in one request: those of one moment, and those that wait for the cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.cluster.opensearch.gathered_searches import GatheredSearches
from bot.core.errors import UnreachableError


class Slow:
    """A cluster that answers each search with its body, once it is told to."""

    def __init__(self) -> None:
        self.requests: list[int] = []
        """Numbers of searches, by request."""
        self.answers = asyncio.Event()

    async def send(self, lines: Sequence[Any]) -> list[Any]:
        self.requests.append(len(lines) // 2)
        await self.answers.wait()
        return list(lines[1::2])


def test_no_more_requests_are_under_way_than_may_be_and_the_others_go_together() -> None:
    async def scene() -> list[int]:
        slow = Slow()
        gathered = GatheredSearches(slow.send)
        asked = []
        for number in range(100):
            asked.append(asyncio.ensure_future(gathered.ask([{}, number])))
            if number < 4:  # each in a moment of its own
                await asyncio.sleep(0)
                await asyncio.sleep(0)
        while len(slow.requests) < 4:
            await asyncio.sleep(0)
        assert slow.requests == [1, 1, 1, 1]
        slow.answers.set()
        assert await asyncio.gather(*asked) == [[number] for number in range(100)]
        return slow.requests

    assert asyncio.run(scene())[4:] == [4] * 24


def test_a_cluster_that_answers_late_is_asked_for_less_at_a_time() -> None:
    async def scene() -> tuple[int, int]:
        slow = Slow()
        gathered = GatheredSearches(slow.send)
        loop = asyncio.get_running_loop()
        passed, real = 0.0, loop.time
        loop.time = lambda: real() + passed  # type: ignore[method-assign]
        asked = [asyncio.ensure_future(gathered.ask([{}, n])) for n in range(64)]
        while len(slow.requests) < 4:
            await asyncio.sleep(0)
        passed = 1.0
        slow.answers.set()
        await asyncio.sleep(0)
        slow.answers.clear()
        for _ in range(20):
            await asyncio.sleep(0)
        late = len(slow.requests) - 4
        slow.answers.set()
        await asyncio.gather(*asked)
        slow.answers.clear()
        more = [asyncio.ensure_future(gathered.ask([{}, n])) for n in range(256)]
        for _ in range(20):
            await asyncio.sleep(0)
        soon = len(slow.requests) - 16
        slow.answers.set()
        await asyncio.gather(*more)
        return late, soon

    late, soon = asyncio.run(scene())
    assert late == 1
    assert soon > 2


def test_who_has_given_up_holds_up_nobody() -> None:
    async def scene() -> None:
        slow = Slow()
        gathered = GatheredSearches(slow.send)
        first = asyncio.ensure_future(gathered.ask([{}, 1]))
        second = asyncio.ensure_future(gathered.ask([{}, 2]))
        while not slow.requests:
            await asyncio.sleep(0)
        first.cancel()
        slow.answers.set()
        assert await second == [2]

    asyncio.run(scene())


def test_requests_that_fail_make_room_for_others() -> None:
    async def scene() -> None:
        sent: list[int] = []

        async def send(lines: Sequence[Any]) -> list[Any]:
            sent.append(len(lines) // 2)
            await asyncio.sleep(0)
            if -1 in lines:
                raise UnreachableError("search.unreachable", nodes=1, reason="gone")
            return list(lines[1::2])

        gathered = GatheredSearches(send)
        asked = [asyncio.ensure_future(gathered.ask([{}, -1])) for _ in range(200)]
        good = asyncio.ensure_future(gathered.ask([{}, 7]))
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(each) for each in told} == {UnreachableError}
        assert await good == [7]
        assert sent == [4] * 50 + [1]

    asyncio.run(scene())
