"""Messages to people whose question had no answer, once the articles answer it; and the button."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Set
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.core.answer import Answer
from bot.frontends.discord.cards.cards import Card
from bot.frontends.discord.cards.components import CardView
from bot.frontends.discord.interactions import (
    DELIVER_SECONDS,
    Incoming,
    acknowledge,
    deliver,
    noted,
)
from bot.frontends.discord.server_rules import answers_in, language_of_guild
from bot.frontends.languages import Language, mark
from bot.service.answers.quotations import quotation_of
from bot.service.learning.telling import MOST_OPEN, OPEN_DAYS, ChangeWatch
from bot.service.records import GivenAnswer
from bot.service.records.tells import Tell
from bot.service.tenants import EVERYONE, Tenant

if TYPE_CHECKING:
    from bot.frontends.discord.answering_client import AnsweringClient

TELLS_HERE = mark(
    "I will tell you here, once, if the articles answer this within {days:,} days. `/privacy` "
    "shows and erases what you are waiting for."
)
TELLS_DIRECTLY = mark(
    "I will tell you by direct message, once, if the articles answer this within {days:,} days. "
    "`/privacy` shows and erases what you are waiting for."
)
TOO_MANY = mark(
    "You are already waiting for {most:,} answers, the most that I keep for one person. `/privacy` "
    "shows and erases them."
)
COVERED = mark("You asked this a while ago. The articles answer it now.")
_log = logging.getLogger(__name__)


async def want_to_be_told(interaction: Incoming, given: GivenAnswer) -> None:
    """Record that whoever pressed the button wants to be told, and say so."""
    await acknowledge(interaction, private=True)
    replies = interaction.client.replies
    person, direct = interaction.user.id, given.private
    wanted = await replies.telling.want(given, person, direct=direct)
    if wanted:
        said = TELLS_DIRECTLY if direct else TELLS_HERE
        await deliver(interaction, noted(interaction, said, days=OPEN_DAYS))
    else:
        await deliver(interaction, noted(interaction, TOO_MANY, most=MOST_OPEN))


class Teller:
    """Tells people when the articles changed."""

    def __init__(self, bot: AnsweringClient) -> None:
        self._bot = bot
        self._awake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._watch = ChangeWatch(self._wake)
        bot.replies.service.answering.events.subscribe(self._watch)

    def _wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is told any more
            self._loop.call_soon_threadsafe(self._awake.set)

    async def run(self) -> None:
        """Tell after each change, until cancelled."""
        while True:
            await self._awake.wait()
            self._awake.clear()
            try:
                await self.tell(self._watch.take())
            except Exception as error:  # noqa: BLE001 - the next time may go better
                self._bot.replies.failed(error, "telling of new answers")

    async def tell(self, changed: Set[Tenant] | None = None) -> None:
        """Tell the people whose questions are answered now; ``changed`` are the tenants whose
        articles may have changed, None for all."""
        replies = self._bot.replies
        for tell in await replies.telling.open(changed):
            answer = await replies.service.work(lambda tell=tell: replies.telling.answer(tell))  # type: ignore[misc]
            if answer is not None and await replies.telling.take(tell):
                with self._bot.under_way():
                    await self._send(tell, answer)

    async def _send(self, tell: Tell, answer: Answer) -> None:
        try:
            if await self._is_direct(tell) or not await self._write_in_channel(tell, answer):
                await self._write_directly(tell, answer)
        except (discord.Forbidden, discord.NotFound):
            _log.info("somebody who wanted to be told takes no messages, or is gone")
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            self._bot.replies.failed(error, "telling of a new answer")

    async def _is_direct(self, tell: Tell) -> bool:
        """Return whether only the person is told: they asked in private, or the server's settings
        of now let the bot answer in other channels or for the asker alone."""
        settings = await self._bot.replies.rules.of(tell.chat.tenant)
        channel = self._bot.get_channel(tell.chat.channel)
        parent = channel.parent_id if isinstance(channel, discord.Thread) else None
        is_closed = settings.private or not answers_in(settings, tell.chat.channel, parent)
        return tell.direct or is_closed

    async def _write_in_channel(self, tell: Tell, answer: Answer) -> bool:
        """Write into the channel where the question was asked; False if that is not possible."""
        channel = self._bot.get_partial_messageable(tell.chat.channel)
        card = await self._card(tell, answer, is_direct=False)
        told = discord.AllowedMentions(
            everyone=False, roles=False, users=[discord.Object(tell.person)]
        )
        try:
            await self._bot.retrying(
                lambda: channel.send(
                    view=CardView(card), allowed_mentions=told, nonce=tell.key[:25]
                ),
                DELIVER_SECONDS,
            )
        except (discord.Forbidden, discord.NotFound):
            return False
        return True

    async def _write_directly(self, tell: Tell, answer: Answer) -> None:
        tenant = tell.chat.tenant
        if tenant != EVERYONE:  # its articles are for its members alone
            guild = self._bot.get_guild(int(tenant.name))
            if guild is None:
                return
            await guild.fetch_member(tell.person)
        user = await self._bot.fetch_user(tell.person)
        card = await self._card(tell, answer, is_direct=True)
        await self._bot.retrying(
            lambda: user.send(view=CardView(card), nonce=tell.key[:25]), DELIVER_SECONDS
        )

    async def _card(self, tell: Tell, answer: Answer, *, is_direct: bool) -> Card:
        """Return the answer as a message; a direct one has no buttons that only work where the
        question was asked."""
        asker_locale = self._bot.asker_locales.of(tell.person) if is_direct else ""
        language = await self._language(tell.chat.tenant, asker_locale)
        replies = self._bot.replies.speaking(language)
        best = answer._replace(matches=answer.matches[:1], further=())
        given = await replies.record(
            tell.chat, tell.person, tell.question, tell.article, best, earlier=tell.earlier
        )
        card = replies.match_card(given, 0, best, quotation_of(best.matches[0]))
        told = f"<@{tell.person}> {language.gettext(COVERED)}"
        card = card._replace(above=f"{told}\n{card.above}")
        return card._replace(rows=()) if is_direct else card

    async def _language(self, tenant: Tenant, asker_locale: str) -> Language:
        """Return the person's language if it is known and nobody else reads the message, else the
        server's."""
        settings = await self._bot.replies.rules.of(tenant)
        guild = self._bot.get_guild(int(tenant.name)) if tenant != EVERYONE else None
        return language_of_guild(guild, settings, asker_locale)
