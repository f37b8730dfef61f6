"""Odd things that people type, press and send."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

import pytest

from bot.frontends.discord.cards.stale_notes import NOT_KEPT
from bot.frontends.discord.commands.permitting import NOT_ALLOWED, NOT_INSTALLED
from bot.frontends.discord.reply_cards import NO_QUESTION
from tests.frontends.discord_bot.playing import connected, in_channel, playing, run
from tests.frontends.discord_bot.test_isolation import forged
from tests.frontends.discord_bot.test_library import ADA, BOSS, HELPER, TEXT, add, ask, guild_of
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, SEND_MESSAGES, Person

WHY = "Why do meanders grow?"
FRAGMENT = (
    "<h1>The windmill</h1>\n<p>The <b>windmill</b> on the hill was <a href='javascript:x'>painted"
    "</a> green in 1932, when &quot;nobody&quot; looked.</p><script>alert(1)</script>"
)


def test_a_question_of_nothing_is_told_so_in_private_and_costs_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, user_cooldown=10.0) as (discord, place, _):
            empty = await discord.answered(await discord.slash(ADA, place, "ask", question=" \n "))
            assert (empty.texts, empty.seen_by) == ([NO_QUESTION], ADA)
            asked = await discord.slash(ADA, place, "ask", question=WHY)
            assert "How rivers bend" in (await discord.answered(asked)).text

    run(scene())


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("why do meanders grow " * 190, True),
        ("Who was it that saw the marmalade, the marmalade, the marmalade? " * 61, False),
        ("x" * 4000, False),
        ("🦊" * 2000, False),
        ("🦊 \u200b\u2060 …?!", False),
        ("למה \u202eהנהר\u202c מתפתל?", False),
        ("¿ ؟ 。 \ufffd \ue000 \U000e0041", False),
        ("%s {0} {question} ${x} \\ ' \" ; DROP TABLE answer; --", False),
        ("why do MEANDERS grow?\n\nwhy?\n" + ">" * 50, True),
    ],
)
def test_odd_questions_are_answered_or_kindly_not(
    tmp_path: Path, question: str, found: bool
) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings):
                asked = await discord.slash(ADA, north.channel, "ask", question=question[:4000])
                said = await discord.say(ADA, discord.direct(), question)
                for message in (await discord.answered(asked), await discord.reply_to(said)):
                    assert ("How rivers bend" in message.text) == found
                    assert ("Nothing in the articles answers this." in message.text) != found
                    # Nobody wrote a word that was cut off, and each is named once.
                    assert "Searched for" not in message.text
                    assert message.text.count("“marmalade”") <= 1
                with pytest.raises(AssertionError, match="takes 4000 characters for question"):
                    await discord.slash(ADA, north.channel, "ask", question="x" * 6000)

    run(scene())


def test_half_a_letter_in_a_title_is_passed_over(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            for title, told in (
                ("\ud83d rivers", "How rivers bend"),
                ("\ud83d zebras", "I know of no article called “� zebras”"),
            ):
                for name, more in (("article", "title"), ("ask", "article")):
                    options = {more: title, **({"question": WHY} if name == "ask" else {})}
                    asked = await discord.slash(ADA, place, name, **options)
                    assert told in (await discord.answered(asked)).text

    run(scene())


def test_delete_may_be_pressed_twice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings) as play:
                for private in (False, True):
                    asked = await discord.slash(
                        ADA, north.channel, "ask", question=WHY, private=private
                    )
                    message = await discord.answered(asked)
                    custom_id = message.buttons["👍"]["custom_id"]
                    for press in [await discord.press(ADA, message, "Delete") for _ in range(3)]:
                        await discord.deleted(press)
                    key = custom_id.split(":")[1]
                    again = forged(north.channel, discord, custom_id)
                    told = await discord.answered(await discord.press(ADA, again, "Forged"))
                    assert (told.texts, told.seen_by) == ([NOT_KEPT], ADA)
                    database = play.settings.discord.data / "discord.sqlite3"
                    assert key.encode() not in database.read_bytes()

    run(scene())
    assert "failed" not in caplog.text


def test_turning_twice_at_once_and_past_the_end(tmp_path: Path) -> None:
    corpus = {
        f"{name}.md": f"# {name}\n\nThe lantern of {name} {text}.\n"
        for name, text in (
            ("Ayr", "burned oil"),
            ("Bute", "was red"),
            ("Coll", "fell into the sea"),
        )
    }

    async def scene() -> None:
        async with in_channel(tmp_path, corpus=corpus) as (discord, place, _):
            asked = await discord.slash(ADA, place, "ask", question="Which lantern burned oil?")
            message = await discord.answered(asked)
            twice = [await discord.press(ADA, message, "Next") for _ in range(2)]
            await asyncio.gather(*map(discord.answered, twice))
            assert "match 2 of 3" in message.text
            custom_id = message.buttons["Next"]["custom_id"]
            for index in (2, 3, 9999):
                beyond = custom_id.rpartition(":")[0] + f":{index}"
                pressed = await discord.press(ADA, forged(place, discord, beyond), "Forged")
                told = await discord.answered(pressed)
                assert (told.texts, told.seen_by) == ([NOT_KEPT], ADA)

    run(scene())


def test_the_same_title_added_at_the_same_moment_is_one_article(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                said = await asyncio.gather(
                    *(add(discord, north, title="The clock", text=TEXT) for _ in range(4))
                )
                assert sorted(each.text for each in said) == [
                    *["**The clock** was there already, with the same text."] * 3,
                    "Added **The clock**.",
                ]
                listed = await discord.slash(ADA, north.channel, "articles")
                text = (await discord.answered(listed)).text
                assert text.startswith("### 3 articles\n")
                assert text.count("The clock") == 1

    run(scene())


def test_pasted_html_is_read_as_what_it_says(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                said = await add(discord, north, text=FRAGMENT)
                assert said.texts == ["Added **The windmill**."]
                message = await ask(discord, north, "When was the windmill painted green?")
                assert message.texts[1] == (
                    '**The windmill on the hill was painted green in 1932, when "nobody" looked.**'
                )

    run(scene())


def test_one_bad_file_keeps_no_other_from_being_added(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                huge = {**discord.upload("huge.pdf", b"%PDF-"), "size": 30 << 20}
                gone = discord.upload("gone.md", b"# Gone\n")
                gone["url"] = gone["proxy_url"] = gone["url"] + "x"
                late = discord.upload("late.md", b"# Late\n\nThe late train stood in the snow.\n")
                files = [
                    huge,
                    gone,
                    discord.upload("../../etc/passwd.md", f"# Tower\n\n{TEXT}\n".encode()),
                    discord.upload("empty.md", b""),
                    late,
                ]
                discord.faults.plan("GET", late["url"].rpartition("/")[2], 503, times=2)
                said = await add(discord, north, files=files)
                assert said.text.split("\n") == [
                    "Added **Tower**.",
                    "Added **Late**.",
                    "huge.pdf was not added: it is larger than 10.5 MB.",
                    "gone.md was not added: Discord did not hand it over; send it again.",
                    "empty.md was not added: it holds no text.",
                ]
                folder = settings.discord.data / "servers" / str(north.id)
                assert sorted(path.name for path in folder.iterdir()) == ["late.md", "tower.md"]
                text = "word " * 800
                assert len(text) == 4000
                said = await add(discord, north, title="As long as it gets", text=text)
                assert said.texts == ["Added **As long as it gets**."]
                with pytest.raises(AssertionError, match="does not take so long a text"):
                    await add(discord, north, text=text + "x")

    run(scene())


def test_an_error_behind_the_modal_is_told_with_its_number(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    numbers: list[str] = []

    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                settings.discord.data.joinpath("servers").write_text("no folder")
                said = await add(discord, north, title="The clock", text=TEXT)
                assert said.seen_by == BOSS
                assert "Something went wrong on my side" in said.text
                assert str(tmp_path) not in said.text
                numbers.extend(re.findall(r"`([0-9a-f]{8})`", said.text))

    run(scene())
    errors = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert len(numbers) == len(errors) == 1
    assert errors[0].startswith(f"[{numbers[0]}] an interaction failed: ")


def test_who_may_is_checked_when_a_button_is_pressed_too(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            north.permissions[HELPER.id] = EVERYDAY | MANAGE_GUILD
            async with connected(discord, settings):
                await add(discord, north, title="The clock", text=TEXT)
                asked = await discord.slash(HELPER, north.channel, "library remove", title="clock")
                question = await discord.answered(asked)
                north.permissions[HELPER.id] = EVERYDAY
                told = await discord.answered(await discord.press(HELPER, question, "Remove"))
                assert (told.texts, told.seen_by) == ([NOT_ALLOWED], HELPER)
                custom_id = question.buttons["Remove"]["custom_id"]
                pressed = await discord.press(
                    ADA, forged(north.channel, discord, custom_id), "Forged"
                )
                assert (await discord.answered(pressed)).texts == [NOT_ALLOWED]
                assert "on Fridays" in (await ask(discord, north, "When does it strike?")).text

    run(scene())


def test_everyone_can_be_the_role(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                given = await discord.role_command(
                    BOSS, north.channel, "library role", role=north.id
                )
                assert (await discord.answered(given)).texts == [
                    "Members with **\\@everyone** may add and remove articles now."
                ]
                said = await add(discord, north, ADA, title="The clock", text=TEXT)
                assert said.texts == ["Added **The clock**."]
                tried = await discord.slash(ADA, south.channel, "library add")
                assert (await discord.answered(tried)).texts == [NOT_ALLOWED]

    run(scene())


def test_where_the_app_was_brought_along_nobody_is_disturbed(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            away = discord.add_guild("Away", installed=False)
            away.permissions[ADA.id] = SEND_MESSAGES
            boss = Person("Boss of Away")
            away.permissions[boss.id] = EVERYDAY | MANAGE_GUILD
            async with connected(discord, settings):
                asked = await discord.slash(ADA, away.channel, "ask", question=WHY)
                message = await discord.answered(asked)
                assert "How rivers bend" in message.text
                assert message.seen_by == ADA  # she lacks the permission to use apps for all to see
                await discord.answered(await discord.press(ADA, message, "Context"))
                await discord.deleted(await discord.press(ADA, message, "Delete"))
                for name in ("add", "role", "remove"):
                    options = {"title": "x"} if name == "remove" else {}
                    tried = await discord.slash(boss, away.channel, f"library {name}", **options)
                    assert (await discord.answered(tried)).texts == [NOT_INSTALLED]

    run(scene())
