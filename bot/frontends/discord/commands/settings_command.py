"""/library settings: a panel on which those who manage a server say where and how it answers."""

from __future__ import annotations

import re

from discord import app_commands

from bot.frontends.discord.cards.cards import Card, Choice, Menu, Picker
from bot.frontends.discord.commands.buttons import Pressed, chosen
from bot.frontends.discord.commands.permitting import NOT_INSTALLED, ONLY_MANAGERS, manages
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge_update,
    answer_at_once,
    chat_of,
    deliver,
    handled,
    language_of,
    noted,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import CATALOGUES, Language, mark
from bot.service.records import ServerSettings
from bot.service.tenants import EVERYONE, Tenant

TITLE = mark("Settings of this server")
_NAMES = {
    "en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano",
    "ja": "日本語", "pl": "Polski", "pt": "Português", "ru": "Русский", "tr": "Türkçe",
    "zh_Hans": "简体中文",
}  # fmt: skip
_PRIVATE, _QUIET = "private", "quiet"
_AUTO = "auto"
_MOST = 25


class SettingsMenu(
    Pressed, template=r"settings:(?P<what>channels|help|manner|role|voters|language)"
):
    """A menu of the panel."""

    def read(self, found: re.Match[str]) -> None:
        self.what = found["what"]

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = interaction.client.replies
        tenant = await _managed(interaction)
        if tenant is None:
            return
        await acknowledge_update(interaction)
        await _set(replies, tenant, self.what, chosen(interaction))
        await deliver(interaction, await _panel(interaction, replies, tenant))


def add_settings(group: app_commands.Group, replies: Replies) -> None:
    """Put /library settings into the group."""

    @group.command(
        name="settings", description=mark("Choose where and how I answer in this server")
    )
    @handled
    async def settings(interaction: Incoming) -> None:
        if (tenant := await _managed(interaction)) is not None:
            await answer_at_once(interaction, await _panel(interaction, replies, tenant))


async def _managed(interaction: Incoming) -> Tenant | None:
    """Return the server whose settings somebody may change; if they may not, say so and return
    None."""
    tenant = chat_of(interaction).tenant
    if tenant == EVERYONE:
        await answer_at_once(interaction, noted(interaction, NOT_INSTALLED))
        return None
    if not manages(interaction):
        await answer_at_once(interaction, noted(interaction, ONLY_MANAGERS))
        return None
    return tenant


async def _set(replies: Replies, tenant: Tenant, what: str, values: list[str]) -> None:
    numbers = tuple(int(value) for value in values if value.isdecimal() and len(value) <= 20)
    if what == "role":
        role = numbers[0] if numbers else None
        await replies.recorded(lambda records: records.memberships.set_role(tenant, role))
        return
    settings = await replies.rules.of(tenant)
    if what == "channels":
        settings = settings._replace(channels=numbers[:_MOST])
    elif what == "help":
        settings = settings._replace(help_channels=numbers[:_MOST])
    elif what == "manner":
        settings = settings._replace(private=_PRIVATE in values, quiet=_QUIET in values)
    elif what == "voters":
        settings = settings._replace(voters=numbers[0] if numbers else None)
    elif what == "language":
        language = values[0] if values and values[0] in _NAMES else ""
        settings = settings._replace(language=language)
    await replies.rules.put(tenant, settings)


async def _panel(interaction: Incoming, replies: Replies, tenant: Tenant) -> Card:
    role = await replies.recorded(lambda records: records.memberships.role(tenant))
    reads = interaction.client.intents.message_content
    return settings_card(
        await replies.rules.of(tenant), role, language_of(interaction), reads_texts=reads
    )


def settings_card(
    settings: ServerSettings, role: int | None, language: Language, *, reads_texts: bool
) -> Card:
    """Return the panel; ``role`` is the one that may change the articles, ``reads_texts`` says
    whether the bot can read posts' texts."""
    gettext = language.gettext
    helping = (
        gettext("I answer new posts there by myself, if the articles answer them")
        if reads_texts
        else gettext(
            "I answer the titles of new posts there by myself, if the articles answer them"
        )
    )
    rows = (
        Picker(
            gettext("All channels"),
            "settings:channels",
            "channel",
            settings.channels,
            _MOST,
            gettext("I answer in these channels"),
        ),
        Picker(
            gettext("No channel"),
            "settings:help",
            "help" if reads_texts else "forum",
            settings.help_channels,
            _MOST,
            helping,
        ),
        Menu(
            gettext("Everybody sees answers"),
            "settings:manner",
            (
                Choice(gettext("Only the asker sees an answer"), _PRIVATE, chosen=settings.private),
                Choice(
                    gettext("Only the asker sees that there is none"), _QUIET, chosen=settings.quiet
                ),
            ),
            2,
            0,
        ),
        Picker(
            gettext("Only those who manage the server"),
            "settings:role",
            "role",
            (role,) if role is not None else (),
            1,
            gettext("Who may change this server’s articles"),
        ),
        Picker(
            gettext("Everybody"),
            "settings:voters",
            "role",
            (settings.voters,) if settings.voters is not None else (),
            1,
            gettext("Who may vote"),
        ),
        Menu(
            gettext("Language"),
            "settings:language",
            (
                Choice(
                    gettext("Language: the asker’s, else the server’s"),
                    _AUTO,
                    chosen=not settings.language,
                ),
                *(
                    Choice(_NAMES[code], code, chosen=settings.language == code)
                    for code in ("en", *CATALOGUES)
                ),
            ),
        ),
    )
    return Card((f"### {gettext(TITLE)}",), rows)
