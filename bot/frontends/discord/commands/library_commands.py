"""/library: a server's own articles, added and removed by those who may.

Discord cannot restrict subcommands one by one, and what it shows a server's members is the
server's to override: who may is checked here, each time.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from functools import partial

import discord
from discord import app_commands

from bot.core.errors import AddressError
from bot.frontends.discord.cards.article_cards import no_such_title
from bot.frontends.discord.cards.cards import ANSWER_COLOUR, Button, Card, note
from bot.frontends.discord.cards.choices import CHOICES
from bot.frontends.discord.cards.escaping import label
from bot.frontends.discord.commands.buttons import Pressed
from bot.frontends.discord.commands.commands import offered
from bot.frontends.discord.commands.gaps_command import add_gaps
from bot.frontends.discord.commands.keeping_command import add_answer
from bot.frontends.discord.commands.permitting import NOT_INSTALLED, ONLY_MANAGERS, allowed, manages
from bot.frontends.discord.commands.settings_command import add_settings
from bot.frontends.discord.commands.uploads import AddModal
from bot.frontends.discord.interactions import (
    Commands,
    Incoming,
    acknowledge_update,
    answer_at_once,
    chat_of,
    deliver,
    handled,
    language_of,
    noted,
    replies_of,
    show,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import mark
from bot.service.shelves.titles import Found
from bot.service.tenants import EVERYONE, Tenant

_MOST = 100_000
"""Maximum number of articles of a server, as a quota allows no more."""
EVERYONES = mark(
    "**{title}** is one of the operator’s articles, which every server has. Only this server’s own "
    "can be removed here."
)
ALREADY_GONE = mark("That article is no longer on this server’s shelf.")


class RemovalButton(Pressed, template=r"library:(?P<what>remove|keep):(?P<digest>[0-9a-f]{16})"):
    """The answer to "Remove this article?"."""

    def read(self, found: re.Match[str]) -> None:
        self.what, self.digest = found["what"], found["digest"]

    async def handle(self, interaction: Incoming) -> None:
        replies = interaction.client.replies
        tenant = await allowed(interaction, replies)
        if tenant is None:
            return
        await acknowledge_update(interaction)
        if self.what == "keep":
            await deliver(interaction, noted(interaction, mark("Nothing was removed.")))
            return

        gettext = language_of(interaction).gettext

        def remove() -> str:
            for title in replies.shelves.own(tenant).page(0, _MOST):
                if _digest(title.slug) == self.digest:
                    replies.shelves.remove(tenant, title.slug)
                    return gettext("Removed **{title}**.", title=label(title.title, 150))
            return gettext(ALREADY_GONE)

        try:
            text = await replies.service.change(remove)
        except AddressError:
            text = gettext(ALREADY_GONE)
        await deliver(interaction, note(text))


def _digest(slug: str) -> str:
    return hashlib.sha256(slug.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def add_library(tree: Commands, replies: Replies) -> None:
    """Put /library into the tree."""
    group = app_commands.Group(
        name="library",
        description=mark("This server’s own articles"),
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @group.command(name="add", description=mark("Add an article that only this server can ask"))
    @handled
    async def add(interaction: Incoming) -> None:
        if await allowed(interaction, replies) is not None:
            await interaction.response.send_modal(AddModal(language_of(interaction)))

    @group.command(name="remove", description=mark("Remove one of this server’s own articles"))
    @app_commands.describe(title=mark("The article’s title"))
    @app_commands.autocomplete(title=_own_titles)
    @handled
    async def remove(interaction: Incoming, title: str) -> None:
        if (tenant := await allowed(interaction, replies)) is not None:
            spoken = replies_of(interaction)
            await show(interaction, partial(_confirmation, spoken, tenant, title))

    @group.command(
        name="role", description=mark("Choose the role that may add and remove articles")
    )
    @app_commands.describe(
        role=mark("The role; leave it out to allow only people who manage the server")
    )
    @handled
    async def role(interaction: Incoming, role: discord.Role | None = None) -> None:
        await _set_role(interaction, replies, role)

    add_answer(group, replies)
    add_gaps(group, replies)
    add_settings(group, replies)
    tree.add_command(group)


async def _confirmation(replies: Replies, tenant: Tenant, text: str) -> Card:
    resolution = await replies.service.work(lambda: replies.shelves.own(tenant).resolve(text))
    if not isinstance(resolution, Found):
        everyones = await replies.service.work(
            lambda: replies.shelves.titles(EVERYONE).resolve(text)
        )
        if isinstance(everyones, Found):
            named = label(everyones.title.title, 150)
            return note(replies.language.gettext(EVERYONES, title=named))
        return no_such_title(text, resolution, replies.language)
    title = resolution.title
    digest, gettext = _digest(title.slug), replies.language.gettext
    return Card(
        (
            gettext(
                "Remove **{title}** from this server’s shelf? It cannot be undone.",
                title=label(title.title, 200),
            ),
        ),
        (
            (
                Button(gettext("Remove"), f"library:remove:{digest}", style="red"),
                Button(gettext("Keep it"), f"library:keep:{digest}"),
            ),
        ),
        ANSWER_COLOUR,
    )


async def _set_role(interaction: Incoming, replies: Replies, role: discord.Role | None) -> None:
    tenant = chat_of(interaction).tenant
    if tenant == EVERYONE:
        await answer_at_once(interaction, noted(interaction, NOT_INSTALLED))
    elif not manages(interaction):
        await answer_at_once(interaction, noted(interaction, ONLY_MANAGERS))
    elif role is None:
        await replies.recorded(lambda records: records.memberships.set_role(tenant, None))
        await answer_at_once(
            interaction,
            noted(
                interaction,
                mark("Only people who manage this server may add and remove articles now."),
            ),
        )
    else:
        chosen = role.id
        await replies.recorded(lambda records: records.memberships.set_role(tenant, chosen))
        text = mark("Members with **{role}** may add and remove articles now.")
        await answer_at_once(interaction, noted(interaction, text, role=label(role.name, 100)))


async def _own_titles(interaction: Incoming, typed: str) -> list[app_commands.Choice[str]]:
    """Return the server's own titles, which all its members see in the other commands too."""
    tenant, shelves = chat_of(interaction).tenant, interaction.client.replies.shelves
    if tenant == EVERYONE:
        return []
    complete = partial(asyncio.to_thread, lambda: shelves.own(tenant).complete(typed, CHOICES))
    return await offered(interaction, complete)
