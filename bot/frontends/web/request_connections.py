"""aiohttp's protocol of a connection, with our own words for what cannot be read as a request."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.frontends.web.hardening import HEADERS

_TEXTS = {
    HTTPStatus.BAD_REQUEST: "This is no HTTP request that can be read here.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on this side.",
}


class RequestConnection(web.RequestHandler):
    """A connection whose refusals repeat nothing of the request and do not name the program."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Log the error as aiohttp does, and return one line of text after which the connection is
        closed. Raises `ConnectionError` if a response has begun."""
        super().handle_error(request, status, exc, message)
        text = _TEXTS.get(HTTPStatus(status), HTTPStatus(status).phrase)
        response = web.Response(status=status, text=f"{text}\n", headers=HEADERS)
        response.force_close()
        return response
