"""Text from articles and people, made safe for Discord: it shows as it is and does nothing.

Only backslashes are added, which Discord's client takes away again, so that what a reader sees
and copies is the text itself. No zero-width characters, no look-alikes.

Lengths are counted in UTF-16 code units, the longest way in which Discord could count its limits.
"""

from __future__ import annotations

import re

# A backslash before anything but a letter, a digit or white space is taken away by the client.
# Markup anywhere: emphasis, code, spoilers, mentions, links, emoji, timestamps; "@" for @everyone;
# ":" for emoji by name and for bare web addresses (https\://... is no link).
_ANYWHERE = re.compile(r"[\\*_~`|<>\[\]@]|:(?!\s)")
# Markup at the beginning of a line: headings, small print, lists.
_LINE_START = re.compile(r"^([^\S\n]*)(?:([#+-])|(\d+)([.)]))", re.M)
# No client shows these; a lone surrogate cannot be sent at all.
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ELLIPSIS = "…"


def length(text: str) -> int:
    """Return the text's length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sendable(text: str) -> str:
    """Return the text with what cannot be sent or shown (control characters, lone surrogates)
    replaced, one for one, so that offsets stay as they are; carriage returns become spaces."""
    return _UNSENDABLE.sub(REPLACEMENT, text.replace("\r", " "))


def escape(text: str) -> str:
    """Return the text so that Discord's client shows it as it is.

    May stand at the beginning of a line or within one; the same text always gives the same.
    """
    text = _ANYWHERE.sub(r"\\\g<0>", sendable(text))
    return _LINE_START.sub(_escape_line_start, text)


def _escape_line_start(found: re.Match[str]) -> str:
    space, mark, number, stop = found.groups()
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{stop}"


def one_line(text: str, limit: int) -> str:
    """Return the text on one line, without invisible characters, at most ``limit`` units long; not
    escaped. For titles, names and labels."""
    text = " ".join(_INVISIBLE.sub("", sendable(text)).split())
    return shorten(text, limit)


def label(text: str, limit: int) -> str:
    """`one_line`, escaped: for a title within a line of ours."""
    return escape(one_line(text, limit))


def shorten(text: str, limit: int) -> str:
    """Return the text, cut at a word's end with an ellipsis where it is over ``limit`` units
    long."""
    if length(text) <= limit:
        return text
    kept = prefix(text, limit - 1)
    at_word = kept.rsplit(None, 1)[0] if " " in kept[len(kept) // 2 :] else kept
    return at_word.rstrip() + ELLIPSIS


def prefix(text: str, limit: int) -> str:
    """Return the longest beginning that is at most ``limit`` units long; no character is cut in
    two."""
    if limit <= 0:
        return ""
    kept = text[:limit]
    while length(kept) > limit:
        kept = kept[: len(kept) - max(1, (length(kept) - limit) // 2)]
    return kept


def code(text: str) -> str:
    """Return the text as code, which a reader can copy; escaped instead where code cannot hold
    it."""
    text = one_line(text, 1000)
    return escape(text) if "`" in text or not text else f"`{text}`"
