"""Giving Discord the commands, described in its users' languages, and taking back those that a
server was once given."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

import discord
from discord import Locale, app_commands

from bot.frontends.languages import ENGLISH, choose

if TYPE_CHECKING:
    from bot.frontends.discord.answering_client import AnsweringClient

LONGEST_DESCRIPTION = 100
"""Characters of a command's or an option's description."""
LONGEST_MENU_NAME = 32
"""Characters of the name of a command in a context menu."""
_log = logging.getLogger(__name__)


class CommandLocalisations(app_commands.Translator):
    """Gives Discord what a command and its options are for, in each language of the catalogues.
    Names stay as they are: help and articles about the bot name them."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a text in a language; None where it stays in English: there is no translation, or
        it is longer than Discord takes."""
        names = app_commands.TranslationContextLocation
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        if context.location is names.command_name and not is_menu:
            return None
        if context.location in (names.group_name, names.parameter_name):
            return None
        language = choose([str(locale)])
        if language is ENGLISH:
            return None
        text = language.gettext(string.message)
        longest = LONGEST_MENU_NAME if is_menu else LONGEST_DESCRIPTION
        return text if text != string.message and len(text) <= longest else None


async def register_commands(
    client: AnsweringClient, guild_id: int | None, *, forced: bool
) -> dict[str, int]:
    """Give Discord the commands, for one server or, with None, for all; return their ids by name.

    Nothing is sent where Discord has the same commands already, unless it is ``forced`` or for one
    server. If Discord refuses, that is logged, and no ids are returned.
    """
    tree, recorded = client.tree, client.replies.recorded
    guild = None if guild_id is None else discord.Object(guild_id)
    if guild is not None:
        tree.copy_global_to(guild=guild)
    scope = f"{client.application_id}/{guild_id or 'global'}"
    await tree.set_translator(CommandLocalisations())
    payload = [
        await command.get_translated_payload(tree, CommandLocalisations())
        for command in tree.get_commands(guild=guild)
    ]
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    known = await recorded(lambda records: records.registrations.digest(scope))
    try:
        if known == digest and guild is None and not forced:
            return {command.name: command.id for command in await tree.fetch_commands()}
        given = await tree.sync(guild=guild)
    except discord.HTTPException as error:
        _log.error("Discord did not take the commands: %s; they are as they were", error)
        return {}
    await recorded(lambda records: records.registrations.put(scope, digest))
    _log.info("gave Discord %d commands", len(payload))
    return {command.name: command.id for command in given}


async def withdraw_server_commands(client: AnsweringClient) -> None:
    """Remove the commands that single servers were once given: they would be listed twice."""
    application = str(client.application_id)
    for scope in await client.replies.recorded(lambda records: records.registrations.scopes()):
        owner, _, server = scope.partition("/")
        if owner == application and server.isdecimal():
            await _withdraw(client, scope, int(server))


async def _withdraw(client: AnsweringClient, scope: str, guild_id: int) -> None:
    try:
        await client.tree.sync(guild=discord.Object(guild_id))
    except (discord.Forbidden, discord.NotFound):  # the bot is not there any more
        _log.info("server %s, which had commands of its own, is gone", guild_id)
    except discord.HTTPException as error:
        _log.error("Discord did not take commands back, next time then: %s", error)
        return
    await client.replies.recorded(lambda records: records.registrations.forget(scope))
