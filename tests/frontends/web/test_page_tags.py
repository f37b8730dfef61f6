"""Entity tags of articles' pages: the same page has the same, any other page another."""

from __future__ import annotations

import time
from pathlib import Path

from bot.core.article import Version
from bot.core.passages.address import Address
from bot.core.passages.verification import Verdict
from bot.frontends.web.page_tags import page_tag, program_fingerprint
from tests.frontends.web.browsing import LIGHTHOUSE, Browsing, browsing, run

VERSION = Version("lighthouse.md", 520, 10**18, 10**18)
NOW = 10**18 + 60 * 10**9


def test_a_tag_differs_with_all_that_the_page_shows() -> None:
    verdict = Verdict("identical", Address("lighthouse", 1, 1, "3f9c2a1b"), "The lighthouse.")
    tags = [
        page_tag("/a/lighthouse", "en", VERSION, None, NOW),
        page_tag("/a/lighthouse?from=301", "en", VERSION, None, NOW),
        page_tag("/a/lighthouse", "de", VERSION, None, NOW),
        page_tag("/a/lighthouse", "en", VERSION._replace(size=521), None, NOW),
        page_tag("/a/lighthouse", "en", VERSION._replace(changed=VERSION.changed + 1), None, NOW),
        page_tag("/a/lighthouse", "en", VERSION, verdict, NOW),
        page_tag("/a/lighthouse", "en", VERSION, verdict._replace(status="moved"), NOW),
    ]
    assert len(set(tags)) == len(tags)
    assert page_tag("/a/lighthouse", "en", VERSION, None, NOW + 1) == tags[0]
    assert program_fingerprint() == program_fingerprint()


def test_a_file_that_changed_just_now_may_change_again_unseen() -> None:
    assert page_tag("/a/lighthouse", "en", VERSION, None, VERSION.changed + 10**9) is None
    assert page_tag("/a/lighthouse", "en", VERSION, None, VERSION.changed - 10**9) is None


async def _tag_and_status(site: Browsing, path: str, known: str = "") -> tuple[str, int]:
    headers = {"If-None-Match": known} if known else {}
    reply = await site.send("GET", path, headers=headers)
    assert reply.status == 200 or not reply.body
    assert reply.headers["Content-Security-Policy"]
    return reply.headers["Etag"], reply.status


def test_a_known_page_is_confirmed_until_its_article_changes(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, now=lambda: time.time_ns() + 10**10) as site:
            cited = (await site.get("/a/lighthouse/2")).text
            address = cited.partition('href="/a/lighthouse/2@')[2].partition("#")[0]
            paths = ("/a/lighthouse", "/a/lighthouse/2", f"/a/lighthouse/2@{address}")
            first = {path: (await _tag_and_status(site, path))[0] for path in paths}
            assert len(set(first.values())) == len(paths)
            for path, tag in first.items():
                assert await _tag_and_status(site, path, tag) == (tag, 304)
            (site.settings.corpus.folder / "lighthouse.md").write_text(
                LIGHTHOUSE.replace("1902", "1903"), "utf-8"
            )
            await site.site.workers(site.site.answering.shelves.refresh)
            for path, tag in first.items():
                now, status = await _tag_and_status(site, path, tag)
                assert (now != tag, status) == (True, 200)
            assert "Other words stand in" in (await site.get(paths[2])).text
            assert (
                await site.send("GET", "/a/nothing", headers={"If-None-Match": "*"})
            ).status == 404

    run(scene())


def test_the_tag_is_that_of_the_body_while_the_file_is_new(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, now=time.time_ns) as site:
            tag, _ = await _tag_and_status(site, "/a/lighthouse")
            assert await _tag_and_status(site, "/a/lighthouse", tag) == (tag, 304)

    run(scene())
