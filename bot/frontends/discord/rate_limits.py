"""Discord's rate limits, counted: each answer with status 429."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp


class RateLimits:
    """Counts them, as a trace of discord.py's HTTP session."""

    def __init__(self) -> None:
        self.count = 0
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._ended)

    async def _ended(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        parameters: aiohttp.TraceRequestEndParams,
    ) -> None:
        self.count += parameters.response.status == 429
