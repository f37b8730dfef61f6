"""The running bot knows what lies in the corpus: a file that is dropped into it is answered from,
one that is taken out no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE, discord_server
from bot.wiring import incoming

from .playing import connected, playing, run

SERVER = discord_server(42)
CORPUS = {"tides.md": "# Tides\n\nThe tide at the harbour rises twice a day.\n"}
WHALES = "# Whales\n\nA humpback whale sings for twenty hours without a pause.\n"


def test_a_file_dropped_into_the_corpus_is_answered_from_while_the_bot_runs(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=CORPUS) as (discord, settings):
            taken_up = asyncio.Event()

            async def watch(refresh: incoming.Refresh) -> None:
                async def told(among: ChangedSlugs | None) -> None:
                    await refresh(among)
                    taken_up.set()

                await incoming.watch(settings, told)

            async with connected(discord, settings, companions=[watch]) as play:
                shelves = play.replies.shelves

                async def answered() -> bool:
                    return (
                        shelves.library(EVERYONE)
                        .ask("How long does a humpback whale sing?")
                        .answered
                    )

                async def after(change: Callable[[], object]) -> bool:
                    taken_up.clear()
                    change()
                    await asyncio.wait_for(taken_up.wait(), 3.0)
                    return await answered()

                await asyncio.sleep(0.3)  # until the watch is set, of which nobody tells
                assert not await answered()
                file = play.corpus / "whales.md"
                assert await after(partial(file.write_text, WHALES, "utf-8"))
                assert not await after(file.unlink)
                assert [title.slug for title in shelves.titles(EVERYONE).page(0, 9)] == ["tides"]

    run(scene())


def test_a_server_s_first_article_is_answered_from_there_and_nowhere_else(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=CORPUS) as (discord, settings):
            seen = asyncio.Queue[ChangedSlugs | None]()

            async def watch(refresh: incoming.Refresh) -> None:
                async def told(among: ChangedSlugs | None) -> None:
                    await refresh(among)
                    seen.put_nowait(among)

                await incoming.watch(settings, told)

            async with connected(discord, settings, companions=[watch]) as play:
                shelves = play.replies.shelves
                question = "How long does a humpback whale sing?"
                await asyncio.sleep(0.3)  # until the watch is set, of which nobody tells
                folder = settings.discord.data / "servers" / SERVER.name
                folder.mkdir(parents=True)
                assert await asyncio.wait_for(seen.get(), 3.0) is None
                assert not shelves.library(SERVER).ask(question).answered
                await asyncio.sleep(0.3)
                (folder / "whales.md").write_text(WHALES, "utf-8")
                assert await asyncio.wait_for(seen.get(), 3.0) == {SERVER: {"whales"}}
                assert shelves.library(SERVER).ask(question).answered
                assert not shelves.library(EVERYONE).ask(question).answered

    run(scene())
