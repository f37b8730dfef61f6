"""Serving the application: the socket it listens at, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.config import ReaderSettings
from bot.core.errors import ConfigError
from bot.frontends.web.client_addresses import read_proxies
from bot.frontends.web.client_connections import ConnectionCounts, ConnectionLimits, bounded
from bot.frontends.web.request_connections import RequestConnection

_BACKLOG = 512
_FINISH_SECONDS = 10.0
_KEEP_SECONDS = 20.0
"""Seconds that an idle connection is kept open."""
_OTHER_FILES = 200
"""Files and connections that the process needs besides those of its clients."""
_UNREADABLE = (HttpProcessingError, web.RequestPayloadError, ConnectionError, TimeoutError)
_log = logging.getLogger(__name__)


class Endpoint(NamedTuple):
    """The address and port to listen on."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def read_endpoint(text: str) -> Endpoint:
    """Return the address that ``[reader] listen`` names: ``127.0.0.1:8080``, ``[::1]:8080``. Raises
    `ConfigError`."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None or parts.path or parts.query or "@" in text:
        raise ConfigError("reader.listen", value=text)
    return Endpoint(host, port)


def read_public_url(text: str) -> str:
    """Return the URL that ``[reader] public_url`` names, without a trailing slash; "" if it is
    empty. Raises `ConfigError`."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or "@" in parts.netloc or not text.isprintable():
        raise ConfigError("reader.public_url", value=text)
    if parts.path.strip("/"):
        raise ConfigError("reader.public_path", value=text, path=parts.path)
    return text.rstrip("/")


def open_socket(endpoint: Endpoint) -> socket.socket:
    """Return a socket that listens there. Raises `ConfigError` if that cannot be."""
    try:
        found = socket.getaddrinfo(
            endpoint.host, endpoint.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
            made.listen(_BACKLOG)
            made.setblocking(False)
        except BaseException:
            made.close()
            raise
    except UnicodeError as error:  # of the codec that writes a host in ASCII
        raise ConfigError("reader.no_host", host=endpoint.host) from error
    except OSError as error:
        raise ConfigError(
            "reader.port_taken", endpoint=str(endpoint), reason=str(error.strerror)
        ) from error
    return made


def connection_counts(settings: ReaderSettings) -> ConnectionCounts:
    """Return the counts of connections, with the limits that the settings and the system set.
    Raises `ConfigError`."""
    most = min(settings.connections, max(10, _files_allowed() - _OTHER_FILES))
    return ConnectionCounts(ConnectionLimits(most), read_proxies(settings.proxies))


@contextlib.asynccontextmanager
async def serving(
    application: web.Application, listening: socket.socket, counts: ConnectionCounts
) -> AsyncIterator[None]:
    """Serve the application at a socket as long as the context lasts; requests under way are
    finished then."""
    runner = web.AppRunner(application, handler_cancellation=True)
    await runner.setup()
    requests = runner.server
    if requests is None:
        raise RuntimeError("aiohttp made no server")
    loop = asyncio.get_running_loop()
    factory = partial(
        RequestConnection,
        requests,
        loop=loop,
        access_log=None,  # type: ignore[arg-type]  # which writes none
        logger=_quiet_logger(),
        keepalive_timeout=_KEEP_SECONDS,
        lingering_time=1.0,
        auto_decompress=False,  # no body that is read here may be compressed
    )
    # asyncio takes as many waiting connections at once as its backlog: one process would take all
    # that come together, and the others, which share the socket, none
    server = await loop.create_server(bounded(factory, counts), sock=listening, backlog=1)
    listening.listen(_BACKLOG)
    try:
        yield
    finally:
        server.close()
        await requests.shutdown(_FINISH_SECONDS)
        await runner.cleanup()


def _files_allowed() -> int:
    """Return the number of files that the process may have open, after raising the limit as far as
    possible."""
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return 100_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = 65_536 if hard == unlimited else min(hard, 65_536)
    if soft != unlimited and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return 100_000 if soft == unlimited else soft


def _quiet_logger() -> logging.Logger:
    """Return aiohttp's log without malformed requests, which anybody may send."""
    logger = logging.getLogger("bot.frontends.web.aiohttp")
    if not logger.filters:
        logger.addFilter(_is_news)
    return logger


def _is_news(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, _UNREADABLE)
