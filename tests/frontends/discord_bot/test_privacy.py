"""/privacy, over the loopback Discord."""

from __future__ import annotations

from pathlib import Path

from bot.frontends.discord.cards.stale_notes import NOT_KEPT
from bot.frontends.discord.commands.privacy_command import FORGET, FORGOTTEN, SHOW
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import BOSS, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message, Person, Place

BEN = Person("Ben")
MISS = "Which zeppelin flies to Zanzibar?"


async def privacy(
    discord: LoopbackDiscord, place: Place, person: Person = BOSS, do: str | None = None
) -> Message:
    told = await discord.answered(await discord.slash(person, place, "privacy", do=do))
    assert told.ephemeral
    return told


async def leave_traces(discord: LoopbackDiscord, place: Place, person: Person) -> Message:
    """Ask, vote, keep a passage where that is possible, and want to be told."""
    asked = await discord.slash(person, place, "ask", question="Why do meanders grow?")
    answer = await discord.answered(asked)
    await discord.answered(await discord.press(person, answer, "👍"))
    if person == BOSS:
        await discord.answered(await discord.press(person, answer, "Keep as the answer"))
    missed = await discord.answered(await discord.slash(person, place, "ask", question=MISS))
    await discord.answered(await discord.press(person, missed, "Tell me"))
    return answer


def test_it_says_what_is_kept_and_for_how_long(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, retention_days=7.0, log_questions=True) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings):
                for where in (place, discord.direct()):
                    told = await privacy(discord, where)
                    assert "for 7 days" in told.text
                    assert "as they were asked but not by whom" in told.text
                    assert "can read questions in the log" in told.text
                    assert [*told.buttons] == [SHOW, FORGET]

    run(scene())


def test_what_is_kept_of_oneself_is_shown_and_erased(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                for person in (BOSS, BEN):
                    answer = await leave_traces(discord, north.channel, person)
                told = await privacy(discord, north.channel, BOSS, "show what is kept about me")
                assert told.text == (
                    "### What I keep about you\n- 2 questions that you asked\n- 1 vote\n"
                    "- 1 passage that you keep as an answer\n"
                    f"- 1 question whose answer you are waiting for\n  - {MISS}"
                )
                elsewhere = await privacy(
                    discord, discord.direct(), BOSS, "show what is kept about me"
                )
                assert "1 question whose answer" in elsewhere.text
                assert MISS not in elsewhere.text
                pressed = await discord.press(BOSS, told, FORGET)
                assert (await discord.answered(pressed)).text == FORGOTTEN
                told = await discord.answered(
                    await discord.press(BOSS, await privacy(discord, north.channel), SHOW)
                )
                assert told.text == (
                    "### What I keep about you\n- 0 questions that you asked\n- 0 votes\n"
                    "- 0 passages that you keep as answers\n"
                    "- 0 questions whose answers you are waiting for"
                )
                records = play.replies.records
                assert (records.votes.number_of(BEN.id), len(records.tells.of(BEN.id))) == (1, 1)
                pressed = await discord.press(BEN, answer, "Context")
                assert "meanders" in (await discord.answered(pressed)).text
                told = await privacy(discord, north.channel, BEN, "forget me")
                assert told.text == FORGOTTEN
                pressed = await discord.press(BEN, answer, "Context")
                assert (await discord.answered(pressed)).text == NOT_KEPT

    run(scene())
