"""The buttons under an answer: what they show, to whom, and for how long."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.frontends.discord.cards.stale_notes import CHANGED, GONE, NOT_KEPT
from bot.frontends.discord.commands.buttons import NOT_YOURS
from bot.service.tenants import EVERYONE
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.playing import DAY, connected, in_channel, playing, run
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import EVERYDAY, MANAGE_MESSAGES, Message, Person, Place

ADA, BEN, MOD = Person("Ada"), Person("Ben"), Person("Mod")

# Three articles of one long paragraph each, which all match a question about lanterns; they differ
# in words, for of articles that say the same only one is shown.
LANTERNS = {
    "blue.md": "# The blue tower\n\nIt stood on a rock and was built of granite by sailors.\n\n"
    "The lantern lantern lantern burned whale oil. It was lit at dusk and put out at dawn, in "
    "every season and in all weathers, and those who kept it wrote down each night in a book that "
    "is still to be seen in the museum by the harbour, next to the lenses, the brass lamps and "
    "the long coats that the keepers wore when the wind came from the north."
    "\n\nNobody has lived there since the road was washed away in the great storm.\n",
    "red.md": "# The red tower\n\n"
    "Its lantern, a second lantern, burned gas. A pipe brought it up from the works in the town, "
    "two miles over the marsh on wooden posts, and every spring a man with a hammer walked along "
    "to knock the rust off. Children followed him for the sound that the hollow iron gave, and "
    "guessed from it where the next leak would be found and mended.\n",
    "white.md": "# The white tower\n\n"
    "Another lantern was electric. The cable came over from the mainland in a trench that four "
    "ships had needed a whole summer to plough, and on the first evening people rowed out with "
    "fiddles and cakes to see the beam go round. Fishermen complained that it was too bright, "
    "moths came in clouds, and the baker opened an hour before sunrise from then on.\n",
}
QUESTION = "Which lantern burned whale oil?"


async def ask(
    discord: LoopbackDiscord, place: Place, person: Person = ADA, **options: str | bool
) -> Message:
    return await discord.answered(
        await discord.slash(person, place, "ask", question=QUESTION, **options)
    )


def test_next_and_previous_turn_the_askers_answer(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, _):
            message = await ask(discord, place)
            first = message.texts
            titles = []
            for _ in range(2):
                await discord.answered(await discord.press(ADA, message, "Next"))
                titles.append(message.texts[2].split("\n")[0])
                assert "match " in message.texts[0].split("\n")[0]
            assert len({first[2].split("\n")[0], *titles}) == 3
            assert "Next" not in message.buttons
            for _ in range(2):
                await discord.answered(await discord.press(ADA, message, "Previous"))
            assert message.texts == first

    run(scene())


def test_anybody_else_turns_a_copy_of_their_own(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, _):
            message = await ask(discord, place)
            before = message.texts
            pressed = await discord.press(BEN, message, "Next")
            copy = await discord.answered(pressed)
            assert message.texts == before
            assert (copy.ephemeral, copy.seen_by) == (True, BEN)
            assert "match 2 of 3" in copy.text
            await discord.answered(await discord.press(BEN, copy, "Next"))
            assert "match 3 of 3" in copy.text

    run(scene())


def test_context_shows_the_paragraphs_around_in_order(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, play):
            message = await ask(discord, place, article="blue")
            quoted = play.replies.shelves.library(EVERYONE).article("blue")
            shown = await discord.answered(await discord.press(BEN, message, "Context"))
            assert shown.seen_by == BEN
            assert len(quoted.paragraphs) == 3
            plain = shown.text.replace("**", "")
            at = [plain.index(quoted.quote(n, n)[:40]) for n in (1, 2, 3)]
            assert at == sorted(at)

    run(scene())


def test_why_is_told_to_whoever_asks_why_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, _):
            message = await ask(discord, place)
            for _ in range(2):
                why = await discord.press(BEN, message, "Why this passage?")
                shown = await discord.answered(why)
                assert shown.seen_by == BEN
                assert shown.texts[0] == "### Why this passage?"
                assert "lantern" in shown.text
                await discord.answered(await discord.press(ADA, message, "Next"))

    run(scene())


def test_a_private_answer_can_be_shared(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, _):
            message = await ask(discord, place, private=True)
            await discord.answered(await discord.press(ADA, message, "Next"))
            pressed = await discord.press(ADA, message, "Share")
            public = await discord.answered(pressed)
            assert public is not message
            assert not public.ephemeral
            assert public.texts == message.texts
            assert "Share" not in public.choices
            # Who sees it can use it, and its asker can take it back.
            copy = await discord.answered(await discord.press(BEN, public, "Previous"))
            assert copy.seen_by == BEN
            deleted = await discord.press(ADA, public, "Delete")
            await discord.deleted(deleted)
            assert not message.deleted

    run(scene())


def test_asker_and_moderators_delete_others_do_not(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            north = discord.add_guild("North")
            north.permissions[MOD.id] = EVERYDAY | MANAGE_MESSAGES
            keys = []
            async with connected(discord, settings):
                kept = await ask(discord, north.channel)
                for person in (ADA, MOD):
                    message = await ask(discord, north.channel)
                    refused = await discord.press(BEN, message, "Delete")
                    note = await discord.answered(refused)
                    assert (note.texts, note.seen_by) == ([NOT_YOURS], BEN)
                    keys.append(key_of(message))
                    await discord.deleted(await discord.press(person, message, "Delete"))
                    assert message.deleted
            # What is erased is not even in the file's bytes.
            data = b"".join(path.read_bytes() for path in settings.discord.data.glob("*.sqlite3*"))
            assert [key.encode() in data for key in (key_of(kept), *keys)] == [True, False, False]

    run(scene())


def key_of(message: Message) -> str:
    """The key that an answer's buttons carry."""
    return str(message.buttons["👍"]["custom_id"]).split(":")[1]


def test_buttons_work_after_a_restart_and_a_month(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            place = discord.add_guild("North").channel
            clock = Clock()
            async with connected(discord, settings, clock=clock):
                message = await ask(discord, place)
                private = await ask(discord, place, private=True)
            clock.seconds += 31 * DAY
            async with connected(discord, settings, clock=clock):
                await discord.answered(await discord.press(ADA, message, "Next"))
                assert "match 2 of 3" in message.text
                for label in ("Context", "Why this passage?", "Previous"):
                    shown = await discord.answered(await discord.press(ADA, message, label))
                    assert NOT_KEPT not in shown.text
                await discord.answered(await discord.press(ADA, private, "Share"))
                await discord.deleted(await discord.press(ADA, message, "Delete"))

    run(scene())


def test_what_changed_while_the_bot_was_away_for_a_month_is_told(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            place = discord.add_guild("North").channel
            clock = Clock()
            async with connected(discord, settings, clock=clock):
                message = await ask(discord, place)
                reply = await discord.reply_to(
                    await discord.say(ADA, place, QUESTION, mention=True)
                )
                miss = await discord.answered(
                    await discord.slash(ADA, place, "ask", question="Zyzzyva?")
                )
            clock.seconds += 31 * DAY
            blue, red, white = (settings.corpus.folder / name for name in LANTERNS)
            blue.write_text(blue.read_text().replace("whale", "seal"))
            red.unlink()
            white.unlink()
            async with connected(discord, settings, clock=clock) as play:
                before = message.texts
                for pressed in (message, reply):
                    why = await discord.press(ADA, pressed, "Why this passage?")
                    told = await discord.answered(why)
                    assert (told.texts, told.seen_by) == ([CHANGED], ADA)
                told = await discord.answered(await discord.press(ADA, message, "Next"))
                assert (told.texts, told.seen_by) == ([GONE], ADA)
                assert message.texts == before
                for pressed in (message, reply, miss):
                    await discord.deleted(await discord.press(ADA, pressed, "Delete"))
                assert play.replies.records.answers.tenants() == set()  # nothing is kept of North

    run(scene())


def test_answers_are_kept_for_retention_days(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS, retention_days=10.0) as (discord, settings):
            place = discord.add_guild("North").channel
            clock = Clock()
            async with connected(discord, settings, clock=clock) as play:
                message = await ask(discord, place)
                clock.seconds += 9.9 * DAY
                await play.bot.periodic.tidy()
                await discord.answered(await discord.press(ADA, message, "Next"))
                clock.seconds += 0.2 * DAY
                await play.bot.periodic.tidy()
                for label in ("Next", "Context", "Why this passage?", "Delete"):
                    shown = await discord.answered(await discord.press(ADA, message, label))
                    assert shown.texts == [NOT_KEPT]
                    assert shown.seen_by == ADA

    run(scene())


def test_changed_and_vanished_articles_are_told(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, play):
            message = await ask(discord, place, article="blue")
            private = await ask(discord, place, article="blue", private=True)
            text = LANTERNS["blue.md"]
            # Moved: the same words are found again, one paragraph further down.
            moved = text.replace("It stood", "A new first paragraph.\n\nIt stood")
            (play.corpus / "blue.md").write_text(moved)
            await play.bot.periodic.refresh()
            shown = await discord.answered(await discord.press(ADA, message, "Context"))
            assert "A new first paragraph." in shown.text
            (play.corpus / "blue.md").write_text(text.replace("whale", "seal"))
            await play.bot.periodic.refresh()
            for label in ("Context", "Why this passage?"):
                shown = await discord.answered(await discord.press(BEN, message, label))
                assert (shown.texts, shown.seen_by) == ([CHANGED], BEN)
            shared = await discord.answered(await discord.press(ADA, private, "Share"))
            assert (shared.texts, shared.seen_by) == ([CHANGED], ADA)
            (play.corpus / "blue.md").unlink()
            await play.bot.periodic.refresh()
            for label in ("Context", "Why this passage?"):
                shown = await discord.answered(await discord.press(BEN, message, label))
                assert (shown.texts, shown.seen_by) == ([GONE], BEN)

    run(scene())


def test_a_changed_match_leaves_the_answer_as_it_was(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, play):
            message = await ask(discord, place)
            before = message.texts
            for name, text in LANTERNS.items():
                (play.corpus / name).write_text(text.replace("lantern", "lantern light"))
            await play.bot.periodic.refresh()
            pressed = await discord.press(ADA, message, "Next")
            note = await discord.answered(pressed)
            assert (note.texts, note.seen_by) == ([CHANGED], ADA)
            assert message.texts == before

    run(scene())


def test_a_server_that_removes_the_bot_takes_its_answers_along(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            north, south = discord.add_guild("North"), discord.add_guild("South")
            async with connected(discord, settings):
                lost, kept = await ask(discord, north.channel), await ask(discord, south.channel)
                await discord.leave(north)
                await discord.join(north)
                shown = await discord.answered(await discord.press(ADA, lost, "Context"))
                assert shown.texts == [NOT_KEPT]
                shown = await discord.answered(await discord.press(ADA, kept, "Context"))
                assert shown.texts != [NOT_KEPT]

    run(scene())


def test_answers_go_with_a_server_that_left_unseen_and_stay_in_an_outage(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus=LANTERNS) as (discord, settings):
            north, south = discord.add_guild("North"), discord.add_guild("South")
            async with connected(discord, settings) as play:
                lost, kept = await ask(discord, north.channel), await ask(discord, south.channel)
                outage = {"id": str(south.id), "unavailable": True}
                await discord.gateway.dispatch("GUILD_DELETE", outage, south.id)
                shown = await discord.answered(await discord.press(BEN, kept, "Context"))
                assert shown.texts != [NOT_KEPT]
            north.installed = False
            async with connected(discord, settings) as play:
                await play.bot.wait_until_ready()
                await play.bot.on_ready()  # all that it does is done
                shown = await discord.answered(await discord.press(BEN, kept, "Context"))
                assert shown.texts != [NOT_KEPT]
            data = b"".join(path.read_bytes() for path in settings.discord.data.glob("*.sqlite3*"))
            assert [key_of(each).encode() in data for each in (lost, kept)] == [False, True]

    run(scene())


def test_two_people_press_at_once(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path, corpus=LANTERNS) as (discord, place, _):
            message = await ask(discord, place)
            pressed = await asyncio.gather(
                *(discord.press(p, message, "Context") for p in (ADA, BEN, MOD))
            )
            shown = [await discord.answered(each) for each in pressed]
            assert [each.seen_by for each in shown] == [ADA, BEN, MOD]

    run(scene())
