"""The buttons and menus under an answer: one row of buttons, and one menu for all else."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.answer import NearTitle
from bot.frontends.discord.cards.cards import Button, Choice, Menu, link_button
from bot.frontends.discord.cards.escaping import one_line
from bot.frontends.languages import ENGLISH, Language, mark

OPEN = mark("Source")
READ = mark("Read")
PREVIOUS = mark("Previous")
NEXT = mark("Next")
HELPFUL = "👍"
NOT_HELPFUL = "👎"
MORE = mark("More")
CONTEXT = mark("Context")
WHY = mark("Why this passage?")
ADDRESS = mark("Address")
SHARE = mark("Share")
NEAREST = mark("Nearest passage")
TELL = mark("Tell me")
BELL = "🔔"
KEEP = mark("Keep as the answer")
DELETE = mark("Delete")
NEAREST_TITLES = 3
_LONGEST_SLUG = 90
_TITLE_LIMIT = 34
"""Units of a title on a button."""
_WHO_DELETES = mark("For the one who asked, and for moderators")


def action(key: str, what: str, index: int) -> str:
    """Return the custom_id of a button under an answer; at most 100 characters, for keys are
    short."""
    return f"answer:{key}:{what}:{index}"


def more_action(key: str, index: int) -> str:
    """Return the custom_id of the menu under an answer."""
    return f"more:{key}:{index}"


def answer_rows(
    key: str,
    index: int,
    count: int,
    *,
    link: str | None,
    page: str | None,
    can_share: bool,
    in_server: bool,
    can_tell: bool = False,
    language: Language = ENGLISH,
) -> tuple[tuple[Button, ...] | Menu, ...]:
    """Return what stands under the match of number ``index``, from 0, among ``count``. What cannot
    be done is left out. ``link`` leads to the source, ``page`` to the web page that shows the
    passage and has that link; both would not fit into one row on a phone. ``can_tell`` is True
    where its asker may want to be told of an answer: by a bell, which the menu puts in words."""
    gettext = language.gettext
    buttons = (
        *(link_button(gettext(READ), page) or link_button(gettext(OPEN), link)),
        *((Button(gettext(PREVIOUS), action(key, "previous", index)),) if index else ()),
        *((Button(gettext(NEXT), action(key, "next", index)),) if index + 1 < count else ()),
        Button("", action(key, "helpful", index), emoji=HELPFUL),
        Button("", action(key, "unhelpful", index), emoji=NOT_HELPFUL),
        # five fit into a row, and the first match has none before it
        *((Button("", action(key, "tell", index), emoji=BELL),) if can_tell and not index else ()),
    )
    choices = (
        Choice(gettext(CONTEXT), "context", gettext("The paragraphs around it")),
        Choice(gettext(WHY), "why", gettext("What speaks for it")),
        Choice(gettext(ADDRESS), "address", gettext("To cite it, or to check it later")),
        *(
            (Choice(gettext(TELL), "tell", gettext("When the articles answer this")),)
            if can_tell
            else ()
        ),
        *(
            (Choice(gettext(SHARE), "share", gettext("Show it to everybody here")),)
            if can_share
            else ()
        ),
        *(
            (Choice(gettext(KEEP), "keep", gettext("For those who manage this server’s articles")),)
            if in_server
            else ()
        ),
        Choice(gettext(DELETE), "delete", gettext(_WHO_DELETES)),
    )
    return buttons, Menu(gettext(MORE), more_action(key, index), choices)


def miss_rows(
    key: str, nearest: Sequence[NearTitle], *, has_passage: bool, language: Language = ENGLISH
) -> tuple[tuple[Button, ...] | Menu, ...]:
    """Return what stands under a miss: the nearest passage and the nearest titles as buttons."""
    gettext = language.gettext
    first = (
        *((Button(gettext(NEAREST), action(key, "nearest", 0)),) if has_passage else ()),
        Button(gettext(TELL), action(key, "tell", 0), emoji=BELL),
    )
    titles = {each.slug: each.title for each in nearest if len(each.slug) <= _LONGEST_SLUG}
    buttons = tuple(
        Button(one_line(title, _TITLE_LIMIT) or slug[:_TITLE_LIMIT], article_action(slug))
        for slug, title in [*titles.items()][:NEAREST_TITLES]
    )
    delete = Choice(gettext(DELETE), "delete", gettext(_WHO_DELETES))
    return buttons, first, Menu(gettext(MORE), more_action(key, 0), (delete,))


def article_action(slug: str) -> str:
    """Return the custom_id of a button that shows an article; a slug may have at most
    `_LONGEST_SLUG` characters."""
    return f"article:{slug}"
