# ruff: noqa: E501 - pages are read more easily one to a line
"""Links to quotations, followed by a real Chromium: it scrolls to the words, and marks them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from aiohttp import web

from bot.core.passages.fragments import link_to
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.chromium import PROGRAM, Seen, chromium
from tests.sources.made_prose import Prose

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no chromium on this machine")

PROSE = Prose(11)
FIRST, SECOND, THIRD = (PROSE.paragraph(3, 4) for _ in range(3))
TITLE = "Ferry to Quillport sails again"
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>
<style>p, li, td, th, h2 {{ margin: 8px; width: 600px }} .gap {{ height: 3000px }}</style></head><body>
<ul><li><a href="#fares" id="c1">Fares</a></li><li><a href="#boats" id="c2">Boats</a></li></ul>
<div class="gap"></div>
<article><h1>{TITLE}</h1><p id="first">{FIRST}</p>
<h2 id="fares">Fares</h2><p id="second">{SECOND}</p>
<ol><li id="i1">Nets</li><li id="i2">Lines and a long hook for the herring</li><li id="i3">Bait of any kind</li></ol>
<h2 id="boats">Boats</h2>
<table><tr><th id="h1">Boat</th><th id="h2">Berth</th></tr>
<tr><td id="d11">Ada of Quillport</td><td id="d12">Berth number three</td></tr>
<tr><td id="d21">The grey gull</td><td id="d22">Berth number seven</td></tr></table>
<table><tr><th id="h3">Harbour of <div>Quillport and Dunmere</div></th><th id="h4">Keeper</th></tr>
<tr><td id="d31">Berths</td><td id="d32">Oskar Thorne</td></tr></table>
<pre id="code">status =    read(gauge)
   level  =  status.level</pre>
<p id="third">{THIRD}</p></article><div class="gap"></div></body></html>"""


def follow(links: Sequence[str]) -> list[Seen]:
    """Return the view that Chromium shows for each link to the page."""

    async def serve(_: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE, content_type="text/html")

    async def run() -> list[Seen]:
        app = web.Application()
        app.router.add_get("/page", serve)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            port = runner.addresses[0][1]
            async with chromium() as browser:
                return [await browser.follow(link.replace("PORT", str(port))) for link in links]
        finally:
            await runner.cleanup()

    return asyncio.run(run())


QUOTED = {
    FIRST: ["first"],
    SECOND.split(". ")[0] + ".": ["second"],
    f"Fares\n\n{SECOND}": ["second"],
    "2. Lines and a long hook for the herring": ["i2"],
    "1. Nets\n2. Lines and a long hook for the herring\n3. Bait of any kind": ["i1", "i2", "i3"],
    "Ada of Quillport | Berth number three": ["d11", "d12"],
    "Boat | Berth\nAda of Quillport | Berth number three\nThe grey gull | Berth number seven": [
        "d11",
        "d12",
        "d21",
        "d22",
    ],
    "Harbour of Quillport and Dunmere | Keeper\nBerths | Oskar Thorne": ["d31", "d32"],
    "status =    read(gauge)\n   level  =  status.level": ["code"],
    THIRD: ["third"],
}


def test_chromium_scrolls_to_each_quotation_and_marks_it() -> None:
    article = article_of("page", read_html(PAGE.encode(), "page")[0])
    links = []
    for quotation in QUOTED:
        start = article.text.index(quotation)
        links.append(
            link_to("http://127.0.0.1:PORT/page", article.text, start, start + len(quotation))
        )
    seen = follow([*links, "http://127.0.0.1:PORT/page"])
    assert seen.pop() == Seen(scrolled=False, marked=())
    texts = dict(_texts())
    for (quotation, places), found in zip(QUOTED.items(), seen, strict=True):
        assert found.scrolled, quotation
        marked = [place for place, text in texts.items() if text in found.marked]
        assert [place for place in marked if place not in ("h1", "h2", "h3", "h4")] == places, (
            quotation
        )


def _texts() -> list[tuple[str, str]]:
    from lxml.html import fromstring

    return [(e.get("id"), str(e.text_content())) for e in fromstring(PAGE).iter() if e.get("id")]
