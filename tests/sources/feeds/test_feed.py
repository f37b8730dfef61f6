# ruff: noqa: E501 - feeds are read more easily in few lines
"""Feeds: which articles they bring, and what is remembered of them."""

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.config import FeedSettings
from bot.core.errors import ArticleError
from bot.sources.corpus.folder import CorpusFolder
from bot.sources.corpus.intake import Intake
from bot.sources.feeds import read_feed
from bot.sources.feeds.feed_links import FeedLinks, read_feed_links
from bot.sources.feeds.feed_state import FeedState
from bot.sources.feeds.following import Followed, due, follow_feed
from bot.sources.isolation.readers import Readers
from bot.sources.web.fetching import Fetcher, Limits
from bot.sources.web.reach import read_reach
from tests.calls import calls_of
from tests.sources.made_pages import make_page
from tests.wording import raises, worded

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
    assert read_feed_links(INDEX.encode(), HERE) == FeedLinks((), ("https://echo.test/map",))
    assert read_feed_links(MAP.encode(), HERE) == FeedLinks(("https://echo.test/a",))


@pytest.mark.parametrize("data", ["", "words", "<html></html>", "{}", "{", '{"items": 3}', "[" * 9])
def test_what_is_no_feed_is_refused(data: str) -> None:
    with raises(ArticleError, match="no feed"):
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
        self.gone: set[str] = set()
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
        if request.path in self.pages and request.path not in self.gone:
            return web.Response(text=self.pages[request.path], content_type="text/html")
        return web.Response(status=404)


def follow(
    site: Site,
    folder: Path,
    times: list[Callable[[], None]],
    make_state: Callable[[Path], FeedState] = FeedState,
    *,
    patient: bool = False,
    clock: list[float] | None = None,
) -> list[list[Followed]]:
    """Ask the site's feed once for each of these, each called before. ``clock`` holds the time in
    seconds since 1970, and may be changed by them."""
    clock = clock or [86400.0]

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
                    found.append(
                        await follow_feed(
                            url,
                            fetcher,
                            intake,
                            state,
                            read_feed_links,
                            patient=patient,
                            clock=lambda: clock[0],
                        )
                    )
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
    assert [followed.fault and worded(followed.fault) for followed in second] == [
        "127.0.0.1: the site answered 500 Internal Server Error; it last worked on 1970-01-02 00:00 UTC"
    ]


def test_a_page_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    site = Site()
    site.pages = {"/1": "", **site.pages}
    site.pages["/1"] = "<html></html>"
    (found,) = follow(site, tmp_path, [lambda: None])
    assert [bool(followed.fault) for followed in found] == [True, False]


@pytest.mark.parametrize(
    ("feed", "links"),
    [
        ("<rss version='2.0'><channel><item><link>/read?id=7&page=2</link></item></channel></rss>", ["https://echo.test/read?id=7&page=2"]),
        ("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/blog/'><entry><link href='one.html'/></entry></feed>", ["https://echo.test/blog/one.html"]),
        ("<rss version='2.0'><channel><item><link>/read?a=1&copy=2&lt=3</link></item></channel></rss>", ["https://echo.test/read?a=1&copy=2&lt=3"]),
        ("<rss version='2.0'><channel><item><link><![CDATA[/read?a=1&copy=2]]></link></item></channel></rss>", ["https://echo.test/read?a=1&copy=2"]),
        ("<urlset><url><loc>https://echo.test/a?x=1&y=2&copy=3</loc></url></urlset>", ["https://echo.test/a?x=1&y=2&copy=3"]),
        ('{"items": [{"id": "https://echo.test/a"}, {"id": "17"}]}', ["https://echo.test/a"]),
        ("\ufeff" + JSON, ["https://echo.test/a", "https://echo.test/b"]),
        ("\ufeff" + RSS, ["https://echo.test/a?x=1&y=2", "https://echo.test/b"]),
        ("<rss version='2.0'><channel><item><guid isPermaLink='False'>12345</guid></item></channel></rss>", []),
        ("<rss version='2.0'><channel><item><link><!-- c -->/a</link></item></channel></rss>", ["https://echo.test/a"]),
        ("<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel><item><a:link rel='alternate' href='/a'/></item></channel></rss>", ["https://echo.test/a"]),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><link type='application/json' href='/a.json'/><link type='text/html' href='/a'/></entry></feed>", ["https://echo.test/a"]),
        ("<br/><b>Warning</b>: a fault\n<?xml version='1.0'?><rss version='2.0'><channel><item><link>/a</link></item></channel></rss>", ["https://echo.test/a"]),
        ("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY site \"https://echo.test\">]><rss version='2.0'><channel><item><link>&site;/a</link></item></channel></rss>", ["https://echo.test/a"]),
        ("<rss version='2.0'><channel><item><link>http://[</link></item><item><link>/a</link></item></channel></rss>", ["https://echo.test/a"]),
        ("<urlset><url><loc><!-- c -->https://echo.test/a?x=1&amp;y=2</loc></url></urlset>", ["https://echo.test/a?x=1&y=2"]),
    ],
)  # fmt: skip
def test_what_feeds_are_written_like(feed: str, links: list[str]) -> None:
    assert read_feed(feed.encode(), HERE) == links


@given(st.binary(max_size=200) | st.text("<rss>feditmlnk=/'\" &;", max_size=80).map(str.encode))
def test_any_bytes_are_a_feed_or_refused_in_a_line(data: bytes) -> None:
    try:
        links = read_feed(data, HERE)
    except ArticleError as error:
        assert "\n" not in worded(error)  # noqa: PT017 - bytes may well be a feed
    else:
        assert all(isinstance(link, str) for link in links)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("before", "entry", "after"),
    [
        (
            "<rss version='2.0'><channel>",
            "<item><link>https://echo.test/{}</link></item>",
            "</channel></rss>",
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<entry><link href='/{}'/></entry>",
            "</feed>",
        ),
        (
            "<rss version='2.0'><channel>",
            "<item><link>/{}</link></item>",
            f"<!-- {'x' * 150_000} --></channel></rss>",
        ),
    ],
)
def test_of_a_feed_of_very_many_articles_the_first_are_read(
    before: str, entry: str, after: str
) -> None:
    read: list[list[str]] = []

    def work(count: int) -> int:
        feed = (before + "".join(entry.format(n) for n in range(count)) + after).encode()
        return calls_of(lambda: read.append(read_feed(feed, HERE)))

    few, many = work(1500), work(6000)
    assert read == 2 * [[f"https://echo.test/{n}" for n in range(1000)]]
    assert many < 1.5 * few


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_feed_of_two_or_four_bytes_a_letter_keeps_its_links(encoding: str) -> None:
    feed = f"<?xml version='1.0' encoding='{encoding}'?>{RSS.split('?>')[-1]}"
    assert read_feed(feed.encode(encoding), HERE) == read_feed(RSS.encode(), HERE)


def test_a_feed_is_read_in_a_bounded_process() -> None:
    with Readers() as readers:
        assert readers.read_feed(RSS.encode(), HERE).articles == (
            "https://echo.test/a?x=1&y=2",
            "https://echo.test/b",
        )
        assert readers.read_feed(INDEX.encode(), HERE).sitemaps == ("https://echo.test/map",)
        with raises(ArticleError, match="no feed"):
            readers.read_feed(b"{", HERE)


def test_a_link_that_failed_is_asked_for_again_and_names_its_status(tmp_path: Path) -> None:
    site = Site()
    site.gone = {"/1"}
    first, second, third = follow(site, tmp_path, [lambda: None, lambda: None, site.gone.clear])
    assert [followed.fault and worded(followed.fault) for followed in first] == [
        "127.0.0.1: the site answered 404 Not Found",
        None,
    ]
    assert [followed.fault and worded(followed.fault) for followed in second] == [
        "127.0.0.1: the site answered 404 Not Found"
    ]
    assert [followed.fault and worded(followed.fault) for followed in third] == [None]


def test_a_running_bot_asks_again_after_ever_longer_pauses(tmp_path: Path) -> None:
    site = Site()
    site.gone = {"/1"}
    clock = [1000.0]

    def wait(seconds: float) -> Callable[[], None]:
        def pass_time() -> None:
            clock[0] += seconds

        return pass_time

    times = [wait(0), wait(299), wait(1), wait(300), wait(300)]
    found = follow(site, tmp_path, times, patient=True, clock=clock)
    assert [[followed.link[-2:] for followed in each if followed.fault] for each in found] == [
        ["/1"], [], ["/1"], [], ["/1"],
    ]  # fmt: skip


@pytest.mark.parametrize("bad", ["http://xn--/", "nonsense:x", "http://127.1/"])
def test_one_bad_link_ends_neither_its_feed_nor_the_next(tmp_path: Path, bad: str) -> None:
    site = Site()
    site.pages = {bad: "", **site.pages}
    first, second = follow(site, tmp_path, [lambda: None, lambda: None])
    assert [followed.fault is None for followed in first] == [False, True, True]
    assert [followed.link for followed in second] == [first[0].link]
    assert len(list((tmp_path / "corpus").iterdir())) == 2


@pytest.mark.parametrize(
    "record",
    [
        [], 3, None, {"taken": 3, "links": "x", "etag": [], "asked": "soon", "worked": True, "failed": [1]},
        {"taken": [3, None], "links": {"a": 1}, "etag": "1", "failed": {"a": 3, "b": {"times": "x"}}, "asked": 1e99},
    ],
)  # fmt: skip
def test_state_of_the_wrong_type_is_as_good_as_none(tmp_path: Path, record: object) -> None:
    (tmp_path / "feeds.json").write_text(json.dumps({"http://127.0.0.1/feed": record}))
    state = FeedState(tmp_path / "feeds.json")
    assert due([("http://127.0.0.1/feed", 60.0)], state, 1000.0) == ["http://127.0.0.1/feed"]
    assert not any(
        state.of("http://127.0.0.1/feed").get(key) for key in ("taken", "links", "etag", "failed")
    )
    (tmp_path / "feeds.json").write_text(json.dumps(record))
    assert FeedState(tmp_path / "feeds.json").of("a") == {}


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
        '[[feeds]]\nurl = "https://echo.test/feed"\n[[feeds]]\nurl = "http://b.test"\nevery_minutes = 5\n'
    )
    assert config.load(file).feeds == (
        FeedSettings("https://echo.test/feed", 60.0),
        FeedSettings("http://b.test", 5.0),
    )
