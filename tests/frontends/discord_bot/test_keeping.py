"""/library answer, over the loopback Discord."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot.frontends.discord.commands.keeping_command import NO_PASSAGE, NOTHING_KEPT
from bot.frontends.discord.commands.permitting import NOT_ALLOWED, NOT_INSTALLED
from bot.service.learning.keeping import MOST_KEPT
from bot.service.tenants import discord_server
from bot.wiring import folders
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import ADA, BOSS, ask, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Person

QUESTION = "Who set the sun in the sky?"


async def keep(
    discord: LoopbackDiscord, guild: Guild, person: Person = BOSS, **options: str
) -> str:
    asked = await discord.slash(person, guild.channel, "library answer", **options)
    message = await discord.answered(asked)
    assert message.ephemeral
    return message.text


def test_an_answer_is_kept_and_taken_back(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                assert await keep(discord, north, question=QUESTION) == NOTHING_KEPT
                said = await keep(discord, north, question=QUESTION, address="how-rivers-bend#1")
                assert said.startswith(
                    f"Kept: whoever asks “{QUESTION}” here gets `how-rivers-bend#1@"
                )
                folder = folders.answers_folder(settings, discord_server(north.id))
                lines = await asyncio.to_thread((folder / "answers.jsonl").read_text, "utf-8")
                assert json.loads(lines)["by"] == str(BOSS.id)
                assert "Kept by the editors" in (await ask(discord, north, QUESTION)).text
                assert "Kept by" not in (await ask(discord, south, QUESTION)).text
                same = "Hi! Could you tell me who set a sun in the sky? Thanks"
                assert "Kept by the editors" in (await ask(discord, north, same)).text
                other = "Who did not set the sun in the sky?"
                assert "Kept by" not in (await ask(discord, north, other)).text
                said = await keep(discord, north, question=QUESTION)
                assert said == f"Nothing is kept for “{QUESTION}” any more."
                assert "Kept by" not in (await ask(discord, north, QUESTION)).text

    run(scene())


def test_what_cannot_be_kept(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, away = guild_of(discord), discord.add_guild("Away", installed=False)
            async with connected(discord, settings):
                for address in ("how-rivers-bend", "how-rivers-bend#999", "nowhere#1", "#", "@@"):
                    said = await keep(discord, north, question=QUESTION, address=address)
                    assert said == NO_PASSAGE
                address = "how-rivers-bend#1"
                said = await keep(discord, north, question="   ", address=address)
                assert said == "The question is empty."
                said = await keep(discord, north, ADA, question=QUESTION, address=address)
                assert said == NOT_ALLOWED
                said = await keep(discord, away, question=QUESTION, address=address)
                assert said == NOT_INSTALLED
                folder = folders.answers_folder(settings, discord_server(north.id))
                assert not folder.exists()

    run(scene())


def test_whoever_keeps_too_fast_has_to_wait(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                for number in range(10):
                    if number % 2:
                        await keep(discord, north, question=QUESTION)
                    else:
                        await keep(discord, north, question=QUESTION, address="how-rivers-bend#1")
                told = await keep(discord, north, question=QUESTION, address="how-rivers-bend#1")
                assert told == "One moment: ask again in 3 seconds."
                assert "Kept by" not in (await ask(discord, north, QUESTION)).text
                play.clock.seconds += 3
                await keep(discord, north, question=QUESTION, address="how-rivers-bend#1")
                assert "Kept by" in (await ask(discord, north, QUESTION)).text

    run(scene())


def test_a_server_keeps_no_more_than_it_may(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            folder = folders.answers_folder(settings, discord_server(north.id))
            folder.mkdir(parents=True)
            (folder / "answers.jsonl").write_text(
                "".join(
                    f'{{"question": "What is {number}?", "address": "how-rivers-bend#1"}}\n'
                    for number in range(MOST_KEPT)
                )
            )
            async with connected(discord, settings):
                said = await keep(discord, north, question=QUESTION, address="how-rivers-bend#1")
                assert said.startswith("This server already keeps as many answers as it may")
                said = await keep(
                    discord, north, question="what is 7?", address="how-rivers-bend#2"
                )
                assert said.startswith("Kept: whoever asks “what is 7?” here")

    run(scene())
