"""A snapshot of very many articles, made from their files while no index can be read: it scans all
files for the words of a question, and reads only those that hold the rarest of them.

The snapshot in `bot.index.from_files` reads all files.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from heapq import nlargest
from itertools import islice

from bot.core.article import Version
from bot.core.article_reading import language_of, read
from bot.core.errors import ArticleError, StorageError
from bot.core.passage import Passage
from bot.core.seams import (
    Analyzer,
    ArticleStore,
    Entry,
    FileRecord,
    FoldedTitle,
    Hit,
    Listing,
    Statistics,
    TitleLookup,
)
from bot.core.term_scoring import Norms, inverse_document_frequency, term_score
from bot.core.title_folding import fold
from bot.index.catalogue import SqliteCatalogue
from bot.index.from_files import MemoryDatabase
from bot.index.shelf_snapshot import IndexSnapshot
from bot.index.word_scan import WordScan, plain, plain_of, scan

SCAN_SECONDS = 10.5
"""Seconds after which a question no longer looks through the files."""
MANY = 100
"""Number of words above which most are only tried, such as spellings that may be meant."""
MANY_TAKE = 8
"""Number of times that looking for so many words takes as long as looking for a few."""
MOST_KEPT = 100_000_000
"""Maximum number of bytes of files of which the plain texts are kept for the next questions."""
READ_SECONDS = 2.0
"""Seconds after which no more files are read for one call."""
MOST_READ = 80
"""Maximum number of files that are read for one call."""
_TOGETHER = 10
"""Number of files that are read before it is looked whether these are enough."""
_ENOUGH = 0.95
"""A score that is this share of another one is as good."""
_SAMPLE = 8
"""Number of files of which the languages are taken for those of all."""
_HEAD = 1000
"""Code points at a file's beginning in which its title is looked for."""


class PlainTexts:
    """The files of a store in the form that is scanned, read when they are first needed. Safe for
    any number of threads."""

    def __init__(
        self,
        store: ArticleStore,
        listing: Listing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is read yet. ``clock`` gives seconds and is monotonic."""
        self.listing = listing
        self.clock = clock
        self.languages: list[str] = []
        """The languages of some of the files, once these were read."""
        self._store = store
        self._kept: dict[str, str | None] = {}
        """The text of each file that was read, by slug; None for a file that is no text."""
        self._are_all_kept = False
        self._reading = threading.Lock()

    def scanned(self, end: float) -> Iterator[tuple[str, str]]:
        """Yield each file's slug and text, until a time by the clock. Raises `StorageError` then,
        or if a file is no text: what it holds cannot be told, and an answer without it might be
        wrong."""
        size = sum(version.size for version in self.listing.versions.values())
        if size > MOST_KEPT:
            yield from self._until(end, self._read(self.listing.versions))
            return
        with self._reading:  # other threads wait here for the same texts
            if not self._are_all_kept:
                self._keep(end)
        yield from self._until(end, self._kept.items())

    def _keep(self, end: float) -> None:
        """Read the files that are not kept yet, until a time by the clock."""
        versions = self.listing.versions
        unread = {slug: each for slug, each in versions.items() if slug not in self._kept}
        for slug, text in self._read(unread):
            self._kept[slug] = text
            if self.clock() > end:
                raise StorageError("index.remade_for_minutes")
        self._are_all_kept = True

    def _until(
        self, end: float, texts: Iterable[tuple[str, str | None]]
    ) -> Iterator[tuple[str, str]]:
        for slug, text in texts:
            if text is not None:
                yield slug, text
            if text is None or self.clock() > end:
                raise StorageError("index.remade_for_minutes")

    def _read(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, str | None]]:
        for slug, data in self._store.contents(versions):
            try:
                yield slug, plain_of(data)
            except UnicodeDecodeError:
                yield slug, None


class ScannedFiles:
    """Implements `bot.core.seams.CatalogueReader` and `bot.core.seams.Retriever` for one question.
    The statistics of all articles are estimates. Methods that would have to read all files raise
    `bot.core.errors.StorageError`, as all do where looking through them takes too long."""

    def __init__(self, store: ArticleStore, texts: PlainTexts, analyzer: Analyzer) -> None:
        """``texts`` are those of the store. Nothing is read yet."""
        self._store = store
        self._texts = texts
        self._versions = texts.listing.versions
        self._analyzer = analyzer
        self._end = texts.clock() + SCAN_SECONDS
        self._catalogue = SqliteCatalogue(MemoryDatabase())
        self._terms: dict[str, list[list[str]]] = {}
        """The terms of each passage of the files that were read, by slug."""
        self._scanned: dict[frozenset[str], WordScan] = {}
        self._scan_took = 0.0
        """Seconds that the last scan took."""

    # -- the catalogue ---------------------------------------------------------------------------

    def records(self, slugs: Iterable[str] | None = None) -> Mapping[str, FileRecord]:
        self._read(self._all_of(slugs))
        return self._catalogue.records(slugs)

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        wanted = self._all_of(slugs)
        self._read(wanted)
        return self._catalogue.entries(wanted)

    def titled(self, title: str) -> dict[str, Entry]:
        self._read(self._with_title(TitleLookup(fold(title))))
        return self._catalogue.titled(title)

    def languages(self) -> list[str]:
        if not self._texts.languages:
            slugs, found = sorted(self._versions), set()
            for slug in slugs[:: max(1, len(slugs) // _SAMPLE)]:
                with suppress(ArticleError):
                    article, _ = self._store.get(slug, self._versions[slug])
                    found.add(language_of(article, self._analyzer))
            self._texts.languages = sorted(found)
        return self._texts.languages

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        wanted = list(keys)
        self._read([slug for slug, _ in wanted])
        return self._catalogue.passages(wanted)

    def all_passages(self, slug: str) -> Iterator[Passage]:
        self._read([slug])
        return self._catalogue.all_passages(slug)

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        self._read(self._with_title(lookup))
        return self._catalogue.titles(lookup)

    def count(self) -> int:
        return len(self._versions)

    # -- the retriever ---------------------------------------------------------------------------

    def articles(self) -> Collection[str]:
        return self._versions.keys()

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        asked = dict.fromkeys(terms)
        if articles is None:
            known = self._known_meanwhile(asked)
            if known is not None:
                return known
            found = self._scan(asked)
            return Statistics(found.blocks, self._average_length(), found.holding)
        self._read(articles)
        passages = [each for slug in articles for each in self._terms.get(slug, ())]
        return Statistics(
            len(passages),
            sum(map(len, passages)) / len(passages) if passages else 0.0,
            {term: sum(term in passage for passage in passages) for term in asked},
        )

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        found = self._scan(terms)
        weights = {
            term: inverse_document_frequency(found.blocks, max(1, found.holding[term]))
            for term in dict.fromkeys(terms)
        }
        self._read(self._likely(found, weights, limit) if articles is None else articles)
        return self._best(weights, limit, articles)

    def _likely(self, found: WordScan, weights: Mapping[str, float], limit: int) -> Iterator[str]:
        """Yield the files that were found, best first, until those that were read hold ``limit``
        passages that are hardly worse than any of the others."""
        for number, (slug, weight) in enumerate(islice(found.texts.items(), MOST_READ)):
            if number and number % _TOGETHER == 0:
                best = self._best(weights, limit)
                # where each term stands once in a passage of average length, that is its score
                if best and len(best) >= limit and best[-1].score >= _ENOUGH * weight:
                    return
            yield slug

    def _best(
        self, weights: Mapping[str, float], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        """Return the best passages of the files that were read, or of some of them."""
        norms = Norms(self._average_length() or 1.0)
        hits = (
            Hit(slug, number, score)
            for slug in (self._terms if articles is None else sorted(articles))
            for number, passage in enumerate(self._terms.get(slug, ()))
            if (score := _score(passage, weights, norms))
        )
        return nlargest(limit, hits, key=lambda hit: hit.score)

    # -- the files -------------------------------------------------------------------------------

    def _all_of(self, slugs: Iterable[str] | None) -> list[str]:
        """Return the slugs; None, which means all, takes too long."""
        if slugs is None:
            raise StorageError("index.remade_for_minutes")
        return list(slugs)

    def _read(self, slugs: Iterable[str]) -> None:
        """Read the files of these slugs, in order, unless they were; at least the first of them."""
        end = self._texts.clock() + READ_SECONDS
        for slug in slugs:
            if slug in self._terms or slug not in self._versions:
                continue
            record, article, language, passages = read(
                slug, self._versions[slug], self._store, self._analyzer
            )
            terms = self._analyzer.terms
            self._terms[slug] = [terms(passage.text, language) for passage in passages]
            if article is not None:
                self._catalogue.put(article, language, passages, record)
            if self._texts.clock() > end:
                return

    def _scan(self, terms: Collection[str]) -> WordScan:
        asked = frozenset(terms)
        if asked not in self._scanned:
            began = self._texts.clock()
            self._scanned[asked] = scan(self._texts.scanned(self._end), list(dict.fromkeys(terms)))
            self._scan_took = self._texts.clock() - began
        return self._scanned[asked]

    def _known_meanwhile(self, terms: Collection[str]) -> Statistics | None:
        """Return what was found of so many terms before, if too little time is left to look for
        the others: then they count as if no text had them."""
        due = self._texts.clock() + MANY_TAKE * self._scan_took
        if len(terms) <= MANY or not self._scanned or due <= self._end:
            return None
        known = dict.fromkeys(terms, 0)
        for found in self._scanned.values():
            known |= {term: n for term, n in found.holding.items() if term in known}
        blocks = next(iter(self._scanned.values())).blocks  # the same in each scan
        return Statistics(blocks, self._average_length(), known)

    def _with_title(self, lookup: TitleLookup) -> list[str]:
        """Return the slugs of files that may have such a title."""
        if not (lookup.beginning or lookup.slug_beginning or lookup.holding):
            raise StorageError("index.remade_for_minutes")
        wanted = [plain(each).strip() for each in (lookup.beginning, *lookup.holding) if each]
        found = [
            slug
            for slug, text in self._texts.scanned(self._end)
            if (lookup.slug_beginning and fold(slug).startswith(lookup.slug_beginning))
            or any(each in text[:_HEAD] for each in wanted)
        ]
        return found[:MOST_READ]

    def _average_length(self) -> float:
        lengths = [len(passage) for passages in self._terms.values() for passage in passages]
        return sum(lengths) / len(lengths) if lengths else 0.0


def _score(passage: Sequence[str], weights: Mapping[str, float], norms: Norms) -> float:
    norm = norms[len(passage)]
    return sum(
        term_score(weight, frequency, norm)
        for term, weight in weights.items()
        if (frequency := passage.count(term))
    )


def scanning_snapshot(store: ArticleStore, texts: PlainTexts, analyzer: Analyzer) -> IndexSnapshot:
    """Return a snapshot of these texts' files for one question. Nothing is read yet."""
    files = ScannedFiles(store, texts, analyzer)
    return IndexSnapshot(files, files)
