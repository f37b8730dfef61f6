"""Handling of pressed buttons, of menus and of forms.

discord.py makes them anew from their custom_ids (DynamicItem), however long ago and by whichever
process the message was sent. A custom_id is text from outside: it leads to a given answer only at
the chat in which that was given.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, Self, cast

import discord
from discord import ui

from bot.frontends.discord.cards.article_cards import TITLES_ACTION
from bot.frontends.discord.cards.cards import Card, note
from bot.frontends.discord.cards.stale_notes import NOT_KEPT, stale_note
from bot.frontends.discord.commands.commands import wait_note
from bot.frontends.discord.commands.keeping_command import keep_from_answer
from bot.frontends.discord.commands.voting import NONE, NOTED, vote
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge_update,
    answer_at_once,
    chat_of,
    deliver,
    follow_up,
    guarded,
    language_of,
    noted,
    remove_message,
    replies_of,
    show,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.discord.teller import want_to_be_told
from bot.frontends.languages import Language, mark
from bot.service.answers.quotations import StaleError
from bot.service.records import GivenAnswer

_ANSWER = r"answer:(?P<key>[A-Za-z0-9_-]{1,32}):(?P<what>[a-z]{1,16}):(?P<index>[0-9]{1,4})"
_MORE = r"more:(?P<key>[A-Za-z0-9_-]{1,32}):(?P<index>[0-9]{1,4})"
_FORM_SECONDS = 14 * 60.0
NOT_YOURS = mark("Only the one who asked, or a moderator, can delete this answer.")
NOT_SHARED = mark("In this server only the asker sees an answer.")


class Pressed(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A button or menu that was used; each kind says what its custom_id holds and what it does."""

    def __init__(self, item: ui.Item[Any], found: re.Match[str]) -> None:
        super().__init__(item)
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
        """Do what it is for; called within `guarded`."""


class Form(ui.Modal):
    """A form; each kind says what is done with what was typed in."""

    def __init__(self, language: Language) -> None:
        super().__init__(title=language.gettext(self.title), timeout=_FORM_SECONDS)
        for field in self.children:
            if isinstance(field, ui.Label):
                field.text = language.gettext(field.text)
                field.description = language.gettext(field.description or "")

    async def on_submit(self, interaction: Incoming) -> None:
        await guarded(interaction, lambda: self.handle(interaction))

    # discord.py itself narrows this method's parameters for modals.
    async def on_error(self, interaction: Incoming, error: Exception, /) -> None:  # type: ignore[override]
        interaction.client.replies.failed(error, "a modal")

    @abstractmethod
    async def handle(self, interaction: Incoming) -> None:
        """Do what it is for; called within `guarded`."""


def chosen(interaction: Incoming) -> list[str]:
    """Return the values that were chosen in a menu."""
    return list(cast("dict[str, Any]", interaction.data or {}).get("values") or ())


class AnswerButton(Pressed, template=_ANSWER):
    """A button under an answer."""

    def read(self, found: re.Match[str]) -> None:
        self.key, self.what, self.index = found["key"], found["what"], int(found["index"])

    async def handle(self, interaction: Incoming) -> None:
        await _act(interaction, self.key, self.what, self.index)


class AnswerMenu(Pressed, template=_MORE):
    """The menu under an answer."""

    def read(self, found: re.Match[str]) -> None:
        self.key, self.index = found["key"], int(found["index"])

    async def handle(self, interaction: Incoming) -> None:
        await _act(interaction, self.key, "".join(chosen(interaction)[:1]), self.index)


class OtherMatchMenu(Pressed, template=r"other:(?P<key>[A-Za-z0-9_-]{1,32}):(?P<index>[0-9]{1,4})"):
    """The other matches, for somebody whom an answer did not help."""

    def read(self, found: re.Match[str]) -> None:
        self.key, self.index = found["key"], int(found["index"])

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = replies_of(interaction)
        kept = await _given(interaction, replies, self.key)
        value = "".join(chosen(interaction)[:1])
        if value == NONE:
            await answer_at_once(interaction, noted(interaction, NOTED))
        elif kept is None or not (value.isdecimal() and len(value) <= 4):
            await answer_at_once(interaction, noted(interaction, NOT_KEPT))
        else:
            await _turn_copy(interaction, replies, kept, int(value))


async def _given(interaction: Incoming, replies: Replies, key: str) -> GivenAnswer | None:
    chat = chat_of(interaction)
    return await replies.recorded(lambda records: records.answers.get(key, chat))


async def _act(interaction: Incoming, key: str, what: str, index: int) -> None:
    """Do what was pressed or chosen under an answer."""
    replies: Replies = replies_of(interaction)
    kept = await _given(interaction, replies, key)
    if kept is None:
        await answer_at_once(interaction, noted(interaction, NOT_KEPT))
    elif what in ("next", "previous"):
        await _turn(interaction, replies, kept, index + (1 if what == "next" else -1))
    elif what in ("helpful", "unhelpful"):
        await vote(interaction, replies, kept, index, helpful=what == "helpful")
    elif what == "nearest":
        await _privately(interaction, lambda: replies.turn(kept, index))
    elif what == "context":
        await _privately(interaction, lambda: replies.context(kept, index))
    elif what == "why":
        await _privately(interaction, lambda: replies.why(kept, index))
    elif what == "address":
        await _privately(interaction, lambda: replies.address(kept, index))
    elif what == "tell":
        await want_to_be_told(interaction, kept)
    elif what == "keep":
        await keep_from_answer(interaction, replies, kept, index)
    elif what == "share":
        await _share(interaction, replies, kept, index)
    elif what == "delete":
        await _delete(interaction, replies, kept)
    else:
        await answer_at_once(interaction, noted(interaction, NOT_KEPT))


async def _turn(interaction: Incoming, replies: Replies, kept: GivenAnswer, index: int) -> None:
    """Turn the answer for everybody if the asker pressed the button; anybody else gets a copy."""
    if interaction.user.id != kept.asker:
        await _turn_copy(interaction, replies, kept, index)
        return
    await acknowledge_update(interaction)
    try:
        card = await replies.turn(kept, index)
    except StaleError as error:
        await follow_up(interaction, stale_note(error, language_of(interaction)), private=True)
    else:
        await deliver(interaction, card)


async def _turn_copy(
    interaction: Incoming, replies: Replies, kept: GivenAnswer, index: int
) -> None:
    """Show a match to somebody who did not ask, as an answer of their own; they must wait if they
    do it too often."""
    wait = replies.feedback.wait(kept.chat.tenant, interaction.user.id)
    if wait:
        await answer_at_once(interaction, note(wait_note(wait, language_of(interaction))))
        return
    own = await replies.copy(kept, interaction.user.id, private=True)
    await _privately(interaction, lambda: replies.turn(own, index))


async def _share(interaction: Incoming, replies: Replies, kept: GivenAnswer, index: int) -> None:
    """Show a private answer to all; it counts as a question, for it is a message in the channel."""
    if interaction.user.id != kept.asker:
        await answer_at_once(interaction, noted(interaction, NOT_KEPT))
        return
    settings = await replies.rules.of(kept.chat.tenant)
    if settings.private:
        await answer_at_once(interaction, noted(interaction, NOT_SHARED))
        return
    wait = await replies.wait(interaction.user.id, kept.chat.tenant)
    if wait:
        await answer_at_once(interaction, note(wait_note(wait, language_of(interaction))))
        return
    await acknowledge_update(interaction)
    public = await replies.copy(kept, kept.asker, private=False)
    try:
        card = await replies.turn(public, index)
    except StaleError as error:
        await replies.recorded(lambda records: records.answers.forget(public.key))
        await follow_up(interaction, stale_note(error, language_of(interaction)), private=True)
    else:
        await follow_up(interaction, card, private=False)


def keys_in(components: Iterable[Any]) -> Iterator[str]:
    """Yield the keys of the answers whose buttons are among a message's components."""
    for component in components:
        custom_id = getattr(component, "custom_id", None) or ""
        found = re.fullmatch(_ANSWER, custom_id) or re.fullmatch(_MORE, custom_id)
        if found is not None:
            yield found["key"]
        yield from keys_in(getattr(component, "children", ()))


class ArticleButton(Pressed, template=r"article:(?P<slug>.{1,90})"):
    """A button that shows an article to the one who presses it."""

    def read(self, found: re.Match[str]) -> None:
        self.slug = found["slug"]

    async def handle(self, interaction: Incoming) -> None:
        tenant = chat_of(interaction).tenant
        await show(interaction, lambda: replies_of(interaction).article(tenant, self.slug))


class TitleMenu(Pressed, template=TITLES_ACTION):
    """A menu of titles, which shows an article to the one who chooses it."""

    def read(self, found: re.Match[str]) -> None:
        pass

    async def handle(self, interaction: Incoming) -> None:
        tenant, slug = chat_of(interaction).tenant, "".join(chosen(interaction)[:1])
        await show(interaction, lambda: replies_of(interaction).article(tenant, slug))


class PageButton(Pressed, template=r"articles:(?P<way>next|previous):(?P<page>[0-9]{1,6})"):
    """A button that turns the pages of the table of contents."""

    def read(self, found: re.Match[str]) -> None:
        self.page = int(found["page"]) + (1 if found["way"] == "next" else -1)

    async def handle(self, interaction: Incoming) -> None:
        await acknowledge_update(interaction)
        tenant = chat_of(interaction).tenant
        await deliver(interaction, await replies_of(interaction).contents(tenant, self.page))


async def _privately(interaction: Incoming, make: Callable[[], Awaitable[Card]]) -> None:
    """Answer with a card for the one who pressed the button alone."""

    async def made() -> Card:
        try:
            return await make()
        except StaleError as error:
            return stale_note(error, language_of(interaction))

    await show(interaction, made)


async def _delete(interaction: Incoming, replies: Replies, kept: GivenAnswer) -> None:
    moderator = (
        isinstance(interaction.user, discord.Member) and interaction.permissions.manage_messages
    )
    if interaction.user.id != kept.asker and not moderator:
        await answer_at_once(interaction, noted(interaction, NOT_YOURS))
        return
    await acknowledge_update(interaction)
    await replies.recorded(lambda records: records.answers.forget(kept.key))
    await remove_message(interaction)
