"""Recent articles: held in memory, and logged, until they are enough for a segment."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from bot.core.relevance.term_scoring import Norms, term_score


class RecentArticle:
    """One article's passages, inverted when a question first reads them."""

    def __init__(self, slug: str, passages: Sequence[Sequence[str]], logged: int | None) -> None:
        """``logged`` is its row in the log, None if it has none yet."""
        self.slug = slug
        self.passages = passages
        self.logged = logged
        self.total_length = sum(map(len, passages))

    @cached_property
    def inverted(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """For each term: the passages that hold it, and how often."""
        inverted: dict[str, list[tuple[int, int]]] = {}
        for number, passage in enumerate(self.passages):
            for term, frequency in Counter(passage).items():
                inverted.setdefault(term, []).append((number, frequency))
        return inverted

    def locate(self, passage: int) -> tuple[str, int]:
        """Return the article's slug, and the passage's number in there."""
        return self.slug, passage

    def document_frequency(self, term: str) -> int:
        return len(self.inverted.get(term, ()))

    def scores(self, idfs: Mapping[str, float], norms: Norms) -> list[tuple[float, int]]:
        """Return the score of each passage that holds a term, with its number."""
        found: dict[int, list[float]] = {}
        for term, idf in idfs.items():
            for number, frequency in self.inverted.get(term, ()):
                norm = norms[len(self.passages[number])]
                found.setdefault(number, []).append(term_score(idf, frequency, norm))
        return [(math.fsum(gives), number) for number, gives in found.items()]
