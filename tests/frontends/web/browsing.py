"""The real pages, served at a port of this machine, and a client that sends what it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import yarl

from bot import wiring
from bot.config import CorpusSettings, DiscordSettings, ReaderSettings, SearchSettings, Settings
from bot.core.errors import UnreachableError
from bot.frontends.metrics import Figures, Gateway, Metrics
from bot.frontends.web.application import application
from bot.frontends.web.client_connections import ConnectionCounts, ConnectionLimits
from bot.frontends.web.serving import Endpoint, connection_counts, open_socket, serving
from bot.frontends.web.site import Site, site_of
from bot.service.answers.question_queue import QuestionQueue
from bot.service.events.event_types import Event, Failed
from bot.service.operations.health import ServerHealth
from bot.service.records import Records
from bot.service.tenants import Tenant
from tests.fakes.clock import Clock
from tests.fakes.records import records_in_memory

LIGHTHOUSE = """---
title: The lighthouse on Skerry Rock
publisher: The Harbour Gazette
author: Ada Finch
published: 1999-04-02
url: https://example.org/skerry
language: en
---

The lighthouse on Skerry Rock was built by Tobias Wren in 1871. Its lamp burnt whale oil at first.

A storm in the winter of 1902 tore the gallery away. The keeper, Marta Quill, carried the lamp down.

Nobody has lived on the rock since the lamp was made automatic in 1968.
"""
HARBOUR = """---
title: ميناء المدينة القديمة
language: ar
---

بُني الميناء القديم في القرن التاسع عشر، وكان يستقبل السفن من جميع أنحاء العالم.

في عام 1902 دمرت عاصفة الرصيف الشرقي.
"""
HOSTILE = """---
title: "<script>alert(1)</script> \\" onload=x {{ 7*7 }}"
author: "<img src=x onerror=alert(1)>"
publisher: "</title><script>"
digest_of: "<i>original</i>"
---

Zebras \\<script>alert(2)\\</script> \\{{ 6*7 \\}} wear stripes & "quotes" 'everywhere'.

Second %s %(name)s {0} paragraph about zebras.
"""
CORPUS = {"lighthouse.md": LIGHTHOUSE, "harbour.md": HARBOUR, "hostile.md": HOSTILE}
SERVERS = (
    ServerHealth("storage", "db/articles", None, "9 changes"),
    ServerHealth("search", "http://one", UnreachableError("search.unreachable"), "", 4),
)
FIGURES = Figures(3, 7, 4096, 1, 2, 5, {"example.org": 1.5}, Gateway(0.1, 2, 1, 3, 4), SERVERS)
SERVER = Tenant("42")
QUICK = ConnectionLimits(head_seconds=0.3, unread_seconds=0.5)
OWN = """---
title: The club's secret handbook
---

The password of the treehouse is marmalade.
"""


class Reply(NamedTuple):
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browsing(NamedTuple):
    """A site that is served."""

    port: int
    settings: Settings
    site: Site
    records: Records
    clock: Clock
    counts: ConnectionCounts
    failures: list[Failed]
    missing: list[str]
    """The parts that are not ready."""
    session: aiohttp.ClientSession

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def get(self, path: str, **headers: str) -> Reply:
        """Ask for a path, which is sent as it is."""
        return await self.send("GET", path, headers=headers)

    async def send(self, method: str, path: str, **options: Any) -> Reply:
        """Send any request."""
        url = yarl.URL(self.base + path, encoded=True)
        async with self.session.request(method, url, allow_redirects=False, **options) as response:
            found = Reply(response.status, dict(response.headers), await response.read())
        assert b"Traceback" not in found.body
        return found

    async def raw(self, data: bytes, seconds: float = 5.0) -> bytes:
        """Send bytes, and read until the other side closes, or for so many seconds."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        found = b""
        try:
            writer.write(data)
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(seconds):
                    while part := await reader.read(65_536):
                        found += part
        finally:
            writer.close()
        return found


@asynccontextmanager
async def browsing(
    folder: Path,
    corpus: dict[str, str] | None = None,
    *,
    own: dict[str, str] | None = None,
    limits: ConnectionLimits | None = None,
    now: Callable[[], int] = time.time_ns,
    queue: QuestionQueue | None = None,
    **reader: Any,
) -> AsyncIterator[Browsing]:
    """Pages over a corpus; ``own`` are the articles of server 42, ``queue`` is where questions
    wait, if not one of their own, and ``reader`` are settings of ``[reader]``."""
    where = folder / "corpus"
    for place, articles in (
        (where, CORPUS if corpus is None else corpus),
        (folder / "data" / "servers" / SERVER.name, own or {}),
    ):
        if articles or place == where:
            place.mkdir(parents=True, exist_ok=True)
        for name, text in articles.items():
            (place / name).write_text(text, "utf-8")
    reader = {"questions_per_minute": 0.0, **reader}
    settings = Settings(
        CorpusSettings(where),
        SearchSettings(cache=folder / "index"),
        DiscordSettings(data=folder / "data"),
        reader=ReaderSettings(**reader),
    )
    clock = Clock()
    records = records_in_memory(clock)
    answering = wiring.answering(settings)
    failures: list[Failed] = []

    def note(event: Event) -> None:
        if isinstance(event, Failed):
            failures.append(event)

    answering.events.subscribe(note)
    answering.shelves.refresh()
    site = site_of(settings, answering, records=records, clock=clock, queue=queue)
    listening = open_socket(Endpoint("127.0.0.1", 0))
    counts = connection_counts(settings.reader)
    counts.limits = limits or counts.limits
    missing: list[str] = []
    metrics = Metrics(lambda: FIGURES)
    answering.events.subscribe(metrics)
    made = application(site, answering.events.failed, metrics, lambda: missing, clock, now)
    port = listening.getsockname()[1]
    try:
        async with serving(made, listening, counts), aiohttp.ClientSession() as session:
            yield Browsing(port, settings, site, records, clock, counts, failures, missing, session)
    finally:
        site.workers.close()


def run(test: Awaitable[None], seconds: float = 60.0) -> None:
    """Run a test that waits; one whose wait is in vain fails."""

    async def main() -> None:
        async with asyncio.timeout(seconds):
            await test

    asyncio.run(main())


async def emptied(counts: ConnectionCounts) -> None:
    """Wait until no connection is open."""
    async with asyncio.timeout(10):
        while counts.total:
            await asyncio.sleep(0.01)
