"""Entity tags of the pages of articles, which are known before a page is made: a client that has
the page already is told so without its text being read, or at least without its being rendered."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from bot.core.article import Version
from bot.core.passages.verification import Verdict

_SETTLED = 2_000_000_000
"""Nanoseconds. A file that changed more recently may change again and keep its version, because
the clocks of some file systems tick once in a second or two."""


def page_tag(
    path: str, language: str, version: Version, verdict: Verdict | None, now: int
) -> str | None:
    """Return the tag of the page at a path, query included, in a language (its code). ``version``
    is that of the article's file before it was read, ``verdict`` what became of the words that the
    address cites, ``now`` the time in nanoseconds since 1970. None if the file has changed too
    recently to tell."""
    if now - version.changed < _SETTLED:
        return None
    known = repr((path, language, version, verdict, program_fingerprint()))
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:24]


@cache
def program_fingerprint() -> str:
    """Return a hash that differs where another program would make another page: of this room's
    templates, styles and words, and of the modules by which articles are read and checked."""
    rooms = Path(__file__).parents[2]
    found = hashlib.sha256()
    for room in ("core", "sources/formats", "frontends", "locale", "service"):
        for file in sorted((rooms / room).rglob("*")):
            if file.suffix in (".py", ".html", ".css", ".svg", ".mo", ".po"):
                found.update(file.relative_to(rooms).as_posix().encode() + b"\0")
                found.update(file.read_bytes())
    return found.hexdigest()
