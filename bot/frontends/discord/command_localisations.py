"""The descriptions of commands in the languages of Discord's users. Names stay as they are: help
and articles about the bot name them."""

from __future__ import annotations

from discord import Locale, app_commands

from bot.frontends.languages import ENGLISH, choose

LONGEST_DESCRIPTION = 100
"""Characters of a command's or an option's description."""
LONGEST_MENU_NAME = 32
"""Characters of the name of a command in a context menu."""


class CommandLocalisations(app_commands.Translator):
    """Gives Discord what a command and its options are for, in each language of the catalogues."""

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
