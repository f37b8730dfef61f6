"""The client: events of Discord, and periodic tasks."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import discord

from bot.config import DiscordSettings
from bot.frontends.discord import command_registration
from bot.frontends.discord.answering_client import AnsweringClient, new_connector
from bot.frontends.discord.commands.buttons import (
    AnswerButton,
    AnswerMenu,
    ArticleButton,
    OtherMatchMenu,
    PageButton,
    TitleMenu,
)
from bot.frontends.discord.commands.commands import add_commands
from bot.frontends.discord.commands.gap_menus import GapMenu, GapPageButton, GapPassageMenu
from bot.frontends.discord.commands.library_commands import RemovalButton, add_library
from bot.frontends.discord.commands.messages import Messages
from bot.frontends.discord.commands.privacy_command import PrivacyButton, add_privacy
from bot.frontends.discord.commands.settings_command import SettingsMenu
from bot.frontends.discord.gateway_share import GatewayShare
from bot.frontends.discord.interactions import Retrying
from bot.frontends.discord.lost_settings import forget_channel, forget_role
from bot.frontends.discord.periodic_tasks import Companion, PeriodicTasks
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.discord.teller import Teller
from bot.service.records import retention
from bot.service.tenants import discord_server

_log = logging.getLogger(__name__)


class ArticleBot(AnsweringClient):
    """The bot: what it does at each event, and from time to time."""

    def __init__(
        self,
        replies: Replies,
        settings: DiscordSettings,
        *,
        sync: bool = False,
        sync_guild: int | None = None,
        retrying: Retrying | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        companions: Sequence[Companion] = (),
        gateway_share: GatewayShare | None = None,
        **options: Any,
    ) -> None:
        """``sync`` gives Discord the commands even if they are the same as last time;
        ``sync_guild`` gives them to one server, at once. ``companions`` run along with the bot
        and call what they are given when the articles changed. ``gateway_share`` is this process's
        share of the shards; None for all. ``options`` go to `AnsweringClient`."""
        super().__init__(replies, settings, retrying, gateway_share, **options)
        self.messages = Messages(self)
        self._companions = companions
        self._sync = sync
        self._sync_guild = sync_guild
        self._sleep = sleep
        self._membership = asyncio.Lock()
        """Held while it is recorded that servers came or went: in the order in which they did."""
        self._tasks: list[asyncio.Task[None]] = []
        add_commands(self.tree, replies)
        add_library(self.tree, replies)
        add_privacy(self.tree, replies)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(
            AnswerButton,
            AnswerMenu,
            ArticleButton,
            GapMenu,
            GapPageButton,
            GapPassageMenu,
            OtherMatchMenu,
            PageButton,
            PrivacyButton,
            RemovalButton,
            SettingsMenu,
            TitleMenu,
        )
        if self._tasks:  # it logs in again
            return
        self._check_intents()
        self.command_ids = await command_registration.register_commands(
            self, self._sync_guild, forced=self._sync
        )
        if self._sync_guild is None:
            await command_registration.withdraw_server_commands(self)
        self.teller = Teller(self)
        self.periodic = PeriodicTasks(
            self.replies, lambda: self.settings, self.teller.tell, self._sleep
        )
        self._tasks = [
            asyncio.create_task(self.teller.run()),
            *self.periodic.start(self._companions),
        ]

    def _check_intents(self) -> None:
        """Go on without the text of messages where Discord does not grant it."""
        granted = self.application_flags
        if self.intents.message_content and not (
            granted.gateway_message_content or granted.gateway_message_content_limited
        ):
            self._do_without_content()

    def _do_without_content(self) -> None:
        # what is asked for when connecting, of which `intents` is a copy
        self._connection._intents.message_content = False
        _log.warning(
            "[discord] message_content is true, but Discord does not grant this application "
            "the intent: switch on Message Content Intent in the developer portal, under Bot, "
            "and start again; until then only the titles of posts are read"
        )

    def reopen_without_content(self) -> None:
        """Prepare a client that was closed because the gateway refused it the text of messages, so
        that it can be entered and logged in again without that. The tasks go on."""
        self.clear()
        self.http.connector = new_connector()
        self._do_without_content()

    def end_tasks(self) -> None:
        """Cancel what runs beside the events."""
        for task in self._tasks:
            task.cancel()

    # What Discord tells

    async def on_ready(self) -> None:
        """Handle servers that came or went while the bot was disconnected."""
        if self.leaving:  # it comes seconds after the connection
            return
        here = {discord_server(guild.id) for guild in self.guilds}
        shelved = await asyncio.to_thread(self.replies.shelves.tenants)
        share = self.gateway_share
        is_ours = (lambda _: True) if share is None else share.holds
        async with self._membership:
            await self.replies.recorded(
                lambda records: retention.note_present(records, here, shelved, is_ours)
            )
        _log.info(
            "ready as %s in %d servers, by %d shards", self.user, len(here), self.shard_count or 1
        )

    async def on_disconnect(self) -> None:
        self.reconnects += not self.leaving

    async def on_guild_join(self, guild: discord.Guild) -> None:
        async with self._membership:
            await self.replies.recorded(
                partial(retention.note_arrival, tenant=discord_server(guild.id))
            )

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        tenant = discord_server(guild.id)
        async with self._membership:
            await self.replies.recorded(lambda records: retention.note_departure(records, tenant))
        self.replies.rules.forget(tenant)

    async def on_message(self, message: discord.Message) -> None:
        await self.messages.handle(message)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        await self.messages.handle_post(thread)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await forget_channel(self.replies, channel)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        await forget_role(self.replies, role)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            self.replies.failed(error, f"the event {event_method}")
