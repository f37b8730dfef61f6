"""/library answer: which passage a server's editors keep as the answer to a question."""

from __future__ import annotations

from discord import app_commands

from bot.core.errors import AddressError
from bot.frontends.discord.cards.cards import ANSWER_COLOUR, Card, note
from bot.frontends.discord.cards.escaping import code, label
from bot.frontends.discord.commands.commands import wait_note
from bot.frontends.discord.commands.permitting import allowed
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge,
    answer_at_once,
    deliver,
    handled,
    language_of,
    noted,
    replies_of,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import mark
from bot.service.learning.keeping import FullError, Keeping
from bot.service.records import GivenAnswer
from bot.service.tenants import Tenant

NO_PASSAGE = mark(
    "There is no such passage to keep. Copy the address from below an answer; it looks like "
    "`some-article#8@3f9c2a1b`."
)
FOLLOWS = mark(
    "That question followed another one and says little by itself. Write it out in full with "
    "`/library answer`."
)
NOTHING_KEPT = mark("Nothing is kept for that question.")


def add_answer(group: app_commands.Group, replies: Replies) -> None:
    """Put /library answer into the group."""

    @group.command(name="answer", description=mark("Keep a passage as the answer to a question"))
    @app_commands.describe(
        question=mark("The question"),
        address=mark(
            "The one below an answer; leave it out to keep nothing for the question any more"
        ),
    )
    @handled
    async def answer(
        interaction: Incoming,
        question: app_commands.Range[str, 1, 1000],
        address: app_commands.Range[str, 1, 300] | None = None,
    ) -> None:
        if (tenant := await allowed(interaction, replies)) is not None:
            await keep(interaction, replies, tenant, question, address)


async def keep_from_answer(
    interaction: Incoming, replies: Replies, given: GivenAnswer, index: int
) -> None:
    """Keep the match that is shown as the answer to its question."""
    tenant = await allowed(interaction, replies)
    if tenant is None:
        return
    if given.earlier or index >= len(given.addresses):
        await answer_at_once(
            interaction, noted(interaction, FOLLOWS if given.earlier else NO_PASSAGE)
        )
        return
    await keep(interaction, replies, tenant, given.question, given.addresses[index])


async def keep(
    interaction: Incoming, replies: Replies, tenant: Tenant, question: str, address: str | None
) -> None:
    """Keep a passage for a question of a server or, without an address, forget what is kept for it,
    on behalf of somebody who may. Tell them in private; they must wait if they do it too often."""
    by = interaction.user.id
    wait = replies.feedback.wait(tenant, by)
    if wait:
        await answer_at_once(interaction, note(wait_note(wait, language_of(interaction))))
        return
    await acknowledge(interaction, private=True)
    spoken = replies_of(interaction)
    card = await replies.service.change(
        lambda: _changed(spoken, tenant, question, address, str(by))
    )
    await deliver(interaction, card)


def _changed(replies: Replies, tenant: Tenant, question: str, address: str | None, by: str) -> Card:
    """Keep a passage, or forget what is kept, and say so. Called from a worker thread."""
    gettext = replies.language.gettext
    keeping = Keeping(replies.service.answering)
    if address is None:
        if replies.shelves.has_own(tenant) and keeping.forget(tenant, question) is not None:
            return note(
                gettext("Nothing is kept for “{question}” any more.", question=label(question, 200))
            )
        return note(gettext(NOTHING_KEPT))
    if not question.strip():
        return note(gettext("The question is empty."))
    try:
        pair = keeping.keep(tenant, question, address, by).pair
    except AddressError:
        return note(gettext(NO_PASSAGE))
    except FullError:
        return note(
            gettext("This server already keeps as many answers as it may; remove one first.")
        )
    text = gettext(
        "Kept: whoever asks “{question}” here gets {address} first.",
        question=label(pair.question, 200),
        address=code(pair.address),
    )
    return Card((text,), (), ANSWER_COLOUR)
