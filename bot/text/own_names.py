"""The names of those who ask: "Hello, I'm Karen", and "Thanks, Dave" at a message's end.

No list has them. They are words with a capital letter where people say who they are: behind such a
phrase, or behind the thanks that end a message.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.text.known_words import is_word
from bot.text.phrases import PhraseTable, PlainWord

_LONGEST = 3
"""Words of a name; of Chinese characters."""
_LONGEST_CLOSING = 8
_CLOSINGS = ("thanks", "filler closing")
_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\n")
_PAUSES = frozenset(",;:-\u2013\u2014\uff0c\u3001\uff1b\uff1a") | _ENDS


def without_signature(
    text: str, words: Sequence[PlainWord], table: PhraseTable
) -> Sequence[PlainWord]:
    """Return a message's words without thanks or regards that end it, and the name behind them."""
    for named in range(len(words) - 1, max(0, len(words) - 1 - _LONGEST), -1):
        if not _is_name(text, words[named]):
            break
        plain = [each.word for each in words[:named]]
        is_apart = _has(text, words[named - 1].end, words[named].start, _PAUSES)
        if not (is_apart or text[words[named].start].isupper()):
            continue
        for at in range(max(1, named - _LONGEST_CLOSING), named):
            before = words[at - 1].end, words[at].start
            if not _has(text, *before, _PAUSES if is_apart else _ENDS):
                continue
            if any(named in table.phrases(name).ends(plain, at) for name in _CLOSINGS):
                return words[:at]
    return words


def introduced(
    text: str, words: Sequence[PlainWord], first: int, table: PhraseTable, greeted: bool
) -> int:
    """Return the end of what tells a name, where it begins at the word ``first``, and of "and"
    behind it; ``first`` if nothing does. "I am" tells one only behind a greeting: else more often
    what somebody is."""
    plain = [each.word for each in words]
    begun = table.phrases("own name").longest(plain, first)
    is_said = begun > first
    if not is_said and greeted:
        begun = table.phrases("own name after greeting").longest(plain, first)
    end = begun
    while first < end < min(len(words), begun + _LONGEST) and text[words[end].start].isupper():
        if not is_said and is_word(plain[end], table.language):
            return first
        end += 1
    if end in (first, begun):
        return first
    if end == len(words) or _has(text, words[end - 1].end, words[end].start, _PAUSES):
        return end
    behind = table.phrases("own name before").longest(plain, end)
    return behind if behind > end else first


def _is_name(text: str, word: PlainWord) -> bool:
    first = text[word.start]
    return first.isupper() or first >= "\u3400"


def _has(text: str, start: int, end: int, signs: frozenset[str]) -> bool:
    return not signs.isdisjoint(text[start:end])
