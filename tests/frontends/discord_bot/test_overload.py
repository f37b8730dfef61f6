"""Too many questions: whoever would wait for too long is told at once to ask again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot import wiring
from bot.frontends.discord.gateway_share import GatewayShare
from bot.service.answers.question_queue import QuestionQueue
from bot.service.events.event_types import Asked, Event, Failed, Refused
from bot.service.operations.sharding import Share
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import guild_of
from tests.loopback.world import Person

ADA, BEN = Person("Ada"), Person("Ben", locale="de")
WHY = "Why do meanders grow?"
BUSY = "Too many questions at once; ask again in a moment."


def test_who_would_wait_for_too_long_is_told_at_once_and_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            answering = wiring.answering(settings)
            heard: list[Event] = []
            answering.events.subscribe(heard.append)
            queue = QuestionQueue(0, longest=-1.0)
            place = guild_of(discord).channel
            async with connected(discord, settings, answering=answering, queue=queue):
                said = await discord.answered(await discord.slash(ADA, place, "ask", question=WHY))
                assert (said.text, said.ephemeral) == (BUSY, True)
                said = await discord.answered(await discord.slash(BEN, place, "ask", question=WHY))
                assert said.ephemeral
                assert said.text.startswith("Zu viele Fragen auf einmal")
                mention = await discord.say(ADA, place, WHY, mention=True)
                assert (await discord.reply_to(mention)).text == BUSY
            refused = [each for each in heard if isinstance(each, Refused)]
            assert refused == [Refused("discord", "overload")] * 3
            assert not [each for each in heard if isinstance(each, Failed)]

    run(scene())


def test_so_is_who_presses_a_button(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings):
                message = await discord.answered(
                    await discord.slash(ADA, place, "ask", question=WHY)
                )
            async with connected(discord, settings, queue=QuestionQueue(0, longest=-1.0)):
                said = await discord.answered(await discord.press(ADA, message, "Context"))
                assert (said.text, said.ephemeral) == (BUSY, True)

    run(scene())


class _SlowSharding:
    """A `Sharding` of a process that has all shards, and lets events wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.seconds = 0.0
        """Seconds that it takes to claim an event."""

    def take(self, shard_count: int) -> Share | None:
        return Share(0, tuple(range(shard_count)), shard_count)

    def keep(self) -> bool:
        return True

    def turn(self, bucket: int, seconds: float) -> float:
        return 0.0

    def claim(self, event: int) -> bool:
        self._clock.seconds += self.seconds
        return True

    def release(self) -> None:
        """There is nobody to give the share to."""


def test_who_could_not_be_acknowledged_in_time_is_told_before_anything_is_done(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        clock = Clock()
        sharding = _SlowSharding(clock)
        async with playing(tmp_path) as (discord, settings):
            answering = wiring.answering(settings)
            heard: list[Event] = []
            answering.events.subscribe(heard.append)
            place = guild_of(discord).channel
            async with connected(
                discord, settings, answering=answering, clock=clock,
                gateway_share=GatewayShare(sharding),
            ):  # fmt: skip
                said = await discord.answered(await discord.slash(ADA, place, "ask", question=WHY))
                assert "meanders grow" in said.text
                sharding.seconds = 1.5
                for _ in range(2):
                    asked = await discord.slash(ADA, place, "ask", question=WHY)
                    said = await discord.answered(asked)
                    assert (said.text, said.ephemeral, asked.callback) == (BUSY, True, 4)
                sharding.seconds = 0.5
                said = await discord.answered(await discord.slash(ADA, place, "ask", question=WHY))
                assert "meanders grow" in said.text
            refused = [each for each in heard if isinstance(each, Refused)]
            assert refused == [Refused("discord", "overload")] * 2
            assert len([each for each in heard if isinstance(each, Asked)]) == 2

    run(scene())


def test_who_has_waited_for_too_long_is_told_alone_and_nothing_stays_of_the_wait(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        clock = Clock()
        queue = QuestionQueue(1, clock, longest=10.0)
        async with playing(tmp_path) as (discord, settings):
            place = guild_of(discord).channel
            async with connected(discord, settings, clock=clock, queue=queue):
                async with queue.turn():
                    asked = await discord.slash(ADA, place, "ask", question=WHY)
                    await discord.until(asked, lambda: asked.callback == 5)
                    while not queue.waiting:
                        await asyncio.sleep(0)
                    clock.seconds += 11.0
                await discord.until(asked, lambda: bool(asked.followups))
                (said,) = asked.followups
                assert (said.text, said.ephemeral) == (BUSY, True)
                assert asked.message is not None
                assert asked.message.deleted

    run(scene())
