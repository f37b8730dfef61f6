"""The words of a citation: where in its article a quotation stands."""

from __future__ import annotations

from bot.core.citation import Citation
from bot.frontends.languages import Language


def place_in_words(citation: Citation, language: Language) -> str:
    """Return where a quotation stands: ``paragraph 8 of 14``, with its page if known."""
    gettext, values = language.gettext, {"of": citation.of}
    if citation.first == citation.last:
        where = gettext("paragraph {first} of {of}", first=citation.first, **values)
    else:
        where = gettext(
            "paragraphs {first}-{last} of {of}", first=citation.first, last=citation.last, **values
        )
    return f"{where}, {gettext('p. {page}', page=citation.page)}" if citation.page else where
