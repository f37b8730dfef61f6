"""Votes under an answer, and passages kept from there, over the loopback Discord."""

from __future__ import annotations

import json
from pathlib import Path

from bot.frontends.discord.cards.stale_notes import NOT_KEPT
from bot.frontends.discord.commands.keeping_command import FOLLOWS
from bot.frontends.discord.commands.permitting import NOT_ALLOWED
from bot.frontends.discord.commands.voting import (
    HELPED,
    IS_IT_ONE,
    NONE_OF_THESE,
    NOT_HELPED,
    NOTED,
)
from bot.service.tenants import discord_server
from bot.wiring import folders
from tests.frontends.discord_bot.commands.test_buttons import LANTERNS
from tests.frontends.discord_bot.playing import Play, connected, playing, run
from tests.frontends.discord_bot.test_library import ADA, BOSS, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message, Person, Place

BEN = Person("Ben")
QUESTION = "Which lantern burned oil?"


async def ask(discord: LoopbackDiscord, place: Place, question: str = QUESTION) -> Message:
    return await discord.answered(await discord.slash(ADA, place, "ask", question=question))


async def press(discord: LoopbackDiscord, person: Person, message: Message, label: str) -> Message:
    told = await discord.answered(await discord.press(person, message, label))
    assert told.ephemeral
    assert told.seen_by == person
    return told


def counts(play: Play, message: Message) -> tuple[int, int]:
    key = message.buttons["👍"]["custom_id"].split(":")[1]
    return play.replies.records.votes.counts(key)


def test_a_person_has_one_vote_and_may_change_it(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                message = await ask(discord, place)
                for person in (ADA, BEN, BEN):
                    told = await press(discord, person, message, "👍")
                    assert told.text == HELPED
                assert counts(play, message) == (2, 0)
                await press(discord, BEN, message, "👎")
                assert counts(play, message) == (1, 1)
                await press(discord, BEN, message, "👍")
                assert counts(play, message) == (2, 0)

    run(scene())


def test_somebody_whom_it_did_not_help_is_offered_the_other_matches(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings):
                message = await ask(discord, place)
                before = message.texts
                told = await press(discord, BEN, message, "👎")
                assert told.text == f"{NOT_HELPED}\n{IS_IT_ONE}"
                *others, none = told.choices
                assert (len(others), none) == (2, NONE_OF_THESE)
                assert told.choices[others[0]][1]["description"].endswith("burned gas.")
                shown = await press(discord, BEN, told, others[0])
                assert f"**{others[0]}**" in shown.text
                assert "match 2 of 3" in shown.text
                assert (await press(discord, BEN, told, NONE_OF_THESE)).text == NOTED
                assert message.texts == before

    run(scene())


def test_a_question_that_was_not_helped_is_among_the_gaps(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS, log_questions=True) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                message = await ask(discord, north.channel)
                for person in (ADA, BEN):
                    await press(discord, person, message, "👎")
                asked = await discord.slash(BOSS, north.channel, "library gaps")
                shown = (await discord.answered(asked)).text
                assert f"**{QUESTION}**\n-# 2 times, by 2 people" in shown
                assert "not helpful to 2" in shown
                assert str(BEN.id) not in shown
                await press(discord, BEN, message, "👍")
                asked = await discord.slash(BOSS, north.channel, "library gaps")
                assert "not helpful to 1" in (await discord.answered(asked)).text

    run(scene())


def test_a_flood_of_votes_has_to_wait(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings) as play:
                message = await ask(discord, place)
                for _ in range(10):
                    await press(discord, BEN, message, "👍")
                told = await press(discord, BEN, message, "👎")
                assert told.text == "One moment: ask again in 3 seconds."
                assert counts(play, message) == (1, 0)
                play.clock.seconds += 3
                await press(discord, BEN, message, "👎")
                assert counts(play, message) == (0, 1)

    run(scene())


def test_the_address_is_given_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings):
                message = await ask(discord, place, "Why do meanders grow?")
                address = message.text.rpartition("\n-# ")[2]
                told = await press(discord, BEN, message, "Address")
                assert told.text.startswith(f"{address}\n-# ")
                assert "How rivers bend" in told.text

    run(scene())


def test_who_manages_a_server_keeps_a_passage_from_below_it(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                message = await ask(discord, north.channel)
                assert (await press(discord, ADA, message, "Keep as the answer")).text == (
                    NOT_ALLOWED
                )
                other = await press(discord, BOSS, message, "Next")
                address = other.text.rpartition("\n-# ")[2]
                told = await press(discord, BOSS, other, "Keep as the answer")
                assert told.text == f"Kept: whoever asks “{QUESTION}” here gets {address} first."
                kept = folders.answers_folder(settings, discord_server(north.id)) / "answers.jsonl"
                assert json.loads(kept.read_text("utf-8"))["by"] == str(BOSS.id)
                again = await ask(discord, north.channel)
                assert "Kept by the editors" in again.text
                assert address in again.text
                follow = await ask(discord, north.channel, "and what about it?")
                assert "Taken together" in follow.text
                told = await press(discord, BOSS, follow, "Keep as the answer")
                assert told.text == FOLLOWS
                direct = await ask(discord, discord.direct())
                assert "Keep as the answer" not in direct.choices

    run(scene())


def test_a_vote_needs_an_answer_of_that_place(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings) as play:
                message = await ask(discord, north.channel)
                pressed = await discord.press(BEN, message, "👎", place=south.channel)
                assert (await discord.answered(pressed)).text == NOT_KEPT
                assert counts(play, message) == (0, 0)

    run(scene())
