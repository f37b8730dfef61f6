"""/library gaps: what members ask and the articles do not answer, for those who may change them."""

from __future__ import annotations

from discord import app_commands

from bot.frontends.answer_words import VERDICTS, left_out
from bot.frontends.discord.cards.cards import (
    CHOICE_LIMIT,
    MISS_COLOUR,
    TEXT_LIMIT,
    Button,
    Card,
    Choice,
    Menu,
    note,
)
from bot.frontends.discord.cards.escaping import code, label, length, one_line
from bot.frontends.discord.commands.permitting import allowed
from bot.frontends.discord.interactions import Incoming, acknowledge, deliver, handled, language_of
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.learning.gaps import Gap, Gaps, ListedGaps
from bot.service.records.recorded_misses import RecordedMiss
from bot.service.records.votes import VotedDown
from bot.service.tenants import Tenant

NO_GAPS = mark("There are no unanswered questions here.")
GAPS_ACTION = "gaps"
"""The custom_id of the menu under the list."""
GAPS_A_PAGE = 10


def add_gaps(group: app_commands.Group, replies: Replies) -> None:
    """Put /library gaps into the group."""

    @group.command(
        name="gaps", description=mark("Questions asked here that the articles do not answer")
    )
    @handled
    async def gaps(interaction: Incoming) -> None:
        if (tenant := await allowed(interaction, replies)) is not None:
            await acknowledge(interaction, private=True)
            found = await gaps_of(replies, tenant)
            await deliver(interaction, gaps_card(found, language_of(interaction)))


async def gaps_of(replies: Replies, tenant: Tenant, start: int = 0) -> ListedGaps:
    """Return the gaps that a server's questions show, from number ``start`` on."""
    misses, votes = await _unanswered(replies, tenant)
    finder = Gaps(replies.service.answering)
    return await replies.service.change(
        lambda: finder.of(tenant, misses, GAPS_A_PAGE, votes, start)
    )


async def gap_of(replies: Replies, tenant: Tenant, key: str) -> Gap | None:
    """Return the gap with this key, if a server's questions still show it."""
    misses, votes = await _unanswered(replies, tenant)
    finder = Gaps(replies.service.answering)
    return await replies.service.change(lambda: finder.find(tenant, misses, key, votes))


async def _unanswered(
    replies: Replies, tenant: Tenant
) -> tuple[list[RecordedMiss], list[VotedDown]]:
    return await replies.background.run(
        lambda records: (records.misses.since(0.0, tenant), records.votes.voted_down(0.0, tenant))
    )


def gaps_card(listed: ListedGaps, language: Language = ENGLISH) -> Card:
    """Return the message that lists gaps, as many as there is room for. It counts those that
    follow, and has buttons that turn to them and back."""
    if not listed.gaps:
        return note(language.gettext(NO_GAPS))
    texts = [f"### {language.gettext('Asked here and not answered')}"]
    following = len(listed.gaps) + listed.more
    room = TEXT_LIMIT - length(texts[0]) - length(_left_out(following, language))
    choices: list[Choice] = []
    for gap in listed.gaps:
        text = _listed(gap, language)
        room -= length(text)
        if room < 0:
            break
        texts.append(text)
        choices.append(Choice(one_line(asked(gap), CHOICE_LIMIT) or gap.key, gap.key))
    following -= len(choices)
    if following:
        texts.append(_left_out(following, language))
    menu = Menu(language.gettext("Keep an answer to…"), GAPS_ACTION, tuple(choices))
    before, after = max(0, listed.start - GAPS_A_PAGE), listed.start + len(choices)
    turn = [
        *([Button(language.gettext("Previous page"), f"gaps:{before}")] if listed.start else []),
        *([Button(language.gettext("Next page"), f"gaps:{after}")] if following else []),
    ]
    return Card(tuple(texts), (menu, *((tuple(turn),) if turn else ())), MISS_COLOUR)


def _left_out(number: int, language: Language) -> str:
    return f"-# {left_out(number, language)}"


def asked(gap: Gap) -> str:
    """Return how a gap is named: by its question, or by the words of it that are kept."""
    return gap.question or " · ".join(gap.words)


def _listed(gap: Gap, language: Language) -> str:
    gettext, ngettext = language.gettext, language.ngettext
    facts = gettext(
        "{times}, by {people}",
        times=ngettext("{number:,} time", "{number:,} times", gap.times),
        people=ngettext("{number:,} person", "{number:,} people", gap.people),
    )
    lines = [f"**{label(asked(gap), 150)}**", f"-# {facts}  ·  {gettext(VERDICTS[gap.verdict])}"]
    if gap.unhelpful:
        lines[-1] += f"  ·  {gettext('not helpful to {number:,}', number=gap.unhelpful)}"
    if gap.unknown:
        words = language.quoted(label(word, 30) for word in gap.unknown[:6])
        lines.append(f"-# {gettext('no article contains {words}', words=words)}")
    if gap.nearest is not None:
        near = gettext("nearest: {title}", title=label(gap.nearest.title, 80))
        lines.append(f"-# {near} {code(gap.nearest.address)}")
    return "\n".join(lines)
