"""Comparison of texts by their words: how much of one is in another."""

from __future__ import annotations

import re
from collections import Counter

SHINGLE = 4
"""Number of words in a row that are compared (Broder, "On the resemblance and containment of
documents", 1997, calls such a run a shingle)."""


_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
UNSPACED = re.compile(f"[{_UNSPACED}]")
"""Letters of scripts that set no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""
WORD = re.compile(rf"[{_UNSPACED}](?<=\w)|[^\W{_UNSPACED}]+")


def count_words(text: str) -> int:
    """Return the number of words in a text; where words are not spaced, two letters count as
    one."""
    spaced = len(text.split())
    return spaced if text.isascii() else spaced + len(UNSPACED.findall(text)) // 2


def words_of(text: str) -> list[str]:
    """Return a text's words, folded for comparison; where words are not spaced, its letters."""
    return [word.casefold() for word in WORD.findall(text)]


class Wording:
    """The runs of words in a text, to compute how much of another text is in it."""

    def __init__(self, text: str) -> None:
        words = words_of(text)
        self.size = len(words)
        self._runs = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
        self._lines = {tuple(words_of(line)) for line in text.splitlines()}
        self._padded = " " + " ".join(words) + " "

    def share(self, text: str) -> float:
        """Return the share of the text that is in this one, 0.0 to 1.0, by runs of four words; a
        shorter text counts as a whole line, or not at all."""
        words = words_of(text)
        if len(words) < 2 * SHINGLE:
            if tuple(words) in self._lines:
                return 1.0
            return 0.9 if len(words) > 2 and f" {' '.join(words)} " in self._padded else 0.0
        runs = [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
        return sum(run in self._runs for run in runs) / len(runs)


def same_title(first: str, second: str) -> bool:
    """Return whether two lines are the same title, apart from a site's name."""
    one, two = words_of(first), words_of(second)
    if not one or not two:
        return False
    if one == two:
        return True
    shared = sum((Counter(one) & Counter(two)).values())
    return shared >= 0.8 * max(len(one), len(two)) or (
        len(one) >= 4 and shared == len(one) and len(one) >= 0.6 * len(two)
    )
