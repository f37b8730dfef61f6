"""The words of an address among passages: which of them holds these, and where."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.article import Span
from bot.core.passage import Passage
from bot.core.passages.address import Address, full_words_hash

_MOST_COMPARED = 500
"""Passages among which the words are looked for, the nearest to where they stood."""


def find_words(address: Address, passages: Iterable[Passage]) -> tuple[Passage, Span] | None:
    """Return the passage that holds the words which an address cites, the nearest to where they
    stood, and their span in its text, from which they may stand out on either side as far as its
    surroundings go, though they begin in it where one can be found; None if none does any more."""
    if address.first is None or address.hash is None:
        return None
    near = sorted(passages, key=lambda each: abs(each.first - (address.first or 1)))
    found = None
    for passage in near[:_MOST_COMPARED]:
        words = _words_in(passage, address.hash)
        if words is not None and 0 <= words.start < len(passage.text):
            return passage, words
        if words is not None and found is None:
            found = passage, words
    return found


def _words_in(passage: Passage, hash_: str) -> Span | None:
    around = passage.around
    text, begin = passage.text, 0
    if around is not None:  # an answer may have quoted these with the passage
        text, begin = around.before + text + around.after, -len(around.before)
    blocks = text.split("\n\n")
    for size in range(len(blocks), 0, -1):
        for at in range(len(blocks) - size + 1):
            words = "\n\n".join(blocks[at : at + size])
            if full_words_hash(words).startswith(hash_):
                start = begin + sum(len(block) + 2 for block in blocks[:at])
                return Span(start, start + len(words))
    return None
