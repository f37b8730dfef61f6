"""The slash commands that everybody may use, and "Ask about this message".

Names, descriptions and options are those of `bot.service.presentation.chat_commands`, which the
local chat reads too; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

import discord
from discord import app_commands

from bot.frontends.discord.cards.cards import link_button, note
from bot.frontends.discord.cards.choices import CHOICES, choices
from bot.frontends.discord.commands.permitting import may_change
from bot.frontends.discord.interactions import (
    Commands,
    Incoming,
    acknowledge,
    answer_at_once,
    chat_of,
    deliver,
    follow_up,
    handled,
    language_of,
    made_soon,
    noted,
    remove_message,
    replies_of,
    show,
)
from bot.frontends.discord.reply_cards import NO_QUESTION, Replies
from bot.frontends.discord.server_rules import answers_in, elsewhere_note
from bot.frontends.languages import Language, mark
from bot.service.presentation.chat_commands import COMMANDS
from bot.service.shelves.titles import Title

ASK_ABOUT = mark("Ask about this message")
NO_TEXT = mark("There is no text in that message to ask about.")

_Callback = Callable[..., Coroutine[Any, Any, None]]
_TABLE = {command.name: command for command in COMMANDS}


def wait_note(seconds: int, language: Language) -> str:
    """Return the note for somebody who asks again too soon."""
    return language.ngettext(
        "One moment: ask again in {number:,} second.",
        "One moment: ask again in {number:,} seconds.",
        seconds,
    )


def add_commands(tree: Commands, replies: Replies) -> None:
    """Put the commands into the tree."""

    @_command(tree, "ask")
    @app_commands.autocomplete(article=_titles)
    @handled
    async def ask(
        interaction: Incoming,
        question: app_commands.Range[str, 1, 4000],
        article: str | None = None,
        private: bool = False,
    ) -> None:
        await answer(interaction, replies, question, article, private)

    @_command(tree, "articles")
    @handled
    async def articles(interaction: Incoming) -> None:
        tenant = chat_of(interaction).tenant
        await show(interaction, lambda: replies_of(interaction).contents(tenant, 0))

    @_command(tree, "article")
    @app_commands.autocomplete(title=_titles)
    @handled
    async def article(interaction: Incoming, title: str) -> None:
        tenant = chat_of(interaction).tenant
        await show(interaction, lambda: replies_of(interaction).article(tenant, title))

    @_command(tree, "help")
    @handled
    async def show_help(interaction: Incoming) -> None:
        await acknowledge(interaction, private=True)
        card = await replies_of(interaction).help(
            chat_of(interaction).tenant,
            may_change=await may_change(interaction, replies),
            commands=interaction.client.command_ids,
        )
        await deliver(interaction, card)

    @tree.context_menu(name=ASK_ABOUT)
    @handled
    async def ask_about(interaction: Incoming, message: discord.Message) -> None:
        if message.content.strip():
            await answer(interaction, replies, message.content, None, False, about=message.jump_url)
        else:
            await answer_at_once(interaction, noted(interaction, NO_TEXT))


async def answer(
    interaction: Incoming,
    replies: Replies,
    question: str,
    article: str | None,
    private: bool,
    *,
    about: str | None = None,
) -> None:
    """Answer a question, unless it is empty, or its asker or their server must wait; ``about`` is a
    link to the message that asked it."""
    if not question.strip():
        await answer_at_once(interaction, noted(interaction, NO_QUESTION))
        return
    chat = chat_of(interaction)
    settings = await replies.rules.of(chat.tenant)
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    if not answers_in(settings, chat.channel, parent):
        await answer_at_once(interaction, elsewhere_note(settings, language_of(interaction)))
        return
    private = private or settings.private
    replies.service.check()
    wait = await replies.wait(interaction.user.id, chat.tenant)
    if wait:
        await answer_at_once(interaction, note(wait_note(wait, language_of(interaction))))
        return
    making = replies_of(interaction).ask(
        question,
        chat,
        interaction.user.id,
        article,
        private=private,
        in_thread=isinstance(interaction.channel, discord.Thread),
    )
    card, is_acknowledged = await made_soon(interaction, making, private=private)
    if about is not None and card.rows:
        link = link_button(language_of(interaction).gettext("The message"), about)
        card = card._replace(rows=(*card.rows[:-1], link, card.rows[-1]))
    is_hidden = card.is_miss and settings.quiet and not private
    if not is_acknowledged:
        await answer_at_once(interaction, card, private=private or is_hidden)
    elif is_hidden:
        await remove_message(interaction)
        await follow_up(interaction, card, private=True)
    else:
        await deliver(interaction, card)


async def _titles(interaction: Incoming, typed: str) -> list[app_commands.Choice[str]]:
    """Return the titles offered while somebody types."""
    service, tenant = interaction.client.replies.service, chat_of(interaction).tenant
    return await offered(interaction, lambda: service.complete(tenant, typed, CHOICES))


async def offered(
    interaction: Incoming, complete: Callable[[], Awaitable[Iterable[Title]]]
) -> list[app_commands.Choice[str]]:
    """Return the choices of some titles; none if something goes wrong, because no error can be
    shown while somebody types."""
    try:
        found = choices(await complete())
    except Exception as error:  # noqa: BLE001 - the last line of defence
        interaction.client.replies.failed(error, "autocomplete")
        found = []
    return [app_commands.Choice(name=name, value=value) for name, value in found]


def _command(tree: Commands, name: str) -> Callable[[_Callback], Any]:
    """Register a command under its row in the table."""
    row = _TABLE[name]

    def register(callback: _Callback) -> Any:
        described = {option.name: option.description for option in row.options}
        if described:
            app_commands.describe(**described)(callback)
        return tree.command(name=row.name, description=row.description)(callback)

    return register
