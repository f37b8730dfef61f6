"""A search engine for tests of what stands before it: the formula, written down, over dicts."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence, Set

from bot.core.errors import BotError
from bot.core.seams import Hit, Statistics


class FakeSearchEngine:
    """A `bot.core.seams.SearchEngine` that keeps the passages as they were put and computes
    every score from nothing. It passes the engines' contract suite."""

    def __init__(self) -> None:
        self.passages: dict[str, list[list[str]]] = {}
        self.commits = 0

    def copied(self) -> FakeSearchEngine:
        """Return a copy of its content."""
        copy = FakeSearchEngine()
        copy.passages = dict(self.passages)
        return copy

    def put(self, article: str, passages: Sequence[Sequence[str]]) -> None:
        self.remove(article)
        self.passages[article] = [list(passage) for passage in passages]

    def remove(self, article: str) -> None:
        self.passages.pop(article, None)

    def commit(self) -> None:
        self.commits += 1

    def sweep(self) -> None:
        """There is nothing to be left."""

    def background_fault(self) -> BotError | None:
        return None

    def close(self) -> None:
        """There is nothing to wait for."""

    def articles(self) -> Collection[str]:
        return list(self.passages)

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        everything = self.statistics(terms)
        hits = [
            Hit(article, number, self._score(passage, everything))
            for article, passages in self.passages.items()
            if articles is None or article in articles
            for number, passage in enumerate(passages)
            if not set(terms).isdisjoint(passage)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[: max(0, limit)]

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        passages = [
            passage
            for article, passages in self.passages.items()
            if articles is None or article in articles
            for passage in passages
        ]
        return Statistics(
            len(passages),
            sum(map(len, passages)) / len(passages) if passages else 0.0,
            {term: sum(term in passage for passage in passages) for term in terms},
        )

    def _score(self, passage: list[str], everything: Statistics) -> float:
        norm = 0.9 * (0.4 + 0.6 * len(passage) / everything.average_length)
        return math.fsum(
            math.log((everything.passages + 1) / frequency)
            * (1.9 * passage.count(term) / (passage.count(term) + norm))
            for term, frequency in everything.document_frequency.items()
            if term in passage
        )
