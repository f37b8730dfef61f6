"""Everyday words and phrases, with the words that articles use for them: "pill" and "medicine",
"step down" and "resign", "throw it away" and "dispose".

People who ask seldom use the article's own word. The lists are hand-made from a general knowledge
of the language, not from any texts or questions, and one way: "pill" is said for "medicine", and
"medicine" for much else; for words that go both ways see `bot.text.synonyms`. A file for a
language with words, ``everyday``, and for some one with phrases, ``everyday_phrases``; in
alphabetical order, accents aside.
Each line is a word or a phrase, and behind a colon the words that may stand for it: first those
that say the same in most texts, so that a sentence with one answers a question with the other, and
behind a bar those that are merely near ("fall: decrease drop | collapse"). Where a phrase has
"...", up to `MOST_BETWEEN` other words may stand. The first word of a line begins like its
stem, by which it is found ("foot" and not "feet"), so that no question has to stem a whole list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from bot.core.named_tuple import NamedTuple
from bot.core.seams import Substitutes
from bot.text.stems import stemmer, term_prefix
from bot.text.tokens import fold

MOST_BETWEEN = 3
"""Number of words that may stand within a phrase: "throw my old sofa away"."""
_LISTED = {"everyday": ("de", "en", "es", "fr", "ru"), "everyday_phrases": ("de", "en")}
"""The languages that have each file."""
_BEGINNING = 3
"""Letters that a line and the stem of its first word begin with alike, but for a final "i"."""
_GAP = "..."
_MOST_KEPT = 10_000
"""Number of stems whose lines are cached."""


@cache
def everyday_words(language: str) -> EverydayWords:
    """Return the everyday words of a language; none for one that has no list."""
    return EverydayWords(_text("everyday", language), language)


@cache
def everyday_phrases(language: str) -> EverydayPhrases:
    """Return the everyday phrases of a language; none for one that has no list."""
    return EverydayPhrases(_text("everyday_phrases", language), language)


def _text(name: str, language: str) -> str:
    if language not in _LISTED[name]:
        return ""
    return Path(__file__).with_name(f"{name}.{language}.txt").read_bytes().decode()


class _ListedLine(NamedTuple):
    others: list[str]
    """The words of a line behind the first."""
    instead: str
    """The words behind the colon, not stemmed: of the many lines of "get" few are ever meant."""


class _Lines:
    """The lines of a list, found by the stem of their first word. Any thread may ask."""

    def __init__(self, text: str, language: str) -> None:
        stem, prefix = stemmer(language), term_prefix(language)
        self._prefix = prefix
        self.stem = cache(lambda word: prefix + stem(word))  # of listed words alone
        self.all = fold(text).splitlines()
        self.of = lru_cache(_MOST_KEPT)(self._look_up)
        self.substitutes = lru_cache(_MOST_KEPT)(self._read)

    def _look_up(self, stem: str) -> tuple[_ListedLine, ...]:
        """Return each line that begins with the word of a stem."""
        bare = stem.removeprefix(self._prefix)
        if len(bare) < 2:
            return ()
        lines = self.all
        beginning = bare[:_BEGINNING].removesuffix("i")  # "tri" is try
        found = []
        for at in range(bisect_left(lines, beginning), len(lines)):
            if not lines[at].startswith(beginning):
                break
            words, _, instead = lines[at].partition(":")
            first, *others = words.split()
            if self.stem(first) == stem:
                found.append(_ListedLine(others, instead))
        return tuple(found)

    def _read(self, instead: str) -> Substitutes:
        """Return the stems of the words behind a line's colon."""
        exact, _, near = instead.partition("|")
        return Substitutes(
            frozenset(map(self.stem, exact.split())), frozenset(map(self.stem, near.split()))
        )


class EverydayWords(Mapping[str, Substitutes]):
    """For the stem of each word that some lines list the stems of the words that articles use for
    it. Any thread may ask."""

    def __init__(self, text: str, language: str) -> None:
        self._lines = _Lines(text, language)

    def __getitem__(self, stem: str) -> Substitutes:
        for line in self._lines.of(stem):
            return self._lines.substitutes(line.instead)
        raise KeyError(stem)

    def __contains__(self, stem: object) -> bool:
        return isinstance(stem, str) and bool(self._lines.of(stem))

    def __iter__(self) -> Iterator[str]:
        return (self._lines.stem(line.partition(":")[0]) for line in self._lines.all)

    def __len__(self) -> int:
        return len(self._lines.all)


class EverydayPhrases:
    """The phrases of some lines. Any thread may ask."""

    def __init__(self, text: str, language: str) -> None:
        self._lines = _Lines(text, language)

    def find(self, stems: Sequence[str]) -> list[tuple[tuple[int, ...], Substitutes]]:
        """Return the phrases among the stems of a question's words: where each phrase's words
        stand, as indices of ``stems``, and the stems of the words that articles use for it. Of
        those that begin with one word it is the longest, and of equally long ones the one that
        ends first."""
        found: list[tuple[tuple[int, ...], Substitutes]] = []
        for start, stem in enumerate(stems):
            best: tuple[tuple[int, ...], str] | None = None
            for others, instead in self._lines.of(stem):
                ordinals = self._ordinals(others, stems, start)
                if ordinals and (best is None or _extent(ordinals) > _extent(best[0])):
                    best = ordinals, instead
            if best is not None:
                found.append((best[0], self._lines.substitutes(best[1])))
        return found

    def _ordinals(self, others: Sequence[str], stems: Sequence[str], start: int) -> tuple[int, ...]:
        """Return where the words of a phrase stand whose first word stands at ``start``; nothing
        if one is not there."""
        ordinals = [start]
        reach = 1
        for word in others:
            if word == _GAP:
                reach += MOST_BETWEEN
                continue
            after = ordinals[-1] + 1
            near = stems[after : after + reach]
            stem = self._lines.stem(word)
            if stem not in near:
                return ()
            ordinals.append(after + near.index(stem))
            reach = 1
        return tuple(ordinals)


def _extent(ordinals: tuple[int, ...]) -> tuple[int, int]:
    """Return how many words a phrase has, and how early it ends."""
    return len(ordinals), -ordinals[-1]
