"""The event loop of a search cluster's client, in a thread of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError

import pytest

from bot.cluster.opensearch.loop_thread import LoopThread


def test_who_waits_is_told_that_the_loop_ends_and_the_next_call_starts_another() -> None:
    closed: list[asyncio.AbstractEventLoop] = []

    async def close() -> None:
        closed.append(asyncio.get_running_loop())

    async def answer() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    loop = LoopThread(close)
    loop.close()  # nothing has run yet
    first = loop.run(answer())
    waiting = loop.start(asyncio.Event().wait())
    loop.close()
    with pytest.raises(CancelledError):
        waiting.result(10.0)
    assert (closed, first.is_closed()) == ([first], True)
    assert loop.run(answer()) is not first
    loop.close()
    assert len(closed) == 2


def test_other_loops_await_it() -> None:
    loop = LoopThread()

    async def scene() -> int:
        return await loop.wait_for(asyncio.sleep(0, 7))

    assert asyncio.run(scene()) == 7
    loop.close()
