"""Searches in one request: those of one moment, and those that wait for the cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.cluster.opensearch.gathered_searches import GatheredSearches, as_one_caller
from bot.core.errors import StorageError, UnreachableError


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


def test_the_searches_of_one_caller_go_in_one_request_however_many_they_are() -> None:
    async def scene() -> list[int]:
        slow = Slow()
        slow.answers.set()
        gathered = GatheredSearches(slow.send)

        async def ask_seven() -> list[list[Any]]:
            return await asyncio.gather(*(gathered.ask([{}, number]) for number in range(7)))

        asked = [as_one_caller(ask_seven()) for _ in range(5)]
        found = await asyncio.gather(*asked)
        assert found == [[[number] for number in range(7)]] * 5
        return slow.requests

    assert asyncio.run(scene()) == [28, 7]


def test_searches_of_callers_who_gave_up_are_not_made() -> None:
    async def scene() -> list[int]:
        slow = Slow()
        gathered = GatheredSearches(slow.send)
        asked = [asyncio.ensure_future(gathered.ask([{}, number])) for number in range(40)]
        while len(slow.requests) < 4:
            await asyncio.sleep(0)
        for each in asked[16:36]:  # they wait until one of the four is answered
            each.cancel()
        slow.answers.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert answers[:16] + answers[36:] == [[n] for n in (*range(16), *range(36, 40))]
        return slow.requests

    assert asyncio.run(scene()) == [4, 4, 4, 4, 4]


def test_refused_searches_give_back_their_place_and_harm_nobody() -> None:
    """Each of those that went with a refused one goes alone, and no more of these at a time than
    of any others."""

    async def scene() -> None:
        under_way, most, sent = 0, 0, 0

        async def send(lines: Sequence[Any]) -> list[Any]:
            nonlocal under_way, most, sent
            sent += 1
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            under_way -= 1
            if -1 in lines:
                raise StorageError("search.refused", status=400, reason="no")
            return list(lines[1::2])

        gathered = GatheredSearches(send)
        asked = [gathered.ask([{}, -1 if number % 4 == 0 else number]) for number in range(400)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        for number, each in enumerate(told):
            assert isinstance(each, StorageError) if number % 4 == 0 else each == [number]
        assert sent == 100 + 400
        assert 4 < most <= 32

    asyncio.run(scene())


def test_all_are_told_at_once_that_the_cluster_is_gone_and_it_answers_again() -> None:
    async def scene() -> None:
        gone, asked_of_it = asyncio.Event(), 0

        async def send(lines: Sequence[Any]) -> list[Any]:
            nonlocal asked_of_it
            asked_of_it += 1
            await gone.wait()
            if is_gone:
                raise UnreachableError("search.unreachable", nodes=1, reason="gone")
            return list(lines[1::2])

        is_gone = True
        gathered = GatheredSearches(send)
        asked = [asyncio.ensure_future(gathered.ask([{}, number])) for number in range(200)]
        while asked_of_it < 4:
            await asyncio.sleep(0)
        gone.set()
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(each) for each in told} == {UnreachableError}
        assert asked_of_it == 4
        gone.clear()
        # of those who ask at one moment, the first ones look whether it is back
        trial = asyncio.gather(*(gathered.ask([{}, number]) for number in range(12)))
        while asked_of_it < 5:
            await asyncio.sleep(0)
        assert asked_of_it == 5
        for _ in range(3):
            with pytest.raises(UnreachableError):
                await gathered.ask([{}, 2])
        is_gone = False
        gone.set()
        assert await trial == [[number] for number in range(12)]
        assert await gathered.ask([{}, 3]) == [3]
        assert asked_of_it == 4 + 3 + 1

    asyncio.run(scene())


def test_a_request_that_alone_fails_says_nothing_about_the_cluster() -> None:
    """A search that every node gives up is its caller's misfortune, while others are answered."""

    async def scene() -> None:
        others = asyncio.Event()

        async def send(lines: Sequence[Any]) -> list[Any]:
            if -1 in lines:
                await others.wait()
                raise UnreachableError("search.unreachable", nodes=1, reason="given up")
            return list(lines[1::2])

        gathered = GatheredSearches(send)
        heavy = asyncio.ensure_future(gathered.ask([{}, -1]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert await gathered.ask([{}, 1]) == [1]
        others.set()
        with pytest.raises(UnreachableError):
            await heavy
        assert await gathered.ask([{}, 2]) == [2]

    asyncio.run(scene())


def test_a_loop_that_ends_tells_those_who_wait() -> None:
    async def scene() -> None:
        slow = Slow()
        gathered = GatheredSearches(slow.send)
        asked = [asyncio.ensure_future(gathered.ask([{}, number])) for number in range(8)]
        while len(slow.requests) < 2:
            await asyncio.sleep(0)
        for task in asyncio.all_tasks() - {asyncio.current_task(), *asked}:
            task.cancel()
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(each) for each in told} == {asyncio.CancelledError}
        slow.answers.set()
        assert await gathered.ask([{}, 9]) == [9]  # and have given back their places

    asyncio.run(scene())
