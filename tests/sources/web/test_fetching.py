# ruff: noqa: E501 - addresses and pages are read more easily in few lines
"""Fetching, from a server on this machine that the settings allow."""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.core.errors import ArticleError
from bot.sources.formats.html.page import read_html
from bot.sources.web.fetching import Fetched, Fetcher, Limits
from bot.sources.web.links import file_of, placed
from bot.sources.web.meta_refresh import refresh_target
from bot.sources.web.reach import Reach, read_reach
from tests.sources.made_pages import make_page
from tests.wording import raises, worded

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HERE = read_reach(["127.0.0.1"])
LIMITS = Limits(seconds=5.0, size=200_000, redirects=3, concurrency=2)


def fetch(
    handlers: dict[str, Handler], path: str, *, limits: Limits = LIMITS, etag: str | None = None
) -> Fetched:
    """Return the result of fetching a path from a server with these handlers."""

    async def run() -> Fetched:
        app = web.Application()
        for place, handler in handlers.items():
            app.router.add_get(place, handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            port = runner.addresses[0][1]
            async with Fetcher(HERE, limits, contact="desk@paper.test") as fetcher:
                return await fetcher.fetch(f"http://127.0.0.1:{port}{path}", etag=etag)
        finally:
            await runner.cleanup()

    return asyncio.run(run())


def says(text: str | bytes, status: int = 200, **headers: str) -> Handler:
    body = text.encode() if isinstance(text, str) else text
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers=named)

    return answer


def sends_to(place: str) -> Handler:
    return says("", 302, Location=place)


def test_a_page_is_fetched() -> None:
    page = make_page(1)
    found = fetch(
        {"/a": says(page.html, Content_Type="text/html; charset=utf-8", ETag='"1"')}, "/a"
    )
    assert (found.data.decode(), found.media_type, found.charset, found.etag, found.fresh) == (
        page.html, "text/html", "utf-8", '"1"', True,
    )  # fmt: skip
    data, name = file_of(found)
    draft = placed(read_html(data, name)[0], found)
    assert (draft.head.title, draft.head.url) == (page.title, found.url)
    assert draft.head.fetched is not None


def test_who_asks_is_said() -> None:
    seen = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append((request.path, request.headers["User-Agent"], request.headers.get("Cookie")))
        response = web.Response(text="ok")
        response.set_cookie("track", "1")
        return response

    fetch({"/robots.txt": answer, "/a": answer}, "/a")
    assert [place for place, _, _ in seen] == ["/robots.txt", "/a"]
    assert all(
        agent.startswith("articlebot/") and "desk@paper.test" in agent and cookie is None
        for _, agent, cookie in seen
    )


def test_what_is_not_new_is_not_sent_again() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.headers["If-None-Match"] == '"1"'
        return web.Response(status=304)

    assert not fetch({"/a": answer}, "/a", etag='"1"').fresh


def test_redirects_are_followed() -> None:
    found = fetch({"/a": sends_to("/b?c=1"), "/b": says("here")}, "/a")
    assert found.data == b"here"
    assert found.url.endswith("/b?c=1")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data",
     "file:///etc/passwd", "http://me:secret@127.0.0.1/", "http://[::ffff:127.0.0.1]/", "javascript:1", "http://[/"],
)  # fmt: skip
def test_a_redirect_that_leads_inside_is_refused(target: str) -> None:
    with pytest.raises(ArticleError) as error:
        fetch({"/a": sends_to(target)}, "/a")
    assert "secret" not in worded(error.value)


def test_endless_redirects_end() -> None:
    with raises(ArticleError, match="more than 3 redirects"):
        fetch({"/a": sends_to("/a")}, "/a")


def test_robots_txt_is_heeded() -> None:
    rules = says("User-agent: *\nDisallow: /private/\n")
    handlers = {"/robots.txt": rules, "/private/a": says("no"), "/a": says("yes")}
    assert fetch(handlers, "/a").data == b"yes"
    with raises(ArticleError, match=r"robots\.txt"):
        fetch(handlers, "/private/a")
    with raises(ArticleError, match=r"robots\.txt"):
        fetch({**handlers, "/b": sends_to("/private/a")}, "/b")


def test_robots_txt_may_name_us() -> None:
    rules = says("User-agent: articlebot\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with raises(ArticleError, match=r"robots\.txt"):
        fetch({"/robots.txt": rules, "/a": says("no")}, "/a")


def test_a_robots_txt_that_cannot_be_had_allows_nothing() -> None:
    with raises(ArticleError, match="503"):
        fetch({"/robots.txt": says("", 503), "/a": says("no")}, "/a")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500])
def test_an_answer_that_is_none_is_said(status: int) -> None:
    with raises(ArticleError, match=f"127.0.0.1: the site answered {status}"):
        fetch({"/a": says("oh", status)}, "/a")


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"words"), zlib.compress(b"words"), zlib.compress(b"words")[2:-4]],
    ids=["gzip", "zlib", "deflate"],
)
def test_a_compressed_answer_is_unpacked(packed: bytes) -> None:
    kind = "gzip" if packed[0] == 0x1F else "deflate"
    assert fetch({"/a": says(packed, Content_Encoding=kind)}, "/a").data == b"words"


@pytest.mark.parametrize(
    ("body", "packed"),
    [
        (b"a" * 300_000, "identity"),
        (gzip.compress(b"a" * 50_000_000), "gzip"),
        (gzip.compress(b"words")[:-9], "gzip"),
        (b"words", "gzip"),
        (b"words", "br"),
    ],
    ids=["large", "large once unpacked", "cut off", "not packed", "packed otherwise"],
)
def test_an_answer_that_is_too_large_or_broken_is_refused(body: bytes, packed: str) -> None:
    with pytest.raises(ArticleError) as error:
        fetch({"/a": says(body, Content_Encoding=packed)}, "/a")
    assert worded(error.value).startswith("127.0.0.1: ")


def test_a_server_that_does_not_answer_is_left() -> None:
    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    with raises(ArticleError, match="no answer within"):
        fetch({"/a": never}, "/a", limits=LIMITS._replace(seconds=0.2))


def test_a_port_where_nobody_listens_is_said() -> None:
    async def run() -> None:
        async with Fetcher(HERE, LIMITS) as fetcher:
            await fetcher.fetch("http://127.0.0.1:9/a")

    with raises(ArticleError, match=r"127\.0\.0\.1: it cannot be fetched"):
        asyncio.run(run())


def test_the_encoding_is_the_server_s() -> None:
    found = fetch(
        {"/a": says("<p>Zoë".encode("cp1252"), Content_Type="text/html; charset=windows-1252")},
        "/a",
    )
    assert file_of(found)[0].decode("utf-8-sig") == "<p>Zoë"


def test_a_picture_is_no_article() -> None:
    with raises(ArticleError, match="image/png"):
        file_of(fetch({"/a": says(b"\x89PNG", Content_Type="image/png")}, "/a"))


@pytest.mark.parametrize(
    "media_type",
    ["text/plain; charset=utf-8", "text/markdown", "application/json", "application/rss+xml"],
)
@pytest.mark.parametrize(
    "feed",
    [b'{"version": "https://jsonfeed.org/version/1", "items": []}', b"<?xml version='1.0'?><rss/>"],
)
def test_a_feed_is_known_by_its_bytes(feed: bytes, media_type: str) -> None:
    with raises(ArticleError, match="^it is a feed or a sitemap, "):
        file_of(fetch({"/a": says(feed, Content_Type=media_type)}, "/a"))


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "text/html"])
def test_a_notebook_is_known_by_its_bytes(media_type: str) -> None:
    data = b'{"cells": [], "nbformat": 4}'
    found = fetch({"/a": says(data, Content_Type=media_type)}, "/a")
    assert file_of(found) == (data, "a.ipynb")


def test_a_page_cannot_pass_itself_off_as_another_site_s() -> None:
    page = make_page(1).html.replace(
        "<head>", "<head><link rel=canonical href='https://bank.test/news'>"
    )
    found = fetch({"/a": says(page, Content_Type="text/html")}, "/a")
    assert placed(read_html(found.data, "a")[0], found).head.url == found.url


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0", "0.0.0.0",  # noqa: S104
     "0177.0.0.1", "0x7f.1", "0x7f000001", "017700000001", "127.0.1", "127.0.0.1.", "localhost."],
)  # fmt: skip
def test_no_form_of_this_machine_is_reached_that_nobody_allowed(host: str) -> None:
    reached = []

    async def run() -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            reached.append(request.path)
            return web.Response(text="ok")

        app = web.Application()
        app.router.add_get("/{any:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            port = runner.addresses[0][1]
            async with Fetcher(Reach(), LIMITS) as fetcher:
                with pytest.raises(ArticleError):
                    await fetcher.fetch(f"http://{host}:{port}/a")
        finally:
            await runner.cleanup()

    asyncio.run(run())
    assert reached == []


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("<meta http-equiv='refresh' content='0;url=/tide.html'>", "/tide.html"),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"0; URL='/a?x=1&amp;y=2'\">", "/a?x=1&y=2"),
        ("<meta content='3, /a' http-equiv='refresh'>", "/a"),
        ("<meta http-equiv='refresh' content='0.5; url=/a'>", "/a"),
        ("<meta http-equiv='refresh' content='300; url=/a'>", None),
        ("<meta http-equiv='refresh' content='0'>", None),
        ("<meta http-equiv='refresh'>", None),
        ("<noscript><meta http-equiv='refresh' content='0;url=/no-script'></noscript>", None),
        ("<!-- <meta http-equiv='refresh' content='0;url=/old'> -->", None),
        ("<script>x = \"<meta http-equiv='refresh' content='0;url=/s'>\"</script>", None),
        ("<meta name='description' content='0;url=/a'><p>refresh", None),
        ("<!-- <meta http-equiv='refresh' content='0;url=/never-closed'>", None),
        ("<script>\"<meta http-equiv='refresh' content='0;url=/never-closed'>", None),
    ],
)
def test_where_a_page_sends_on_to(page: str, target: str | None) -> None:
    assert refresh_target(f"<html><head>{page}</head></html>".encode()) == target


def sends_on_to(place: str) -> Handler:
    page = f"<html><head><meta http-equiv='refresh' content='0;url={place}'></head></html>"
    return says(page, Content_Type="text/html")


def test_a_page_that_sends_on_is_followed_like_a_redirect() -> None:
    handlers = {"/a": sends_on_to("b"), "/b": sends_to("/c"), "/c": says("here")}
    found = fetch(handlers, "/a")
    assert (found.data, found.url.rpartition("/")[2]) == (b"here", "c")


def test_a_page_that_sends_on_to_itself_is_read() -> None:
    assert b"refresh" in fetch({"/a": sends_on_to("/a#b")}, "/a").data


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("http://10.0.0.1/", "no public address"),
        ("http://127.1/", "its host is a number"),
        ("file:///etc/passwd", "only http and https"),
        ("http://[", "no link"),
        ("/a", "redirects"),
    ],
)
def test_a_page_may_not_send_on_to_where_a_redirect_may_not(place: str, fault: str) -> None:
    handlers = {"/a": sends_on_to("/b"), "/b": sends_on_to(place)}
    with raises(ArticleError, match=fault):
        fetch(handlers, "/a")


DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.mark.parametrize(
    "name", ["ferry.docx", "ferry.odt", "ferry.epub", "ferry.rtf", "chromium.pdf"]
)
@pytest.mark.parametrize(
    "media_type",
    ["text/html", "application/octet-stream", "image/png", "text/plain; charset=utf-8"],
)
def test_a_document_is_known_by_its_bytes(name: str, media_type: str) -> None:
    data = (DOCUMENTS / name).read_bytes()
    limits = LIMITS._replace(size=2_000_000)
    found = fetch({"/dl": says(data, Content_Type=media_type)}, "/dl", limits=limits)
    assert file_of(found) == (data, f"dl{Path(name).suffix}")
