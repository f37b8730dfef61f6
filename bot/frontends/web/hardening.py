"""Protection around every request: its bounds, the headers of every response, and the form of a
failure.

No handler sees a request from an address that has asked too much; no response leaves without the
headers; no exception leaves as a traceback.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from http import HTTPStatus

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler, Middleware

from bot.core.errors import (
    AddressError,
    ArticleError,
    BotError,
    UnfinishedIndexError,
    UnreachableError,
)
from bot.frontends.languages import Language, mark, of_accept_language
from bot.frontends.web import templating
from bot.frontends.web.client_addresses import ProxyNetwork, client_address
from bot.frontends.web.client_connections import BoundedConnection
from bot.frontends.web.faults import WebFaultError, not_found
from bot.frontends.web.request_limits import RequestLimits

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Server": "articlebot",
}
"""Headers of every response."""
CLIENT = web.RequestKey("client", str)
"""The request's client, as `client_address` gives it."""

Failing = Callable[[BaseException, str], str]
"""Called with an unexpected error and where it occurred; returns the number under which it is
logged."""


def guarding(
    *, seconds: float, limits: RequestLimits, proxies: Sequence[ProxyNetwork], failing: Failing
) -> Middleware:
    """Return the middleware. ``seconds`` is how long a request may take; ``limits`` bound
    what an address may ask for."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        _tell_connection(request)
        try:
            wait = _wait(request, limits, proxies)
            if wait:
                raise WebFaultError(
                    HTTPStatus.TOO_MANY_REQUESTS,
                    mark("Too many requests from your address; ask again in {seconds:,} s."),
                    retry_after=wait,
                    values={"seconds": wait},
                )
            async with asyncio.timeout(seconds):
                response = await handler(request)
        except web.HTTPException as error:
            response = fault_response(request, _of_http(error))
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
        except Exception as error:  # noqa: BLE001 - the last line of defence
            response = fault_response(request, _as_fault(request, error, failing))
        return finished(request, response)

    return guard


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers that every response has; called before it is sent."""
    response.headers.update(HEADERS)


def finished(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """Return the response with an ETag; 304 where the client has it already."""
    if request.headers.get("Transfer-Encoding"):
        response.force_close()  # how long its body was is not known here
    response.headers.setdefault("Cache-Control", "no-cache")
    if (
        isinstance(response, web.Response)
        and response.status == HTTPStatus.OK
        and request.method in ("GET", "HEAD")
        and isinstance(response.body, bytes)
    ):
        known = response.etag
        tag = hashlib.sha256(response.body).hexdigest()[:24] if known is None else known.value
        response.etag = tag
        if is_known(request, tag):
            headers = {k: v for k, v in response.headers.items() if k not in _OF_A_BODY}
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return response


def is_known(request: web.Request, tag: str) -> bool:
    """Return whether the client has what this entity tag names."""
    known = request.if_none_match
    return known is not None and any(each.value in (tag, "*") for each in known)


_OF_A_BODY = frozenset({"Content-Type", "Content-Length"})


def language_of(request: web.Request) -> Language:
    """Return the language in which a browser wants pages."""
    return of_accept_language(request.headers.get("Accept-Language", ""))


def fault_response(request: web.Request, fault: WebFaultError) -> web.Response:
    """Return a fault as a page, or as JSON under ``/api/``."""
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
    if request.path.startswith("/api/"):
        shown = {"error": fault.text()}
        if fault.code:
            shown["code"] = fault.code
        if fault.reference:
            shown["reference"] = fault.reference
        return web.Response(
            status=fault.status,
            headers=headers,
            content_type="application/json",
            text=json.dumps(shown, ensure_ascii=False) + "\n",
        )
    language = language_of(request)
    body = templating.page(
        "fault.html",
        language,
        private=True,
        title=language.gettext(_TITLES.get(fault.status, fault.status.phrase)),
        text=fault.text(language),
        reference=fault.reference,
    )
    return web.Response(
        status=fault.status, headers=headers, content_type="text/html", charset="utf-8", body=body
    )


_TITLES = {
    HTTPStatus.BAD_REQUEST: mark("The request cannot be read"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: mark("The request cannot be read"),
    HTTPStatus.METHOD_NOT_ALLOWED: mark("This cannot be done here"),
    HTTPStatus.REQUEST_TIMEOUT: mark("Please try again"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: mark("The request is too large"),
    HTTPStatus.NOT_FOUND: mark("There is no such page"),
    HTTPStatus.TOO_MANY_REQUESTS: mark("Please wait a little"),
    HTTPStatus.SERVICE_UNAVAILABLE: mark("Please try again"),
    HTTPStatus.INTERNAL_SERVER_ERROR: mark("Something went wrong"),
}


def _tell_connection(request: web.Request) -> None:
    transport = request.transport
    connection = None if transport is None else transport.get_protocol()
    if isinstance(connection, BoundedConnection):
        head = len(request.method) + len(request.raw_path) + 13
        head += sum(len(name) + len(value) + 4 for name, value in request.raw_headers)
        connection.begun(head + (request.content_length or 0))


def _wait(request: web.Request, limits: RequestLimits, proxies: Sequence[ProxyNetwork]) -> int:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    told = peer[0] if isinstance(peer, tuple) else None
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
    address = request[CLIENT] = client_address(told, forwarded, proxies)
    asks = request.path == "/api/ask" or (request.path == "/" and "q=" in request.query_string)
    asks = asks or request.method == "POST"  # to compare words costs more than a question
    return (limits.questions if asks else limits.others).take(address)


def _of_http(error: web.HTTPException) -> WebFaultError:
    if error.status == HTTPStatus.NOT_FOUND:
        return not_found()
    texts = {
        HTTPStatus.METHOD_NOT_ALLOWED: mark("This cannot be done here."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: mark("The request’s body is too large."),
    }
    status = HTTPStatus(error.status)
    return WebFaultError(status, texts.get(status, status.phrase))


def _as_fault(request: web.Request, error: Exception, failing: Failing) -> WebFaultError:
    if isinstance(error, WebFaultError):
        return error
    if isinstance(error, AddressError | ArticleError):
        return not_found()
    if isinstance(error, web.RequestPayloadError | HttpProcessingError):
        return WebFaultError(HTTPStatus.BAD_REQUEST, mark("The request’s body cannot be read."))
    if isinstance(error, TimeoutError) and not request.content.is_eof():
        return WebFaultError(HTTPStatus.REQUEST_TIMEOUT, mark("The request did not come in time."))
    if isinstance(error, TimeoutError):
        return WebFaultError(
            HTTPStatus.SERVICE_UNAVAILABLE, mark("This took too long; try again."), retry_after=5
        )
    reference = failing(error, "a web request")
    text = mark("Something went wrong on this side, and it is in the log.")
    if isinstance(error, UnreachableError):
        unreachable = mark("The storage cannot be reached right now; try again.")
        if error.code.startswith("search."):
            unreachable = mark("The search cannot be reached right now; try again.")
        return WebFaultError(
            HTTPStatus.SERVICE_UNAVAILABLE, unreachable, retry_after=5, reference=reference
        )
    if isinstance(error, UnfinishedIndexError):
        text = mark("The search index is being built; try again in a few minutes.")
    if isinstance(error, BotError):
        return WebFaultError(
            HTTPStatus.SERVICE_UNAVAILABLE, text, retry_after=60, reference=reference
        )
    return WebFaultError(HTTPStatus.INTERNAL_SERVER_ERROR, text, reference=reference)
