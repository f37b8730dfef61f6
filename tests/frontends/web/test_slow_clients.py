"""Clients that are slow, silent or many keep nobody else waiting."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.frontends.web.client_connections import ConnectionLimits
from bot.service.answers.question_queue import QuestionQueue
from bot.service.events.event_types import Event, Refused
from tests.frontends.web.browsing import QUICK, browsing, emptied, run


def test_a_client_that_never_finishes_its_request_is_left(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, limits=QUICK) as site:
            for data in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"):
                answer = await site.raw(data)
                assert answer.startswith(b"HTTP/1.1 408 "), data
            assert site.counts.refused == 3
            await emptied(site.counts)

    run(scene())


def test_a_body_that_never_comes_is_not_waited_for(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, seconds=0.3) as site:
            answer = await site.raw(
                b"POST /api/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Content-Length: 100\r\n\r\n{"
            )
            assert answer.startswith(b"HTTP/1.1 408 ")
            assert site.failures == []

    run(scene())


def test_a_client_that_reads_nothing_is_left(tmp_path: Path) -> None:
    big = "---\ntitle: Big\n---\n\n" + "\n\n".join("word " * 2000 for _ in range(40))

    async def scene() -> None:
        async with browsing(tmp_path, {"big.md": big}, limits=QUICK) as site:
            _, writer = await asyncio.open_connection("127.0.0.1", site.port, limit=1000)
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            writer.write(b"GET /a/big HTTP/1.1\r\nHost: x\r\n\r\n" * 30)
            async with asyncio.timeout(10):
                while site.counts.total == 0:
                    await asyncio.sleep(0.01)
            await emptied(site.counts)
            writer.transport.abort()

    run(scene())


def test_many_connections_are_refused_beyond_a_number_and_the_rest_is_served(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        limits = ConnectionLimits(connections=50, for_each=40, head_seconds=30)
        async with browsing(tmp_path, limits=limits) as site:
            opened = [await asyncio.open_connection("127.0.0.1", site.port) for _ in range(200)]
            async with asyncio.timeout(10):
                refused = [await reader.read() for reader, _ in opened[40:]]
            assert all(answer.startswith(b"HTTP/1.1 503 ") for answer in refused)
            assert (site.counts.total, site.counts.refused) == (40, 160)
            reader, writer = opened[0]
            writer.write(b"GET /a/lighthouse HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
            for _, writer in opened:
                writer.close()
            await emptied(site.counts)
            assert (await site.get("/")).status == 200

    run(scene())


def test_requests_sent_ahead_without_end_are_cut_off(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            ahead = b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n"
            _, writer = await asyncio.open_connection("127.0.0.1", site.port)
            try:
                for _ in range(2000):
                    writer.write(ahead * 100)
                    await writer.drain()
                pytest.fail("seven megabytes of requests were taken")
            except ConnectionError:
                pass
            finally:
                writer.close()
            assert (await site.get("/")).status == 200

    run(scene())


def test_a_question_that_would_wait_for_too_long_is_turned_away(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, queue=QuestionQueue(0, longest=-1.0)) as site:
            heard: list[Event] = []
            site.site.answering.events.subscribe(heard.append)
            for path in ("/?q=lamp", "/api/ask?q=lamp"):
                reply = await site.get(path)
                assert (reply.status, reply.headers["Retry-After"]) == (503, "1")
                assert "Too many questions at once; ask again in a moment." in reply.text
            assert heard == [Refused("web", "overload")] * 2
            assert (await site.get("/articles")).status == 200
            assert site.failures == []

    run(scene())


def test_too_much_work_at_once_is_turned_away(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            replies = await asyncio.gather(*(site.get(f"/?q=lamp+{n}") for n in range(90)))
            assert {reply.status for reply in replies} == {200}
            workers = site.site.workers
            workers.under_way += 256
            try:
                reply = await site.get("/?q=lamp")
                assert (reply.status, reply.headers["Retry-After"]) == (503, "1")
            finally:
                workers.under_way -= 256

    run(scene())
