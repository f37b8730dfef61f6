"""The JSON interface: what the commands' ``--json`` prints, under ``/api/``."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from aiohttp import hdrs, web

from bot.core.answer import Question
from bot.core.errors import AddressError
from bot.core.passages.address import parse_address
from bot.frontends.error_words import in_words
from bot.frontends.web import parameters
from bot.frontends.web.faults import WebFaultError, bad_request
from bot.frontends.web.hardening import CLIENT
from bot.frontends.web.openapi import description
from bot.frontends.web.site import Site
from bot.service.answers.reply import Reply
from bot.service.presentation.views import (
    answer_as_json,
    article_as_json,
    entry_as_json,
    verdict_as_json,
)
from bot.service.shelves.titles import UnresolvedArticleError
from bot.service.tenants import EVERYONE

MOST_MATCHES = 100


class Api:
    """The handlers of the interface."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[web.RouteDef]:
        """Return each path and its handler."""
        found = {
            "/api/ask": self.ask,
            "/api/show": self.show,
            "/api/verify": self.verify,
            "/api/articles": self.articles,
            "/api/openapi.json": self.openapi,
        }
        return [
            *(web.get(path, handler) for path, handler in found.items()),
            web.post("/api/verify", self.verify),
            *(web.options(path, self.preflight) for path in found),
        ]

    async def ask(self, request: web.Request) -> web.Response:
        """Answer ``q``: `ask --json`."""
        fields = parameters.query(request)
        question = parameters.question(fields)
        if not question:
            raise bad_request("q is missing; it is the question.")
        limit = parameters.number(fields, "limit", MOST_MATCHES)
        slug = fields.get("article") or None
        earlier, client = parameters.earlier(request), request[CLIENT]

        def make(ask: Callable[[], Reply]) -> bytes:
            try:
                reply = ask()
            except UnresolvedArticleError as error:
                raise _no_such(_sentence(error), error.code) from error
            self._site.answering.tell_unanswered(reply, client)
            return json_body(answer_as_json(reply.answer))

        asked = self._site.answer(Question(question, slug, limit, earlier=earlier), make)
        return self._response(request, await asked)

    async def show(self, request: web.Request) -> web.Response:
        """Show the text at ``address``: `show --json`."""
        address = _address(parameters.query(request))

        def make() -> object:
            try:
                article, shown = self._site.answering.show(EVERYONE, address)
            except UnresolvedArticleError as error:
                raise _no_such(f"There is no article {error.text!r}.", error.code) from error
            except AddressError as error:
                raise _no_such(_sentence(error), error.code) from error
            return article_as_json(article, shown)

        return await self._answer(request, make)

    async def verify(self, request: web.Request) -> web.Response:
        """Check a citation: `verify --json`. ``quote`` comes in the body."""
        fields = parameters.query(request)
        if request.method == "POST":
            fields |= await parameters.body(request)
        address, quotation = _address(fields), parameters.quotation(fields)

        def make() -> object:
            try:
                verdict = self._site.answering.verify(EVERYONE, address, quotation)
            except AddressError as error:
                raise bad_request(_sentence(error), error.code) from error
            return verdict_as_json(address, verdict)

        return await self._answer(request, make)

    async def articles(self, request: web.Request) -> web.Response:
        """List the articles: `articles --json`."""
        return await self._answer(
            request, lambda: [entry_as_json(entry) for entry in self._site.library().entries()]
        )

    async def openapi(self, request: web.Request) -> web.Response:
        """Return the description of this interface."""
        return await self._answer(request, partial(description, self._site.settings.public_url))

    async def preflight(self, request: web.Request) -> web.Response:
        """Answer the preflight request that a browser sends before another site's request."""
        response = web.Response(status=HTTPStatus.NO_CONTENT)
        self._allow(request, response)
        if hdrs.ACCESS_CONTROL_ALLOW_ORIGIN in response.headers:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = "GET, POST"
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = "Content-Type"
            response.headers[hdrs.ACCESS_CONTROL_MAX_AGE] = "600"
        return response

    async def _answer(self, request: web.Request, make: Callable[[], object]) -> web.Response:
        return self._response(request, await self._site.workers(lambda: json_body(make())))

    def _response(self, request: web.Request, body: bytes) -> web.Response:
        response = web.Response(body=body, content_type="application/json")
        self._allow(request, response)
        return response

    def _allow(self, request: web.Request, response: web.Response) -> None:
        if not self._site.settings.origins:
            return
        response.headers[hdrs.VARY] = hdrs.ORIGIN
        origin = request.headers.get(hdrs.ORIGIN)
        if origin in self._site.settings.origins:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin


def json_body(value: object) -> bytes:
    """Return a value as the commands print it, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _address(fields: dict[str, str]) -> str:
    address = fields.get("address", "").strip()
    if not address:
        raise bad_request("address is missing; one looks like slug#8 or slug#7-8@3f9c2a1b.")
    try:
        parse_address(address)
    except AddressError as error:
        raise bad_request(_sentence(error), error.code) from error
    return address


def _sentence(error: AddressError) -> str:
    text = in_words(error, "/api/articles")
    if not text.startswith(tuple(map(str, error.data.values()))):  # an address keeps its letters
        text = f"{text[:1].upper()}{text[1:]}"
    return text if text.endswith("?") else f"{text}."


def _no_such(text: str, code: str) -> WebFaultError:
    return WebFaultError(HTTPStatus.NOT_FOUND, text, code=code)
