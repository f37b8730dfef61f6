"""A bot that is moved to another machine by a back-up: old buttons and addresses go on working."""

from __future__ import annotations

from pathlib import Path

from bot.frontends.archive import back_up
from bot.frontends.archive_restoring import restore
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.playing import connected, playing, run, settings_in
from tests.frontends.discord_bot.test_library import TEXT, add, guild_of
from tests.loopback.world import Person

ADA = Person("Ada")


def parts(where: Path) -> dict[str, Path]:
    return {"corpus": where / "corpus", "data": where / "data"}


def test_old_buttons_and_addresses_work_on_another_machine(tmp_path: Path) -> None:
    old, new, archive = tmp_path / "old", tmp_path / "new", tmp_path / "all.tar.zst"
    old.mkdir()

    async def scene() -> None:
        async with playing(old) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await add(discord, north, title="The clock", text=TEXT)
                answers = [
                    await discord.answered(
                        await discord.slash(ADA, north.channel, "ask", question=question)
                    )
                    for question in ("Why do meanders grow?", "When does the tower strike?")
                ]
                back_up(parts(old), archive)  # the bot runs meanwhile
            restore(archive, parts(new))
            moved = settings_in(new, {}, api_url=discord.api_url)
            async with connected(discord, moved) as play:
                for answer, words in zip(answers, ("erodes", "thirteen"), strict=True):
                    pressed = await discord.press(ADA, answer, "Context")
                    assert words in (await discord.answered(pressed)).text
                    address = answer.texts[2].split("`")[1]
                    server = play.replies.shelves.library(discord_server(north.id))
                    assert server.verify(address).status == "identical"

    run(scene())
