"""Votes for an answer, and the offers to somebody whom it did not help."""

from __future__ import annotations

from bot.core.errors import BotError
from bot.frontends.discord.cards.cards import CHOICE_LIMIT, PLAIN_COLOUR, Card, Choice, Menu, note
from bot.frontends.discord.cards.escaping import one_line
from bot.frontends.discord.commands.commands import wait_note
from bot.frontends.discord.commands.permitting import has_role
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge,
    answer_at_once,
    deliver,
    language_of,
    noted,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import Language, mark
from bot.service.learning.feedback import OtherMatch
from bot.service.records import GivenAnswer

HELPED = mark("Thank you. It is counted as helpful; press 👎 to change that.")
NOT_HELPED = mark("Thank you. It is counted as not helpful; press 👍 to change that.")
IS_IT_ONE = mark("Is it one of these?")
NONE_OF_THESE = mark("None of these")
NOTED = mark(
    "Thank you. The people who look after the articles will see that an answer to this is missing."
)
NO_VOTERS = mark("In this server, only members with the role chosen for it may vote.")
NONE = "none"


def other_action(key: str, index: int) -> str:
    """Return the custom_id of the menu of other matches; ``index`` is that of the match that did
    not help."""
    return f"other:{key}:{index}"


async def vote(
    interaction: Incoming, replies: Replies, given: GivenAnswer, index: int, *, helpful: bool
) -> None:
    """Record a vote, and thank for it; where it did not help, offer the other matches."""
    settings = await replies.rules.of(given.chat.tenant)
    if settings.voters is not None and not has_role(interaction, settings.voters):
        await answer_at_once(interaction, noted(interaction, NO_VOTERS))
        return
    wait = replies.feedback.wait(given.chat.tenant, interaction.user.id)
    if wait:
        await answer_at_once(interaction, note(wait_note(wait, language_of(interaction))))
        return
    await acknowledge(interaction, private=True)
    await replies.feedback.vote(given, index, interaction.user.id, helpful=helpful)
    if helpful:
        await deliver(interaction, noted(interaction, HELPED))
        return
    try:
        others = await replies.service.work(lambda: replies.feedback.others(given, index))
    except BotError:  # the article that was asked is gone
        others = []
    await deliver(interaction, _others_card(given, index, others, language_of(interaction)))


def _others_card(
    given: GivenAnswer, index: int, others: list[OtherMatch], language: Language
) -> Card:
    gettext = language.gettext
    choices = [
        Choice(
            one_line(other.title, CHOICE_LIMIT) or str(other.number + 1),
            str(other.number),
            one_line(other.sentence, CHOICE_LIMIT),
        )
        for other in others
    ]
    text = gettext(NOT_HELPED)
    if choices:
        text = f"{text}\n{gettext(IS_IT_ONE)}"
    choices.append(Choice(gettext(NONE_OF_THESE), NONE))
    menu = Menu(gettext(IS_IT_ONE), other_action(given.key, index), tuple(choices))
    return Card((text,), (menu,), PLAIN_COLOUR)
