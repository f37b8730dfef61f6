"""The pages: questions, the contents, articles. Handlers read the request and answer; what is
shown is made in worker threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from bot.core.answer import Question
from bot.core.errors import AddressError
from bot.core.passages.address import Address
from bot.frontends.web import parameters, templating
from bot.frontends.web.answer_views import answer_view
from bot.frontends.web.article_views import article_view, contents_view
from bot.frontends.web.faults import not_found
from bot.frontends.web.hardening import CLIENT, is_known, language_of
from bot.frontends.web.page_tags import page_tag
from bot.frontends.web.site import Site, look_up
from bot.service.answers.reply import Reply
from bot.service.presentation.page_links import address_path, read_path
from bot.service.tenants import EVERYONE

_MATCHES = 5
_IMMUTABLE = "public, max-age=31536000, immutable"


class Pages:
    """The handlers of the pages."""

    def __init__(self, site: Site, now: Callable[[], int] = time.time_ns) -> None:
        """``now`` gives nanoseconds since 1970."""
        self._site = site
        self._now = now

    def routes(self) -> list[web.RouteDef]:
        """Return each page's path and its handler."""
        found = [
            web.get("/", self.home),
            web.get("/articles", self.contents),
            web.get("/style.css", partial(self.static, "style.css")),
            web.get("/icon.svg", partial(self.static, "icon.svg")),
        ]
        for path, handler in (
            ("/a/{slug}", self.article),
            ("/a/{slug}/{location}", self.article),
            ("/s/{token}/{slug}", self.signed),
            ("/s/{token}/{slug}/{location}", self.signed),
        ):
            found += [web.get(path, handler), web.post(path, handler)]
        return found

    async def home(self, request: web.Request) -> web.Response:
        """Return the question box, and the answer to ``q`` where one is asked."""
        fields = parameters.query(request)
        question = parameters.question(fields)
        slug = fields.get("article") or None
        earlier, client = parameters.earlier(request), request[CLIENT]
        language = language_of(request)

        answering = self._site.answering

        def make(ask: Callable[[], Reply] | None) -> bytes:
            answer = None
            if ask is not None:
                reply = ask()
                answering.tell_unanswered(reply, client)
                answer = reply.answer
            elif slug is not None and self._site.library().entry(slug) is None:
                raise not_found()
            return templating.page(
                "home.html",
                language,
                private=bool(question),
                answer=answer and answer_view(answer, language),
                articles=answering.count(EVERYONE),
                reading=answering.shelves.reading(),
                article=slug,
                longest=parameters.LONGEST_QUESTION,
            )

        if not question:
            return _html(await self._site.workers(partial(make, None)))
        most = 1 if slug else _MATCHES
        asked = self._site.answer(Question(question, slug, most, earlier=earlier), make)
        return _html(await asked)

    async def contents(self, request: web.Request) -> web.Response:
        """Return the list of articles, paged; ``find`` searches it."""
        fields = parameters.query(request)
        find = fields.get("find", "").strip()[:200]
        page = parameters.number(fields, "page", 1_000_000)
        language = language_of(request)

        def make() -> bytes:
            entries = self._site.library().entries()
            shown = contents_view(entries, find, page, language)
            return templating.page("contents.html", language, private=bool(find), contents=shown)

        return _html(await self._site.workers(make))

    async def article(self, request: web.Request) -> web.Response:
        """Return an article; with a location, the passage there marked. POST compares it with
        ``quote``. Where the client has the page already, it is not made again."""
        slug, location = _slug_and_location(parameters.path_parts(request))
        quotation, start = await _asked(request)
        language = language_of(request)
        is_posted = request.method == "POST"

        def make() -> web.Response:
            library = self._site.library()
            address = _read(slug, location)
            # before the file is read: should it change meanwhile, the tag is that of older words
            version = None if is_posted else library.version(address.slug)
            tag = None
            if version is not None and not address.hash:
                tag = page_tag(request.path_qs, language.code, version, None, self._now())
                if tag is not None and is_known(request, tag):
                    return _unchanged(tag)
            article, verdict = look_up(library, address, quotation)
            if version is not None and verdict is not None:
                tag = page_tag(request.path_qs, language.code, version, verdict, self._now())
                if tag is not None and is_known(request, tag):
                    return _unchanged(tag)
            shown = article_view(article, address, verdict, start=start, language=language)
            response = _html(
                templating.page("article.html", language, private=False, article=shown)
            )
            response.etag = tag
            return response

        return await self._site.workers(make)

    async def signed(self, request: web.Request) -> web.Response:
        """Return the same for a server's own article, given a signed link."""
        token, *rest = parameters.path_parts(request)
        slug, location = _slug_and_location(rest)
        tenant = await self._site.grant(token, slug)
        quotation, start = await _asked(request)
        language = language_of(request)

        def path(address: Address) -> str:
            local = address._replace(slug=slug)
            own = address_path(local).removeprefix("/a/")
            return f"/s/{quote(token, safe='')}/{own}"

        def make() -> bytes:
            library = self._site.answering.shelves.library(tenant)
            address = _read(slug, location)._replace(slug=tenant.prefix + slug)
            article, verdict = look_up(library, address, quotation)
            shown = article_view(
                article, address, verdict, path=path, start=start, language=language
            )
            return templating.page("article.html", language, private=True, article=shown)

        response = _html(await self._site.workers(make))
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    async def static(self, name: str, request: web.Request) -> web.Response:
        """Return a file that all pages use; browsers may cache it for good under the URL that pages
        give it."""
        current = request.rel_url.raw_query_string == templating.static_version()
        return web.Response(
            body=templating.static_file(name),
            content_type=templating.STATIC[name],
            charset="utf-8",
            headers={"Cache-Control": _IMMUTABLE if current else "no-cache"},
        )


def _html(body: bytes) -> web.Response:
    response = web.Response(body=body, content_type="text/html", charset="utf-8")
    response.headers["Vary"] = "Accept-Language"
    return response


def _unchanged(tag: str) -> web.Response:
    response = web.Response(status=HTTPStatus.NOT_MODIFIED)
    response.headers["Vary"] = "Accept-Language"
    response.etag = tag
    return response


def _slug_and_location(parts: list[str]) -> tuple[str, str | None]:
    return parts[0], parts[1] if len(parts) > 1 else None


def _read(slug: str, location: str | None) -> Address:
    address = read_path(slug, location)
    if location is not None and address.first is None:
        raise AddressError("address.no_paragraphs", text=location)
    return address


async def _asked(request: web.Request) -> tuple[str | None, int]:
    """Return the quotation to compare with, if one was sent, and the paragraph to begin with."""
    start = parameters.number(parameters.query(request), "from", 100_000_000)
    if request.method != "POST":
        return None, start
    return parameters.quotation(await parameters.body(request)), start
