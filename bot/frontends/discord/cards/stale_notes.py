"""Notes for somebody whose button leads to an answer that is no longer there."""

from __future__ import annotations

from bot.frontends.discord.cards.cards import Card, note
from bot.frontends.languages import Language, mark
from bot.service.answers.quotations import StaleError

NOT_KEPT = mark(
    "This answer is no longer kept, so its buttons do not work any more. Please ask again."
)
CHANGED = mark(
    "The article has changed since, and no longer says this. Ask again for what it says now."
)
GONE = mark("The article this was quoted from is no longer there.")
_NOTES = {"quotation.changed": CHANGED, "quotation.gone": GONE, "quotation.not_kept": NOT_KEPT}


def stale_note(error: StaleError, language: Language) -> Card:
    """Return the note that says why a quotation was not found again."""
    return note(language.gettext(_NOTES[error.code]))
