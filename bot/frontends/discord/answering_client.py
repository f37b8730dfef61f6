"""The connection to Discord: what it asks for, its share of the shards, the answers under way.

`bot.frontends.discord.client` handles the events.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.config import DiscordSettings
from bot.frontends.discord.gateway_share import GatewayShare
from bot.frontends.discord.interactions import (
    Incoming,
    Retrying,
    answer_at_once,
    apology,
    language_of,
)
from bot.frontends.discord.reply_cards import Replies

CONNECTIONS = 64
"""Maximum number of simultaneous connections to Discord's API, which are used again."""
AT_ONCE_SECONDS = 0.5
"""Seconds for which an answer is waited for before Discord is told that it is coming."""
_MOST_AT_ONCE = 32
"""Answers under way; while there are more, none is waited for."""
_UPLOAD_LIMIT = 10 << 20
"""Bytes; Discord's own default."""
_MOST_LOCALES = 10_000
"""People whose locale is remembered, those who used the bot last."""
_log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["AnsweringClient"]):
    """The commands. Errors that a command does not handle itself end here."""

    async def on_error(self, interaction: Incoming, error: app_commands.AppCommandError, /) -> None:
        reference = interaction.client.replies.failed(error, "a command")
        if not interaction.response.is_done():
            await answer_at_once(interaction, apology(error, reference, language_of(interaction)))


def new_connector() -> aiohttp.TCPConnector:
    """Return the connections to Discord's API. A client that was closed needs new ones."""
    return aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS)


class AskerLocales:
    """The locale of each person, as Discord told it with an interaction: it tells none with a
    message. They are kept in memory alone. Called from the event loop."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, str] = OrderedDict()

    def note(self, person: int, locale: str) -> None:
        """Remember a person's locale."""
        self._seen[person] = locale
        self._seen.move_to_end(person)
        if len(self._seen) > _MOST_LOCALES:
            self._seen.popitem(last=False)

    def of(self, person: int) -> str:
        """Return a person's locale; empty if it is not known."""
        return self._seen.get(person, "")


class RateLimits:
    """Counts the answers of Discord with status 429, as a trace of discord.py's HTTP session."""

    def __init__(self) -> None:
        self.count = 0
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._ended)

    async def _ended(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        parameters: aiohttp.TraceRequestEndParams,
    ) -> None:
        self.count += parameters.response.status == 429


class AnsweringClient(discord.AutoShardedClient):
    """A client that can answer. No privileged intent: mentions and direct messages bring their text
    along."""

    def __init__(
        self,
        replies: Replies,
        settings: DiscordSettings,
        retrying: Retrying | None = None,
        gateway_share: GatewayShare | None = None,
        *,
        counts_rate_limits: bool = False,
        at_once_seconds: float = AT_ONCE_SECONDS,
        **options: Any,
    ) -> None:
        """``gateway_share`` is this process's share of the shards; None for all.
        ``counts_rate_limits`` is True where somebody reads that figure: each request then takes
        longer. ``at_once_seconds`` are those for which an answer may be waited for before it is
        acknowledged. ``options`` go to discord.py."""
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = settings.message_content
        self.rate_limits = RateLimits()
        if counts_rate_limits:
            options["http_trace"] = self.rate_limits.trace
        self.reconnects = 0
        """Number of times that the connection to the gateway was lost."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            connector=new_connector(),
            **options,
        )
        self.replies = replies
        self.settings = settings
        """Those in force: some may change while it runs."""
        self.command_ids: dict[str, int] = {}
        """The ids of the commands, by their names, once Discord has told them."""
        self.asker_locales = AskerLocales()
        self.retrying = retrying or Retrying()
        self.leaving = False
        self.gateway_share = gateway_share
        self._at_once_seconds = at_once_seconds
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    @property
    def largest_upload(self) -> int:
        """Maximum number of bytes of an uploaded file."""
        return min(_UPLOAD_LIMIT, int(self.settings.quota_mb * 1e6))

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

    @property
    def at_once_seconds(self) -> float:
        """Seconds for which an answer is waited for before it is acknowledged: none while many are
        under way, all of which would be late."""
        return self._at_once_seconds if self._busy <= _MOST_AT_ONCE else 0.0

    async def finish(self, seconds: float) -> None:
        """Take no more questions, and wait at most ``seconds`` for the answers under way."""
        self.leaving = True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            _log.warning("%d answers were not finished in %.0f s", self._busy, seconds)
