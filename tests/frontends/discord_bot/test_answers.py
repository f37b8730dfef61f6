"""Questions and the other commands for everybody, over the loopback Discord."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot import wiring
from bot.core.passages.address import words_hash
from bot.frontends.discord.commands.commands import ASK_ABOUT
from bot.frontends.discord.reply_cards import Replies
from bot.service.answers.asynchronous import AsyncAnswering
from bot.service.events.event_types import Asked, Event
from bot.service.learning.keeping import Keeping
from bot.service.records import Chat
from bot.service.records.records_thread import RecordsThread
from bot.service.tenants import EVERYONE, discord_server
from bot.wiring import shared_state
from tests.fakes.clock import Clock
from tests.fakes.records import records_in_memory
from tests.frontends.discord_bot.playing import (
    ask,
    connected,
    holding,
    in_channel,
    playing,
    run,
    settings_in,
)
from tests.loopback import markdown
from tests.loopback.world import COMPONENTS_V2, EPHEMERAL, Person

ADA, BEN = Person("Ada"), Person("Ben")
WHY = "Why do meanders grow?"
RISES = "What does yeast give off?"


def test_a_kept_answer_is_said_to_be_kept_in_the_server_that_keeps_it(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = discord.add_guild("North"), discord.add_guild("South")
            async with connected(discord, settings):
                question = "Who set the sun in the sky?"
                keeping = Keeping(wiring.answering(settings))
                await asyncio.to_thread(
                    keeping.keep, discord_server(north.id), question, "how-rivers-bend#1"
                )
                message = await ask(discord, ADA, north.channel, question)
                assert message.texts[0] == f"-# {question}\n-# Kept by the editors"
                assert "how-rivers-bend#1" in message.texts[2]
                assert "Kept by" not in (await ask(discord, ADA, south.channel, question)).text

    run(scene())


def test_an_answer_is_a_quotation_with_its_citation(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings) as play:
                asked = await discord.slash(ADA, north.channel, "ask", question=WHY)
                message = await discord.answered(asked)
                article = play.replies.shelves.library(EVERYONE).article("how-rivers-bend")
                quoted = article.quote(2, 4)
                assert message.texts == [
                    f"-# {WHY}",
                    quoted.replace(
                        "That is why meanders grow: the outer bank erodes while sand settles on "
                        "the inner one.",
                        "**That is why meanders grow: the outer bank erodes while sand settles on "
                        "the inner one.**",
                    ),
                    "**How rivers bend**\n"
                    "The Meander · 4 March 2021 · paragraphs 2-4 of 4\n"
                    f"-# `how-rivers-bend#2-4@{words_hash(quoted)}`",
                ]
                assert message.flags & COMPONENTS_V2
                assert not message.ephemeral
                assert [*message.buttons] == ["Source", "👍", "👎"]
                assert [*message.choices] == [
                    "Context",
                    "Why this passage?",
                    "Address",
                    "Keep as the answer",
                    "Delete",
                ]
                assert message.buttons["Source"]["url"].startswith(
                    "https://example.org/rivers#:~:text=Fast%20water"
                )
                assert markdown.plain(markdown.parse(message.texts[1])) == quoted
                assert asked.callback == 5  # acknowledged before it was searched

    run(scene())


def test_what_many_ask_at_once_is_searched_for_once_in_each_server(tmp_path: Path) -> None:
    async def scene() -> None:
        settings, clock, heard = settings_in(tmp_path), Clock(), list[Event]()
        answering = wiring.answering(settings)
        answering.shelves.refresh()
        answering.events.subscribe(heard.append)
        service = AsyncAnswering(answering)
        records = records_in_memory(clock)
        replies = Replies(
            service,
            records,
            RecordsThread(lambda: records),
            shared_state.cooldowns(settings, clock),
        )
        one, two = discord_server(1), discord_server(2)
        people = [(tenant, asker) for tenant in (one, one, one, two) for asker in (10, 11)]
        async with holding(service.work):
            asks = [replies.ask(WHY, Chat(tenant, 5), asker) for tenant, asker in people]
            answering_all = asyncio.gather(*asks)
            await asyncio.sleep(0)
        cards = await answering_all
        asked = [event for event in heard if isinstance(event, Asked)]
        assert asked == [Asked(one, None), Asked(two, None)]
        await replies.ask(WHY, Chat(one, 5), 10)  # what was answered is searched for anew
        assert [event for event in heard if isinstance(event, Asked)] == [*asked, Asked(one, None)]
        assert len({card.texts for card in cards}) == 1
        assert len({card.rows for card in cards}) == len(people)  # each has its own record
        replies.close()

    run(scene())


def test_a_private_answer_is_seen_by_its_asker_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings):
                message = await ask(discord, ADA, north.channel, WHY, private=True)
                assert message.flags & EPHEMERAL
                assert message.seen_by == ADA
                assert "Share" in message.choices

    run(scene())


def test_one_article_is_asked_by_title_slug_or_part_of_it(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            for article in ("why-bread-rises", "Why bread rises", "bread", "bred rises"):
                message = await ask(discord, ADA, place, "What gives off gas?", article=article)
                assert "**Why bread rises**\nAda Crumb · 2019 · " in message.text
            message = await ask(discord, ADA, place, WHY, article="**Rivers** of @everyone")
            assert message.texts == [
                "I know of no article called “\\*\\*Rivers\\*\\* of \\@everyone”.\n"
                "Did you mean:\n"
                "-# Choose from the titles offered while you type, or see `/articles`."
            ]
            shown = await discord.answered(await discord.press(BEN, message, "How rivers bend"))
            assert shown.seen_by == BEN
            assert shown.texts[0].startswith("### How rivers bend\n")

    run(scene())


def test_what_nothing_answers_is_said_at_once(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            message = await ask(discord, ADA, place, "Zyzzyva qwertz <@1> **bold** rivers?")
            assert message.text.startswith(
                "-# Zyzzyva qwertz \\<\\@1\\> \\*\\*bold\\*\\* rivers?\n"
                "**Nothing in the articles answers this.**\n"
            )
            assert "water" not in message.text.casefold()
            assert {"Nearest passage", "Tell me"} <= {*message.buttons}
            assert [*message.choices] == ["Delete"]
            pressed = await discord.press(ADA, message, "Nearest passage")
            nearest = await discord.answered(pressed)
            assert nearest.seen_by == ADA
            assert nearest.texts[1].endswith("\n**Not an answer. The nearest passage:**")
            assert "There is no question in that." in (await ask(discord, ADA, place, "  ")).text
            odd = await ask(discord, ADA, place, "🦊 ?!… \u202e")
            assert "Nothing in the articles answers this" in odd.text

    run(scene())


def test_a_miss_names_words_that_are_nowhere_and_titles_that_come_near(tmp_path: Path) -> None:
    corpus = {
        f"{number}.md": f"# The {name} of Oslo\n\nIn the harbour of Oslo stands a {text}.\n"
        for number, (name, text) in enumerate(
            {
                "crane": "tall crane that lifts ships",
                "ferry": "ferry that sails at noon",
                "market": "market where fish is sold",
                "\\*tower\\*": "tower with a clock",
            }.items()
        )
    }

    async def scene() -> None:
        async with playing(tmp_path, corpus=corpus) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                question = "When did zinc zebras paint brass cows with marmalade on towers?"
                message = await ask(discord, ADA, place, question)
                assert message.texts[:2] == [
                    f"-# {question}",
                    "**Nothing in the articles answers this.**\n"
                    "No article contains “zinc”, “zebras”, “paint”, “brass”, “cows”, “marmalade”.",
                ]
                assert message.texts[2] == "The nearest titles:"
                assert next(iter(message.buttons)) == "The *tower* of Oslo"
                assert "clock" not in message.text
                pressed = await discord.press(BEN, message, "The *tower* of Oslo")
                shown = await discord.answered(pressed)
                assert shown.seen_by == BEN
                assert shown.texts[0].startswith("### The \\*tower\\* of Oslo\n")
                # What stands in a title alone is not said to stand nowhere.
                there = await ask(discord, ADA, place, "Where is the marmalade?")
                assert "“marmalade”" in there.text
                (settings.corpus.folder / "m.md").write_text("# The marmalade\n\nIt is sweet.\n")

            async with connected(discord, settings):
                message = await ask(discord, ADA, place, "Which zebra, marmalade?")
                assert message.texts[1:] == [
                    "**Nothing in the articles answers this.**\nNo article contains “zebra”.",
                    "The nearest titles:",
                ]
                assert next(iter(message.buttons)) == "The marmalade"

    run(scene())


def test_without_articles_it_says_so(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus={}) as (discord, place, _):
            assert (await ask(discord, ADA, place, WHY)).texts == [
                "There are no articles yet, so there is nothing to quote from."
            ]
            listed = await discord.slash(ADA, place, "articles")
            assert (await discord.answered(listed)).texts == ["There are no articles yet."]

    run(scene())


def test_the_message_command_asks_a_messages_text(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings):
                said = await discord.say(BEN, north.channel, WHY)
                asked = await discord.message_command(ADA, north.channel, ASK_ABOUT, said)
                assert "How rivers bend" in (await discord.answered(asked)).text
                blank = await discord.say(BEN, north.channel, " ")
                asked = await discord.message_command(ADA, north.channel, ASK_ABOUT, blank)
                message = await discord.answered(asked)
                assert message.texts == ["There is no text in that message to ask about."]
                assert message.ephemeral

    run(scene())


def test_mentions_and_direct_messages_are_answered_as_replies(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            direct = discord.direct()
            async with connected(discord, settings):
                await discord.say(ADA, north.channel, "just talking")
                said = await discord.say(ADA, north.channel, WHY, mention=True)
                reply = await discord.reply_to(said)
                assert reply.texts[0] == f"-# {WHY}"
                assert reply.texts[1].startswith("Fast water")
                assert reply.texts[2].startswith("**How rivers bend**\n")
                private = await discord.say(BEN, direct, RISES)
                answer = await discord.reply_to(private)
                assert "Why bread rises" in answer.text
                for person, message in ((ADA, reply), (BEN, answer)):
                    pressed = await discord.press(person, message, "Context")
                    assert "paragraph" in (await discord.answered(pressed)).text
                    await discord.deleted(await discord.press(person, message, "Delete"))
                empty = await discord.say(BEN, north.channel, "", mention=True)
                assert "There is no question in that." in (await discord.reply_to(empty)).text
                replies = [m for m in discord.messages.values() if m.author == discord.bot]
                assert [m.reply_to for m in replies if m.reply_to] == [
                    said.id,
                    private.id,
                    empty.id,
                ]
                discord.muted.add(north.id)  # may not write there: nothing breaks
                await discord.say(ADA, north.channel, WHY, mention=True)
                machine = Person("Another bot", is_bot=True)  # two could go on for ever
                await discord.say(machine, discord.add_guild("South").channel, WHY, mention=True)
                again = await discord.say(BEN, direct, RISES)
                await discord.reply_to(again)
                replies = [m for m in discord.messages.values() if m.author == discord.bot]
                assert [m.reply_to for m in replies if m.reply_to][3:] == [again.id]

    run(scene())


def test_it_works_in_direct_messages_groups_and_where_only_a_person_brought_it(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            discord.add_guild("North")
            away = discord.add_guild("Away", installed=False)
            places = [discord.direct(), discord.group(), away.channel]
            async with connected(discord, settings):
                for place in places:
                    for name in ("articles", "help"):
                        shown = await discord.slash(ADA, place, name)
                        await discord.answered(shown)
                    message = await ask(discord, ADA, place, WHY)
                    assert "How rivers bend" in message.text
                    context = await discord.press(ADA, message, "Context")
                    assert "paragraph 1 of 4" in (await discord.answered(context)).text
                with pytest.raises(AssertionError, match="no command 'library add'"):
                    await discord.slash(ADA, places[0], "library add")

    run(scene())


def test_a_question_follows_the_one_before_it(tmp_path: Path) -> None:
    together = f"-# Taken together with “{RISES}”."

    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            answer = await ask(discord, ADA, place, RISES)
            assert "Taken together" not in answer.text
            # The same person, soon after, and the buttons know what was asked before.
            said = await discord.say(ADA, place, "and why?", mention=True)
            follow = await discord.reply_to(said)
            assert together in follow.text
            # Somebody else asks anew, unless they reply to the answer.
            said = await discord.say(BEN, place, "and why?", mention=True)
            assert "Taken together" not in (await discord.reply_to(said)).text
            said = await discord.say(BEN, place, "and why?", replying=answer)
            assert together in (await discord.reply_to(said)).text
            # A reply to a person is none to the bot, and a question that stands alone is one.
            await discord.say(BEN, place, "and why?", replying=said)
            said = await discord.say(BEN, place, WHY, replying=answer)
            assert "Taken together" not in (await discord.reply_to(said)).text

    run(scene())


def test_small_talk_and_heads_are_replied_to_without_a_quotation(tmp_path: Path) -> None:
    corpus = {"ferry.md": "---\ntitle: The *ferry*\nauthor: Mona Reed\n---\n\nIt sails at noon.\n"}

    async def scene() -> None:
        async with in_channel(tmp_path, corpus=corpus) as (discord, place, _):
            hello = await ask(discord, ADA, place, "hello!")
            assert hello.text.startswith("Hello! Ask me about the articles")
            assert not hello.buttons
            wrote = await ask(discord, ADA, place, "who wrote the article about the ferry?")
            assert wrote.texts == ["“The \\*ferry\\*” was written by Mona Reed.\nferry"]

    run(scene())
