"""Fetching from the web: bounded, polite, and only from hosts that `bot.sources.web.reach`
allows."""

from __future__ import annotations

import asyncio
import time
import zlib
from contextlib import suppress
from email.message import Message
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import NamedTuple, Self

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from protego import Protego
from yarl import URL

from bot.core.errors import ArticleError
from bot.sources.web.meta_refresh import refresh_target
from bot.sources.web.reach import CheckedResolver, Reach, check_literal, read_link

ROBOTS_BYTES = 512_000
"""Number of bytes read of a robots.txt (RFC 9309, 2.5, asks for no less than 500 KiB)."""
ROBOTS_SECONDS = 3600.0
"""Seconds that a robots.txt is cached (RFC 9309, 2.4, allows a day)."""


class Limits(NamedTuple):
    seconds: float = 30.0
    """Seconds from the first look-up to the last byte, redirects included."""
    size: int = 20_000_000
    """Bytes, as sent and after decompression."""
    redirects: int = 5
    concurrency: int = 8
    """Fetches at a time, over all hosts; two at a time for one host."""


class Fetched(NamedTuple):
    """The result of fetching a link."""

    url: str
    """The last address, after redirects."""
    data: bytes
    """The bytes of the answer; empty if nothing is new."""
    media_type: str
    """The server's media type, in lower case, without parameters; "" if it gives none."""
    charset: str | None
    etag: str | None
    modified: str | None
    """Its Last-Modified header, unchanged."""
    fresh: bool
    """False if the server says that what was fetched before is still the same."""


class Fetcher:
    """Follows links. An asynchronous context manager; used within one event loop."""

    def __init__(self, reach: Reach, limits: Limits | None = None, contact: str = "") -> None:
        """``contact`` is a way to reach the operator for a site: an address or a link, or ""."""
        self._reach = reach
        self._limits = limits or Limits()
        self.user_agent = user_agent(contact)
        self._slots = asyncio.Semaphore(self._limits.concurrency)
        self._session: ClientSession | None = None
        self._robots: dict[URL, tuple[float, Protego | None]] = {}
        self._robots_locks: dict[URL, asyncio.Lock] = {}

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            connector=TCPConnector(
                resolver=CheckedResolver(self._reach),
                use_dns_cache=False,
                limit_per_host=2,
                force_close=True,
            ),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate"},
            auto_decompress=False,
            trust_env=False,
            timeout=ClientTimeout(total=None),
            max_line_size=16_384,
            max_field_size=16_384,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(
        self, link: str, etag: str | None = None, modified: str | None = None
    ) -> Fetched:
        """Follow a link. ``etag`` and ``modified`` are those of an earlier `Fetched`.

        Raises `ArticleError`, in one line that names the host, if it may not or cannot be followed,
        or costs too much.
        """
        url = read_link(link)
        conditions = {}
        if etag:
            conditions["If-None-Match"] = etag
        if modified:
            conditions["If-Modified-Since"] = modified
        async with self._slots:
            try:
                async with asyncio.timeout(self._limits.seconds):
                    return await self._follow(url, conditions)
            except TimeoutError as error:
                raise ArticleError(
                    "link.timeout", host=_host(url), seconds=self._limits.seconds
                ) from error

    async def _follow(self, url: URL, headers: dict[str, str]) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            check_literal(url, self._reach)
            if not await self._allowed(url):
                raise ArticleError("link.robots", host=_host(url))
            answer = await self._get(url, headers, self._limits.size)
            if not isinstance(answer, Fetched):
                url = answer
            elif (target := _refreshed(url, answer)) is None:
                return answer
            else:
                url = target
        raise ArticleError("link.redirects", host=_host(url), most=self._limits.redirects)

    async def _get(
        self, url: URL, headers: dict[str, str], size: int, *, cut: bool = False
    ) -> Fetched | URL:
        """Send one request; returns the answer, or the URL to which it redirects."""
        if self._session is None:
            raise RuntimeError("a Fetcher is used within `async with`")
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status in (301, 302, 303, 307, 308):
                    return _redirect(url, response)
                if response.status == 304:
                    return _fetched(url, response, b"", fresh=False)
                if response.status != 200:
                    raise StatusError(url, response.status, response.reason or "")
                data = await _read(url, response, size, cut)
                return _fetched(url, response, data, fresh=True)
        except (ClientError, OSError, zlib.error, ValueError) as error:
            raise ArticleError("link.unfetched", host=_host(url), reason=_reason(error)) from error

    async def _allowed(self, url: URL) -> bool:
        """Return whether the host's robots.txt permits fetching this (RFC 9309): a missing one
        allows everything, an unavailable one nothing."""
        origin = url.origin()
        async with self._robots_locks.setdefault(origin, asyncio.Lock()):
            known = self._robots.get(origin)
            if known is None or time.monotonic() - known[0] > ROBOTS_SECONDS:
                self._robots[origin] = known = (time.monotonic(), await self._read_robots(origin))
        rules = known[1]
        if rules is None:
            return True
        return bool(await asyncio.to_thread(rules.can_fetch, str(url), self.user_agent))

    async def _read_robots(self, origin: URL) -> Protego | None:
        url = origin / "robots.txt"
        for _ in range(self._limits.redirects + 1):
            check_literal(url, self._reach)
            try:
                answer = await self._get(url, {}, ROBOTS_BYTES, cut=True)
            except StatusError as error:
                if 400 <= error.status < 500 and error.status != 429:
                    return None
                raise
            if isinstance(answer, Fetched):
                # half a megabyte of rules takes a while
                text = answer.data.decode("utf-8", "replace")
                return await asyncio.to_thread(Protego.parse, text)
            url = answer
        return None  # RFC 9309, 2.3.1.2: after five redirects as if it were not there


class StatusError(ArticleError):
    """A server answered with another status than 200."""

    def __init__(self, url: URL, status: int, reason: str) -> None:
        self.status = status
        said = " ".join(ascii(reason).strip("'").split())[:60]
        answer = f"{status} {said}".rstrip()
        super().__init__("link.status", host=_host(url), answer=answer)


def user_agent(contact: str) -> str:
    """Return the User-Agent header of this program."""
    try:
        number = version("articlebot")
    except PackageNotFoundError:
        number = "0"
    kind = "quotes articles and links to them"
    return f"articlebot/{number} ({kind}{'; ' + contact if contact else ''})"


def _refreshed(url: URL, answer: Fetched) -> URL | None:
    """Return the URL to which a page sends its reader on at once; None for a page that is to be
    read."""
    if answer.media_type not in ("", "text/html", "application/xhtml+xml"):
        return None
    target = refresh_target(answer.data)
    if target is None:
        return None
    try:
        following = read_link(str(url.join(URL(target))))
    except ValueError as error:
        raise ArticleError("link.sends_on", host=_host(url)) from error
    return None if following == url.with_fragment(None) else following


def _redirect(url: URL, response: ClientResponse) -> URL:
    target = response.headers.get("Location", "")
    try:
        return read_link(str(url.join(URL(target))))
    except ValueError as error:
        raise ArticleError("link.redirect", host=_host(url)) from error


def _fetched(url: URL, response: ClientResponse, data: bytes, *, fresh: bool) -> Fetched:
    kind = Message()
    kind["Content-Type"] = response.headers.get("Content-Type", "")
    media_type = kind.get_content_type() if "Content-Type" in response.headers else ""
    return Fetched(
        str(url),
        data,
        media_type,
        kind.get_content_charset(),
        response.headers.get("ETag"),
        response.headers.get("Last-Modified"),
        fresh,
    )


async def _read(url: URL, response: ClientResponse, size: int, cut: bool) -> bytes:
    """Return the body, decompressed, at most ``size`` bytes of it; the rest is cut off, or
    refused."""
    too_large = ArticleError("link.size", host=_host(url), megabytes=size / 1e6)
    if not cut and int(response.headers.get("Content-Length", 0)) > size:
        raise too_large
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise ArticleError("link.compression", host=_host(url))
    unpack = zlib.decompressobj(47) if encoding.endswith(("gzip", "deflate")) else None
    data = bytearray()
    received = 0
    async for chunk in response.content.iter_chunked(65_536):
        received += len(chunk)
        if unpack is not None:
            if received == len(chunk) and encoding == "deflate" and chunk[0] & 15 != 8:
                unpack = zlib.decompressobj(-15)  # RFC 9110, 8.4.1.2: some leave zlib's wrapper out
            chunk = unpack.decompress(chunk, size + 1 - len(data))
        data += chunk
        if len(data) > size or received > size:
            if cut:
                break
            raise too_large
    if unpack is not None and not unpack.eof and not cut:
        raise ArticleError("link.cut_short", host=_host(url))
    return bytes(data[:size])


def _host(url: URL) -> str:
    return ascii(url.host or "").strip("'")


def _reason(error: Exception) -> str:
    """Return the reason why a connection failed, in a few words and one line."""
    inner = getattr(error, "os_error", error)
    text = getattr(inner, "strerror", None) or str(inner) or type(error).__name__
    with suppress(TypeError):
        text = text.removeprefix("[Errno -2] ")
    return " ".join(ascii(text).strip("'\"").split())[:120]
