"""The order in which questions are answered."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.service.asynchronous import AsyncAnswering


def service_in(folder: Path) -> AsyncAnswering:
    (folder / "corpus").mkdir()
    settings = Settings(CorpusSettings(folder / "corpus"), SearchSettings(cache=folder / "index"))
    return AsyncAnswering(wiring.answering(settings))


def test_others_give_way_while_a_question_is_answered(tmp_path: Path) -> None:
    async def scene() -> None:
        service = service_in(tmp_path)
        try:
            async with asyncio.timeout(5):
                await service.give_way()  # nobody asks: at once
                done = threading.Event()
                asking = asyncio.create_task(service.work(lambda: done.wait(0.1)))
                await asyncio.sleep(0)
                waiting = asyncio.create_task(service.give_way())
                await asyncio.sleep(0)
                assert not waiting.done()
                done.set()
                await asking
                await waiting
        finally:
            service.close()

    asyncio.run(scene())


def test_they_do_not_wait_for_ever(tmp_path: Path) -> None:
    async def scene() -> None:
        service = service_in(tmp_path)
        done = threading.Event()
        try:
            asking = asyncio.create_task(service.work(done.wait))
            await asyncio.sleep(0)
            async with asyncio.timeout(5):
                await service.give_way()
            assert not asking.done()
        finally:
            done.set()
            service.close()

    asyncio.run(scene())
