"""Searches in one request: those of one moment, and those that wait for the cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.cluster.opensearch.gathered_searches import GatheredSearches


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
        while len(slow.requests) < 8:
            await asyncio.sleep(0)
        assert slow.requests == [1, 1, 1, 1, 8, 8, 8, 8]
        slow.answers.set()
        assert await asyncio.gather(*asked) == [[number] for number in range(100)]
        return slow.requests

    assert asyncio.run(scene())[8:] == [8] * 8


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
