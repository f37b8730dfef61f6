"""Channels and roles that a server's settings name, and that were deleted."""

from __future__ import annotations

import logging

import discord

from bot.frontends.discord.reply_cards import Replies
from bot.service.records import Records
from bot.service.tenants import discord_server

_log = logging.getLogger(__name__)


async def forget_channel(replies: Replies, channel: discord.abc.GuildChannel) -> None:
    """Take a channel that was deleted out of its server's settings, and tell the operator."""
    tenant = discord_server(channel.guild.id)
    settings = await replies.rules.of(tenant)
    if channel.id in (*settings.channels, *settings.help_channels):
        answering, helping = (
            tuple(each for each in named if each != channel.id)
            for named in (settings.channels, settings.help_channels)
        )
        left = settings._replace(channels=answering, help_channels=helping)
        await replies.rules.put(tenant, left)
        _log.warning(
            "channel %s of server %s, which its settings named, was deleted",
            channel.id,
            tenant.name,
        )


async def forget_role(replies: Replies, role: discord.Role) -> None:
    """Take a role that was deleted out of its server's settings, and tell the operator."""
    tenant = discord_server(role.guild.id)

    def forget(records: Records) -> bool:
        """Return whether the role was the one that may change the articles."""
        may_change = records.memberships.role(tenant) == role.id
        if may_change:
            records.memberships.set_role(tenant, None)
        return may_change

    is_named = await replies.background.run(forget)
    settings = await replies.rules.of(tenant)
    if settings.voters == role.id:
        is_named = True
        await replies.rules.put(tenant, settings._replace(voters=None))
    if is_named:
        _log.warning(
            "role %s of server %s, which its settings named, was deleted", role.id, tenant.name
        )
