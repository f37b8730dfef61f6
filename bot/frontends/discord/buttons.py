"""Handling of pressed buttons.

One class for the buttons under an answer, one for those of the table of contents. discord.py
makes them anew from their custom_ids (DynamicItem), however long ago and by whichever process
the message was sent. A custom_id is text from outside: it leads to a kept only at the place
where that kept was made.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, Self, cast

import discord
from discord import ui

from bot.frontends.discord.cards import Card, note
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge,
    acknowledge_update,
    answer_at_once,
    deliver,
    follow_up,
    guarded,
    place_of,
    remove_message,
)
from bot.frontends.discord.reply_cards import NOT_KEPT, Replies, stale_note
from bot.service.quotations import StaleError
from bot.service.records import GivenAnswer

_ANSWER = r"answer:(?P<key>[A-Za-z0-9_-]{1,32}):(?P<what>[a-z]{1,16}):(?P<index>[0-9]{1,4})"
NOT_YOURS = "Only the one who asked, or a moderator, can delete this answer."


class Pressed(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """A button that was pressed; each kind says what its custom_id holds and what it does."""

    def __init__(self, item: ui.Item[Any], found: re.Match[str]) -> None:
        super().__init__(cast("ui.Button[Any]", item))
        self.read(found)

    @classmethod
    async def from_custom_id(
        cls, interaction: Incoming, item: ui.Item[Any], found: re.Match[str], /
    ) -> Self:
        return cls(item, found)

    async def callback(self, interaction: Incoming) -> None:
        await guarded(interaction, lambda: self.handle(interaction))

    @abstractmethod
    def read(self, found: re.Match[str]) -> None:
        """Take apart the custom_id."""

    @abstractmethod
    async def handle(self, interaction: Incoming) -> None:
        """Do what the button is for; called within `guarded`."""


class AnswerButton(
    Pressed,
    template=_ANSWER,
):
    """A button under an answer."""

    def read(self, found: re.Match[str]) -> None:
        self.key, self.what, self.index = found["key"], found["what"], int(found["index"])

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = interaction.client.replies
        place = place_of(interaction)
        kept = await replies.recorded(lambda records: records.answers.get(self.key, place))
        if kept is None:
            await answer_at_once(interaction, note(NOT_KEPT))
        elif self.what in ("next", "previous"):
            await self._turn(interaction, replies, kept)
        elif self.what == "nearest":
            await _privately(interaction, lambda: replies.turn(kept, self.index))
        elif self.what == "context":
            await _privately(interaction, lambda: replies.context(kept, self.index))
        elif self.what == "why":
            await _privately(interaction, lambda: replies.why(kept, self.index))
        elif self.what == "share":
            await self._share(interaction, replies, kept)
        elif self.what == "delete":
            await _delete(interaction, replies, kept)
        else:
            await answer_at_once(interaction, note(NOT_KEPT))

    async def _turn(self, interaction: Incoming, replies: Replies, kept: GivenAnswer) -> None:
        """Turn the answer for everybody if the asker pressed the button; anybody else gets a
        copy."""
        index = self.index + (1 if self.what == "next" else -1)
        if interaction.user.id != kept.asker:
            own = await replies.copy(kept, interaction.user.id, private=True)
            await _privately(interaction, lambda: replies.turn(own, index))
            return
        await acknowledge_update(interaction)
        try:
            card = await replies.turn(kept, index)
        except StaleError as error:
            await follow_up(interaction, stale_note(error), private=True)
        else:
            await deliver(interaction, card)

    async def _share(self, interaction: Incoming, replies: Replies, kept: GivenAnswer) -> None:
        if interaction.user.id != kept.asker:
            await answer_at_once(interaction, note(NOT_KEPT))
            return
        await acknowledge_update(interaction)
        public = await replies.copy(kept, kept.asker, private=False)
        try:
            card = await replies.turn(public, self.index)
        except StaleError as error:
            await replies.recorded(lambda records: records.answers.forget(public.key))
            await follow_up(interaction, stale_note(error), private=True)
        else:
            await follow_up(interaction, card, private=False)


def keys_in(components: Iterable[Any]) -> Iterator[str]:
    """Yield the keys of the answers whose buttons are among a message's components."""
    for component in components:
        found = re.fullmatch(_ANSWER, getattr(component, "custom_id", None) or "")
        if found is not None:
            yield found["key"]
        yield from keys_in(getattr(component, "children", ()))


class PageButton(Pressed, template=r"articles:(?P<way>next|previous):(?P<page>[0-9]{1,6})"):
    """A button that turns the pages of the table of contents."""

    def read(self, found: re.Match[str]) -> None:
        self.page = int(found["page"]) + (1 if found["way"] == "next" else -1)

    async def handle(self, interaction: Incoming) -> None:
        await acknowledge_update(interaction)
        tenant = place_of(interaction).tenant
        await deliver(interaction, await interaction.client.replies.contents(tenant, self.page))


async def _privately(interaction: Incoming, make: Callable[[], Awaitable[Card]]) -> None:
    """Answer with a card for the one who pressed the button alone."""
    await acknowledge(interaction, private=True)
    card: Card
    try:
        card = await make()
    except StaleError as error:
        card = stale_note(error)
    await deliver(interaction, card)


async def _delete(interaction: Incoming, replies: Replies, kept: GivenAnswer) -> None:
    moderator = (
        isinstance(interaction.user, discord.Member) and interaction.permissions.manage_messages
    )
    if interaction.user.id != kept.asker and not moderator:
        await answer_at_once(interaction, note(NOT_YOURS))
        return
    await acknowledge_update(interaction)
    await replies.recorded(lambda records: records.answers.forget(kept.key))
    await remove_message(interaction)
