"""The bot starts, logs, reports its errors and leaves, over the loopback Discord."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

import pytest

from bot.core.errors import BotError
from bot.frontends.discord.interactions import LEAVING
from bot.wiring import shared_state
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.playing import (
    Play,
    connected,
    holding,
    in_channel,
    playing,
    run,
    works,
)
from tests.loopback.world import Person
from tests.wording import raises, worded

WHY = "Why do meanders grow?"

ADA, BEN = Person("Ada"), Person("Ben")


def test_an_unexpected_error_has_one_number_in_the_log_and_for_the_asker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    numbers: list[str] = []

    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, play):
            before = await discord.answered(await discord.slash(ADA, place, "ask", question=WHY))
            play.replies.records.close()  # as if the disk had gone
            asked = await discord.slash(ADA, place, "ask", question=WHY)
            text = (await discord.answered(asked)).text
            assert text.startswith("Something went wrong on my side")
            numbers.extend(told(text))
            pressed = await discord.press(ADA, before, "Context")
            numbers.extend(told((await discord.answered(pressed)).text))
            said = await discord.say(ADA, place, WHY, mention=True)
            numbers.extend(told((await discord.reply_to(said)).text))

    run(scene())
    logged = [told(record.getMessage(), r"^\[([0-9a-f]{8})\]") for record in caplog.records]
    assert len(numbers) == 3
    assert [each for each in logged if each and each[0] in numbers] == [[n] for n in numbers]


def told(text: str, pattern: str = r"`([0-9a-f]{8})`") -> list[str]:
    """The reference numbers in a text."""
    return re.findall(pattern, text)


def test_leaving_finishes_the_answers_under_way(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, play):
            async with holding(play.replies.service.work):
                asked = await discord.slash(ADA, place, "ask", question=WHY)
                await discord.until(asked, lambda: asked.acknowledged is not None)
                await leaves(play)
                refused = await discord.slash(BEN, place, "ask", question=WHY)
                assert (await discord.answered(refused)).texts == [LEAVING]
                said = await discord.say(BEN, discord.direct(), WHY)
                assert not play.serving.done()
            await play.serving
            assert "How rivers bend" in (await discord.answered(asked)).text
            assert said.id not in {each.reply_to for each in discord.messages.values()}

    run(scene())


async def leaves(play: Play) -> None:
    """Ask the bot to leave, and wait until it takes no more questions."""
    play.stop.set()
    while not play.bot.leaving:
        await asyncio.sleep(0)


def test_leaving_finishes_the_answer_to_a_direct_message(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, play):
            direct = discord.direct()
            await discord.reply_to(await discord.say(ADA, direct, WHY))
            async with holding(play.replies.service.work):
                said = await discord.say(ADA, direct, WHY)
                # what is answered without a search shows that the message has come, too
                await discord.answered(await discord.slash(BEN, place, "privacy"))
                await leaves(play)
            await play.serving
            assert "How rivers bend" in (await discord.reply_to(said)).text

    run(scene())


def test_a_long_change_holds_up_no_question(tmp_path: Path) -> None:
    async def scene() -> None:
        async with (
            in_channel(tmp_path) as (discord, place, play),
            holding(play.replies.service.change),
        ):
            await works(discord, ADA, place)

    run(scene())


def test_commands_are_given_to_discord_only_when_they_changed(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")

            def puts() -> list[str]:
                return [r.path for r in discord.requests if r.method == "PUT"]

            async with connected(discord, settings):
                assert len(puts()) == 1
            async with connected(discord, settings):
                assert len(puts()) == 1
            async with connected(discord, settings, sync=True):
                assert len(puts()) == 2
            # As an earlier version left it, whose commands were others.
            records = shared_state.records(settings, Clock())
            records.registrations.put(f"{discord.bot.id}/global", "0" * 64)
            records.close()
            async with connected(discord, settings):
                assert len(puts()) == 3
            async with connected(discord, settings):
                assert len(puts()) == 3
            async with connected(discord, settings, sync_guild=north.id):
                assert puts()[3:] == [f"/applications/{discord.bot.id}/guilds/{north.id}/commands"]
                await works(discord, ADA, north.channel)
            # They would stand there twice.
            discord.faults.plan("PUT", f"/guilds/{north.id}/commands", 400)
            async with connected(discord, settings):
                await works(discord, ADA, north.channel)
            async with connected(discord, settings):
                assert [(r.path, r.body) for r in discord.requests if r.method == "PUT"][4:] == [
                    (f"/applications/{discord.bot.id}/guilds/{north.id}/commands", [])
                ] * 2
            async with connected(discord, settings):
                assert len(puts()) == 6
            discord.faults.plan("PUT", "/commands", 400)
            async with connected(discord, settings, sync=True):
                await works(discord, ADA, north.channel)  # with the commands as they were

    run(scene())


def test_a_refused_token_is_one_line(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            for token in ("wrong", "wrong\nly broken"):
                with pytest.raises(BotError) as error:
                    async with connected(discord, settings, token=token):
                        pass
                assert worded(error.value) == (
                    "Discord refuses the token from the test; make a new one at "
                    "https://discord.com/developers/applications (your application, Bot, Reset "
                    "Token) and put it there"
                )

    run(scene())


def test_a_token_revoked_while_connected_is_one_line_too(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            discord.add_guild("North")
            async with connected(discord, settings) as play:
                await discord.gateway.close_connections(4004)
                with raises(BotError, match="refuses the token from the test"):
                    await play.serving

    run(scene())


def test_questions_are_logged_only_where_the_settings_say_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")

    async def scene(folder: Path, *, log: bool) -> str:
        folder.mkdir()
        caplog.clear()
        async with in_channel(folder, log_questions=log) as (discord, place, _):
            await works(discord, ADA, place)
        return caplog.text

    assert WHY not in asyncio.run(scene(tmp_path / "no", log=False))
    assert WHY in asyncio.run(scene(tmp_path / "yes", log=True))


def test_several_shards_share_the_work(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            discord.shards = 2
            guilds = [discord.add_guild("North")]
            while len({(guild.id >> 22) % 2 for guild in guilds}) < 2:
                guild = discord.add_guild("South")
                guild.id += 1 << 22
                discord.guilds[guild.id] = guild
                guilds.append(guild)
            async with connected(discord, settings):
                async with asyncio.timeout(10):
                    while len(discord.gateway.live) < 2:
                        await asyncio.sleep(0)
                for guild in guilds:
                    await works(discord, ADA, guild.channel)

    run(scene())
