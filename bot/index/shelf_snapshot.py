"""A snapshot of a shelf, combined from a catalogue and an engine at one moment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager

from bot.core.errors import StorageError
from bot.core.passage import Passage
from bot.core.seams import (
    CatalogueReader,
    Entry,
    FoldedTitle,
    Hit,
    Linked,
    PassageKey,
    Preparation,
    Prepared,
    ReadingAhead,
    Retrieval,
    Retriever,
    TermQuery,
    TitleLookup,
)


class IndexSnapshot:
    """A `bot.core.seams.Snapshot`."""

    def __init__(
        self,
        catalogue: CatalogueReader,
        engine: Retriever,
        identity: tuple[int, int] | None = None,
        is_finished: bool = True,
        check: Callable[[], None] = lambda: None,
        is_complete: Callable[[], bool] = lambda: True,
    ) -> None:
        """``identity`` is that of the file from which the snapshot is read; ``is_finished`` says
        whether it holds all articles; ``check`` raises `bot.core.errors.DamagedIndexError` if what
        was read so far cannot be trusted; ``is_complete`` is as in `bot.core.seams.Snapshot`."""
        self.catalogue = catalogue
        self.engine = engine
        self.identity = identity
        self.is_finished = is_finished
        self.check = check
        self.is_complete = is_complete
        self.fault: StorageError | None = None
        """The error that the snapshot met, if any."""

    def languages(self) -> Sequence[str]:
        with self._noting():
            return self.catalogue.languages()

    def prepare(self, preparation: Preparation) -> Prepared:
        terms = dict.fromkeys(term for query in preparation.queries for term in query.terms)
        return Prepared(self.document_frequencies(terms))

    def read_ahead(self, ahead: ReadingAhead) -> None:
        """Do nothing: what follows does not take long."""

    def retrieve(self, queries: Sequence[TermQuery]) -> Sequence[Retrieval]:
        with self._noting():
            return [self._retrieve(query) for query in queries]

    def document_frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        with self._noting():
            return self.engine.statistics(terms).document_frequency

    def originals(self, titles: Collection[str]) -> Set[str]:
        with self._noting():
            return {title for title in titles if self._has_original(title)}

    def links(self, quotations: Mapping[PassageKey, Linked]) -> Mapping[PassageKey, str]:
        from bot.core.passages.passage_links import links_of  # most articles have no url

        with self._noting():
            return links_of(quotations, self.catalogue.passages)

    def passages(self, keys: Collection[PassageKey]) -> Mapping[PassageKey, Passage]:
        with self._noting():
            return self.catalogue.passages(keys)

    def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        with self._noting():
            return self.catalogue.entries(slugs)

    def article_passages(self, slug: str) -> Sequence[Passage]:
        with self._noting():
            return list(self.catalogue.all_passages(slug))

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        with self._noting():
            return self.catalogue.titles(lookup)

    def count(self) -> int:
        with self._noting():
            return self.catalogue.count()

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Record errors, which tells which of several snapshots has the damaged index."""
        try:
            yield
        except StorageError as error:
            self.fault = error
            raise

    def _retrieve(self, query: TermQuery) -> Retrieval:
        terms, article = query.terms, query.article
        only = None if article is None else frozenset([article])
        hits = self.engine.search(terms, query.limit, only) if query.limit else []
        entries = self.catalogue.entries({hit.article for hit in hits})
        superseded: Set[str] = frozenset()
        if only is None:
            superseded = {
                slug
                for slug, entry in entries.items()
                if entry.head.digest_of is not None and self._has_original(entry.head.title)
            }
        hits = [hit for hit in hits if hit.article in entries and hit.article not in superseded]
        hits = worth_reading(hits, query)
        passages = self.catalogue.passages([(hit.article, hit.number) for hit in hits])
        return Retrieval(
            self.engine.statistics(terms),
            None if only is None else self.engine.statistics(terms, only),
            [hit for hit in hits if (hit.article, hit.number) in passages],
            passages,
            entries,
            self._names(query.names, {hit.article for hit in hits}),
        )

    def _names(self, names: Sequence[str], articles: Set[str]) -> Mapping[str, Set[str]]:
        if not names:
            return {}
        held = {}
        for article in articles:
            found = self.engine.statistics(names, frozenset([article])).document_frequency
            held[article] = {name for name in names if found.get(name)}
        return held

    def _has_original(self, title: str) -> bool:
        titled = self.catalogue.titled(title).values()
        return any(entry.head.digest_of is None for entry in titled)


def worth_reading(hits: list[Hit], query: TermQuery) -> list[Hit]:
    """Return the hits, best first, without those that score too little for what the query wants."""
    if not hits:
        return hits
    least = query.least_share * hits[0].score
    return [hit for at, hit in enumerate(hits) if at < query.enough or hit.score >= least]
