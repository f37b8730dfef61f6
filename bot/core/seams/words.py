"""The tokens of texts, as the analyzer gives them to the core."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, pairwise
from operator import not_

from bot.core.named_tuple import NamedTuple


class Tokens(NamedTuple):
    """The tokens of one text, in order: five parallel lists of one length."""

    starts: list[int]
    """Offset of each token in the text, in code points."""
    ends: list[int]
    words: list[str]
    """Each token folded: lower case, no accents, no possessive, but not stemmed."""
    stems: list[str]
    """Each token's stem, for stop words too."""
    stops: list[bool]
    """For each token, True if it is a stop word."""

    def terms(self) -> list[str]:
        """Return the terms to index: the stems of the tokens that are not stop words, in order."""
        return [stem for stem, stop in zip(self.stems, self.stops, strict=True) if not stop]


class _WordLists(NamedTuple):
    words: list[str]
    stems: list[str]
    stops: list[bool]
    ends: list[int]
    """For each sentence, how many tokens it and those before it have."""


class Words(_WordLists):
    """The tokens of a passage's sentences, as in `Tokens`, but without their offsets: three
    parallel lists of one length, and where each sentence ends in them. What is derived from them
    is computed when it is first asked for, and kept, because popular passages are weighed for one
    question after the other. Any thread may ask; callers must not mutate anything."""

    def terms(self) -> list[str]:
        """Return the terms to index: the stems of the tokens that are not stop words, in order."""
        return list(compress(self.stems, map(not_, self.stops)))

    @cached_property
    def term_set(self) -> frozenset[str]:
        """The distinct terms."""
        return frozenset(dict.fromkeys(self.terms()))  # in half the memory of a list's

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """The distinct stems, those of stop words too."""
        return frozenset(dict.fromkeys(self.stems))

    @cached_property
    def length(self) -> int:
        """Number of terms, each as often as it occurs."""
        return len(self.stops) - self.stops.count(True)

    @cached_property
    def stops_before(self) -> list[int]:
        """For each token, how many of those before it are stop words."""
        return [0, *accumulate(self.stops)][:-1]

    @cached_property
    def openings(self) -> list[tuple[int, int]]:
        """For each sentence that has a term, the offset of its first, and where it ends."""
        stops, bounds = self.stops, pairwise([0, *self.ends])
        return [
            (start + stops[start:end].index(False), end)
            for start, end in bounds
            if not all(stops[start:end])
        ]

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Each sentence's words with ``_`` around them, as character n-grams have them."""
        bounds = pairwise([0, *self.ends])
        return tuple([f"_{'_'.join(self.words[start:end])}_" for start, end in bounds])

    @cached_property
    def packed(self) -> tuple[bytes, bytes, bytes]:
        """A line for each token's stem and one for its word, whether each is a stop word, and where
        the sentences end: what `Analyzer.find_terms` looks into."""
        lines = "\n".join([*chain.from_iterable(zip(self.stems, self.words, strict=True)), ""])
        text = lines.encode("utf-8", "surrogatepass")
        return text, bytes(self.stops), array("I", self.ends).tobytes()

    @cached_property
    def joined(self) -> str:
        """All of these, one behind the other."""
        return "".join(self.written)

    @cached_property
    def _runs(self) -> dict[tuple[int, int], Words]:
        return {}

    def stems_of(self, first: int, end: int) -> Sequence[str]:
        """Return the stems of the sentences from ``first`` to ``end``, exclusive."""
        if first >= end:
            return []
        return self.stems[self.ends[first - 1] if first else 0 : self.ends[end - 1]]

    def of_sentences(self, first: int, end: int) -> Words:
        """Return the words of the sentences from ``first`` to ``end``, exclusive."""
        if not first and end == len(self.ends):
            return self
        found = self._runs.get((first, end))
        if found is None:
            start = self.ends[first - 1] if first else 0
            stop = self.ends[end - 1]
            found = self._runs[first, end] = Words(
                self.words[start:stop],
                self.stems[start:stop],
                self.stops[start:stop],
                [each - start for each in self.ends[first:end]],
            )
        return found
