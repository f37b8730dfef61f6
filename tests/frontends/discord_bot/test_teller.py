"""People who asked in vain are told once, over the loopback Discord."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.frontends.discord.teller import COVERED, TELLS_DIRECTLY, TELLS_HERE, TOO_MANY
from bot.frontends.languages import language
from bot.service.learning.telling import MOST_OPEN, OPEN_DAYS
from bot.service.records import ServerSettings
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.playing import DAY, Play, connected, playing, run
from tests.frontends.discord_bot.test_library import BOSS, add, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message, Person, Place

ADA, BEN = Person("Ada"), Person("Ben")
QUESTION = "When does the zeppelin depart for Oslo?"
TITLE = "Zeppelins"
TEXT = "The zeppelin departs for Oslo on 4 May 2031, from the mast behind the old gasworks."
SENTENCE = "zeppelin departs for Oslo"


async def miss(
    discord: LoopbackDiscord,
    place: Place,
    person: Person = ADA,
    question: str = QUESTION,
    *,
    private: bool = False,
) -> Message:
    asked = await discord.slash(person, place, "ask", question=question, private=private)
    return await discord.answered(asked)


async def want(discord: LoopbackDiscord, message: Message, person: Person = ADA) -> str:
    told = await discord.answered(await discord.press(person, message, "Tell me"))
    assert told.seen_by == person
    return told.text


async def cover(play: Play) -> None:
    """Let the operator add the article that answers."""
    path = play.corpus / "zeppelins.md"
    await asyncio.to_thread(path.write_text, f"# {TITLE}\n\n{TEXT}\n", "utf-8")
    await play.bot.periodic.refresh()


async def settled(play: Play) -> None:
    """Let the bot look at every tell once more."""
    await play.bot.teller.tell()


def test_whoever_asked_is_told_once_in_the_channel(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                message = await miss(discord, place)
                for person in (ADA, ADA, BEN):
                    assert await want(discord, message, person) == TELLS_HERE.format(days=OPEN_DAYS)
                await settled(play)
                assert len(play.replies.records.tells.open()) == 2
                await cover(play)
                told = await discord.written_in(place, 2)
                assert sorted(each.pinged for each in told) == [[ADA.id], [BEN.id]]
                for each in told:
                    assert each.text.startswith(f"<@{each.pinged[0]}> {COVERED}\n-# {QUESTION}")
                    assert SENTENCE in each.text
                    assert "Tell me" not in each.choices
                await settled(play)
                assert len(await discord.written_in(place)) == 2
                pressed = await discord.press(ADA, told[0], "Context")
                assert SENTENCE in (await discord.answered(pressed)).text

    run(scene())


def test_whoever_asked_is_told_in_the_language_of_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                await play.replies.rules.put(
                    discord_server(north.id), ServerSettings(language="pl")
                )
                await want(discord, await miss(discord, north.channel))
                play.replies.rules.forget(discord_server(north.id))  # as after a restart
                await cover(play)
                (told,) = await discord.written_in(north.channel, 1)
                polish = language("pl").gettext(COVERED)
                assert told.text.startswith(f"<@{ADA.id}> {polish}\n")

    run(scene())


def test_after_a_private_question_it_is_a_direct_message(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                message = await miss(discord, north.channel, private=True)
                assert await want(discord, message) == TELLS_DIRECTLY.format(days=OPEN_DAYS)
                await cover(play)
                (told,) = await discord.written_in(discord.direct_to(ADA))
                assert SENTENCE in told.text
                assert not told.choices
                assert await discord.written_in(north.channel, 0) == []

    run(scene())


def test_where_by_now_only_askers_see_answers_it_is_a_direct_message(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            tenant = discord_server(north.id)
            async with connected(discord, settings) as play:
                for person, changed in (
                    (ADA, ServerSettings(private=True)),
                    (BEN, ServerSettings(channels=(1,))),
                ):
                    await want(discord, await miss(discord, north.channel, person), person)
                    await play.replies.rules.put(tenant, changed)
                    await cover(play)
                    (told,) = await discord.written_in(discord.direct_to(person))
                    assert SENTENCE in told.text
                    await play.replies.rules.put(tenant, ServerSettings())
                    (play.corpus / "zeppelins.md").unlink()
                    await play.bot.periodic.refresh()
                assert await discord.written_in(north.channel, 0) == []

    run(scene())


def test_below_an_answer_that_is_not_sure_there_is_a_bell(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                doubtful = "What did straightening the Danube cost?"
                message = await miss(discord, north.channel, question=doubtful)
                assert "**Not sure. The closest passage:**" in message.text
                assert [*message.buttons] == ["Source", "👍", "👎", "🔔"]
                told = await discord.answered(await discord.press(ADA, message, "🔔"))
                assert told.text == TELLS_HERE.format(days=OPEN_DAYS)
                sure = await miss(discord, north.channel, question="Why do meanders grow?")
                assert "🔔" not in sure.buttons

    run(scene())


def test_a_direct_message_is_in_the_language_of_whoever_is_told(tmp_path: Path) -> None:
    eva = Person("Eva", locale="de")

    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                message = await miss(discord, north.channel, eva, private=True)
                label = language("de").gettext("Tell me")
                await discord.answered(await discord.press(eva, message, label))
                await cover(play)
                (told,) = await discord.written_in(discord.direct_to(eva))
                german = language("de").gettext(COVERED)
                assert told.text.startswith(f"<@{eva.id}> {german}\n")

    run(scene())


def test_where_the_channel_is_closed_it_is_a_direct_message_to_members(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                for person in (ADA, BEN):
                    await want(discord, await miss(discord, north.channel, person), person)
                discord.muted.add(north.id)
                north.gone.add(BEN.id)
                await cover(play)
                (told,) = await discord.written_in(discord.direct_to(ADA))
                assert SENTENCE in told.text
                await settled(play)
                assert await discord.written_in(discord.direct_to(BEN), 0) == []
                assert play.replies.records.tells.open() == []

    run(scene())


def test_whoever_takes_no_messages_is_left_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                await want(discord, await miss(discord, place, private=True))
                discord.closed.add(discord.direct_to(ADA).id)
                await cover(play)
                await settled(play)
                assert play.replies.records.tells.open() == []

    run(scene())


def test_no_server_is_told_of_anothers_articles(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings) as play:
                for place in (north.channel, south.channel, discord.direct()):
                    await want(discord, await miss(discord, place))
                await add(discord, north, BOSS, title=TITLE, text=TEXT)
                (told,) = await discord.written_in(north.channel)
                assert SENTENCE in told.text
                await settled(play)
                for place in (south.channel, discord.direct_to(ADA)):
                    assert await discord.written_in(place, 0) == []
                left = play.replies.records.tells.open()
                assert {tell.chat.tenant.name for tell in left} == {str(south.id), ""}

    run(scene())


def test_a_kept_answer_covers_a_question_too(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await want(discord, await miss(discord, north.channel))
                asked = await discord.slash(
                    BOSS,
                    north.channel,
                    "library answer",
                    question=QUESTION,
                    address="how-rivers-bend#4",
                )
                await discord.answered(asked)
                (told,) = await discord.written_in(north.channel)
                assert "Kept by the editors" in told.text

    run(scene())


def test_nobody_waits_for_more_than_a_few_answers_or_too_long(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                for number in range(MOST_OPEN):
                    message = await miss(
                        discord, place, question=f"Zeppelin of {number} marmalades?"
                    )
                    await want(discord, message)
                message = await miss(discord, place)
                assert await want(discord, message) == TOO_MANY.format(most=MOST_OPEN)
                assert await want(discord, message, BEN) == TELLS_HERE.format(days=OPEN_DAYS)
                play.clock.seconds += (OPEN_DAYS + 0.1) * DAY
                await cover(play)
                await settled(play)
                assert await discord.written_in(place, 0) == []
                assert play.replies.records.tells.open() == []

    run(scene())
