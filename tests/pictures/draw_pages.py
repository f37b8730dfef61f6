"""Pictures of the pages, to look at: a phone's width and a desktop's, light and dark.

    python -m tests.pictures.draw_pages FOLDER

Needs Debian's ``chromium``. The pages are served over the articles that ship.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.chromium import chromium
from tests.frontends.web.browsing import browsing

CORPUS = Path(__file__).parents[2] / "corpus"
SIZES = (("phone", 390, 844), ("desktop", 1280, 800))
QUESTION = "Why did Russia walk a fine line on the South China Sea?"


async def draw(folder: Path) -> None:
    """Draw each page in each size, light and dark."""
    corpus = {file.name: file.read_text("utf-8") for file in CORPUS.glob("*.md")}
    with tempfile.TemporaryDirectory() as scratch:
        async with browsing(Path(scratch), corpus) as site:
            answer = site.site.library().ask(QUESTION)
            slug, _, place = answer.matches[0].citation.address.partition("#")
            pages = {
                "answer": f"/?q={QUESTION.replace(' ', '+').replace('?', '%3F')}",
                "citation": f"/a/{slug}/{place}#cited",
                "article": f"/a/{slug}",
                "contents": "/articles",
            }
            async with chromium() as browser:
                for scheme in ("light", "dark"):
                    for size, width, height in SIZES:
                        await browser.look_as(width, height, scheme)
                        for name, path in pages.items():
                            await browser.open(site.base + path)
                            file = folder / f"{name}-{size}-{scheme}.png"
                            file.write_bytes(await browser.picture())
                            print(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(options.folder))


if __name__ == "__main__":
    main()
