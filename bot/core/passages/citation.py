"""Citations: the location of a quotation, so that anyone can check it."""

from __future__ import annotations

from bot.core.article import Head
from bot.core.named_tuple import NamedTuple


class Citation(NamedTuple):
    """The location of a quotation."""

    slug: str
    head: Head
    first: int
    """First paragraph quoted, from 1."""
    last: int
    """Last paragraph quoted."""
    of: int
    """Number of paragraphs in the article."""
    address: str
    """``slug#8@3f9c2a1b``; see `bot.core.passages.address`."""
    link: str | None
    """The source's url, with a text fragment that leads to the quotation; None without a url."""
    page: int | None = None
    """The page it begins on, where the original has pages."""


def cite(citation: Citation) -> str:
    """Return a citation in one line of plain text: what is known of title, publisher, date,
    paragraph, page and address, and of what it is a digest."""
    head = citation.head
    parts = [f"“{head.title}”"]
    if head.digest_of:
        parts.append(f"digest of {head.digest_of}")
    parts += [part for part in (head.author, head.publisher, head.published) if part]
    parts.append(location(citation))
    parts.append(citation.address)
    return ", ".join(parts)


def location(citation: Citation) -> str:
    """Return the location of a quotation in its article: ``paragraph 8 of 14``, with its page if
    known."""
    if citation.first == citation.last:
        where = f"paragraph {citation.first} of {citation.of}"
    else:
        where = f"paragraphs {citation.first}-{citation.last} of {citation.of}"
    return where + (f", p. {citation.page}" if citation.page else "")
