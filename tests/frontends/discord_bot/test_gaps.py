"""/library gaps, over the loopback Discord."""

from __future__ import annotations

from pathlib import Path

from bot.frontends.discord.gaps_command import NO_GAPS
from bot.frontends.discord.permitting import NOT_ALLOWED
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import ADA, BOSS, ask, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Person

MISSES = (
    "Which zeppelin flies to Zanzibar?",
    "zeppelin to zanzibar",
    "is there a zeppelin that flies to Zanzibar",
)


async def gaps(discord: LoopbackDiscord, guild: Guild, person: Person = BOSS) -> str:
    message = await discord.answered(await discord.slash(person, guild.channel, "library gaps"))
    assert message.ephemeral
    return message.text


def test_gaps_are_shown_to_those_who_manage_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, log_questions=True) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                assert await gaps(discord, north) == NO_GAPS
                for question in MISSES:
                    await ask(discord, north, question)
                await ask(discord, north, "Why do meanders grow?")
                shown = await gaps(discord, north)
                assert shown.startswith("### Asked here, and not answered\n**")
                assert "-# 3 times, by 1 person  ·  nothing answers it\n" in shown
                assert "no article contains" in shown
                assert "meanders" not in shown
                assert await gaps(discord, south) == NO_GAPS
                assert await gaps(discord, north, ADA) == NOT_ALLOWED

    run(scene())


def test_without_leave_to_keep_questions_their_words_are_shown(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await ask(discord, north, "Which zeppelin flies to Zanzibar?")
                shown = await gaps(discord, north)
                assert "zeppelin" in shown
                assert "Which" not in shown

    run(scene())


def test_what_was_missed_is_forgotten_with_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                await ask(discord, north, MISSES[0])
                assert await gaps(discord, north) != NO_GAPS
                await discord.leave(north)
                await discord.join(north)
                assert await gaps(discord, north) == NO_GAPS
                assert play.replies.records.misses.tenants() == []

    run(scene())
