"""Endpoints for an operator's machines: liveness, readiness and metrics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus

from aiohttp import web

from bot.core.errors import BotError
from bot.frontends.metrics import Metrics
from bot.frontends.web.client_addresses import is_near
from bot.frontends.web.faults import not_found
from bot.frontends.web.hardening import CLIENT
from bot.frontends.web.site import Site

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Observing:
    """The handlers. The reasons and the figures are for this machine and private networks: for
    anybody else ``/readyz`` is a status alone, and ``/metrics`` is not there."""

    def __init__(
        self, site: Site, metrics: Metrics | None, missing: Callable[[], Sequence[str]]
    ) -> None:
        """``missing`` names what is not ready yet; called from the event loop, it reads no file."""
        self._site = site
        self._metrics = metrics
        self._missing = missing

    def routes(self) -> list[web.RouteDef]:
        """Return each path and its handler."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.figures),
        ]

    async def alive(self, request: web.Request) -> web.Response:
        """Say that the event loop runs."""
        return _text("alive\n")

    async def ready(self, request: web.Request) -> web.Response:
        """Say whether questions can be answered: 503 with the reasons where not."""
        missing = list(self._missing())
        try:
            await self._site.workers(self._site.answering.is_empty)
        except BotError:
            missing.append("the index cannot be read")
        servers = await self._site.workers(self._site.health)
        missing += [
            f"the {server.kind} is not reachable" for server in servers if server.fault is not None
        ]
        if not missing:
            return _text("ready\n")
        reasons = "; ".join(missing) if is_near(request[CLIENT]) else "not ready"
        return _text(f"{reasons}\n", HTTPStatus.SERVICE_UNAVAILABLE)

    async def figures(self, request: web.Request) -> web.Response:
        """Return the figures, for Prometheus."""
        if self._metrics is None or not is_near(request[CLIENT]):
            raise not_found()
        body = await self._site.workers(self._metrics.page)
        return web.Response(body=body, headers={"Content-Type": METRICS_TYPE})


def _text(text: str, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=text, status=status, headers=headers, content_type="text/plain")
