"""Citations: where a quotation stands, so that anyone can check it."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.article import Head


class Citation(NamedTuple):
    """Where a quotation stands."""

    slug: str
    head: Head
    first: int
    """First paragraph quoted, from 1."""
    last: int
    """Last paragraph quoted."""
    of: int
    """How many paragraphs the article has."""
    address: str
    """``slug#8@3f9c2a1b``; see `bot.core.address`."""
    link: str | None
    """The source's url, with a text fragment that leads to the quotation; None without a url."""
    page: int | None = None
    """The page it begins on, where the original has pages."""
