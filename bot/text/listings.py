"""Questions that ask which articles there are by an author or about something. The words are in
`bot.text.phrases`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.seams import HeadLookup, HeadQuestion
from bot.text.phrases import PhraseTable, plain_words
from bot.text.stopwords import stop_words

_SECTIONS: tuple[tuple[str, HeadLookup, bool], ...] = (
    ("articles by", "by", False),
    ("articles about", "about", False),
    ("written by", "by", True),
    ("things about", "about", True),
)
"""Of each section of phrases, what it asks for, and whether it may ask for something else."""
_MOST_NAMED = 6
"""Number of words of a name or of what articles are about."""
_MOST_CHARACTERS = 16
"""The same in Chinese and Japanese, whose words here are characters."""
_LONGEST = 30
_BEFORE = ("greeting", "filler people", "thanks")
_BEHIND = ("filler closing", "thanks")
_MOST_BEHIND = 4
"""Number of words of filler at the end that are looked at."""


def listing(text: str, table: PhraseTable, language: str) -> HeadQuestion | None:
    """Return the question of a text that asks for a list of articles, or None if it does not."""
    words = plain_words(text)
    if not 2 <= len(words) <= _LONGEST:
        return None
    plain = [each.word for each in words]
    begin = _behind_greeting(table, plain)
    for end in _ends(table, plain):
        for section, lists, is_doubtful in _SECTIONS:
            found = table.phrases(section).gap(plain[begin:end])
            if found is None:
                continue
            first, last = begin + found[0], begin + found[1]
            most = _MOST_CHARACTERS if language in ("zh", "ja") else _MOST_NAMED
            if last - first <= most and not stop_words(language).issuperset(plain[first:last]):
                about = text[words[first].start : words[last - 1].end]
                return HeadQuestion((), about, is_doubtful=is_doubtful, lists=lists)
    return None


def _behind_greeting(table: PhraseTable, plain: Sequence[str]) -> int:
    begin = 0
    while True:
        end = max(table.phrases(section).longest(plain, begin) for section in _BEFORE)
        if end == begin:
            return begin
        begin = end


def _ends(table: PhraseTable, plain: Sequence[str]) -> list[int]:
    """Return the ends that a text may have: without its closing filler, and with it."""
    closings = [
        at
        for at in range(max(1, len(plain) - _MOST_BEHIND), len(plain))
        if any(len(plain) in table.phrases(section).ends(plain, at) for section in _BEHIND)
    ]
    return [*closings[:1], len(plain)]
