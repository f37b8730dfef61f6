"""The pages in a real browser: what axe-core says of them, where they scroll to, how wide they get,
and what is reached by keyboard.

Needs Debian's ``chromium``, and for axe-core's rules the script in axe-playwright-python (the
extra ``browser``), or node's package in a folder that NODE_PATH names.
"""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.core.passages.address import words_hash
from tests.chromium import PROGRAM, chromium
from tests.frontends.web.browsing import LIGHTHOUSE, Browsing, browsing, run

STORM = LIGHTHOUSE.split("\n\n")[2]
LONG = "---\ntitle: A long article\nlanguage: en\n---\n\n" + "\n\n".join(
    f"Paragraph {n} says at some length what there is to be said of the number {n}, which is not "
    "nothing, for every number has a neighbour." for n in range(1, 61)
)  # fmt: skip
LONGEST_WORD = f"---\ntitle: {'Donaudampfschiff' * 8}\n---\n\n{'x' * 400} and no space.\n"


PHONE = 390
PIXELS = ((320, 640), (PHONE, 844), (1280, 900))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEEN = """(() => {
    const cited = document.getElementById("cited");
    const text = document.querySelector(".text .paragraph > p");
    let measure = 0;
    if (text) {
      const full = text.getBoundingClientRect().width;
      const line = text.appendChild(document.createElement("span"));
      line.textContent = text.textContent;
      line.style.cssText = "position: absolute; white-space: nowrap";
      measure = full / (line.getBoundingClientRect().width / line.textContent.length);
      line.remove();
    }
    return {
      width: document.documentElement.scrollWidth, height: innerHeight, scrolled: scrollY,
      cited: cited ? cited.getBoundingClientRect().top : null, measure,
    };
})()"""
AXE = f"""axe.run(document, {{ runOnly: {json.dumps(RULES)} }}).then((done) => done.violations.map(
    (found) => found.id + ": " + found.nodes[0].html + " " + found.nodes[0].failureSummary))"""

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no chromium on this machine")


def axe() -> str | None:
    """axe-core's script, from a Python package or one of node's; None where neither is there."""
    package = importlib.util.find_spec("axe_playwright_python")
    folders = [Path(folder) for folder in (package and package.submodule_search_locations) or ()]
    folders += [
        Path(folder, "axe-core") for folder in os.environ.get("NODE_PATH", "").split(os.pathsep)
    ]
    found = [file for folder in folders if (file := folder / "axe.min.js").is_file()]
    return found[0].read_text("utf-8") if found else None


async def look(site: Browsing, *paths: str, script: str | None = None) -> list[dict[str, Any]]:
    """Return what a browser sees at each path, on phones and on a wide screen, light and dark; and
    what axe-core finds on one of the phones, given its script."""
    seen = []
    async with chromium() as browser:
        for scheme in ("light", "dark"):
            for width, height in PIXELS:
                await browser.look_as(width, height, scheme)
                for path in paths:
                    browser.errors.clear()
                    await browser.open(site.base + path)
                    view = await browser.evaluate(SEEN)
                    if script is not None and width == PHONE:
                        view["findings"] = await browser.evaluate_apart(script, AXE)
                    errors = [error for error in browser.errors if "404" not in error]
                    seen.append({"path": path, "window": width, "errors": errors, **view})
    return seen


def test_axe_finds_nothing_and_nothing_is_too_wide(tmp_path: Path) -> None:
    script = axe()
    if script is None:
        pytest.skip("there is no axe-core: neither axe-playwright-python nor one in NODE_PATH")
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
            seen = await look(site, *paths, script=script)
            assert len(seen) == 6 * len(paths)  # three widths, light and dark
            for view in seen:
                assert view.get("findings", []) == [], view
                assert view["width"] <= view["window"], view
                assert view["errors"] == [], view
            assert sum("findings" in view for view in seen) == 2 * len(paths)

    run(scene(), seconds=180)


def test_a_link_stands_before_its_passage_whose_lines_are_those_of_a_book(tmp_path: Path) -> None:
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
            (wide, *_) = [v for v in seen if v["path"] == "/a/long" and v["window"] > 1000]
            assert 60 <= wide["measure"] <= 75  # characters, as in a book

    run(scene())


def test_axe_finds_what_is_wrong() -> None:
    script = axe()
    if script is None:
        pytest.skip("there is no axe-core: neither axe-playwright-python nor one in NODE_PATH")

    async def scene() -> None:
        async with chromium() as browser:
            await browser.open("data:text/html,<img src=x>")
            found = await browser.evaluate_apart(script, AXE)
            assert any(finding.startswith("image-alt: ") for finding in found), found

    run(scene())
