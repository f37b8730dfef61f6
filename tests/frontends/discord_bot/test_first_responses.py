"""First responses: an answer that is made in a moment, else an acknowledgement."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.discord_bot.playing import connected, holding, playing, run, works
from tests.loopback.world import Person

ADA = Person("Ada")
WHY = "Why do meanders grow?"
RISES = "What does yeast give off?"


def test_an_answer_made_in_a_moment_is_the_first_response(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings, at_once_seconds=60.0):
                asked = await discord.slash(ADA, north.channel, "ask", question=WHY)
                message = await discord.answered(asked)
                assert "How rivers bend" in message.text
                assert (asked.callback, message.seen_by) == (4, None)
                pressed = await discord.press(ADA, message, "Context")
                assert "How rivers bend" in (await discord.answered(pressed)).text
                asked = await discord.slash(ADA, north.channel, "ask", question=RISES, private=True)
                assert (await discord.answered(asked)).seen_by == ADA
        sent = [each.path.rpartition("/")[2] for each in discord.requests]
        assert (sent.count("callback"), sent.count("@original")) == (3, 1)  # that of the button

    run(scene())


def test_a_first_response_with_an_answer_is_sent_once_more_but_not_shown_twice(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings, at_once_seconds=60.0) as play:
                discord.faults.plan("POST", "/callback", 503, times=1)
                await works(discord, ADA, north.channel)
                discord.faults.lose_answer("POST", "/callback")
                await works(discord, ADA, north.channel)
                await play.bot.finish(10)
                assert len(discord.messages) == 2

    run(scene())


def test_while_many_answers_are_under_way_each_is_acknowledged_first(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = discord.add_guild("North")
            async with connected(discord, settings, at_once_seconds=60.0) as play:
                async with holding(play.replies.service.work):
                    many = [
                        await discord.slash(ADA, north.channel, "ask", question=WHY)
                        for _ in range(40)
                    ]
                    await discord.until(many[-1], lambda: many[-1].acknowledged is not None)
                for each in many:
                    assert "How rivers bend" in (await discord.answered(each)).text
                assert many[-1].callback == 5

    run(scene())
