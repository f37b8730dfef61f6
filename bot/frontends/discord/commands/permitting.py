"""Permission to change a server's shelf: checked each time, because a server can override which
commands Discord shows to its members."""

from __future__ import annotations

import discord

from bot.frontends.discord.interactions import Incoming, answer_at_once, chat_of, noted
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import mark
from bot.service.tenants import EVERYONE, Tenant

NOT_ALLOWED = mark(
    "Only people who manage this server, or have the role chosen for it, can do that."
)
ONLY_MANAGERS = mark("Only people who manage this server can do that.")
NOT_INSTALLED = mark("That only works in servers that have added me.")


def manages(interaction: Incoming) -> bool:
    """Return whether a user manages the server."""
    granted = interaction.permissions
    return granted.manage_guild or granted.administrator


def has_role(interaction: Incoming, role: int | None) -> bool:
    """Return whether a user has a role of the server."""
    user = interaction.user
    if role is None:
        return False
    if role == interaction.guild_id:  # @everyone has the server's own id, and no member's list it
        return True
    return isinstance(user, discord.Member) and user.get_role(role) is not None


async def may_change(interaction: Incoming, replies: Replies) -> bool:
    """Return whether a user may change the shelf of the server where they are."""
    tenant = chat_of(interaction).tenant
    if tenant == EVERYONE:
        return False
    role = await replies.recorded(lambda records: records.memberships.role(tenant))
    return manages(interaction) or has_role(interaction, role)


async def allowed(interaction: Incoming, replies: Replies) -> Tenant | None:
    """Return the tenant whose shelf somebody may change; None, after saying so, where they may
    not."""
    tenant = chat_of(interaction).tenant
    if tenant == EVERYONE:
        await answer_at_once(interaction, noted(interaction, NOT_INSTALLED))
        return None
    if not await may_change(interaction, replies):
        await answer_at_once(interaction, noted(interaction, NOT_ALLOWED))
        return None
    return tenant
