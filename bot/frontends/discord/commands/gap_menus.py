"""The menus and buttons under /library gaps: which gap, which passage answers its question, and
which page of the list."""

from __future__ import annotations

import re
from typing import Any

from discord import ui

from bot.frontends.discord.cards.cards import (
    CHOICE_LIMIT,
    MISS_COLOUR,
    TEXT_LIMIT,
    Card,
    Choice,
    Menu,
    note,
)
from bot.frontends.discord.cards.escaping import code, label, length, one_line
from bot.frontends.discord.commands.buttons import Form, Pressed, chosen
from bot.frontends.discord.commands.gaps_command import (
    GAPS_ACTION,
    asked,
    gap_of,
    gaps_card,
    gaps_of,
)
from bot.frontends.discord.commands.keeping_command import NO_PASSAGE, keep
from bot.frontends.discord.commands.permitting import allowed
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge,
    acknowledge_update,
    answer_at_once,
    deliver,
    language_of,
    noted,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.learning.gaps import Gap, Gaps, NearestPassage

GAP_CHANGED = mark("That question has changed since then: open `/library gaps` again.")
NO_NEAREST = mark("No passage comes near that question.")
WHICH_ANSWERS = mark("This passage answers the question…")
_PASSAGES = 5
_LONGEST_QUESTION = 1000
"""Characters, as many as `/library answer` takes."""


class GapMenu(Pressed, template=GAPS_ACTION):
    """The menu of gaps: shows the passages that come nearest to the one that was chosen."""

    def read(self, found: re.Match[str]) -> None:
        pass

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = interaction.client.replies
        tenant = await allowed(interaction, replies)
        if tenant is None:
            return
        await acknowledge(interaction, private=True)
        gap = await gap_of(replies, tenant, "".join(chosen(interaction)[:1]))
        if gap is None:
            await deliver(interaction, noted(interaction, GAP_CHANGED))
            return
        found = await _passages(replies, gap)
        await deliver(interaction, gap_card(gap, found, language_of(interaction)))


class GapPageButton(Pressed, template=r"gaps:(?P<start>[0-9]{1,6})"):
    """A button that turns the pages of the list of gaps."""

    def read(self, found: re.Match[str]) -> None:
        self.start = int(found["start"])

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = interaction.client.replies
        tenant = await allowed(interaction, replies)
        if tenant is None:
            return
        await acknowledge_update(interaction)
        listed = await gaps_of(replies, tenant, self.start)
        await deliver(interaction, gaps_card(listed, language_of(interaction)))


class GapPassageMenu(Pressed, template=r"gap:(?P<gap>[0-9a-f]{16})"):
    """The menu of passages: keeps the one that was chosen as the answer. Where the question's text
    is not kept, it is asked for."""

    def read(self, found: re.Match[str]) -> None:
        self.gap = found["gap"]

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = interaction.client.replies
        tenant = await allowed(interaction, replies)
        if tenant is None:
            return
        gap = await gap_of(replies, tenant, self.gap)
        if gap is None:
            await answer_at_once(interaction, noted(interaction, GAP_CHANGED))
            return
        key = "".join(chosen(interaction)[:1])
        addresses = [each.address for each in await _passages(replies, gap) if each.key == key]
        if not addresses:
            await answer_at_once(interaction, noted(interaction, NO_PASSAGE))
        elif gap.question is None:
            form = QuestionModal(gap.asked, addresses[0], language_of(interaction))
            await interaction.response.send_modal(form)
        else:
            await keep(interaction, replies, tenant, gap.question, addresses[0])


class QuestionModal(Form, title=mark("Keep as the answer")):
    """The form that asks for the question of which only words are kept."""

    question: ui.Label[Any] = ui.Label(
        text=mark("The question"),
        description=mark("As people would ask it; only its words were kept"),
        component=ui.TextInput(max_length=_LONGEST_QUESTION, custom_id="question"),
    )

    def __init__(self, words: str, address: str, language: Language = ENGLISH) -> None:
        """``words`` is what the field holds at first, ``address`` that of the passage."""
        super().__init__(language)
        self._address = address
        self._field.default = words[:_LONGEST_QUESTION]

    @property
    def _field(self) -> ui.TextInput[Any]:
        field = self.question.component
        assert isinstance(field, ui.TextInput)  # noqa: S101 - it is made so
        return field

    async def handle(self, interaction: Incoming) -> None:
        replies: Replies = interaction.client.replies
        tenant = await allowed(interaction, replies)
        if tenant is not None:
            await keep(interaction, replies, tenant, str(self._field.value), self._address)


async def _passages(replies: Replies, gap: Gap) -> list[NearestPassage]:
    finder = Gaps(replies.service.answering)
    return await replies.service.work(lambda: finder.passages(gap, _PASSAGES))


def gap_card(gap: Gap, passages: list[NearestPassage], language: Language = ENGLISH) -> Card:
    """Return the passages that come nearest to a gap's question, with the menu that keeps one."""
    gettext = language.gettext
    if not passages:
        return note(gettext(NO_NEAREST))
    texts = [f"**{label(asked(gap), 300)}**"]
    room = TEXT_LIMIT - length(texts[0])
    choices: list[Choice] = []
    for number, passage in enumerate(passages, 1):
        sentence = label(passage.text, 500)
        text = f"**{number}.** {sentence}\n-# {label(passage.title, 80)} {code(passage.address)}"
        room -= length(text)
        if room < 0:
            break
        texts.append(text)
        title = one_line(f"{number}. {passage.title}", CHOICE_LIMIT)
        choices.append(Choice(title, passage.key, one_line(passage.text, CHOICE_LIMIT)))
    menu = Menu(gettext(WHICH_ANSWERS), f"gap:{gap.key}", tuple(choices))
    return Card(tuple(texts), (menu,), MISS_COLOUR)
