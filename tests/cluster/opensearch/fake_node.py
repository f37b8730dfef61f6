"""A node that answers as a test says: what real nodes do only when they are in trouble."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any

from aiohttp import web

ROOT = {"version": {"distribution": "opensearch", "number": "3.9.0"}}


def refusal(kind: str, reason: str = "because") -> dict[str, Any]:
    """Return what a node answers where it refuses a request."""
    return {"error": {"type": kind, "reason": reason}}


class FakeNode:
    """A node on a port of its own; a context."""

    def __init__(self, *answers: tuple[int, Any] | Callable[[], None], root: Any = ROOT) -> None:
        """``answers`` are a status and JSON each, in the order of the requests, and the last one
        for all later ones; ``root`` answers at "/". A function in an answer's place lets the
        request wait for ever."""
        self._answers = list(answers)
        self.root = root
        self._closing = asyncio.Event()
        self.requests: list[tuple[str, str, bytes]] = []
        """Method, path with query, and body of each request but those at "/"."""
        self.headers: list[dict[str, str]] = []

    async def __aenter__(self) -> FakeNode:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        if request.path_qs == "/" and self.root is not None:
            return web.json_response(self.root)
        self.requests.append((request.method, request.path_qs, await request.read()))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if callable(answer):
            await self._closing.wait()
            return web.Response(status=500)
        status, body = answer
        return web.Response(status=status, text=json.dumps(body), content_type="application/json")


def silent() -> None:
    """Stands for an answer that never comes."""
