"""The fields of an article's head as files write them: their names in other programs, and their
values as printable text."""

from __future__ import annotations

import unicodedata

from bot.core.named_tuple import NamedTuple


class Field(NamedTuple):
    """The value of one key."""

    values: tuple[str, ...] | None
    """One value, or those of a list; None for anything else. Of an author's map, the name."""
    is_list: bool
    line: int
    """The file's line with the key, from 1; 0 in a form that is not our own, in which nothing is an
    error."""


ALIASES = {
    "title": ("title",),
    "author": ("author", "authors"),
    "published": ("published", "date", "publishdate", "pubdate"),
    "url": ("url", "canonical_url", "canonicalurl", "source"),
    "language": ("language", "lang"),
}
"""The keys, in lower case, under which Jekyll, Hugo, Pelican and Obsidian keep what is ours; our
own key first."""


def clean(text: str) -> str:
    """Return text as one printable line, as a head may hold it. Empty if none of it would be
    visible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = [char for char in spaced if unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")]
    if all(char in _BLANK or unicodedata.category(char)[0] in "CZM" for char in kept):
        return ""
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


_BLANK = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters and signs without visible shape: the Hangul fillers and the empty Braille pattern."""
