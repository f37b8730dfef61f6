"""The pages in a real browser: what axe-core says of them, where they scroll to, how wide they get,
and what is reached by keyboard.

Needs Debian's ``chromium``, and node with playwright-core and axe-core, which `npm install
playwright-core axe-core` puts into a folder; NODE_PATH names its ``node_modules``.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.core.address import words_hash
from tests.frontends.web.browsing import LIGHTHOUSE, Browsing, browsing, run

SCRIPT = Path(__file__).with_name("browser.js")
STORM = LIGHTHOUSE.split("\n\n")[2]
LONG = "---\ntitle: A long article\nlanguage: en\n---\n\n" + "\n\n".join(
    f"Paragraph {n} says at some length what there is to be said of the number {n}, which is not "
    "nothing, for every number has a neighbour." for n in range(1, 61)
)  # fmt: skip
LONGEST_WORD = f"---\ntitle: {'Donaudampfschiff' * 8}\n---\n\n{'x' * 400} and no space.\n"


def modules() -> str | None:
    """Where node finds both packages; None where it does not."""
    for folder in filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)):
        if all((Path(folder) / name).is_dir() for name in ("playwright-core", "axe-core")):
            return folder
    return None


def missing() -> str:
    """What is not at hand for these tests."""
    if shutil.which("chromium") is None:
        return "there is no chromium"
    if shutil.which("node") is None:
        return "there is no node"
    return "" if modules() else "NODE_PATH names no playwright-core and axe-core"


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "all is there")


async def look(site: Browsing, *paths: str) -> list[dict[str, Any]]:
    """What the browser sees at each path, on a phone and on a wide screen, light and dark."""
    command = ["node", str(SCRIPT), site.base, *paths]
    environment = {**os.environ, "NODE_PATH": modules() or ""}

    def start() -> str:
        done = subprocess.run(  # noqa: S603 - it is our own
            command, env=environment, capture_output=True, text=True, timeout=100, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return [json.loads(line) for line in (await asyncio.to_thread(start)).splitlines()]


def test_axe_finds_nothing_and_nothing_is_too_wide(tmp_path: Path) -> None:
    paths = (
        "/",
        "/?q=Who+carried+the+lamp+down+in+the+storm%3F",
        "/?q=Which+marmalade+cup+of+Zanzibar%3F",
        "/articles",
        "/a/lighthouse",
        f"/a/lighthouse/1@{words_hash(STORM)}",
        "/a/lighthouse/2@00000000",
        "/a/lighthouse/9@00000000",
        "/a/harbour/2",
        "/a/hostile/1",
        "/a/words",
        "/nothing",
    )
    corpus = {
        "lighthouse.md": LIGHTHOUSE,
        "harbour.md": "---\ntitle: ميناء\nlanguage: ar\n---\n\nبُني الميناء.\n\nفي عام 1902.\n",
        "hostile.md": "# <script>alert(1)</script>\n\nA <b>bold</b> \\<script> in it.\n",
        "words.md": LONGEST_WORD,
    }

    async def scene() -> None:
        async with browsing(tmp_path, corpus) as site:
            seen = await look(site, *paths)
            assert len(seen) == 6 * len(paths)  # three widths, light and dark
            for view in seen:
                assert view["findings"] == [], view
                assert view["width"] <= view["window"], view
                assert view["errors"] == [], view

    run(scene())


def test_a_link_stands_before_its_passage_with_and_without_a_fragment(tmp_path: Path) -> None:
    hash_ = words_hash(LONG.split("\n\n")[50])

    async def scene() -> None:
        async with browsing(tmp_path, {"long.md": LONG}) as site:
            seen = await look(
                site, "/a/long/50", "/a/long/50#cited", f"/a/long/7@{hash_}#cited", "/a/long"
            )
            for view in seen:
                if view["path"] == "/a/long":
                    assert view["scrolled"] == 0
                else:
                    assert 0 <= view["cited"] < view["height"] * 0.6, view

    run(scene())


def test_the_measure_is_that_of_a_book(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, {"long.md": LONG}) as site:
            (wide, *_) = [v for v in await look(site, "/a/long") if v["window"] > 1000]
            assert 60 <= wide["measure"] <= 75

    run(scene())
