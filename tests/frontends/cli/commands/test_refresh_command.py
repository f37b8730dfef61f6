"""``add`` of links and feeds, and ``refresh``, from a site on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.loopback_site import LoopbackSite
from tests.frontends.cli.conftest import Run


@pytest.fixture
def site(corpus: Path) -> Iterator[LoopbackSite]:
    Path("config.toml").write_text('[web]\nallow = ["127.0.0.1"]\n')
    made = LoopbackSite()
    yield made
    made.close()


def page(*paragraphs: str) -> str:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<title>Whales at Skerry Rock</title><article>{inner}</article>"


OLD = "A humpback whale sang off Skerry Rock for twenty hours, the harbour board says."
GONE = "The fishermen of the harbour heard the whale through the hulls of their boats."
NEW = "On the second day another whale answered, and the ferry waited for both of them."


def test_a_link_is_added_and_fetched_again(corpus: Path, site: LoopbackSite, run: Run) -> None:
    site.pages["/whales"] = page(OLD, GONE)
    added = run("add", site.url("/whales"))
    slug = "whales-at-skerry-rock"
    assert added == (0, f"added: corpus/{slug}.md  “Whales at Skerry Rock”\n", "")
    before = (corpus / f"{slug}.md").read_text("utf-8")
    assert f"url: {site.url('/whales')}\n" in before
    assert "fetched: '" in before
    cited = run("ask", "Who heard the whale through the hulls?", "--json").out
    address = next(part for part in cited.split('"') if part.startswith(f"{slug}#"))

    assert run("refresh") == (0, f"unchanged: {slug}\n", "")
    site.pages["/whales"] = page(OLD, NEW)
    changed = f"changed: {slug}\n  - {GONE}\n  + {NEW}\n"
    left = f"left as it was: {slug}; --yes saves it\n"
    assert run("refresh", slug) == (0, changed + left, "")
    assert run("refresh", slug[:6]) == (0, changed + left, "")  # its beginning will do
    assert (corpus / f"{slug}.md").read_text("utf-8") == before
    assert run("verify", address).status == 0
    saved = f"saved: {slug}; what was cited of it verifies as changed\n"
    assert run("refresh", slug, "--yes") == (0, changed + saved, "")
    assert NEW in (corpus / f"{slug}.md").read_text("utf-8")
    verified = run("verify", address)
    assert verified.status == 1
    assert "changed" in verified.out


def test_a_page_that_is_gone_keeps_its_article(corpus: Path, site: LoopbackSite, run: Run) -> None:
    site.pages["/whales"] = page(OLD)
    run("add", site.url("/whales"))
    site.pages.clear()
    ran = run("refresh", "--yes")
    assert ran.status == 2
    assert ran.err == (
        "articlebot: whales-at-skerry-rock: 127.0.0.1: the site answered 404 Not Found\n"
    )
    assert (corpus / "whales-at-skerry-rock.md").exists()


def test_an_article_without_a_link_cannot_be_fetched(run: Run, corpus: Path) -> None:
    ran = run("refresh", "tides")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "articlebot: tides has no link to fetch it from; `add` its new file instead\n"
    )


def test_where_nothing_has_a_link_refresh_says_so(corpus: Path, run: Run) -> None:
    assert run("refresh") == (0, "nothing to fetch again: no article was added from a link\n", "")


def test_a_feed_s_articles_are_added_once(corpus: Path, site: LoopbackSite, run: Run) -> None:
    site.pages["/whales"] = page(OLD)
    site.pages["/feed"] = "<rss><channel><item><link>/whales</link></item></channel></rss>"
    feed = site.url("/feed")
    added = "added: corpus/whales-at-skerry-rock.md  “Whales at Skerry Rock”\n"
    assert run("add", "--feed", feed) == (0, added, "")
    assert run("add", "--feed", feed) == (0, f"nothing new: {feed}\n", "")
