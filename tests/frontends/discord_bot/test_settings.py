"""/library settings and what follows from them, over the loopback Discord."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.frontends.discord.commands.messages import ASK_PRIVATELY, NOT_MEANT
from bot.frontends.discord.commands.permitting import NOT_INSTALLED, ONLY_MANAGERS
from bot.frontends.discord.commands.voting import HELPED, IS_IT_ONE, NO_VOTERS
from bot.frontends.discord.run_bot import DiscordError
from bot.frontends.discord.server_rules import ELSEWHERE
from bot.service.records import ServerSettings
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.playing import connected, playing, run, works
from tests.frontends.discord_bot.test_library import ADA, BOSS, ask, guild_of
from tests.loopback.gateway import MESSAGE_CONTENT
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Message, Person
from tests.wording import raises

BEN = Person("Ben")
WHY = "Why do meanders grow?"
RISES = "What does yeast give off?"
MISS = "Which zeppelin flies to Zanzibar?"
SENTENCE = "That is why meanders grow"


async def panel(discord: LoopbackDiscord, guild: Guild, person: Person = BOSS) -> Message:
    asked = await discord.slash(person, guild.channel, "library settings")
    message = await discord.answered(asked)
    assert message.ephemeral
    return message


async def set_to(discord: LoopbackDiscord, guild: Guild, what: str, *numbers: int) -> None:
    shown = await panel(discord, guild)
    await discord.answered(await discord.pick(BOSS, shown, f"settings:{what}", *numbers))


async def choose(discord: LoopbackDiscord, guild: Guild, *labels: str) -> Message:
    shown = await panel(discord, guild)
    return await discord.answered(await discord.choose(BOSS, shown, *labels))


def test_the_panel_keeps_what_is_chosen(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            away = discord.add_guild("Away", installed=False)
            forum = discord.add_channel(north, "help", forum=True)
            editors = north.add_role("Editors")
            async with connected(discord, settings) as play:
                await set_to(discord, north, "channels", north.channel.id)
                await set_to(discord, north, "help", forum.id)
                await set_to(discord, north, "role", editors)
                await set_to(discord, north, "voters", editors)
                await choose(
                    discord,
                    north,
                    "Only the asker sees an answer",
                    "Only the asker sees that there is none",
                )
                shown = await choose(discord, north, "Deutsch")
                chosen = [
                    label for label, (_, option) in shown.choices.items() if option.get("default")
                ]
                assert len(chosen) == 3
                assert "Deutsch" in chosen
                records = play.replies.records
                tenant = discord_server(north.id)
                assert records.settings.get(tenant) == ServerSettings(
                    (north.channel.id,), True, (forum.id,), True, editors, "de"
                )
                assert records.memberships.role(tenant) == editors
                await set_to(discord, north, "channels")
                await set_to(discord, north, "role")
                assert records.settings.get(tenant).channels == ()
                assert records.memberships.role(tenant) is None
                assert records.settings.get(discord_server(south.id)) == ServerSettings()
                assert (await panel(discord, north, ADA)).text == ONLY_MANAGERS
                assert (await panel(discord, away)).text == NOT_INSTALLED
                shown = await panel(discord, north)
                shown.seen_by = None
                pressed = await discord.pick(ADA, shown, "settings:channels", north.channel.id)
                assert (await discord.answered(pressed)).text == ONLY_MANAGERS
                assert records.settings.get(tenant).channels == ()

    run(scene())


def test_it_answers_in_the_channels_that_were_named(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            other = discord.add_channel(north, "library")
            async with connected(discord, settings):
                await set_to(discord, north, "channels", other.id)
                elsewhere = ELSEWHERE.format(channels=f"<#{other.id}>")
                told = await ask(discord, north, WHY)
                assert (told.text, told.ephemeral) == (elsewhere, True)
                said = await discord.say(ADA, north.channel, WHY, mention=True)
                assert (await discord.reply_to(said)).text == elsewhere
                asked = await discord.slash(ADA, other, "ask", question=WHY)
                assert SENTENCE in (await discord.answered(asked)).text
                said = await discord.say(ADA, other, WHY, mention=True)
                assert SENTENCE in (await discord.reply_to(said)).text

    run(scene())


def test_where_only_the_asker_sees_answers(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await choose(discord, north, "Only the asker sees an answer")
                told = await ask(discord, north, WHY)
                assert told.ephemeral
                assert SENTENCE in told.text
                said = await discord.say(ADA, north.channel, WHY, mention=True)
                assert (await discord.reply_to(said)).text == ASK_PRIVATELY

    run(scene())


def test_a_quiet_miss_is_seen_by_its_asker_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                await choose(discord, north, "Only the asker sees that there is none")
                asked = await discord.slash(ADA, north.channel, "ask", question=MISS)
                await discord.until(asked, lambda: bool(asked.followups))
                (told,) = asked.followups
                assert told.seen_by == ADA
                assert "Nothing in the articles answers this" in told.text
                assert asked.message is not None
                assert asked.message.deleted
                assert not (await ask(discord, north, WHY)).ephemeral
                missed = await discord.say(ADA, north.channel, MISS, mention=True)
                said = await discord.say(ADA, north.channel, WHY, mention=True)
                assert SENTENCE in (await discord.reply_to(said)).text
                await play.bot.finish(5)
                assert not any(each.reply_to == missed.id for each in discord.messages.values())

    run(scene())


def test_a_quiet_miss_in_a_moment_is_a_first_response_to_its_asker_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings, at_once_seconds=60.0):
                await choose(discord, north, "Only the asker sees that there is none")
                asked = await discord.slash(ADA, north.channel, "ask", question=MISS)
                told = await discord.answered(asked)
                assert (asked.message, told.seen_by, asked.followups) == (told, ADA, [])
                assert "Nothing in the articles answers this" in told.text

    run(scene())


def test_a_new_posts_title_is_answered_once_and_only_with_an_answer(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            forum = discord.add_channel(north, "help", forum=True)
            other = discord.add_channel(north, "chatter", forum=True)
            async with connected(discord, settings) as play:
                await discord.post(ADA, forum, WHY, "before it was set")
                await set_to(discord, north, "help", forum.id)
                vain = await discord.post(ADA, forum, MISS, "I wonder.")
                elsewhere = await discord.post(ADA, other, WHY, "Anyone?")
                thread = await discord.post(ADA, forum, WHY, "I looked everywhere.")
                (told,) = await discord.written_in(thread)
                assert told.reply_to == thread.id
                assert SENTENCE in told.text
                assert NOT_MEANT in told.buttons
                await discord.say(ADA, thread, WHY)  # not for the bot
                pressed = await discord.press(BEN, told, NOT_MEANT)
                offered = await discord.answered(pressed)
                assert offered.seen_by == BEN
                assert offered.choices
                await play.bot.finish(5)
                for place in (vain, elsewhere):
                    assert await discord.written_in(place, 0) == []
                assert len(await discord.written_in(thread)) == 1

    run(scene())


def test_the_next_question_in_a_posts_thread_follows_its_title(tmp_path: Path) -> None:
    """Whoever asks it, by a mention, a reply or a command."""
    together = f"Taken together with “{RISES}”."

    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            forum = discord.add_channel(north, "help", forum=True)
            async with connected(discord, settings):
                await set_to(discord, north, "help", forum.id)
                thread = await discord.post(ADA, forum, RISES, "Please.")
                (told,) = await discord.written_in(thread)
                for person in (ADA, BEN):
                    said = await discord.say(person, thread, "and why?", mention=True)
                    assert together in (await discord.reply_to(said)).text
                said = await discord.say(BEN, thread, "and why?", replying=told)
                assert together in (await discord.reply_to(said)).text
                asked = await discord.slash(BEN, thread, "ask", question="and why?")
                assert together in (await discord.answered(asked)).text
                said = await discord.say(BEN, north.channel, "and why?", mention=True)
                assert "Taken together" not in (await discord.reply_to(said)).text

    run(scene())


def test_with_the_intent_posts_texts_and_help_channels_are_read(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, message_content=True) as (discord, settings):
            discord.grants_content = True
            north = guild_of(discord)
            forum = discord.add_channel(north, "forum", forum=True)
            channel = discord.add_channel(north, "help")
            async with connected(discord, settings) as play:
                assert discord.gateway.reads_content
                await set_to(discord, north, "help", forum.id, channel.id)
                thread = await discord.post(ADA, forum, "A question on rivers", WHY)
                (told,) = await discord.written_in(thread)
                assert (told.reply_to, SENTENCE in told.text) == (thread.id, True)
                vain = [await discord.say(ADA, channel, text) for text in ("hello", MISS)]
                said = await discord.say(ADA, channel, WHY)
                assert SENTENCE in (await discord.reply_to(said)).text
                await discord.say(ADA, north.channel, WHY)
                await play.bot.finish(5)
                assert await discord.written_in(north.channel, 0) == []
                assert not {each.id for each in vain} & {
                    each.reply_to for each in discord.messages.values()
                }

    run(scene())


def test_without_leave_it_goes_on_without_the_intent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with playing(tmp_path, message_content=True) as (discord, settings):
            north = guild_of(discord)
            with caplog.at_level(logging.WARNING):
                async with connected(discord, settings):
                    assert not discord.gateway.reads_content
                    assert SENTENCE in (await ask(discord, north, WHY)).text

    run(scene())
    assert "Discord does not grant this application the intent" in caplog.text


def test_it_goes_on_without_the_intent_that_the_gateway_refuses(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with playing(tmp_path, message_content=True) as (discord, settings):
            discord.grants_content = discord.refuses_content = True
            north = guild_of(discord)
            forum = discord.add_channel(north, "forum", forum=True)
            async with connected(discord, settings) as play:
                first, second = (each["intents"] for each in discord.gateway.identifies)
                assert first ^ second == MESSAGE_CONTENT
                assert not discord.gateway.reads_content
                await set_to(discord, north, "help", forum.id)
                thread = await discord.post(ADA, forum, WHY, "I looked everywhere.")
                (told,) = await discord.written_in(thread)
                pressed = await discord.press(BEN, told, NOT_MEANT)
                assert (await discord.answered(pressed)).choices
                await play.bot.finish(5)

    with caplog.at_level(logging.WARNING, "bot"):
        run(scene())
    (line,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "Discord does not grant this application the intent" in line


def test_it_goes_on_when_the_intent_is_taken_away(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, message_content=True) as (discord, settings):
            discord.grants_content = True
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                assert discord.gateway.reads_content
                discord.refuses_content = True
                discord.gateway.ready.clear()
                await discord.gateway.close_connections(4014)
                async with asyncio.timeout(10):
                    await discord.gateway.ready.wait()
                assert not discord.gateway.reads_content
                assert SENTENCE in (await ask(discord, north, WHY)).text
                assert not play.serving.done()
                # without the intent there is none to do without
                await discord.gateway.close_connections(4014)
                with raises(DiscordError, "Discord refuses the connection's intents"):
                    await asyncio.wait_for(play.serving, 10)

    run(scene())


async def on_all_shards(discord: LoopbackDiscord, guilds: list[Guild]) -> None:
    """Wait until every shard is connected, and check that each server is answered."""
    async with asyncio.timeout(10):
        while sum(each.connection is not None for each in discord.gateway.live) < len(guilds):
            await asyncio.sleep(0.01)
    for guild in guilds:
        await works(discord, ADA, guild.channel)


@pytest.mark.parametrize("is_refused_at_once", [True, False])
def test_all_of_several_shards_go_on_without_the_intent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, is_refused_at_once: bool
) -> None:
    """Each shard is refused by itself, whether none may ever read or all lose the leave."""

    async def scene() -> None:
        async with playing(tmp_path, message_content=True) as (discord, settings):
            discord.shards = 3
            discord.grants_content, discord.refuses_content = True, is_refused_at_once
            guilds = [discord.add_guild(f"Server {shard}", shard=shard) for shard in range(3)]
            async with connected(discord, settings) as play:
                if not is_refused_at_once:
                    await on_all_shards(discord, guilds)
                    assert discord.gateway.reads_content
                    discord.refuses_content = True
                    await discord.gateway.close_connections(4014)
                    async with asyncio.timeout(10):
                        while discord.gateway.reads_content:
                            await asyncio.sleep(0.01)
                await on_all_shards(discord, guilds)
                asked = [(each["intents"], each["shard"]) for each in discord.gateway.identifies]
                for shard in range(3):
                    first, *_, last = [intents for intents, own in asked if own == [shard, 3]]
                    assert first ^ last == MESSAGE_CONTENT
                assert not play.serving.done()

    with caplog.at_level(logging.WARNING, "bot"):
        run(scene())
    (line,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "Discord does not grant this application the intent" in line


def test_only_a_role_may_vote_where_that_is_set(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            voters = north.add_role("Voters")
            north.members[BEN.id] = {voters}
            async with connected(discord, settings):
                await set_to(discord, north, "voters", voters)
                answer = await ask(discord, north, WHY)
                for person, text in ((ADA, NO_VOTERS), (BEN, HELPED)):
                    told = await discord.answered(await discord.press(person, answer, "👍"))
                    assert told.text == text
                assert IS_IT_ONE not in told.text

    run(scene())


def test_with_the_intent_a_post_without_a_text_is_asked_by_its_title(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, message_content=True) as (discord, settings):
            discord.grants_content = True
            north = guild_of(discord)
            forum = discord.add_channel(north, "forum", forum=True)
            async with connected(discord, settings) as play:
                await set_to(discord, north, "help", forum.id)
                thread = await discord.post(ADA, forum, WHY, "")  # a picture alone
                (told,) = await discord.written_in(thread)
                assert (told.reply_to, SENTENCE in told.text) == (thread.id, True)
                await discord.post(ADA, forum, MISS, "")
                tenant = discord_server(north.id)
                while not play.replies.records.misses.since(0.0, tenant):
                    await asyncio.sleep(0.01)

    run(scene())


def test_settings_go_with_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await choose(discord, north, "Only the asker sees an answer")
                await discord.leave(north)
                await discord.join(north)
                assert not (await ask(discord, north, WHY)).ephemeral

    run(scene())
