"""The buttons and menus under an answer: one row of buttons, and one menu for all else."""

from __future__ import annotations

from bot.frontends.discord.cards import Button, Choice, Menu, link_button

OPEN = "Source"
READ = "Read"
PREVIOUS = "Previous"
NEXT = "Next"
HELPFUL = "👍"
NOT_HELPFUL = "👎"
MORE = "More"
CONTEXT = "Context"
WHY = "Why this passage?"
ADDRESS = "Address"
SHARE = "Share"
KEEP = "Keep as the answer"
DELETE = "Delete"


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
) -> tuple[tuple[Button, ...] | Menu, ...]:
    """Return what stands under the match of number ``index``, from 0, among ``count``. What cannot
    be done is left out. ``link`` leads to the source, ``page`` to the web page that shows the
    passage and has that link; both would not fit into one row on a phone."""
    buttons = (
        *(link_button(READ, page) or link_button(OPEN, link)),
        *((Button(PREVIOUS, action(key, "previous", index)),) if index else ()),
        *((Button(NEXT, action(key, "next", index)),) if index + 1 < count else ()),
        Button("", action(key, "helpful", index), emoji=HELPFUL),
        Button("", action(key, "unhelpful", index), emoji=NOT_HELPFUL),
    )
    choices = (
        Choice(CONTEXT, "context", "The paragraphs around it"),
        Choice(WHY, "why", "What speaks for it"),
        Choice(ADDRESS, "address", "To cite it, or to check it later"),
        *((Choice(SHARE, "share", "Show it to everybody here"),) if private else ()),
        *(
            (Choice(KEEP, "keep", "For those who manage this server’s articles"),)
            if in_server
            else ()
        ),
        Choice(DELETE, "delete", "For who asked, and for moderators"),
    )
    return buttons, Menu(MORE, more_action(key, index), choices)
