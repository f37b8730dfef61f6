"""Interactions: acknowledging, delivering, failing.

An interaction's first response is due within 3 seconds; its token then lives 15 minutes. An answer
that is made in a moment is the first response itself, else an acknowledgement is. What
Discord does not take for a passing reason (an outage, a dropped connection, a rate limit) is sent
again until that time is over; what it refuses for good is not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.core.errors import OverloadedError, UnfinishedIndexError, UnreachableError
from bot.frontends.discord.cards.cards import Card, note
from bot.frontends.discord.cards.components import CardView
from bot.frontends.languages import ENGLISH, Language, choose, mark
from bot.service.records import Chat
from bot.service.tenants import EVERYONE, discord_server

Incoming: TypeAlias = "discord.Interaction[Any]"
"""An interaction; its client is an `ArticleBot`."""
Commands: TypeAlias = "app_commands.CommandTree[Any]"
"""The commands of such a client."""

ACKNOWLEDGE_SECONDS = 3.0
_BEGINNING_SECONDS = 1.0
"""Seconds after which an interaction that could not be begun with is turned away: it takes as long
again to be acknowledged, and some more."""
DELIVER_SECONDS = 14.5 * 60
STORAGE_UNREACHABLE = mark("The storage cannot be reached right now. Ask again in a minute.")
SEARCH_UNFINISHED = mark("The search index is being built. Ask again in a few minutes.")
SEARCH_UNREACHABLE = mark("The search cannot be reached right now. Ask again in a minute.")
LEAVING = mark("I am restarting. Ask again in a minute.")
OVERLOADED = mark("Too many questions at once; ask again in a moment.")

_ALREADY_ACKNOWLEDGED = 40060
_TOO_LATE = {
    10062: "the interaction is no longer known",
    10015: "its token is no longer known",
    50027: "its token is no longer valid",
    10008: "its message is no longer there",
}
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 30.0

_P = ParamSpec("_P")
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Retrying:
    """Sends again what Discord does not take for a passing reason."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.clock = clock
        """Gives seconds, and is monotonic."""
        self._sleep = sleep

    async def __call__(self, send: Callable[[], Awaitable[_T]], seconds: float) -> _T | None:
        """Call ``send`` until it works, for at most ``seconds``. Return None if an earlier attempt
        turns out to have worked. Raises what the last attempt raised."""
        until = self.clock() + seconds
        pause = _FIRST_PAUSE
        while True:
            try:
                return await send()
            except discord.HTTPException as error:
                if error.code == _ALREADY_ACKNOWLEDGED:
                    return None
                passing = error.status >= 500 or error.status == 429
                if not passing or self.clock() + pause > until:
                    raise
            except (TimeoutError, aiohttp.ClientError, OSError):
                if self.clock() + pause > until:
                    raise
            await self._sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def language_of(interaction: Incoming) -> Language:
    """Return the language in which somebody is answered: their own, else their server's."""
    setting = interaction.client.replies.rules.known(chat_of(interaction).tenant).language
    wanted = (interaction.locale, setting, interaction.guild_locale)
    return choose(str(locale) for locale in wanted if locale)


def replies_of(interaction: Incoming) -> Any:
    """Return the client's `bot.frontends.discord.reply_cards.Replies`, in this language."""
    return interaction.client.replies.speaking(language_of(interaction))


def noted(interaction: Incoming, message: str, **values: object) -> Card:
    """Return a short message in the language of the person who is answered; see
    `Language.gettext`."""
    return note(language_of(interaction).gettext(message, **values))


def chat_of(interaction: Incoming) -> Chat:
    """Return the chat in which somebody asks; a server is a tenant only if the bot is installed in
    it."""
    server = interaction.guild_id if interaction.is_guild_integration() else None
    tenant = EVERYONE if server is None else discord_server(server)
    return Chat(tenant, interaction.channel_id or 0)


async def acknowledge(interaction: Incoming, *, private: bool) -> None:
    """Tell Discord that an answer is coming."""
    with interaction.client.replies.service.urgent():
        await interaction.client.retrying(
            lambda: interaction.response.defer(ephemeral=private, thinking=True),
            ACKNOWLEDGE_SECONDS,
        )


async def acknowledge_update(interaction: Incoming) -> None:
    """Tell Discord that the message whose button was pressed will change, or may stay."""
    with interaction.client.replies.service.urgent():
        await interaction.client.retrying(interaction.response.defer, ACKNOWLEDGE_SECONDS)


async def made_soon(
    interaction: Incoming, making: Coroutine[Any, Any, Card], *, private: bool
) -> tuple[Card, bool]:
    """Return the card of an answer, and whether it had to be acknowledged because it was not made
    in a moment."""
    task = asyncio.ensure_future(making)
    try:
        await asyncio.wait([task], timeout=interaction.client.at_once_seconds)
        is_late = not task.done()
        if is_late:
            await acknowledge(interaction, private=private)
        return await task, is_late
    finally:
        task.cancel()  # where the acknowledgement failed


async def deliver(interaction: Incoming, card: Card) -> None:
    """Fill in the acknowledged answer, or change the message whose button was pressed."""
    await interaction.client.retrying(
        lambda: interaction.edit_original_response(view=CardView(card)), DELIVER_SECONDS
    )


async def follow_up(interaction: Incoming, card: Card, *, private: bool) -> None:
    """Send a further message."""
    await interaction.client.retrying(
        lambda: interaction.followup.send(view=CardView(card), ephemeral=private, wait=True),
        DELIVER_SECONDS,
    )


async def answer_at_once(interaction: Incoming, card: Card, *, private: bool = True) -> None:
    """Send a card as the first response, visible to the asker alone unless it is not
    ``private``."""
    with interaction.client.replies.service.urgent():
        await interaction.client.retrying(
            lambda: interaction.response.send_message(view=CardView(card), ephemeral=private),
            ACKNOWLEDGE_SECONDS,
        )


async def remove_message(interaction: Incoming) -> None:
    """Delete the message whose button was pressed, after `acknowledge_update`."""
    await interaction.client.retrying(interaction.delete_original_response, DELIVER_SECONDS)


async def guarded(interaction: Incoming, handle: Callable[[], Awaitable[None]]) -> None:
    """Handle an interaction so that the bot waits for it before it leaves, and so that whatever
    goes wrong reaches the log and the one who asked, under one reference number."""
    client = interaction.client
    client.asker_locales.note(interaction.user.id, str(interaction.locale))
    came = client.retrying.clock()
    with client.under_way():
        try:
            if client.leaving:
                await answer_at_once(interaction, noted(interaction, LEAVING))
                return
            if await client.claim(interaction.id):
                await client.replies.rules.of(chat_of(interaction).tenant)  # for the language
                if client.retrying.clock() - came > _BEGINNING_SECONDS:
                    client.replies.service.answering.tell_refused()
                    raise OverloadedError("service.overloaded")
                await handle()
        except OverloadedError:
            await _apologise(interaction, noted(interaction, OVERLOADED), "overload", private=True)
        except Exception as error:  # noqa: BLE001 - the last line of defence
            if isinstance(error, discord.HTTPException) and error.code in _TOO_LATE:
                _log.warning("an answer came too late: %s", _TOO_LATE[error.code])
                return
            reference = client.replies.failed(error, "an interaction")
            card = apology(error, reference, language_of(interaction))
            await _apologise(interaction, card, reference)


def handled(
    command: Callable[Concatenate[Incoming, _P], Awaitable[None]],
) -> Callable[Concatenate[Incoming, _P], Coroutine[Any, Any, None]]:
    """Have a command handled as `guarded` does; discord.py reads its parameters all the same."""

    @wraps(command)
    async def handle(interaction: Incoming, /, *args: _P.args, **options: _P.kwargs) -> None:
        await guarded(interaction, lambda: command(interaction, *args, **options))

    return handle


async def show(interaction: Incoming, make: Callable[[], Awaitable[Card]]) -> None:
    """Show a card to the asker alone, with the time that it takes to make."""
    await acknowledge(interaction, private=True)
    await deliver(interaction, await make())


def apology(error: BaseException, reference: str, language: Language = ENGLISH) -> Card:
    """Return the message for somebody whose question failed; it says so where a server that holds
    the articles, or finds them, does not answer."""
    said = mark("Something went wrong on my side, and it is in my log.")
    if isinstance(error, UnreachableError):
        is_search = error.code.startswith("search.")
        said = SEARCH_UNREACHABLE if is_search else STORAGE_UNREACHABLE
    elif isinstance(error, UnfinishedIndexError):
        said = SEARCH_UNFINISHED
    number = language.gettext("If you report it, give this number: `{number}`", number=reference)
    return note(language.gettext(said), f"-# {number}")


async def _apologise(
    interaction: Incoming, card: Card, reference: str, *, private: bool = False
) -> None:
    """Send a card in place of the answer; a ``private`` one is the asker's alone."""
    kind: Any = interaction.response.type
    is_acknowledged = kind is discord.InteractionResponseType.deferred_channel_message
    try:
        if kind is None:
            await answer_at_once(interaction, card)
        elif is_acknowledged and not private:
            await deliver(interaction, card)
        else:
            if is_acknowledged:
                await remove_message(interaction)
            await follow_up(interaction, card, private=True)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        _log.warning("[%s] nor could the apology be sent: %s", reference, error)
