"""Nodes of OpenSearch behind TLS and a password.

That is what the security plug-in does, which nodes made of plain jars do not have: a server before
each node ends the TLS, checks who asks, and hands the request on.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from collections.abc import Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any

from aiohttp import ClientSession, web

from bot.cluster.opensearch.loop_thread import LoopThread

USER, PASSWORD = "articlebot", "correct horse"
_EXPECTED = f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"


class GuardedNodes:
    """Servers before nodes, on ports of their own, in a thread; a context."""

    def __init__(self, urls: Sequence[str], context: ssl.SSLContext) -> None:
        """``urls`` are the nodes' own."""
        self._behind = urls
        self._context = context
        self._loop = LoopThread(self._close)
        self._open = AsyncExitStack()
        self.urls: list[str] = []
        """The addresses, over TLS, as of a host named localhost."""
        self.passed = 0
        """Requests that were handed on."""
        self.refused = 0
        """Requests with wrong credentials or none."""

    def __enter__(self) -> GuardedNodes:
        self._loop.run(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._loop.close()

    async def _start(self) -> None:
        # what a client that trusts nobody leaves half open is no fault of the tests
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        session = await self._open.enter_async_context(ClientSession())
        for url in self._behind:
            app = web.Application(client_max_size=100_000_000)
            app.router.add_route("*", "/{path:.*}", self._handler(session, url))
            runner = web.AppRunner(app, shutdown_timeout=0)
            await runner.setup()
            self._open.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=self._context).start()
            self.urls.append(f"https://localhost:{runner.addresses[0][1]}")

    def _handler(self, session: ClientSession, url: str) -> Any:
        async def handle(request: web.Request) -> web.Response:
            if request.headers.get("Authorization") != _EXPECTED:
                self.refused += 1
                return web.Response(status=401, text="Unauthorized")
            self.passed += 1
            async with session.request(
                request.method,
                url + request.path_qs,
                data=await request.read(),
                headers={"Content-Type": request.content_type},
            ) as answer:
                return web.Response(
                    status=answer.status, body=await answer.read(), content_type=answer.content_type
                )

        return handle

    async def _close(self) -> None:
        await self._open.aclose()
