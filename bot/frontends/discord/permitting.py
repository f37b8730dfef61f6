"""Who may change a server's shelf: checked each time, for what Discord shows a server's members is
the server's to override."""

from __future__ import annotations

import discord

from bot.frontends.discord.answers import Asking
from bot.frontends.discord.cards import note
from bot.frontends.discord.interactions import Incoming, answer_at_once, place_of

NOT_ALLOWED = "Only those who manage this server, or have the role set for it, can do that."
NOT_INSTALLED = "That works in servers that have added me."


def manages(interaction: Incoming) -> bool:
    """Whether somebody manages the server."""
    granted = interaction.permissions
    return granted.manage_guild or granted.administrator


async def allowed(interaction: Incoming, asking: Asking) -> int | None:
    """The server whose shelf somebody may change; None, after saying so, where they may not."""
    server = place_of(interaction).server
    if server is None:
        await answer_at_once(interaction, note(NOT_INSTALLED))
        return None
    role = asking.records.role(server)
    user = interaction.user
    has_role = role == server or (  # @everyone has the server's own id, and no member's list it
        role is not None and isinstance(user, discord.Member) and user.get_role(role)
    )
    if not (manages(interaction) or has_role):
        await answer_at_once(interaction, note(NOT_ALLOWED))
        return None
    return server
