"""The order in which questions are answered."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.answer import Question
from bot.service.answers.asynchronous import PATIENCE, AsyncAnswering
from bot.service.tenants import EVERYONE, Tenant


def service_in(folder: Path, patience: float = PATIENCE) -> AsyncAnswering:
    (folder / "corpus").mkdir()
    settings = Settings(CorpusSettings(folder / "corpus"), SearchSettings(cache=folder / "index"))
    return AsyncAnswering(wiring.answering(settings), patience)


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


def test_questions_begin_when_urgent_work_is_done(tmp_path: Path) -> None:
    async def scene() -> None:
        service = service_in(tmp_path, patience=60)
        try:
            async with asyncio.timeout(5):
                with service.urgent():
                    with service.urgent():
                        asking = asyncio.create_task(service.ask(EVERYONE, Question("Why?")))
                        working = asyncio.create_task(service.work(lambda: "worked"))
                        await asyncio.sleep(0)
                    await service.change(lambda: None)
                    assert not asking.done()
                    assert not working.done()
                assert (await asking).answer.kind == "none"
                assert await working == "worked"
        finally:
            service.close()

    asyncio.run(scene())


def test_they_begin_beside_urgent_work_that_takes_long(tmp_path: Path) -> None:
    async def scene() -> None:
        service = service_in(tmp_path, patience=0.01)
        try:
            async with asyncio.timeout(5):
                with service.urgent():
                    assert await service.work(lambda: "worked") == "worked"
                    with service.urgent():  # which is no reason to wait anew
                        assert await service.work(lambda: "again") == "again"
        finally:
            service.close()

    asyncio.run(scene())


def test_what_several_ask_is_answered_once_though_one_of_them_gives_up(tmp_path: Path) -> None:
    async def scene() -> None:
        service = service_in(tmp_path)
        try:
            async with asyncio.timeout(5):
                first, second = (
                    asyncio.create_task(service.ask(EVERYONE, Question("Why?"))) for _ in range(2)
                )
                await asyncio.sleep(0)
                first.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await first
                assert (await second).answer.kind == "none"
        finally:
            service.close()

    asyncio.run(scene())


class _FarAnswering:
    """A service whose articles are searched over a network: what is asked waits until told."""

    is_remote = True

    def __init__(self) -> None:
        self.begun = 0
        self.answers = asyncio.Event()

    async def answer_remote(self, tenant: Tenant, question: Question) -> str:
        self.begun += 1
        await self.answers.wait()
        return question.text


def test_of_many_remote_questions_some_are_begun_and_all_are_answered() -> None:
    """Each takes several requests, which those of later ones would hold up."""

    async def scene() -> None:
        far = _FarAnswering()
        service = AsyncAnswering(cast(Any, far))
        try:
            asked = [
                asyncio.ensure_future(service.ask(EVERYONE, Question(f"Why {number}?")))
                for number in range(100)
            ]
            for _ in range(20):
                await asyncio.sleep(0)
            assert far.begun == 32
            far.answers.set()
            told: list[Any] = await asyncio.gather(*asked)
            assert told == [f"Why {number}?" for number in range(100)]
        finally:
            service.close()

    asyncio.run(scene())
