# ruff: noqa: E501 - feeds are read more easily in few lines
"""Feeds: which articles they bring, and what is remembered of them."""

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot import config
from bot.config import FeedSettings
from bot.core.errors import ArticleError
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.intake import Intake
from bot.sources.feeds.feed import FeedState, read_feed, sitemaps_in
from bot.sources.feeds.following import Followed, due, follow_feed
from bot.sources.web.fetching import Fetcher, Limits
from bot.sources.web.reach import read_reach
from tests.sources.made_pages import make_page

HERE = "https://echo.test/feed"
RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><link>https://echo.test/</link>"
    "<item><title>A</title><link> /a?x=1&amp;y=2 </link></item><item><guid>https://echo.test/b</guid></item>"
    "<item><guid isPermaLink='false'>17</guid></item><item><link>/a?x=1&amp;y=2</link></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://echo.test/'/><entry><link rel='edit' href='/no'/>"
    "<link href='/a'/></entry><entry><link rel='alternate' href='https://echo.test/b'/></entry></feed>"
)
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item><link>/a</link></item></rdf:RDF>"
MAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'>"
    "<url><loc>https://echo.test/a</loc><i:image><i:loc>https://echo.test/a.jpg</i:loc></i:image></url></urlset>"
)
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>/map</loc></sitemap></sitemapindex>"
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "/a"}, {"id": "7"}, {"external_url": "/b"}, 3],
    }
)


@pytest.mark.parametrize(
    ("feed", "links"),
    [
        (RSS, ["https://echo.test/a?x=1&y=2", "https://echo.test/b"]),
        (ATOM, ["https://echo.test/a", "https://echo.test/b"]),
        (RDF, ["https://echo.test/a"]),
        (MAP, ["https://echo.test/a"]),
        (JSON, ["https://echo.test/a", "https://echo.test/b"]),
    ],
)
def test_a_feed_s_articles(feed: str, links: list[str]) -> None:
    assert read_feed(feed.encode(), HERE) == links


def test_a_sitemap_may_name_others() -> None:
    assert sitemaps_in(INDEX.encode(), HERE) == ["https://echo.test/map"]
    assert sitemaps_in(MAP.encode(), HERE) == []
    assert sitemaps_in(b"", HERE) == []


@pytest.mark.parametrize("data", ["", "words", "<html></html>", "{}", "{", '{"items": 3}', "[" * 9])
def test_what_is_no_feed_is_refused(data: str) -> None:
    with pytest.raises(ArticleError, match="no feed"):
        read_feed(data.encode(), HERE)


def test_entities_are_not_expanded() -> None:
    bomb = (
        "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    )
    feed = f"<?xml version='1.0'?>{bomb}<rss><channel><item><link>/x&f;&b;</link></item></channel></rss>"
    assert "root:" not in "".join(read_feed(feed.encode(), HERE))


class Site:
    """A news site of two articles and a feed, on this machine."""

    def __init__(self) -> None:
        self.broken = False
        self.asked: list[str] = []
        self.pages = {f"/{n}": make_page(n).html for n in (1, 2)}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if request.path == "/feed":
            if self.broken:
                return web.Response(status=500)
            if request.headers.get("If-None-Match") == '"1"':
                return web.Response(status=304)
            items = "".join(f"<item><link>{path}</link></item>" for path in self.pages)
            return web.Response(
                body=f"<rss><channel>{items}</channel></rss>".encode(), headers={"ETag": '"1"'}
            )
        if request.path in self.pages:
            return web.Response(text=self.pages[request.path], content_type="text/html")
        return web.Response(status=404)


def follow(
    site: Site,
    folder: Path,
    times: list[Callable[[], None]],
    make_state: Callable[[Path], FeedState] = FeedState,
) -> list[list[Followed]]:
    """Ask the site's feed once for each of these, each called before."""

    async def run() -> list[list[Followed]]:
        app = web.Application()
        app.router.add_get("/{any:.*}", site.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/feed"
        (folder / "corpus").mkdir(exist_ok=True)
        intake = Intake(CorpusFolder(folder / "corpus"), 1_000_000)
        found = []
        try:
            for before in times:
                before()
                state = make_state(folder / "feeds.json")
                async with Fetcher(read_reach(["127.0.0.1"]), Limits(seconds=5.0)) as fetcher:
                    found.append(await follow_feed(url, fetcher, intake, state, lambda: 86400.0))
        finally:
            await runner.cleanup()
        return found

    return asyncio.run(run())


def test_a_feed_s_articles_are_taken_once_even_after_they_were_removed(tmp_path: Path) -> None:
    site = Site()

    def remove() -> None:
        for path in (tmp_path / "corpus").iterdir():
            path.unlink()

    first, second = follow(site, tmp_path, [lambda: None, remove])
    titles = [outcome.head.title for followed in first for outcome in followed.outcomes]
    assert titles == [make_page(1).title, make_page(2).title]
    assert second == []
    assert site.asked.count("/1") == 1
    assert list((tmp_path / "corpus").iterdir()) == []


def test_the_event_loop_never_waits_for_the_disk(tmp_path: Path) -> None:
    threads = []

    class SlowState(FeedState):
        """Notes in which thread it is written."""

        def save(self) -> None:
            threads.append(threading.get_ident())
            super().save()

    follow(Site(), tmp_path, [lambda: None, lambda: None], SlowState)
    assert len(threads) > 2
    assert threading.get_ident() not in threads  # which runs the event loop


def test_a_feed_that_fails_keeps_its_articles_and_says_when_it_worked(tmp_path: Path) -> None:
    site = Site()

    def break_down() -> None:
        site.broken = True

    _, second = follow(site, tmp_path, [lambda: None, break_down])
    assert len(list((tmp_path / "corpus").iterdir())) == 2
    assert [followed.fault for followed in second] == [
        "127.0.0.1: the site answered 500 Internal Server Error; it last worked on 1970-01-02 00:00 UTC"
    ]


def test_a_page_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    site = Site()
    site.pages = {"/1": "", **site.pages}
    site.pages["/1"] = "<html></html>"
    (found,) = follow(site, tmp_path, [lambda: None])
    assert [bool(followed.fault) for followed in found] == [True, False]


def test_state_that_is_damaged_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "feeds.json"
    path.write_bytes(b"{\xff")
    state = FeedState(path)
    state.of("a")["taken"] = ["b"]
    state.save()
    assert FeedState(path).of("a") == {"taken": ["b"]}


def test_each_feed_has_its_own_pace(tmp_path: Path) -> None:
    state = FeedState(tmp_path / "feeds.json")
    state.of("often")["asked"] = state.of("seldom")["asked"] = 1000.0
    feeds = [("often", 60.0), ("seldom", 3600.0), ("new", 3600.0)]
    assert due(feeds, state, 1030.0) == ["new"]
    assert due(feeds, state, 1060.0) == ["often", "new"]


def test_the_settings_name_feeds(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[[feeds]]\nurl = "https://echo.test/feed"\n[[feeds]]\nurl = "b"\nevery_minutes = 5\n'
    )
    assert config.load(file).feeds == (
        FeedSettings("https://echo.test/feed", 60.0),
        FeedSettings("b", 5.0),
    )
