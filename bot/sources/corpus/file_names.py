"""Names of files: the slugs that they give, and how they are shown."""

from __future__ import annotations

import os
import unicodedata

from bot.core.errors import ArticleError
from bot.core.passages.address import FORBIDDEN_IN_SLUGS

_FORBIDDEN = frozenset(FORBIDDEN_IN_SLUGS)


def slug_of(name: str) -> str:
    """Return the slug of a file of this name."""
    return as_slug(os.path.splitext(name)[0])  # noqa: PTH122


def as_slug(stem: str) -> str:
    return stem if stem.isascii() else unicodedata.normalize("NFC", stem)


def can_be_slug(stem: str) -> bool:
    """Return whether an address can name it, and a terminal show it."""
    return stem.isprintable() and stem == stem.strip() != "" and _FORBIDDEN.isdisjoint(stem)


def check_name(slug: str) -> None:
    """Raise `ArticleError` if an article cannot be called so."""
    if slug.startswith(".") or not can_be_slug(slug):
        raise ArticleError("article.name", slug=printable(slug))


def is_unicode(path: str) -> bool:
    return path.isascii() or not any("\ud800" <= char <= "\udfff" for char in path)


def printable(text: str) -> str:
    """Return a file name as it can be shown: what is not printable is escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode()
        for char in text
    )
