"""Messages that the bot answers: mentions, replies to it, direct messages, and posts where a
server's managers want it to answer by itself."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import discord

from bot.core.errors import OverloadedError
from bot.frontends.discord.cards.answer_buttons import NOT_HELPFUL
from bot.frontends.discord.cards.cards import Card, Menu, Picker, Row, note
from bot.frontends.discord.cards.components import CardView
from bot.frontends.discord.commands.buttons import keys_in
from bot.frontends.discord.commands.commands import wait_note
from bot.frontends.discord.interactions import DELIVER_SECONDS, OVERLOADED, apology
from bot.frontends.discord.server_rules import answers_in, elsewhere_note, language_of_guild
from bot.frontends.languages import Language, mark
from bot.service.records import Chat, ServerSettings
from bot.service.tenants import EVERYONE, discord_server

if TYPE_CHECKING:
    from bot.frontends.discord.answering_client import AnsweringClient

NOT_MEANT = mark("Not what you meant?")
ASK_PRIVATELY = mark("Here only the asker sees an answer: use `/ask`.")
_log = logging.getLogger(__name__)


class Messages:
    """Answers messages."""

    def __init__(self, bot: AnsweringClient) -> None:
        self._bot = bot
        self._closed: set[int] = set()
        """The channels of which the operator was told that the bot may not write there."""
        self._waiting: set[int] = set()
        """The people who were told to wait, and have not been answered since."""

    async def handle(self, message: discord.Message) -> None:
        """Answer a message, if it asks the bot something or is a post where that answers by
        itself."""
        bot = self._bot
        if bot.leaving or message.author.bot or bot.user is None or message.is_system():
            return
        tenant = discord_server(message.guild.id) if message.guild else EVERYONE
        settings = await bot.replies.rules.of(tenant)
        chat = Chat(tenant, message.channel.id)
        question = self._question_in(message)
        asker_locale = bot.asker_locales.of(message.author.id)
        language = language_of_guild(message.guild, settings, asker_locale)
        if question is None:
            post = self._post_in(message, settings)
            if post is not None:
                await self._answer_post(post, chat, message, language)
            return
        with bot.under_way():
            try:
                if not await bot.claim(message.id):
                    return
                if message.guild is None and question and not asker_locale:
                    language = await self._language_of(question, settings)
                card = await self._answer(question, chat, message, settings, language)
            except OverloadedError:
                card = note(language.gettext(OVERLOADED))
            except Exception as error:  # noqa: BLE001 - the last line of defence
                reference = bot.replies.failed(error, "a question in a message")
                card = apology(error, reference, language)
            if card is not None:
                await self._reply(message, card)

    async def _language_of(self, question: str, settings: ServerSettings) -> Language:
        """Return the language of a question in a direct message whose writer's locale is not
        known."""
        replies = self._bot.replies
        code = await replies.service.work(lambda: replies.shelves.analyzer.detect(question))
        return language_of_guild(None, settings, code)

    async def handle_post(self, thread: discord.Thread) -> None:
        """Answer the title of a new post in a forum, where the bot answers by itself and does not
        read texts; else the post's text comes along as a message."""
        bot, guild = self._bot, thread.guild
        if bot.leaving or bot.intents.message_content or bot.user is None:
            return
        if not isinstance(thread.parent, discord.ForumChannel) or thread.owner_id == bot.user.id:
            return
        tenant = discord_server(guild.id)
        settings = await bot.replies.rules.of(tenant)
        if thread.parent_id in settings.help_channels:
            asker_locale = bot.asker_locales.of(thread.owner_id)
            language = language_of_guild(guild, settings, asker_locale)
            chat = Chat(tenant, thread.id)
            await self._answer_post(thread.name, chat, thread, language)

    async def _answer(
        self,
        question: str,
        chat: Chat,
        message: discord.Message,
        settings: ServerSettings,
        language: Language,
    ) -> Card | None:
        """Return the answer to a message that asks; None if the bot holds its tongue."""
        replies = self._bot.replies
        asker = message.author.id
        replies.service.check()
        wait = await replies.wait(asker, chat.tenant)
        if wait:
            is_told = asker in self._waiting
            self._waiting.add(asker)
            return None if is_told else note(wait_note(wait, language))
        self._waiting.discard(asker)
        if not answers_in(settings, message.channel.id, _parent(message.channel)):
            return elsewhere_note(settings, language)
        if settings.private:
            return note(language.gettext(ASK_PRIVATELY))
        card = await replies.speaking(language).ask(
            question,
            chat,
            asker,
            in_thread=isinstance(message.channel, discord.Thread),
            replied_to=self._answer_replied_to(message),
        )
        return None if settings.quiet and card.is_miss else card

    async def _answer_post(
        self, question: str, chat: Chat, post: discord.Message | discord.Thread, language: Language
    ) -> None:
        """Reply to a post, once, if the articles answer it."""
        bot = self._bot
        asker, channel = (
            (post.author.id, post.channel)
            if isinstance(post, discord.Message)
            else (post.owner_id, post)
        )
        with bot.under_way():
            try:
                if not await bot.claim(post.id) or await bot.replies.wait(asker, chat.tenant):
                    return
                replies = bot.replies.speaking(language)
                card = await replies.answer_post(
                    question, chat, asker, is_titled=isinstance(channel, discord.Thread)
                )
            except OverloadedError:  # nobody waits for an answer
                return
            except Exception as error:  # noqa: BLE001 - nor for an apology
                bot.replies.failed(error, "a question in a post")
                return
            if card is not None:
                await self._reply(post, _with_doubt(card, language))

    def _question_in(self, message: discord.Message) -> str | None:
        """Return the question that a message asks the bot; None if it asks it nothing."""
        bot = self._bot.user
        mention = re.compile(rf"<@!?{bot.id if bot is not None else 0}>")
        if message.guild is None or mention.search(message.content):
            return mention.sub(" ", message.content)
        is_reply = self._answer_replied_to(message) is not None
        return message.content if is_reply and message.content.strip() else None

    def _post_in(self, message: discord.Message, settings: ServerSettings) -> str | None:
        """Return what a new post asks, where the bot answers by itself and reads texts: the text of
        a message in a help channel, or the title of a forum's post and its text, if it has one."""
        if message.reference is not None or not self._bot.intents.message_content:
            return None
        channel = message.channel
        if isinstance(channel, discord.Thread):
            is_first = message.id == channel.id and channel.parent_id in settings.help_channels
            return f"{channel.name}\n{message.content}" if is_first else None
        is_asked = channel.id in settings.help_channels and message.content.strip()
        return message.content if is_asked else None

    def _answer_replied_to(self, message: discord.Message) -> str | None:
        """Return the key of the bot's answer that a message replies to; None if it replies to
        none."""
        answered = message.reference and message.reference.resolved
        if not isinstance(answered, discord.Message) or answered.author != self._bot.user:
            return None
        return next(keys_in(answered.components), None)

    async def _reply(self, post: discord.Message | discord.Thread, card: Card) -> None:
        if isinstance(post, discord.Message):
            channel, reference = post.channel, post.to_reference(fail_if_not_exists=False)
        else:  # a post's first message has the number of its thread
            channel = post
            reference = discord.MessageReference(
                message_id=post.id, channel_id=post.id, fail_if_not_exists=False
            )
        try:
            # One nonce for all attempts: where only Discord's answer was lost, it writes no second
            # reply.
            await self._bot.retrying(
                lambda: channel.send(view=CardView(card), reference=reference, nonce=post.id),
                DELIVER_SECONDS,
            )
        except discord.Forbidden:
            self._tell_closed(channel.id, post.guild)
        except discord.NotFound:
            _log.info("channel %s is gone", channel.id)
        else:
            self._closed.discard(channel.id)

    def _tell_closed(self, channel: int, guild: discord.Guild | None) -> None:
        """Tell the operator, once, that the bot may not write in a channel."""
        if channel not in self._closed:
            self._closed.add(channel)
            _log.warning(
                "may not write in channel %s of server %s: it lacks a permission there (view the "
                "channel, send messages, also in threads, read the history); said once",
                channel,
                guild.id if guild is not None else "none",
            )


def _with_doubt(card: Card, language: Language) -> Card:
    """Return an answer to a post that was not addressed to the bot, with a button for those who
    meant something else."""

    def row(given: Row) -> Row:
        if isinstance(given, Menu | Picker):
            return given
        return tuple(
            button._replace(label=language.gettext(NOT_MEANT), emoji="")
            if button.emoji == NOT_HELPFUL
            else button
            for button in given
        )

    return card._replace(rows=tuple(map(row, card.rows)))


def _parent(channel: object) -> int | None:
    return channel.parent_id if isinstance(channel, discord.Thread) else None
