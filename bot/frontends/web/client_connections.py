"""Connections, bounded: how many, how long a request's head may take, how much may come at once.

aiohttp bounds the lines and headers of a request, but not how long a client may take over them,
nor how many clients there are, nor how many requests are sent ahead on one connection.
`BoundedConnection` stands between a transport and aiohttp's protocol, and does. Used from the
event loop's thread alone.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from bot.frontends.web.client_addresses import ProxyNetwork, client_address, is_in


class ConnectionLimits(NamedTuple):
    """Limits on a server's clients."""

    connections: int = 1000
    """Maximum number of connections in all."""
    for_each: int = 100
    """Maximum number of connections from one address that is not a proxy of ours."""
    head_seconds: float = 10.0
    """Seconds from the connection to the end of its first request's head."""
    unread_seconds: float = 30.0
    """Seconds that a client may leave unread what was sent to it."""
    ahead_bytes: int = 96_000
    """Maximum number of received bytes that belong to no request under way."""


def _refusal(status: str, text: str) -> bytes:
    body = f"{text}\n".encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"X-Content-Type-Options: nosniff\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + body


TOO_MANY = _refusal("503 Service Unavailable", "Too many connections; try again in a minute.")
TOO_SLOW = _refusal("408 Request Timeout", "The request did not come in time.")
TOO_LARGE = _refusal("431 Request Header Fields Too Large", "The request is too large.")


class ConnectionCounts:
    """Number of open connections, in all and by address."""

    def __init__(self, limits: ConnectionLimits, proxies: Sequence[ProxyNetwork] = ()) -> None:
        self.limits = limits
        self.total = 0
        self.refused = 0
        """Number of connections refused so far, for any reason."""
        self._proxies = proxies
        self._by_address: Counter[str] = Counter()

    def enter(self, peer: str | None) -> str | None:
        """Count a connection; returns what to call `leave` with, or None if there are too many."""
        address = client_address(peer, "", ())
        one_of_many = address != "" and not is_in(peer, self._proxies)
        full = self.total >= self.limits.connections
        if full or (one_of_many and self._by_address[address] >= self.limits.for_each):
            self.refused += 1
            return None
        self.total += 1
        self._by_address[address] += 1
        return address

    def leave(self, address: str) -> None:
        """Stop counting a connection."""
        self.total -= 1
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]


class BoundedConnection(asyncio.Protocol):
    """One connection, with aiohttp's protocol behind it."""

    def __init__(self, inner: asyncio.Protocol, counts: ConnectionCounts) -> None:
        self._inner = inner
        self._counts = counts
        self._limits = counts.limits
        self._address: str | None = None
        self._transport: asyncio.Transport | None = None
        self._ahead = 0
        self._head_timer: asyncio.TimerHandle | None = None
        self._unread_timer: asyncio.TimerHandle | None = None

    def begun(self, size: int) -> None:
        """Note the start of a request with a head and body of this size."""
        self._stop_timers()
        self._ahead = max(0, self._ahead - size)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._address = self._counts.enter(peer[0] if isinstance(peer, tuple) else None)
        if self._address is None:
            self._refuse(TOO_MANY)
            return
        self._inner.connection_made(transport)
        loop = asyncio.get_running_loop()
        self._head_timer = loop.call_later(self._limits.head_seconds, self._too_slow)

    def data_received(self, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        self._ahead += len(data)
        if self._ahead > self._limits.ahead_bytes:
            self._counts.refused += 1
            self._refuse(TOO_LARGE)
            return
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._address is not None else None

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timers()
        if self._address is not None:
            self._counts.leave(self._address)
            self._inner.connection_lost(exc)
        self._transport = None

    def pause_writing(self) -> None:
        self._inner.pause_writing()
        if self._unread_timer is None:
            loop = asyncio.get_running_loop()
            self._unread_timer = loop.call_later(self._limits.unread_seconds, self._abort)

    def resume_writing(self) -> None:
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None
        self._inner.resume_writing()

    def _too_slow(self) -> None:
        self._counts.refused += 1
        self._refuse(TOO_SLOW)

    def _refuse(self, response: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(response)
            self._transport.close()

    def _abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _stop_timers(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def bounded(
    factory: Callable[[], asyncio.Protocol], counts: ConnectionCounts
) -> Callable[[], BoundedConnection]:
    """Return the same factory of protocols, each behind a `BoundedConnection`."""
    return lambda: BoundedConnection(factory(), counts)
