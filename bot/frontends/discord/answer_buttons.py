"""The buttons and menus under an answer: one row of buttons, and one menu for all else."""

from __future__ import annotations

from bot.frontends.discord.cards import Button, Choice, Menu, link_button
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
KEEP = mark("Keep as the answer")
DELETE = mark("Delete")


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
    private: bool,
    in_server: bool,
    language: Language = ENGLISH,
) -> tuple[tuple[Button, ...] | Menu, ...]:
    """Return what stands under the match of number ``index``, from 0, among ``count``. What cannot
    be done is left out. ``link`` leads to the source, ``page`` to the web page that shows the
    passage and has that link; both would not fit into one row on a phone."""
    gettext = language.gettext
    buttons = (
        *(link_button(gettext(READ), page) or link_button(gettext(OPEN), link)),
        *((Button(gettext(PREVIOUS), action(key, "previous", index)),) if index else ()),
        *((Button(gettext(NEXT), action(key, "next", index)),) if index + 1 < count else ()),
        Button("", action(key, "helpful", index), emoji=HELPFUL),
        Button("", action(key, "unhelpful", index), emoji=NOT_HELPFUL),
    )
    choices = (
        Choice(gettext(CONTEXT), "context", gettext("The paragraphs around it")),
        Choice(gettext(WHY), "why", gettext("What speaks for it")),
        Choice(gettext(ADDRESS), "address", gettext("To cite it, or to check it later")),
        *(
            (Choice(gettext(SHARE), "share", gettext("Show it to everybody here")),)
            if private
            else ()
        ),
        *(
            (Choice(gettext(KEEP), "keep", gettext("For those who manage this server’s articles")),)
            if in_server
            else ()
        ),
        Choice(gettext(DELETE), "delete", gettext("For who asked, and for moderators")),
    )
    return buttons, Menu(gettext(MORE), more_action(key, index), choices)
