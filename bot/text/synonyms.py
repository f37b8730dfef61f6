"""Words that mean nearly the same, or that stand for each other: "begin" and "start", "France" and
"French", "decade" and "1990s".

The list is hand-made, of words that people ask with, from a general knowledge of the language and
not from any texts or questions: it helps with articles about anything, and it misses most of what a
thesaurus has. Each line of ``synonyms.en.txt`` is a word, and behind a colon those that may stand
for it. A word behind the colon has the first one for its synonym too, but not the others of its
line. Words are listed by base forms that begin with the same two letters as their stems ("foot" and
not "feet"): by these a stem is looked up, and no question has to stem the whole list. For words
that go one way only see `bot.text.everyday`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from pathlib import Path

from bot.text.stems import stemmer

_LISTED = frozenset({"en"})
"""The languages that have a file."""
_BEGINNING = 2
"""Letters that a listed word and its stem begin with alike."""
_MOST_SEARCHED = 300
"""Number of stems that are searched for in the text one by one; all take about as long."""
_MOST_KEPT = 10_000
"""Number of stems whose synonyms are cached."""


@cache
def synonyms(language: str) -> Mapping[str, Set[str]]:
    """Return the stems of synonyms for each stem that has any, as the language's tokens are
    stemmed; none for a language that has no list."""
    if language not in _LISTED:
        return {}
    path = Path(__file__).with_name(f"synonyms.{language}.txt")
    return Synonyms(path.read_bytes().decode(), language)


class Synonyms(Mapping[str, Set[str]]):
    """The synonyms that the lines of a text list. A stem's are computed on demand."""

    def __init__(self, text: str, language: str) -> None:
        self._stem = cache(stemmer(language))  # of listed words alone
        spaced = text.replace(":", "").replace("\n", " \n ")
        self._text = f"\n {spaced}"[:-1]  # each line begins and ends with a space
        self._known_offsets: Mapping[str, Sequence[int]] | None = None
        """The position of each stem's listed words, once many were looked up."""
        self._looked_up = 0
        self._of = lru_cache(_MOST_KEPT)(self._look_up)

    def __getitem__(self, stem: str) -> Set[str]:
        found = self._of(stem)
        if not found:
            raise KeyError(stem)
        return found

    def __contains__(self, stem: object) -> bool:
        return isinstance(stem, str) and bool(self._of(stem))

    def __iter__(self) -> Iterator[str]:
        stems = dict.fromkeys(map(self._stem, self._text.split()))
        return (stem for stem in stems if stem in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _look_up(self, stem: str) -> frozenset[str]:
        text = self._text
        found: set[str] = set()
        for at in self._offsets_of(stem):
            if text[at - 1] == "\n":
                line_end = text.find("\n", at)
                found.update(map(self._stem, text[at:line_end].split()))
            else:
                line_start = text.rfind("\n", 0, at) + 2
                found.add(self._stem(text[line_start : text.find(" ", line_start)]))
        found.discard(stem)
        return frozenset(found)

    def _offsets_of(self, stem: str) -> Sequence[int]:
        """Return where the listed words of a stem stand: the offsets of the spaces before them."""
        self._looked_up += 1
        if self._known_offsets is None and self._looked_up > _MOST_SEARCHED:
            self._known_offsets = self._all_offsets()
        if self._known_offsets is not None:
            return self._known_offsets.get(stem, ())
        beginning = f" {stem[:_BEGINNING]}"
        return [at for at in self._offsets(beginning) if self._stem(self._word_at(at)) == stem]

    def _all_offsets(self) -> Mapping[str, Sequence[int]]:
        offsets: dict[str, list[int]] = {}
        for at in self._offsets(" "):
            word = self._word_at(at)
            stem = self._stem(word)
            if word and stem[:_BEGINNING] == word[:_BEGINNING]:
                offsets.setdefault(stem, []).append(at)
        return offsets

    def _offsets(self, beginning: str) -> Iterator[int]:
        at = self._text.find(beginning)
        while at >= 0:
            yield at
            at = self._text.find(beginning, at + 1)

    def _word_at(self, at: int) -> str:
        """Return the word behind a space; empty if a line ends there."""
        end = self._text.find(" ", at + 1)
        return self._text[at + 1 : end].partition("\n")[0]
