"""Pictures of the main replies, to look at: the real bot's payloads, drawn by Chromium.

    python -m tests.pictures.draw FOLDER [--corpus DIR] [--locale pt-BR]

Needs Debian's ``chromium`` and ``fonts-noto-color-emoji``. The bot runs against our own Discord
over the articles that ship.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
from pathlib import Path

from bot.config import CorpusSettings
from bot.frontends.languages import choose
from bot.wiring.temporary_folders import temporary_folder
from tests.frontends.discord_bot.playing import connected, settings_in
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, Message, Person
from tests.pictures.chromium import chromium
from tests.pictures.page import page

QUESTION = "Why did Russia walk a fine line on the South China Sea?"
DOUBTFUL = "Is ASEAN afraid of Russia?"
WIDTH = 720
PHONE = 390
"""Pixels."""


async def replies(
    corpus: Path, folder: Path, locale: str = "en-US"
) -> dict[str, tuple[Message, str]]:
    """The main replies, by name, each with what was typed or pressed."""
    found: dict[str, tuple[Message, str]] = {}
    ada, gettext = Person("Ada", locale=locale), choose([locale]).gettext
    async with LoopbackDiscord() as discord:
        guild = discord.add_guild("North")
        guild.permissions[ada.id] = EVERYDAY | MANAGE_GUILD
        place = guild.channel
        settings = settings_in(folder, {}, api_url=discord.api_url, log_questions=True)
        settings = settings._replace(corpus=CorpusSettings(corpus))

        async def slash(name: str, **options: str | bool) -> Message:
            return await discord.answered(await discord.slash(ada, place, name, **options))

        async with connected(discord, settings):
            answer = await slash("ask", question=QUESTION)
            found["answer"] = (answer, "/ask")
            for name, label in (("context", "Context"), ("why", "Why this passage?")):
                pressed = await discord.press(ada, answer, gettext(label))
                found[name] = (await discord.answered(pressed), label)
            found["private"] = (await slash("ask", question=QUESTION, private=True), "/ask")
            found["unsure"] = (await slash("ask", question=DOUBTFUL), "/ask")
            miss = "Which aluminium team won the marmalade cup of Zanzibar?"
            found["miss"] = (await slash("ask", question=miss), "/ask")
            found["articles"] = (await slash("articles"), "/articles")
            found["article"] = (await slash("article", title="north korea problem"), "/article")
            found["help"] = (await slash("help"), "/help")
            voted = await discord.answered(await discord.press(ada, answer, "👎"))
            found["vote"] = (voted, "👎")
            found["privacy"] = (await slash("privacy"), "/privacy")
            found["privacy-own"] = (
                await discord.answered(
                    await discord.press(
                        ada, found["privacy"][0], gettext("Show what is kept about me")
                    )
                ),
                "Show what is kept about me",
            )
            found["settings"] = (await slash("library settings"), "/library settings")
            found["gaps"] = (await slash("library gaps"), "/library gaps")
            chosen = next(iter(found["gaps"][0].choices))
            near = await discord.answered(await discord.choose(ada, found["gaps"][0], chosen))
            found["gap"] = (near, chosen)
    return found


def draw(html: str, picture: Path, width: int = WIDTH) -> None:
    """Let Chromium draw a page of so many pixels in width: once to learn its height, once to draw
    it."""
    with temporary_folder("articlebot-chromium-") as profile:
        source = profile / "page.html"
        source.write_text(html, "utf-8")
        laid_out = chromium(profile, source.as_uri(), f"--window-size={width},900", "--dump-dom")
        height = re.search(r"<title>(\d+)</title>", laid_out)
        size = f"--window-size={width},{height[1] if height else 900}"
        chromium(profile, source.as_uri(), size, f"--screenshot={picture.resolve()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument(
        "--locale", default="en-US", help="the language of who asks, as Discord names it"
    )
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        found = asyncio.run(replies(options.corpus, Path(scratch), options.locale))
    for name, (message, used) in found.items():
        for end, width in (("", WIDTH), ("-phone", PHONE)):
            picture = options.folder / f"{name}{end}.png"
            draw(page(message, used, width), picture, width)
            print(picture)


if __name__ == "__main__":
    main()
