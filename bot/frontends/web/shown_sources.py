"""The known facts about an article besides its text, as the pages show them: plain data."""

# no annotations from __future__ here: typing would compile each one's string
from typing import NamedTuple

from bot.core.article import Head
from bot.frontends.web.outside_links import safe_url

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_MONTHS = "January February March April May June July August September October November December"


class ShownSource(NamedTuple):
    """The known facts about an article besides its text."""

    title: str
    byline: tuple[str, ...]
    """Author, publisher, section and date, if they are known."""
    digest_of: str | None
    url: str | None
    """The original, if it is a link that a page may have."""
    language: str
    """ISO 639-1, or empty if it is not known."""
    direction: str
    """``ltr``, ``rtl`` or ``auto``."""


def source_of(head: Head, language: str | None = None) -> ShownSource:
    """Return an article's head as it is shown."""
    byline = (head.author, head.publisher, head.section)
    known = [part for part in byline if part]
    if head.published:
        known.append(written_date(head.published))
    code = (language or head.language or "").lower()
    if not (code.isascii() and code.replace("-", "").isalnum() and len(code) <= 12):
        code = ""
    direction = "auto" if not code else "rtl" if code[:2] in _RIGHT_TO_LEFT else "ltr"
    url = safe_url(head.url)
    return ShownSource(head.title, tuple(known), head.digest_of, url, code, direction)


def written_date(published: str) -> str:
    """Return ``2015-11-04`` as ``4 November 2015``; shorter dates with the parts that they have."""
    parts = published.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return published
    if len(parts) == 1:
        return parts[0]
    if not 1 <= int(parts[1]) <= 12:
        return published
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS.split()[int(parts[1]) - 1]} {parts[0]}"
