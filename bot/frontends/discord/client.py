"""The client: events of Discord, and periodic tasks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.config import DiscordSettings
from bot.frontends.discord import command_registration
from bot.frontends.discord.buttons import (
    AnswerButton,
    AnswerMenu,
    ArticleButton,
    OtherMatchMenu,
    PageButton,
    TitleMenu,
)
from bot.frontends.discord.commands import add_commands
from bot.frontends.discord.gap_menus import GapMenu, GapPassageMenu
from bot.frontends.discord.gateway_share import GatewayShare
from bot.frontends.discord.interactions import (
    Incoming,
    Retrying,
    answer_at_once,
    apology,
    language_of,
)
from bot.frontends.discord.library_commands import RemovalButton, add_library
from bot.frontends.discord.messages import Messages
from bot.frontends.discord.periodic_tasks import Companion, PeriodicTasks
from bot.frontends.discord.privacy_command import PrivacyButton, add_privacy
from bot.frontends.discord.rate_limits import RateLimits
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.discord.settings_command import SettingsMenu
from bot.frontends.discord.telling import Teller
from bot.service import retention
from bot.service.tenants import discord_server

CONNECTIONS = 64
"""Maximum number of simultaneous connections to Discord's API, which are used again."""
_UPLOAD_LIMIT = 10 << 20
"""Bytes; Discord's own default."""

_log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["ArticleBot"]):
    """The commands. Errors that a command does not handle itself end here."""

    async def on_error(self, interaction: Incoming, error: app_commands.AppCommandError, /) -> None:
        reference = interaction.client.replies.failed(error, "a command")
        if not interaction.response.is_done():
            await answer_at_once(interaction, apology(error, reference, language_of(interaction)))


class ArticleBot(discord.AutoShardedClient):
    """The bot. No privileged intent: mentions and direct messages bring their text along."""

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
        share of the shards; None for all. ``options`` go to discord.py."""
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = settings.message_content
        self.rate_limits = RateLimits()
        self.reconnects = 0
        """Number of times that the connection to the gateway was lost."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            http_trace=self.rate_limits.trace,
            connector=aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS),
            **options,
        )
        self.replies = replies
        self.command_ids: dict[str, int] = {}
        """The ids of the commands, by their names, once Discord has told them."""
        self.messages = Messages(self)
        self.retrying = retrying or Retrying()
        self.leaving = False
        self.largest_upload = min(_UPLOAD_LIMIT, int(settings.quota_mb * 1e6))
        self.settings = settings
        self.gateway_share = gateway_share
        self._companions = companions
        self._sync = sync
        self._sync_guild = sync_guild
        self._sleep = sleep
        self._membership = asyncio.Lock()
        """Held while it is recorded that servers came or went: in the order in which they did."""
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: list[asyncio.Task[None]] = []
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        add_commands(self.tree, replies)
        add_library(self.tree, replies)
        add_privacy(self.tree, replies, settings)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(
            AnswerButton,
            AnswerMenu,
            ArticleButton,
            GapMenu,
            GapPassageMenu,
            OtherMatchMenu,
            PageButton,
            PrivacyButton,
            RemovalButton,
            SettingsMenu,
            TitleMenu,
        )
        self._check_intents()
        self.command_ids = await command_registration.register_commands(
            self, self._sync_guild, forced=self._sync
        )
        if self._sync_guild is None:
            await command_registration.withdraw_server_commands(self)
        self.teller = Teller(self)
        self.periodic = PeriodicTasks(self.replies, self.settings, self.teller.tell, self._sleep)
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
            # what is asked for when connecting, of which `intents` is a copy
            self._connection._intents.message_content = False
            _log.warning(
                "[discord] message_content is true, but Discord does not grant this application "
                "the intent: switch on Message Content Intent in the developer portal, under Bot, "
                "and start again; until then only the titles of posts are read"
            )

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await super().close()

    async def take_shards(self, shard_count: int, concurrency: int) -> None:
        """Wait for this process's share of the shards; see `GatewayShare.take`."""
        if self.gateway_share is not None:
            share = await self.gateway_share.take(shard_count, concurrency)
            self.shard_ids, self.shard_count = list(share.shards), share.shard_count

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if self.gateway_share is None:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self.gateway_share.turn(shard_id or 0)

    async def claim(self, event: int) -> bool:
        """Return whether an event is this process's to handle: each is one process's."""
        return self.gateway_share is None or await self.gateway_share.claim(event)

    @contextlib.contextmanager
    def under_way(self) -> Iterator[None]:
        """Count an answer that is being worked on."""
        self._busy += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()

    async def finish(self, seconds: float) -> None:
        """Take no more questions, and wait at most so long for the answers under way."""
        self.leaving = True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            _log.warning("%d answers were not finished in %.0f s", self._busy, seconds)

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
        await self.messages.forget_channel(channel)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            self.replies.failed(error, f"the event {event_method}")
