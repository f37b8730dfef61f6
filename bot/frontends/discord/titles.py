"""An article's title from what somebody typed: anywhere in it, one typing error forgiven.

With at most one error (a letter more, less, other, or two swapped: Damerau, "A technique for
computer detection and correction of spelling errors", CACM 1964), one half of what was typed
stands unharmed in the title, unless the swap is at the seam of the halves. So titles are first
sifted by plain substring search, which makes 10,000 of them a matter of milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from bot.core.address import parse_address
from bot.core.answer import Answer
from bot.frontends.discord.escaping import length, one_line, prefix

CHOICES = 25
_SHORTEST_FORGIVEN = 4
"""Of three letters, one wrong leaves too little to go by."""
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")


class Title(NamedTuple):
    """An article by its title."""

    slug: str
    title: str


class Titles:
    """The titles that one place can see."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self.listed = tuple(titles)
        self._folded = tuple(fold(title.title) for title in self.listed)

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

    def complete(self, typed: str, limit: int = CHOICES) -> list[Title]:
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

    def resolve(self, text: str) -> Title | None:
        """The one article that a text means: its slug, its title, or a text that only one title
        holds; None where it means none, or several."""
        for title in self.listed:
            if title.slug == text.strip():
                return title
        wanted = fold(text)
        same = [i for i, title in enumerate(self._folded) if title == wanted]
        if same:
            return self.listed[same[0]]
        close = self.complete(text, 2) if wanted else []
        return close[0] if len(close) == 1 else None

    def lacking(self, words: Sequence[str]) -> list[str]:
        """Those of some words that no title holds, each once."""
        wanted = {fold(word): word for word in reversed(words)}
        for title in self._folded if wanted else ():
            for word in wanted.keys() & _WORD.findall(title):
                del wanted[word]
        return list(reversed(wanted.values()))

    def nearest(self, text: str, limit: int = 3) -> list[Title]:
        """The titles that share the most of a text's words."""
        words = set(_WORD.findall(fold(text)))
        shared = ((words.intersection(_WORD.findall(t)), i) for i, t in enumerate(self._folded))
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
    """A text in lower case, without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _SPACE.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


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


def choices(found: list[Title]) -> list[tuple[str, str]]:
    """What autocomplete offers: names and values, at most 100 units each."""
    offered = []
    for title in found:
        name = one_line(title.title, 100) or prefix(title.slug, 100)
        offered.append((name, title.slug if length(title.slug) <= 100 else name))
    return offered


def nearest_titles(answer: Answer, titles: Titles) -> tuple[str, ...]:
    """The titles of the articles that an answer's matches come from, best first; then those that
    hold a word which no text does."""
    addresses = (*(match.citation.address for match in answer.matches), *answer.further)
    slugs = dict.fromkeys(parse_address(address).slug for address in addresses)
    known = {title.slug: title.title for title in titles.listed if title.slug in slugs}
    found = [known[slug] for slug in slugs if slug in known]
    found += (title.title for title in titles.nearest(" ".join(answer.unknown)))
    return tuple(dict.fromkeys(found))


def without_titles(answer: Answer, titles: Titles) -> Answer:
    """The answer, with only those words as unknown that no title holds either."""
    return answer._replace(unknown=tuple(titles.lacking(answer.unknown)))
