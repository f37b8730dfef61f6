"""Periodic work of the bot: taking up changed articles, erasing what is out of date."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bot.config import DiscordSettings
from bot.frontends.discord.reply_cards import Replies
from bot.service.records import retention
from bot.service.shelves.shelves import ChangedSlugs
from bot.wiring import incoming

REFRESH_SECONDS = 60.0
TIDY_SECONDS = 3600.0

_log = logging.getLogger(__name__)

Companion = Callable[[incoming.Refresh], Awaitable[None]]
"""Runs until cancelled, and awaits the given function when articles changed."""
Job = Callable[[], Awaitable[None]]


class PeriodicTasks:
    """The tasks that run as long as the bot does. Whatever one of them raises is reported, and it
    is tried again later."""

    def __init__(
        self,
        replies: Replies,
        settings: Callable[[], DiscordSettings],
        tell: Job,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """``settings`` returns those in force, which may change; ``tell`` tells people of answers
        to questions that had none; ``sleep`` waits for a number of seconds."""
        self._tell = tell
        self._replies = replies
        self._settings = settings
        self._sleep = sleep

    def start(self, companions: Sequence[Companion]) -> list[asyncio.Task[None]]:
        """Start the tasks; ``companions`` run along with the bot."""
        return [
            asyncio.create_task(self._every(REFRESH_SECONDS, self.refresh)),
            asyncio.create_task(self._every(TIDY_SECONDS, self.tidy)),
            *(asyncio.create_task(self._beside(each)) for each in companions),
        ]

    async def refresh(self, among: ChangedSlugs | None = None) -> None:
        """Take up what changed in the folders of articles: among some, if known."""
        await self._replies.service.change(partial(self._replies.shelves.refresh, among=among))

    async def tidy(self) -> None:
        """Erase data whose retention has ended."""
        recorded, shelves = self._replies.recorded, self._replies.shelves
        settings = self._settings()
        days, erase_days = settings.retention_days, settings.erase_after_days
        await recorded(lambda records: records.answers.forget_older(days))
        await self._replies.background.run(partial(retention.forget_older, days=days))
        await self._tell()  # another process may have changed the articles
        for tenant in await recorded(lambda records: records.memberships.left_longer(erase_days)):
            await self._replies.service.change(partial(shelves.erase, tenant))
            await recorded(partial(retention.forget_tenant, tenant=tenant))
            _log.info("erased the articles of server %s, which removed the bot", tenant.name)

    async def _beside(self, companion: Companion) -> None:
        """Run a companion; if it fails, report that and restart it a little later."""
        while True:
            try:
                await companion(self.refresh)
                return
            except Exception as error:  # noqa: BLE001 - the next time may go better
                self._replies.failed(
                    error, "what follows the articles, which is tried again later,"
                )
            await self._sleep(REFRESH_SECONDS)

    async def _every(self, seconds: float, job: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await job()
            except Exception as error:  # noqa: BLE001 - the next time may go better
                self._replies.failed(error, f"{job.__name__}, which is tried again later,")
            await self._sleep(seconds)
