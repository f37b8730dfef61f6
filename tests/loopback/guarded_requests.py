"""Requests to our Discord: recorded, checked, made to fail where a test says so, and answered."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from tests.loopback.service import Service

BASE = "/api/v10"


@dataclass(frozen=True)
class Recorded:
    """One request that came in."""

    method: str
    path: str
    body: Any
    at: float
    """Seconds on the server's clock."""


class RefusalError(Exception):
    """An answer with one of Discord's error codes."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def _json(answer: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """An answer whose type says nothing of a character set, as Discord's does: discord.py
    compares the whole header."""
    body = json.dumps(answer).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


class GuardedRequests:
    """Wraps the handlers of requests."""

    def __init__(self, discord: Service) -> None:
        self.discord = discord

    def guarded(
        self, handler: Callable[[web.Request, Any], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            body = await self._body(request)
            path = request.path.removeprefix(BASE)
            discord = self.discord
            discord.requests.append(Recorded(request.method, path, body, discord.now()))
            fault = discord.faults.take(request.method, path)
            if fault is not None and fault.status == 0 and not fault.late:
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            if fault is not None and fault.status == 429:
                limited = {
                    "message": "You are being rate limited.",
                    "global": False,
                    "retry_after": fault.retry_after,
                }
                return _json(limited, status=429, headers={"Via": "1.1 loopback"})
            if fault is not None and not fault.late:
                return _json({"message": "outage", "code": 0}, status=fault.status)
            try:
                if not path.startswith(("/interactions", "/webhooks")):
                    self._authorize(request)
                self._check(request.method, path, body)
                answer = await handler(request, body)
            except RefusalError as refusal:
                return _json(
                    {"code": refusal.code, "message": refusal.message}, status=refusal.status
                )
            if fault is not None and request.transport is not None:
                request.transport.close()
            return web.Response(status=204) if answer is None else _json(answer)

        return handle

    async def _body(self, request: web.Request) -> Any:
        if request.content_type == "multipart/form-data":
            form = await request.post()
            return json.loads(str(form["payload_json"]))
        text = await request.text()
        return json.loads(text) if text else None

    def _authorize(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.discord.token}":
            raise RefusalError(401, 0, "401: Unauthorized")

    def _check(self, method: str, path: str, body: Any) -> None:
        if self.discord.specification is not None:
            self.refuse(self.discord.specification.problems(method, path, body))

    def refuse(self, problems: list[str]) -> None:
        """Refuse a malformed request, and remember it so that the test fails for it."""
        if problems:
            self.discord.violations.extend(problems)
            raise RefusalError(400, 50035, "Invalid Form Body: " + "; ".join(problems))
