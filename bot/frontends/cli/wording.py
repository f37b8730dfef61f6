"""The words in which the command line and the chat say errors."""

from __future__ import annotations

from bot.core.errors import BotError
from bot.core.title_folding import fold
from bot.service.answering import UnresolvedArticleError
from bot.service.titles import Several, Unknown


def in_words(error: BotError, listing: str = "`articles`") -> str:
    """An error as one line; ``listing`` is the command that lists the articles."""
    if isinstance(error, UnresolvedArticleError):
        return _unresolved(error, listing)
    return str(error)


def _unresolved(error: UnresolvedArticleError, listing: str) -> str:
    if not fold(error.text):
        return f"name an article; {listing} lists them"
    found = error.resolution
    if isinstance(found, Several):
        titles = ", ".join(f"“{title.title}”" for title in found.titles)
        return f"several articles are called so: {titles}; write more of the title"
    missing = f"there is no article {error.text.strip()!r}"
    near = found.nearest if isinstance(found, Unknown) else (found.title,)
    if not near:
        return f"{missing}; {listing} lists them"
    meant = ", ".join(f"“{title.title}” ({title.slug})" for title in near)
    return f"{missing}; did you mean {meant}?"
