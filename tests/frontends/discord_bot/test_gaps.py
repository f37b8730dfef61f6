"""/library gaps, over the loopback Discord."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.config import Settings
from bot.frontends.discord.cards.cards import TEXT_LIMIT, Button, Menu
from bot.frontends.discord.commands.gap_menus import GAP_CHANGED, NO_NEAREST
from bot.frontends.discord.commands.gaps_command import NO_GAPS, gaps_card
from bot.frontends.discord.commands.permitting import NOT_ALLOWED
from bot.service.learning.gaps import Gap, ListedGaps
from bot.service.tenants import discord_server
from bot.wiring import folders
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import ADA, BOSS, ask, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Message, Person

MISSES = (
    "Which zeppelin flies to Zanzibar?",
    "zeppelin to zanzibar",
    "is there a zeppelin that flies to Zanzibar",
)


ODD = "How do meanders annoy the zeppelin of Zanzibar?"
"""Nothing answers it, and a passage comes near."""


async def shown(discord: LoopbackDiscord, guild: Guild, person: Person = BOSS) -> Message:
    message = await discord.answered(await discord.slash(person, guild.channel, "library gaps"))
    assert message.ephemeral
    return message


async def gaps(discord: LoopbackDiscord, guild: Guild, person: Person = BOSS) -> str:
    return (await shown(discord, guild, person)).text


def kept_in(settings: Settings, guild: Guild) -> list[str]:
    """The questions that a server keeps answers to."""
    path = folders.answers_folder(settings, discord_server(guild.id)) / "answers.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["question"] for line in lines]


def test_gaps_are_shown_to_those_who_manage_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, log_questions=True) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                assert await gaps(discord, north) == NO_GAPS
                for question in MISSES:
                    await ask(discord, north, question)
                await ask(discord, north, "Why do meanders grow?")
                shown = await gaps(discord, north)
                assert shown.startswith("### Asked here and not answered\n**")
                assert "-# 3 times, by 1 person  ·  nothing answers it\n" in shown
                assert "no article contains" in shown
                assert "meanders" not in shown
                assert await gaps(discord, south) == NO_GAPS
                assert await gaps(discord, north, ADA) == NOT_ALLOWED

    run(scene())


def test_a_gap_shows_the_nearest_passage_and_what_is_lacking(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, log_questions=True) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                await ask(discord, north, "What did straightening the Danube cost?")
                library = play.replies.shelves.library(discord_server(north.id))
                (match,) = library.ask("Danube", limit=1).matches
                assert await gaps(discord, north) == (
                    "### Asked here and not answered\n**What did straightening the Danube cost?**\n"
                    "-# 1 time, by 1 person  ·  not sure\n"
                    "-# no article contains “cost”\n"
                    f"-# nearest: How rivers bend `{match.citation.address}`"
                )

    run(scene())


def test_without_leave_to_keep_questions_their_words_are_shown(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await ask(discord, north, "Which zeppelin flies to Zanzibar?")
                shown = await gaps(discord, north)
                assert "zeppelin" in shown
                assert "Which" not in shown

    run(scene())


def test_what_was_missed_is_forgotten_with_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                await ask(discord, north, MISSES[0])
                assert await gaps(discord, north) != NO_GAPS
                await discord.leave(north)
                await discord.join(north)
                assert await gaps(discord, north) == NO_GAPS
                assert play.replies.records.misses.tenants() == []

    run(scene())


def test_an_answer_is_kept_from_a_gap(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, log_questions=True) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await ask(discord, north, ODD)
                listed = await shown(discord, north)
                chosen = await discord.choose(BOSS, listed, ODD)
                near = await discord.answered(chosen)
                assert near.ephemeral
                assert near.text.startswith(f"**{ODD}**\n**1.** ")
                first = next(iter(near.choices))
                assert first.startswith("1. ")
                address = near.text.split("`")[1]
                told = await discord.answered(await discord.choose(BOSS, near, first))
                assert (
                    told.text
                    == f"Kept: whoever asks “{ODD}” here gets {address!r} first.".replace("'", "`")
                )
                assert kept_in(settings, north) == [ODD]
                again = await ask(discord, north, ODD)
                assert "Kept by the editors" in again.text
                assert "answered by now" in await gaps(discord, north)

    run(scene())


def listed(shown: int, more: int, length: int) -> ListedGaps:
    """A list of gaps whose questions have so many letters."""
    gaps = [
        Gap(
            discord_server(1),
            str(number) * length,
            (),
            2,
            1,
            0.0,
            1.0,
            "none",
            None,
            tuple(letter * length for letter in "abcdef"),
            (),
        )
        for number in range(shown)
    ]
    return ListedGaps(gaps, more)


@pytest.mark.parametrize(
    ("shown", "more", "length", "said"),
    [
        (9, 0, 3, None),
        (9, 1, 3, "-# … 1 more question"),
        (9, 1200, 3, "-# … 1,200 more questions"),
        (90, 5, 200, "-# … {others:,} more questions"),
    ],
)
def test_those_left_out_are_counted(shown: int, more: int, length: int, said: str | None) -> None:
    card = gaps_card(listed(shown, more, length))
    menu, *turn = card.rows
    assert isinstance(menu, Menu)
    texts = [text for text in card.texts if text.startswith("**")]
    assert len(texts) == len(menu.choices)
    others = shown + more - len(texts)
    assert (len(texts) < shown) == (length == 200)
    lines = [text for text in card.texts if "more question" in text]
    assert lines == ([] if said is None else [said.format(others=others)])
    following = (Button("Next page", f"gaps:{len(texts)}"),)
    assert turn == ([] if said is None else [following])
    assert sum(map(len, card.texts)) <= TEXT_LIMIT


UNHEARD = "zeppelin trombone plutonium walrus espresso cricket tundra gondola yeti fjord opal sauna"
"""Words of which no article of the test says anything."""


def test_the_pages_of_the_list_are_turned_by_those_who_may_see_it(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, log_questions=True) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                for word in UNHEARD.split():
                    await ask(discord, north, f"Who sells a {word}?")
                first = await shown(discord, north)
                text, choices = first.text, list(first.choices)
                assert list(first.buttons) == ["Next page"]
                assert "-# … 2 more questions" in text
                turned = await discord.press(BOSS, first, "Next page")
                second = await discord.answered(turned)
                assert second.id == first.id
                assert list(second.buttons) == ["Previous page"]
                assert "more question" not in second.text
                both = [*choices, *second.choices]
                assert sorted(both) == sorted(f"Who sells a {word}?" for word in UNHEARD.split())
                chosen = await discord.choose(BOSS, second, next(iter(second.choices)))
                assert (await discord.answered(chosen)).text == NO_NEAREST
                second.seen_by = None
                refused = await discord.press(ADA, second, "Previous page")
                assert (await discord.answered(refused)).text == NOT_ALLOWED
                back = await discord.answered(await discord.press(BOSS, second, "Previous page"))
                assert (back.text, list(back.choices)) == (text, choices)
                elsewhere = await discord.press(BOSS, back, "Next page", place=south.channel)
                assert (await discord.answered(elsewhere)).text == NO_GAPS

    run(scene())


def test_where_a_question_s_text_is_not_kept_it_is_asked_for(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await ask(discord, north, ODD)
                listed = await shown(discord, north)
                near = await discord.answered(
                    await discord.choose(BOSS, listed, next(iter(listed.choices)))
                )
                opened = await discord.choose(BOSS, near, next(iter(near.choices)))
                await discord.answered(opened)
                assert opened.modal is not None
                field = opened.modal["components"][0]["component"]
                assert "zeppelin" in field["value"]
                assert "How" not in field["value"]
                sent = await discord.submit(BOSS, opened, {"question": ODD})
                assert (await discord.answered(sent)).text.startswith(f"Kept: whoever asks “{ODD}”")
                assert kept_in(settings, north) == [ODD]

    run(scene())


def test_what_a_gap_s_menu_leads_to_is_checked_when_it_is_used(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, log_questions=True) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings) as play:
                await ask(discord, north, ODD)
                await ask(discord, north, "Xqzt wvvk?")
                listed = await shown(discord, north)
                nothing = await discord.choose(BOSS, listed, "Xqzt wvvk?")
                assert (await discord.answered(nothing)).text == NO_NEAREST
                near = await discord.answered(await discord.choose(BOSS, listed, ODD))
                first = next(iter(near.choices))
                for message, label in ((listed, ODD), (near, first)):
                    message.seen_by = None
                    refused = await discord.choose(ADA, message, label)
                    assert (await discord.answered(refused)).text == NOT_ALLOWED
                    elsewhere = await discord.choose(BOSS, message, label, place=south.channel)
                    assert (await discord.answered(elsewhere)).text == GAP_CHANGED
                for number in range(10):
                    assert play.replies.feedback.wait(discord_server(north.id), BOSS.id) == 0, (
                        number
                    )
                told = await discord.answered(await discord.choose(BOSS, near, first))
                assert told.text == "One moment: ask again in 3 seconds."
                assert kept_in(settings, north) == kept_in(settings, south) == []

    run(scene())
