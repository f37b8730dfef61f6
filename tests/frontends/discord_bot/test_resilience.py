"""Faults between the bot and Discord, and the answers all the same."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import DiscordSettings
from bot.frontends.discord.gateway_figures import gateway_of
from tests.frontends.discord_bot.playing import connected, holding, in_channel, playing, run, works
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Person, Place

ADA, BEN = Person("Ada"), Person("Ben")
WHY = "Why do meanders grow?"


async def back(discord: LoopbackDiscord) -> None:
    """Wait until the bot is connected again."""
    async with asyncio.timeout(10):
        await discord.gateway.ready.wait()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/callback", 429),
        ("POST", "/callback", 0),
        ("POST", "/callback", 503),
        ("PATCH", "/messages/@original", 429),
        ("PATCH", "/messages/@original", 0),
        ("PATCH", "/messages/@original", 503),
    ],
)
def test_an_answer_survives_rate_limits_and_outages(
    tmp_path: Path, method: str, path: str, status: int
) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            discord.faults.plan(method, path, status, times=1 if status == 503 else 2)
            await works(discord, ADA, place)

    run(scene())


def test_an_acknowledgement_whose_answer_was_lost_is_not_repeated_for_ever(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            discord.faults.lose_answer("POST", "/callback")
            await works(discord, ADA, place)

    run(scene())


@pytest.mark.parametrize("status", [0, 429, 503])
def test_a_reply_to_a_mention_survives_an_outage(tmp_path: Path, status: int) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            discord.faults.plan("POST", "/channels/", status, times=2)
            said = await discord.say(ADA, place, WHY, mention=True)
            assert "How rivers bend" in (await discord.reply_to(said)).text

    run(scene())


def test_a_reply_whose_receipt_was_lost_is_not_written_twice(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings) as play:
                discord.faults.lose_answer("POST", "/channels/")
                said = await discord.say(ADA, place, WHY, mention=True)
                await discord.reply_to(said)
                await play.bot.finish(10)
            sent = [each for each in discord.requests if each.path.startswith("/channels/")]
            assert len(sent) == 2
            assert [each.reply_to for each in discord.messages.values()].count(said.id) == 1

    run(scene())


def test_a_rate_limit_is_waited_for_as_long_as_discord_says(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                path = "/messages/@original"
                discord.faults.plan("PATCH", path, 429, times=2, retry_after=0.2)
                await works(discord, ADA, place)
            times = [each.at for each in discord.requests if each.path.endswith(path)]
            assert len(times) == 3
            assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))

    run(scene())


@pytest.mark.parametrize("is_read", [False, True])
def test_rate_limits_are_counted_where_somebody_reads_the_figure(
    tmp_path: Path, is_read: bool
) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings, counts_rate_limits=is_read) as play:
                discord.faults.plan("PATCH", "/messages/@original", 429, times=2, retry_after=0.01)
                await works(discord, ADA, place)
                assert gateway_of(play.bot).rate_limits == (2 if is_read else 0)

    run(scene())


@pytest.mark.parametrize("status", [0, 429])
def test_buttons_survive_an_outage(tmp_path: Path, status: int) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            asked = await discord.slash(ADA, place, "ask", question=WHY, private=True)
            message = await discord.answered(asked)
            for method, path, label in (
                ("POST", "/callback", "Context"),
                ("PATCH", "/messages/@original", "Why this passage?"),
                ("POST", "/webhooks/", "Share"),
            ):
                discord.faults.plan(method, path, status, times=2)
                pressed = await discord.press(ADA, message, label)
                assert "went wrong" not in (await discord.answered(pressed)).text
            discord.faults.plan("DELETE", "/messages/", status, times=2)
            await discord.deleted(await discord.press(ADA, message, "Delete"))

    run(scene())


def test_an_answer_under_way_survives_a_new_session(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, play):
            async with holding(play.replies.service.work):
                asked = await discord.slash(ADA, place, "ask", question=WHY)
                await discord.until(asked, lambda: asked.acknowledged is not None)
                await discord.gateway.invalidate(resumable=False)
                await back(discord)
            assert "How rivers bend" in (await discord.answered(asked)).text
            assert len(discord.gateway.identifies) == 2

    run(scene())


def test_what_comes_too_late_is_let_go(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            late = await discord.slash(ADA, place, "ask", question=WHY)
            discord.pass_time(4)  # the 3 seconds are over before the bot hears of it
            await works(discord, ADA, place)
            assert late.callback is None
            discord.faults.plan("PATCH", "/messages/@original", 0)
            slow = await discord.slash(ADA, place, "ask", question=WHY)
            await discord.until(slow, lambda: slow.acknowledged is not None)
            discord.pass_time(15 * 60 + 1)
            await works(discord, ADA, place)
            assert slow.answered_at is None

    run(scene())
    warnings = [record.getMessage() for record in caplog.records if "too late" in record.msg]
    assert warnings[0] == "an answer came too late: the interaction is no longer known"
    assert warnings[1:] in ([], ["an answer came too late: its token is no longer valid"])


def test_reconnects_and_resumes_lose_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            for code in (4000, 1011):
                discord.gateway.ready.clear()
                await discord.gateway.close_connections(code)
                await back(discord)
                await works(discord, ADA, place)
            await discord.gateway.ask_to_reconnect()
            # Asked while nobody listens: heard when the session is resumed.
            asked = await discord.slash(ADA, place, "ask", question=WHY)
            assert "How rivers bend" in (await discord.answered(asked)).text
            await back(discord)
            await discord.gateway.invalidate(resumable=True)
            await back(discord)
            await works(discord, ADA, place)
            assert len(discord.gateway.resumes) == 4
            assert len(discord.gateway.identifies) == 1
            await discord.gateway.invalidate(resumable=False)
            await back(discord)
            await works(discord, ADA, place)
            assert len(discord.gateway.identifies) == 2

    run(scene())


def test_a_burst_is_answered_and_a_flood_is_not(tmp_path: Path) -> None:
    """As it is without settings: a dozen members ask within a moment, then one of them too much."""
    own = DiscordSettings()
    members = [Person(f"Member {number}") for number in range(12)]

    async def scene() -> None:
        async with playing(
            tmp_path, user_cooldown=own.user_cooldown, server_cooldown=own.server_cooldown
        ) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                sent = [await discord.slash(each, place, "ask", question=WHY) for each in members]
                for asked in sent:
                    assert "How rivers bend" in (await discord.answered(asked)).text
                told = []
                for _ in range(own.user_burst):
                    asked = await discord.slash(members[0], place, "ask", question=WHY)
                    told.append("How rivers bend" in (await discord.answered(asked)).text)
                assert told == [True] * (own.user_burst - 1) + [False]

    run(scene())


def test_a_cooldown_names_the_seconds_left(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(
            tmp_path, user_cooldown=10.0, user_burst=1, server_cooldown=4.0, server_burst=1
        ) as (discord, settings):
            north, south = discord.add_guild("North"), discord.add_guild("South")
            async with connected(discord, settings) as play:

                async def ask(person: Person, place: Place) -> str:
                    asked = await discord.slash(person, place, "ask", question=WHY)
                    message = await discord.answered(asked)
                    assert message.ephemeral == ("One moment" in message.text)
                    return message.text

                assert "How rivers bend" in await ask(ADA, north.channel)
                play.clock.seconds += 0.5
                assert await ask(ADA, north.channel) == "One moment: ask again in 10 seconds."
                assert await ask(BEN, north.channel) == "One moment: ask again in 4 seconds."
                assert "How rivers bend" in await ask(BEN, south.channel)
                said = await discord.say(ADA, north.channel, WHY, mention=True)
                assert (await discord.reply_to(said)).text == "One moment: ask again in 10 seconds."
                play.clock.seconds += 8.6
                assert await ask(ADA, north.channel) == "One moment: ask again in 1 second."
                play.clock.seconds += 1
                assert "How rivers bend" in await ask(ADA, north.channel)

    run(scene())
