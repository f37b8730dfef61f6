"""Deleted channels and roles, and lost permissions: told to the operator once, over the loopback
Discord."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.frontends.discord.commands.voting import HELPED
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import ADA, ask, guild_of
from tests.frontends.discord_bot.test_settings import WHY, set_to


def test_the_operator_is_told_once_of_what_was_lost(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            forum = discord.add_channel(north, "help", forum=True)
            async with connected(discord, settings) as play:
                await set_to(discord, north, "help", forum.id)
                discord.muted.add(north.id)
                for _ in range(3):
                    await discord.say(ADA, north.channel, WHY, mention=True)
                await discord.delete_channel(forum)
                while play.replies.records.settings.get(discord_server(north.id)).help_channels:
                    await asyncio.sleep(0.01)
                await play.bot.finish(5)

    with caplog.at_level(logging.WARNING, "bot"):
        run(scene())
    lines = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert sum("may not write in channel" in line for line in lines) == 1
    assert sum("which its settings named, was deleted" in line for line in lines) == 1


def test_a_role_that_was_deleted_is_in_no_setting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            tenant = discord_server(north.id)
            helpers, others = north.add_role("Helpers"), north.add_role("Others")
            async with connected(discord, settings) as play:
                await set_to(discord, north, "role", helpers)
                await set_to(discord, north, "voters", helpers)
                records = play.replies.records
                await discord.delete_role(north, others)
                await discord.delete_role(north, helpers)
                while records.settings.get(tenant).voters is not None:
                    await asyncio.sleep(0.01)
                assert records.memberships.role(tenant) is None
                message = await ask(discord, north, WHY)
                told = await discord.answered(await discord.press(ADA, message, "👍"))
                assert told.text == HELPED

    with caplog.at_level(logging.WARNING, "bot"):
        run(scene())
    lines = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [line.partition(" ")[0] for line in lines] == ["role"]
