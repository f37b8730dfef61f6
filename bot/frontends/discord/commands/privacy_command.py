"""/privacy: what is kept and how long, what is kept of oneself, and its erasure."""

from __future__ import annotations

import re

from discord import app_commands

from bot.config import DiscordSettings
from bot.frontends.discord.cards.cards import PLAIN_COLOUR, Button, Card
from bot.frontends.discord.cards.escaping import label
from bot.frontends.discord.commands.buttons import Pressed
from bot.frontends.discord.interactions import (
    Commands,
    Incoming,
    acknowledge,
    chat_of,
    deliver,
    handled,
    language_of,
    noted,
)
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.learning.keeping import Keeping
from bot.service.learning.telling import OPEN_DAYS
from bot.service.privacy import PersonalData, forget_kept, forget_recorded, kept_by, recorded_of
from bot.service.tenants import Tenant

FORGET_ME = mark("forget me")
_ACTIONS = (mark("show what is kept about me"), FORGET_ME)
SHOW = mark("Show what is kept about me")
FORGET = mark("Forget me")
FORGOTTEN = mark(
    "Done. Your questions and votes, the questions whose answers you were waiting for and the "
    "passages you kept are erased, in every server. The buttons under your answers no longer work."
)


class PrivacyButton(Pressed, template=r"privacy:(?P<what>show|forget)"):
    """A button under /privacy."""

    def read(self, found: re.Match[str]) -> None:
        self.what = found["what"]

    async def handle(self, interaction: Incoming) -> None:
        await _answer(interaction, interaction.client.replies, self.what)


def add_privacy(tree: Commands, replies: Replies) -> None:
    """Put /privacy into the tree."""

    @tree.command(
        name="privacy", description=mark("What is kept about you and for how long; see or erase it")
    )
    @app_commands.describe(action=mark("Leave it out to see what is kept in general"))
    @app_commands.rename(action="do")
    @app_commands.choices(
        action=[
            app_commands.Choice(name=app_commands.locale_str(each), value=each) for each in _ACTIONS
        ]
    )
    @handled
    async def privacy(interaction: Incoming, action: str | None = None) -> None:
        if action is None:
            await acknowledge(interaction, private=True)
            card = privacy_card(interaction.client.settings, language_of(interaction))
            await deliver(interaction, card)
        else:
            await _answer(interaction, replies, "forget" if action == FORGET_ME else "show")


def privacy_card(settings: DiscordSettings, language: Language = ENGLISH) -> Card:
    """Return what is kept and for how long, in plain words."""
    gettext, days = language.gettext, settings.retention_days
    missed = (
        gettext(
            "**Questions that I could not answer**, as they were asked but not by whom, for just "
            "as long, so that the articles can be improved."
        )
        if settings.log_questions
        else gettext(
            "**Questions that I could not answer**, as a list of their words in alphabetical order "
            "that does not say who asked, for just as long, so that the articles can be improved."
        )
    )
    kept = (
        gettext(
            "**Your questions**, with your account’s ID and the addresses of the answers, for "
            "{days:g} days: the buttons under an answer need them, and changes to the articles are "
            "tried out on those that everybody saw. *Delete*, under an answer, erases that one.",
            days=days,
        ),
        gettext(
            "**Your votes** 👍 👎, with your account’s ID, for just as long. They are counted, but "
            "change no answer."
        ),
        missed,
        gettext(
            "**Questions whose answers you are waiting for** 🔔, with your account’s ID, until I "
            "have told you, for at most {days:,} days.",
            days=OPEN_DAYS,
        ),
        gettext(
            "**Passages that you keep as answers** for a server, with your account’s ID, until "
            "somebody removes them."
        ),
    )
    text = "\n".join([f"### {gettext('What I keep')}", *(f"- {each}" for each in kept)])
    rest = gettext(
        "I only read messages that mention me, reply to me, are sent to me directly or stand in a "
        "channel that your server’s managers chose for help. I pass your questions on to nobody, "
        "and learn nothing from what you write."
    )
    if settings.log_questions:
        logged = gettext("Whoever runs me can read questions in the log.")
        rest += f"\n{logged}"
    buttons = (
        Button(gettext(SHOW), "privacy:show"),
        Button(gettext(FORGET), "privacy:forget", style="red"),
    )
    return Card((text, rest), (buttons,), PLAIN_COLOUR, ruled=False)


async def _answer(interaction: Incoming, replies: Replies, what: str) -> None:
    await acknowledge(interaction, private=True)
    person, tenant = interaction.user.id, chat_of(interaction).tenant
    keeping = Keeping(replies.service.answering)
    if what == "forget":
        await replies.background.run(lambda records: forget_recorded(records, person))
        await replies.service.change(lambda: forget_kept(keeping, replies.shelves, person))
        await deliver(interaction, noted(interaction, FORGOTTEN))
        return
    data = await replies.background.run(lambda records: recorded_of(records, person))
    kept = await replies.service.change(lambda: kept_by(keeping, replies.shelves, person))
    language = language_of(interaction)
    await deliver(interaction, own_card(data._replace(kept=kept), tenant, language))


def own_card(data: PersonalData, tenant: Tenant, language: Language = ENGLISH) -> Card:
    """Return the card that tells a person what is kept of them. Questions to whose answers they
    want to be told are named only in the server where they were asked."""
    ngettext = language.ngettext
    lines = [
        f"### {language.gettext('What I keep about you')}",
        "- "
        + ngettext(
            "{number:,} question that you asked",
            "{number:,} questions that you asked",
            data.answers,
        ),
        "- " + ngettext("{number:,} vote", "{number:,} votes", data.votes),
        "- "
        + ngettext(
            "{number:,} passage that you keep as an answer",
            "{number:,} passages that you keep as answers",
            data.kept,
        ),
        "- "
        + ngettext(
            "{number:,} question whose answer you are waiting for",
            "{number:,} questions whose answers you are waiting for",
            len(data.tells),
        ),
    ]
    lines += [
        f"  - {label(tell.question, 150)}" for tell in data.tells if tell.chat.tenant == tenant
    ]
    forget = Button(language.gettext(FORGET), "privacy:forget", style="red")
    return Card(("\n".join(lines),), ((forget,),), PLAIN_COLOUR)
