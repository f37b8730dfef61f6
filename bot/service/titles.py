"""Titles: which article somebody means by a slug, a title or a part of one.

The one resolver for every front-end. With at most one typing error (a letter more, less, other, or
two swapped: Damerau, "A technique for computer detection and correction of spelling errors", CACM
1964), one half of what was typed stands unharmed in the title, unless the swap is at the seam of
the halves. So titles are first sifted by plain substring search, which makes 10,000 of them a
matter of milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple, TypeAlias

from bot.core.seams import Entry

_SHORTEST_FORGIVEN = 4
"""Of three letters, one wrong leaves too little to go by."""
_NEAREST = 3
_WORD = r"\w+"


class Title(NamedTuple):
    """An article by its title."""

    slug: str
    """With its tenant's prefix."""
    title: str


class Found(NamedTuple):
    """A text means one article."""

    title: Title
    is_exact: bool
    """Whether the text is its slug or its whole title, rather than a part or a misspelling."""


class Several(NamedTuple):
    """A text means several articles."""

    titles: tuple[Title, ...]
    """The first of them, in order."""


class Unknown(NamedTuple):
    """A text means no article."""

    nearest: tuple[Title, ...]
    """The titles that come near, best first."""


Resolution: TypeAlias = Found | Several | Unknown


class Titles:
    """The titles that one tenant can see. Immutable."""

    def __init__(self, titles: Iterable[Title]) -> None:
        """``titles`` in the order in which they are offered."""
        self.listed = tuple(titles)
        self._folded = tuple(fold(title.title) for title in self.listed)

    @staticmethod
    def of(entries: Iterable[Entry]) -> Titles:
        """The titles of some articles."""
        return Titles(Title(entry.slug, entry.head.title) for entry in entries)

    def renewed(self, gone: Set[str], there: Iterable[Title]) -> Titles:
        """These titles without those of some slugs, and with others, in the order of the titles
        and then the slugs; at the cost of those few."""
        titles = Titles(there)
        pairs = list(zip(titles.listed, titles._folded, strict=True))
        pairs += (
            pair for pair in zip(self.listed, self._folded, strict=True) if pair[0].slug not in gone
        )
        pairs.sort(key=lambda pair: (pair[0].title.casefold(), pair[0].slug))
        titles.listed = tuple(title for title, _ in pairs)
        titles._folded = tuple(folded for _, folded in pairs)
        return titles

    def __len__(self) -> int:
        return len(self.listed)

    def resolve(self, text: str) -> Resolution:
        """Which article a text means: its slug or its title, else the only one whose title or slug
        begins with the text, else the only one whose title holds it, else the only one whose title
        holds all its words, else the only one whose title holds it with one typing error."""
        wanted = fold(text)
        if not wanted:
            return Unknown(())
        for title in self.listed:
            if title.slug == text.strip():
                return Found(title, is_exact=True)
        slug = text.strip().casefold()
        for index, title in enumerate(self.listed):
            if self._folded[index] == wanted or title.slug.casefold() == slug:
                return Found(title, is_exact=True)
        words = set(re.findall(_WORD, wanted))
        ways: tuple[Iterable[int], ...] = (
            (
                index
                for index, title in enumerate(self.listed)
                if self._folded[index].startswith(wanted) or title.slug.casefold().startswith(slug)
            ),
            (index for index, title in enumerate(self._folded) if wanted in title),
            (
                index
                for index, title in enumerate(self._folded)
                if words and words.issubset(re.findall(_WORD, title))
            ),
            self._nearly(wanted),
        )
        for way in ways:
            found = [self.listed[index] for index in way]
            if len(found) == 1:
                return Found(found[0], is_exact=False)
            if found:
                return Several(tuple(found[:_NEAREST]))
        return Unknown(tuple(self.nearest(text)))

    def complete(self, typed: str, limit: int) -> list[Title]:
        """The titles that hold what was typed: those that begin with it, those that hold it, then
        those that hold it with one typing error. In the titles' order within each."""
        wanted = fold(typed)
        if not wanted:
            return list(self.listed[:limit])
        first: list[int] = []
        inside: list[int] = []
        for index, title in enumerate(self._folded):
            if wanted in title:
                (first if title.startswith(wanted) else inside).append(index)
        found = (first + inside)[:limit]
        if len(found) < limit:
            taken = {*first, *inside}
            for index in self._nearly(wanted):
                if index not in taken:
                    found.append(index)
                    if len(found) == limit:
                        break
        return [self.listed[index] for index in found]

    def lacking(self, words: Sequence[str]) -> list[str]:
        """Those of some words that no title holds, each once."""
        wanted = {fold(word): word for word in reversed(words)}
        for title in self._folded if wanted else ():
            for word in wanted.keys() & re.findall(_WORD, title):
                del wanted[word]
        return list(reversed(wanted.values()))

    def nearest(self, text: str, limit: int = _NEAREST) -> list[Title]:
        """The titles that share the most of a text's words."""
        words = set(re.findall(_WORD, fold(text)))
        shared = ((words.intersection(re.findall(_WORD, t)), i) for i, t in enumerate(self._folded))
        best = sorted((-len(found), index) for found, index in shared if found)
        return [self.listed[index] for _, index in best[:limit]]

    def _nearly(self, wanted: str) -> Iterable[int]:
        if len(wanted) < _SHORTEST_FORGIVEN:
            return
        middle = len(wanted) // 2
        left, right = wanted[:middle], wanted[middle:]
        swapped = wanted[: middle - 1] + wanted[middle] + wanted[middle - 1] + wanted[middle + 1 :]
        for index, title in enumerate(self._folded):
            if (left in title or right in title or swapped in title) and holds(title, wanted):
                yield index


def fold(text: str) -> str:
    """A title as people type it: in lower case, without accents and characters that show nothing,
    with a keyboard's apostrophe and single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    kept = "".join(
        c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )
    return " ".join(kept.split())


def holds(title: str, wanted: str) -> bool:
    """Whether a title holds a text with at most one typing error in it."""
    return any(
        _one_error(title, start, wanted) for start in range(max(1, len(title) - len(wanted) + 2))
    )


def _one_error(title: str, start: int, wanted: str) -> bool:
    """Whether some beginning of ``title[start:]`` is ``wanted`` but for one error."""
    size = len(wanted)
    same = 0
    while same < size and start + same < len(title) and title[start + same] == wanted[same]:
        same += 1
    if same >= size - 1:
        return True  # all of it, or all but the last letter
    at = start + same
    rest = wanted[same + 1 :]
    return (
        title.startswith(rest, at + 1)  # another letter
        or title.startswith(rest, at)  # one too many was typed
        or title.startswith(wanted[same:], at + 1)  # one was left out
        or (
            title[at : at + 2] == wanted[same + 1] + wanted[same]
            and title.startswith(wanted[same + 2 :], at + 2)
        )
    )
