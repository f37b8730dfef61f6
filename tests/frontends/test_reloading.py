"""Settings that are read again while the bot runs: what they change takes effect at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.frontends.discord.cards.stale_notes import NOT_KEPT
from bot.frontends.reloading import reload_settings
from bot.service.events.event_types import Asked, Event
from bot.service.tenants import EVERYONE, discord_server
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.commands.test_buttons import ADA, LANTERNS, ask
from tests.frontends.discord_bot.playing import DAY, connected, playing, run
from tests.frontends.discord_bot.test_library import add, guild_of


def test_what_is_kept_and_how_long_changes_at_once(tmp_path: Path) -> None:
    async def scene() -> None:
        clock = Clock()
        async with playing(tmp_path, LANTERNS, erase_after_days=30.0) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            folder = settings.discord.data / "servers" / str(south.id)
            async with connected(discord, settings, clock=clock) as play:
                await add(discord, south, title="The clock", text="The clock is slow.")
                message = await ask(discord, north.channel)
                own = settings.discord._replace(
                    retention_days=2.0, erase_after_days=1.0, log_questions=True, quota_mb=0.5
                )
                new = settings._replace(discord=own)
                pages = play.replies.service.answering.seen_from("web")
                heard: list[Event] = []
                pages.events.subscribe(heard.append)
                reload_settings(lambda: new, settings, play.bot, play.replies)

                await asyncio.to_thread(pages.ask, EVERYONE, "Why do lanterns sway?")
                assert Asked(EVERYONE, "Why do lanterns sway?") in heard
                asked = await discord.slash(ADA, north.channel, "privacy")
                told = await discord.answered(asked)
                assert "for 2 days" in told.text
                assert "as they were asked but not by whom" in told.text
                assert play.bot.largest_upload == 500_000

                await discord.leave(south)
                memberships = play.replies.records.memberships
                while discord_server(south.id) not in memberships.left_longer(-1):
                    await asyncio.sleep(0)
                clock.seconds += 3 * DAY
                await play.bot.periodic.tidy()
                shown = await discord.answered(await discord.press(ADA, message, "Next"))
                assert shown.texts == [NOT_KEPT]
                assert not folder.exists()

    run(scene())
