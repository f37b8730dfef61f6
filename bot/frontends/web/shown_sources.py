"""The known facts about an article besides its text, as the pages show them: plain data."""

# no annotations from __future__ here: typing would compile each one's string
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.core.article import Head
from bot.frontends.languages import ENGLISH, Language

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


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


def source_of(head: Head, language: str | None = None, reader: Language = ENGLISH) -> ShownSource:
    """Return an article's head as it is shown; ``reader`` is the reader's language."""
    byline = (head.author, head.publisher, head.section)
    known = [part for part in byline if part]
    if head.published:
        known.append(reader.date(head.published))
    code = (language or head.language or "").lower()
    if not (code.isascii() and code.replace("-", "").isalnum() and len(code) <= 12):
        code = ""
    direction = "auto" if not code else "rtl" if code[:2] in _RIGHT_TO_LEFT else "ltr"
    url = safe_url(head.url)
    return ShownSource(head.title, tuple(known), head.digest_of, url, code, direction)


def safe_url(url: str | None) -> str | None:
    """Return a link from outside, where it is one that a page may have: to the web, and nothing
    that a browser would run."""
    if url is None or any(ord(char) <= 32 for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None
