"""Faults between the bot and Discord, and the answers all the same."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from itertools import pairwise
from pathlib import Path

import pytest

from bot.core.errors import BotError
from bot.frontends.discord.interactions import LEAVING
from bot.wiring import shared_state
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Person, Place
from tests.wording import raises, worded

ADA, BEN = Person("Ada"), Person("Ben")
WHY = "Why do meanders grow?"


async def works(discord: LoopbackDiscord, place: Place) -> None:
    """A question is answered."""
    asked = await discord.slash(ADA, place, "ask", question=WHY)
    assert "How rivers bend" in (await discord.answered(asked)).text


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
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                discord.faults.plan(method, path, status, times=1 if status == 503 else 2)
                await works(discord, place)

    run(scene())


def test_an_acknowledgement_whose_answer_was_lost_is_not_repeated_for_ever(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                discord.faults.lose_answer("POST", "/callback")
                await works(discord, place)

    run(scene())


@pytest.mark.parametrize("status", [0, 429, 503])
def test_a_reply_to_a_mention_survives_an_outage(tmp_path: Path, status: int) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
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
                await works(discord, place)
            times = [each.at for each in discord.requests if each.path.endswith(path)]
            assert len(times) == 3
            assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))

    run(scene())


@pytest.mark.parametrize("status", [0, 429])
def test_buttons_survive_an_outage(tmp_path: Path, status: int) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
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
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings) as play:
                held = threading.Event()
                blocked = asyncio.create_task(play.replies.service.work(held.wait))
                asked = await discord.slash(ADA, place, "ask", question=WHY)
                await discord.until(asked, lambda: asked.acknowledged is not None)
                await discord.gateway.invalidate(resumable=False)
                await back(discord)
                held.set()
                await blocked
                assert "How rivers bend" in (await discord.answered(asked)).text
                assert len(discord.gateway.identifies) == 2

    run(scene())


def test_what_comes_too_late_is_let_go(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                late = await discord.slash(ADA, place, "ask", question=WHY)
                discord.pass_time(4)  # the 3 seconds are over before the bot hears of it
                await works(discord, place)
                assert late.callback is None
                discord.faults.plan("PATCH", "/messages/@original", 0)
                slow = await discord.slash(ADA, place, "ask", question=WHY)
                await discord.until(slow, lambda: slow.acknowledged is not None)
                discord.pass_time(15 * 60 + 1)
                await works(discord, place)
                assert slow.answered_at is None

    run(scene())
    warnings = [record.getMessage() for record in caplog.records if "too late" in record.msg]
    assert warnings[0] == "an answer came too late: the interaction is no longer known"
    assert warnings[1:] in ([], ["an answer came too late: its token is no longer valid"])


def test_reconnects_and_resumes_lose_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                for code in (4000, 1011):
                    discord.gateway.ready.clear()
                    await discord.gateway.close_connections(code)
                    await back(discord)
                    await works(discord, place)
                await discord.gateway.ask_to_reconnect()
                # Asked while nobody listens: heard when the session is resumed.
                asked = await discord.slash(ADA, place, "ask", question=WHY)
                assert "How rivers bend" in (await discord.answered(asked)).text
                await back(discord)
                await discord.gateway.invalidate(resumable=True)
                await back(discord)
                await works(discord, place)
                assert len(discord.gateway.resumes) == 4
                assert len(discord.gateway.identifies) == 1
                await discord.gateway.invalidate(resumable=False)
                await back(discord)
                await works(discord, place)
                assert len(discord.gateway.identifies) == 2

    run(scene())


def test_a_cooldown_names_the_seconds_left(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(
            tmp_path, user_cooldown=10.0, user_burst=1, server_cooldown=4.0, server_burst=1
        ) as (
            discord,
            settings,
        ):
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


def test_an_unexpected_error_has_one_number_in_the_log_and_for_the_asker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    numbers: list[str] = []

    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings) as play:
                before = await discord.answered(
                    await discord.slash(ADA, place, "ask", question=WHY)
                )
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
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings) as play:
                held = asyncio.Event()
                loop = asyncio.get_running_loop()
                blocked = asyncio.create_task(
                    play.replies.service.work(
                        lambda: asyncio.run_coroutine_threadsafe(held.wait(), loop).result(20)
                    )
                )
                asked = await discord.slash(ADA, place, "ask", question=WHY)
                await discord.until(asked, lambda: asked.acknowledged is not None)
                play.stop.set()
                while not play.bot.leaving:
                    await asyncio.sleep(0)
                refused = await discord.slash(BEN, place, "ask", question=WHY)
                assert (await discord.answered(refused)).texts == [LEAVING]
                said = await discord.say(BEN, discord.direct(), WHY)
                assert not play.serving.done()
                held.set()
                await play.serving
                await blocked
                assert "How rivers bend" in (await discord.answered(asked)).text
                assert said.id not in {each.reply_to for each in discord.messages.values()}

    run(scene())


def test_a_long_change_holds_up_no_question(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings) as play:
                held = threading.Event()
                changing = asyncio.create_task(play.replies.service.change(held.wait))
                await works(discord, place)
                assert not changing.done()
                held.set()
                await changing

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
                await works(discord, north.channel)
            # They would stand there twice.
            discord.faults.plan("PUT", f"/guilds/{north.id}/commands", 400)
            async with connected(discord, settings):
                await works(discord, north.channel)
            async with connected(discord, settings):
                assert [(r.path, r.body) for r in discord.requests if r.method == "PUT"][4:] == [
                    (f"/applications/{discord.bot.id}/guilds/{north.id}/commands", [])
                ] * 2
            async with connected(discord, settings):
                assert len(puts()) == 6
            discord.faults.plan("PUT", "/commands", 400)
            async with connected(discord, settings, sync=True):
                await works(discord, north.channel)  # with the commands as they were

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
        async with playing(folder, log_questions=log) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                await works(discord, place)
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
                    await works(discord, guild.channel)

    run(scene())
