"""Threads in which servers are waited for."""

from __future__ import annotations

import asyncio
import threading

from bot.service.operations.waiting import in_thread


def test_who_waits_in_vain_keeps_nobody_else_waiting() -> None:
    leave = threading.Event()

    async def scene() -> int:
        waiting = [asyncio.create_task(in_thread(leave.wait)) for _ in range(20)]
        found: int = await in_thread(int, "4")
        found += await asyncio.to_thread(int, "1")
        leave.set()
        assert all(await asyncio.gather(*waiting))
        return found

    assert asyncio.run(scene()) == 5
