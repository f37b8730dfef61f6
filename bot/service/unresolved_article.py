"""The error where a text names no article, or several."""

from __future__ import annotations

from bot.core.errors import AddressError
from bot.core.title_folding import fold
from bot.service.titles import Resolution, Several, Unknown


class UnresolvedArticleError(AddressError):
    """The text that names an article matches none, or several."""

    resolution: Resolution
    """The reading of the text as an article's name."""

    @property
    def text(self) -> str:
        return str(self.data["text"])


def unresolved(text: str, found: Resolution) -> UnresolvedArticleError:
    """Return the error for a text that was read as an article's name."""
    if not fold(text):
        error = UnresolvedArticleError("article.unnamed", text=text)
    elif isinstance(found, Several):
        titles = tuple(f"“{title.title}”" for title in found.titles)
        error = UnresolvedArticleError("article.ambiguous", text=text, titles=titles)
    else:
        near = found.nearest if isinstance(found, Unknown) else (found.title,)
        if near:
            titles = tuple(f"“{title.title}” ({title.slug})" for title in near)
            error = UnresolvedArticleError("article.misnamed", text=text.strip(), titles=titles)
        else:
            error = UnresolvedArticleError("article.unknown", text=text.strip())
    error.resolution = found
    return error
