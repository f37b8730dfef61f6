"""Nobody makes the bot write, or keep, more than a few messages at a time."""

from __future__ import annotations

from pathlib import Path

from bot.frontends.discord.commands.buttons import NOT_SHARED
from tests.frontends.discord_bot.commands.test_buttons import ADA, BEN, LANTERNS, QUESTION, ask
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import BOSS, guild_of

WAIT = "One moment: ask again in 3 seconds."


def test_sharing_counts_as_a_question(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS, user_cooldown=3.0, user_burst=3) as (
            discord,
            settings,
        ):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                message = await ask(discord, place, private=True)
                shared = [await discord.press(ADA, message, "Share") for _ in range(2)]
                assert [(await discord.answered(each)).ephemeral for each in shared] == [False] * 2
                refused = await discord.answered(await discord.press(ADA, message, "Share"))
                assert (refused.text, refused.ephemeral) == (WAIT, True)
                play.clock.seconds += 3
                again = await discord.answered(await discord.press(ADA, message, "Share"))
                assert not again.ephemeral

    run(scene())


def test_where_only_askers_see_answers_nothing_is_shared(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                before = await ask(discord, north.channel, private=True)
                panel = await discord.answered(
                    await discord.slash(BOSS, north.channel, "library settings")
                )
                chosen = await discord.choose(BOSS, panel, "Only the asker sees an answer")
                await discord.answered(chosen)
                told = await discord.answered(await discord.press(ADA, before, "Share"))
                assert (told.text, told.ephemeral) == (NOT_SHARED, True)
                assert "Share" not in (await ask(discord, north.channel)).choices

    run(scene())


def test_whoever_mentions_it_too_often_is_told_to_wait_once(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS, user_cooldown=3.0, user_burst=1) as (
            discord,
            settings,
        ):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                for _ in range(5):
                    await discord.say(ADA, place, QUESTION, mention=True)
                told = [each.text == WAIT for each in await discord.written_in(place, 2)]
                assert sorted(told) == [False, True]
                play.clock.seconds += 3
                for _ in range(3):
                    await discord.say(ADA, place, QUESTION, mention=True)
                said = await discord.say(BEN, place, QUESTION, mention=True)
                assert "whale oil" in (await discord.reply_to(said)).text
                told = [each.text == WAIT for each in await discord.written_in(place, 5)]
                assert sorted(told) == [False, False, False, True, True]

    run(scene())


def test_who_turns_the_answers_of_others_too_often_has_to_wait(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                message = await ask(discord, place)
                for _ in range(10):
                    await discord.answered(await discord.press(BEN, message, "Next"))
                told = await discord.answered(await discord.press(BEN, message, "Next"))
                assert told.text == WAIT
                assert play.replies.records.answers.number_of(BEN.id) == 10
                await discord.answered(await discord.press(ADA, message, "Next"))
                assert "match 2 of 3" in message.text

    run(scene())
