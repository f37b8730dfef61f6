"""The words of a citation: what is known of its article, and where in it a quotation stands."""

from __future__ import annotations

from bot.core.article import Head
from bot.core.citation import Citation
from bot.frontends.languages import Language


def location_in_words(citation: Citation, language: Language) -> str:
    """Return where a quotation stands: ``paragraph 8 of 14``, with its page if known."""
    gettext, values = language.gettext, {"of": citation.of}
    if citation.first == citation.last:
        where = gettext("paragraph {first} of {of}", first=citation.first, **values)
    else:
        where = gettext(
            "paragraphs {first}-{last} of {of}", first=citation.first, last=citation.last, **values
        )
    return f"{where}, {gettext('p. {page}', page=citation.page)}" if citation.page else where


def citation_in_words(citation: Citation, language: Language) -> str:
    """Return a citation in one line of plain text; see `bot.core.citation.cite`."""
    known = head_in_words(citation.head, language)
    return ", ".join([known, location_in_words(citation, language), citation.address])


def head_in_words(head: Head, language: Language) -> str:
    """Return the known facts about an article, on one line."""
    parts = [language.gettext("“{title}”", title=head.title)]
    if head.digest_of:
        parts.append(language.gettext("digest of {original}", original=head.digest_of))
    parts += [part for part in (head.author, head.publisher) if part]
    if head.published:
        parts.append(language.day(head.published))
    return ", ".join(parts)
