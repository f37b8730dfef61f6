"""Pictures of the pages, to look at: a phone's width and a desktop's, light and dark.

    python -m tests.pictures.draw_pages FOLDER

Needs Debian's ``chromium``, node, and playwright-core in a folder that NODE_PATH names. The pages
are served over the articles that ship.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.frontends.web.browsing import browsing

CORPUS = Path(__file__).parents[2] / "corpus"
QUESTION = "Why did Russia walk a fine line on the South China Sea?"


async def draw(folder: Path) -> None:
    """Draw each page in each size, light and dark."""
    corpus = {file.name: file.read_text("utf-8") for file in CORPUS.glob("*.md")}
    with tempfile.TemporaryDirectory() as scratch:
        async with browsing(Path(scratch), corpus) as site:
            answer = site.site.library().ask(QUESTION)
            slug, _, place = answer.matches[0].citation.address.partition("#")
            pages = (
                f"answer=/?q={QUESTION.replace(' ', '+').replace('?', '%3F')}",
                f"citation=/a/{slug}/{place}#cited",
                f"article=/a/{slug}",
                "contents=/articles",
            )
            script = str(Path(__file__).with_name("pages.js"))
            drawing = await asyncio.create_subprocess_exec(
                "node", script, site.base, str(folder.resolve()), *pages
            )
            if await drawing.wait():
                raise SystemExit("the pages could not be drawn")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(options.folder))


if __name__ == "__main__":
    main()
