"""The search engine that leaves the work to rank-bm25: the yardstick of every other one.

It is slow (each question scores every passage) and lives in memory, but it is short enough to be
checked by reading. It makes up for what the library leaves to its caller: a corpus without
passages, or with empty ones alone, would divide by zero; a term asked for twice would count twice;
of equal passages the last would come first; and the index cannot grow, so it is built anew for the
first question after a change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from heapq import nsmallest
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.core.errors import BotError
from bot.core.relevance.term_scoring import K1, B
from bot.core.seams import Hit, Statistics

if TYPE_CHECKING:
    from rank_bm25 import BM25Plus


class RankBm25Snapshot(NamedTuple):
    """A `bot.core.seams.Retriever`: all passages at one moment, in the order in which they were
    put."""

    model: BM25Plus | None
    """None if no passage holds a term."""
    keys: list[tuple[str, int]]
    ranges: dict[str, range]
    """The rows of each article's passages in ``keys``."""
    average_length: float

    def articles(self) -> Collection[str]:
        return self.ranges.keys()

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        if self.model is None or limit < 1:
            return []
        asked = dict.fromkeys(terms)
        scores = self.model.get_scores(list(asked)).tolist()
        # delta 0 gives nothing to a passage without the term, but that is the model's affair:
        # a passage matches if it shares a term, whatever its score
        matched = [
            row
            for row in self._rows(articles)
            if not asked.keys().isdisjoint(self.model.doc_freqs[row])
        ]
        best = nsmallest(limit, matched, key=lambda row: (-scores[row], row))
        return [Hit(*self.keys[row], scores[row]) for row in best]

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        asked = dict.fromkeys(terms)
        if self.model is None:
            count = sum(1 for _ in self._rows(articles))
            return Statistics(count, 0.0, dict.fromkeys(asked, 0))
        if articles is None:
            known = self.model.document_frequency
            frequency = {term: known.get(term, 0) for term in asked}
            return Statistics(len(self.keys), self.average_length, frequency)
        rows = list(self._rows(articles))
        holding = [self.model.doc_freqs[row] for row in rows]
        length = sum(self.model.doc_len[row] for row in rows)
        return Statistics(
            len(rows),
            length / len(rows) if rows else 0.0,
            {term: sum(term in passage for passage in holding) for term in asked},
        )

    def _rows(self, articles: Set[str] | None) -> Iterable[int]:
        """Return the rows of these articles' passages, in the order in which they were put."""
        if articles is None:
            return range(len(self.keys))
        ranges = sorted(
            (self.ranges[article] for article in articles if article in self.ranges),
            key=lambda rows: rows.start,
        )
        return (row for rows in ranges for row in rows)


class RankBm25Engine:
    """A `bot.core.seams.SearchEngine` in memory. Nothing of it lasts: a new one holds no
    articles, which tells its caller to put them all."""

    def __init__(self) -> None:
        self._passages: dict[str, list[list[str]]] = {}
        self._corpus: RankBm25Snapshot | None = None
        self._lock = Lock()

    def put(self, article: str, passages: Sequence[Sequence[str]]) -> None:
        kept = [list(passage) for passage in passages]
        with self._lock:
            self._passages.pop(article, None)
            self._passages[article] = kept
            self._corpus = None

    def remove(self, article: str) -> None:
        with self._lock:
            if self._passages.pop(article, None) is not None:
                self._corpus = None

    def commit(self) -> None:
        """Do nothing: nothing lasts."""

    def sweep(self) -> None:
        """Do nothing: no files are left."""

    def background_fault(self) -> BotError | None:
        return None

    def close(self) -> None:
        """Do nothing: there is no background work."""

    def articles(self) -> Collection[str]:
        with self._lock:
            return list(self._passages)

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        return self.snapshot().search(terms, limit, articles)

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        return self.snapshot().statistics(terms, articles)

    def snapshot(self) -> RankBm25Snapshot:
        """Return all that is held now."""
        with self._lock:
            if self._corpus is None:
                self._corpus = _build(self._passages)
            return self._corpus


def _build(articles: dict[str, list[list[str]]]) -> RankBm25Snapshot:
    keys: list[tuple[str, int]] = []
    ranges: dict[str, range] = {}
    texts: list[list[str]] = []
    for article, passages in articles.items():
        ranges[article] = range(len(keys), len(keys) + len(passages))
        keys.extend((article, number) for number in range(len(passages)))
        texts.extend(passages)
    length = sum(map(len, texts))
    if not length:
        return RankBm25Snapshot(None, keys, ranges, 0.0)
    return RankBm25Snapshot(_model(texts), keys, ranges, length / len(texts))


def _model(texts: list[list[str]]) -> Any:
    from rank_bm25 import BM25Plus  # imports numpy, so only on use

    class Model(BM25Plus):  # type: ignore[misc]  # the library ships no types
        """The library's model, which also keeps the document frequencies it counts."""

        def _calc_idf(self, nd: dict[str, int]) -> None:
            self.document_frequency = nd
            super()._calc_idf(nd)

    return Model(texts, k1=K1, b=B, delta=0)
