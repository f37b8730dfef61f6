"""The retrieval seam over a cluster for threads that wait: a snapshot whose calls return."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set

from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.snapshot import OpenSearchSnapshot
from bot.core.passage import Passage
from bot.core.seams import (
    Entry,
    FoldedTitle,
    Linked,
    PassageKey,
    Preparation,
    Prepared,
    ReadingAhead,
    Retrieval,
    TermQuery,
    TitleLookup,
)


class BlockingSnapshot:
    """A `bot.core.seams.Snapshot`. To be used on any thread but the loop's own."""

    def __init__(self, loop: LoopThread, snapshot: OpenSearchSnapshot) -> None:
        self._loop = loop
        self._snapshot = snapshot

    def languages(self) -> Sequence[str]:
        return self._snapshot.languages()

    def prepare(self, preparation: Preparation) -> Prepared:
        return self._loop.run(self._snapshot.prepare(preparation))

    def retrieve(self, queries: Sequence[TermQuery]) -> Sequence[Retrieval]:
        return self._loop.run(self._snapshot.retrieve(queries))

    def read_ahead(self, ahead: ReadingAhead) -> None:
        self._loop.run(self._snapshot.read_ahead(ahead))

    def document_frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        return self._loop.run(self._snapshot.document_frequencies(terms))

    def originals(self, titles: Collection[str]) -> Set[str]:
        return self._loop.run(self._snapshot.originals(titles))

    def links(self, quotations: Mapping[PassageKey, Linked]) -> Mapping[PassageKey, str]:
        return self._loop.run(self._snapshot.links(quotations))

    def passages(self, keys: Collection[PassageKey]) -> Mapping[PassageKey, Passage]:
        return self._loop.run(self._snapshot.passages(keys))

    def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        return self._loop.run(self._snapshot.entries(slugs))

    def article_passages(self, slug: str) -> Sequence[Passage]:
        return self._loop.run(self._snapshot.article_passages(slug))

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        return self._loop.run(self._snapshot.titles(lookup))

    def count(self) -> int:
        return self._loop.run(self._snapshot.count())

    def is_complete(self) -> bool:
        return True
