"""Words that a catalogue should have translated, found in what a reader is shown.

Where the reader's language and the articles are Russian, a Latin word is one of the program's own
that nobody translated; but for names, such as those of commands and of what is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_NOT_WORDS = re.compile(
    r"`[^`]*`|https?://\S+|</[^>]*>|<[#@&!]*\d+>|/[a-z]+(?: [a-z]+)?\b|--[a-z-]+"
    r"|[\w/.-]*[#@][\w@#\\-]+|\[[a-z]+\](?: [a-z_]+)?|\{[a-z,]+\}|[A-Z]+_[A-Z_]+"
    r"|[\w/.-]+\.(?:csv|html?|json|jsonl|md|pdf|png|so|sqlite3|svg|toml|txt|zst)\b"
)
"""Code, links, mentions, commands, options, addresses, settings, choices, variables and files."""


def latin_words(text: str, allowed: Collection[str] = ()) -> list[str]:
    """Return the words in Latin letters in a text, but for those that no language translates."""
    words = re.findall(r"[A-Za-z]{2,}", _NOT_WORDS.sub(" ", text))
    return [word for word in words if word not in allowed]
