"""A snapshot of many articles, made from their files while no index can be read: it looks through
all files for the words of a question, and reads only those that hold the rarest of them.

The snapshot in `bot.index.from_files` reads all files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from heapq import nlargest
from itertools import islice
from math import inf

from bot.core.errors import ArticleError, StorageError
from bot.core.passage import Passage
from bot.core.passages.article_reading import language_of, read
from bot.core.relevance.term_scoring import Norms, inverse_document_frequency, term_score
from bot.core.seams import (
    Analyzer,
    ArticleStore,
    Entry,
    FileRecord,
    FoldedTitle,
    Hit,
    Statistics,
    TitleLookup,
)
from bot.core.title_folding import fold
from bot.index.catalogue import SqliteCatalogue
from bot.index.from_files import MemoryDatabase
from bot.index.searched_files import SearchedFiles
from bot.index.shelf_snapshot import IndexSnapshot
from bot.index.word_scan import look_through, scan, searchable

SCAN_SECONDS = 6.0
"""Seconds after which a question no longer looks through files."""
MANY = 100
"""Number of words above which most are only tried, such as spellings that may be meant."""
MANY_TAKE = 8
"""Number of times that looking for so many words takes as long as looking for a few."""
READ_SECONDS = 1.5
"""Seconds for which one call reads files, and all calls after `SCAN_SECONDS` together."""
MOST_READ = 60
"""Maximum number of files that are read for one call."""
MOST_SCANNED = 300
"""Number of files, the likeliest, of which it is seen which words stand in one block."""
_COUNTED = 20
"""Number of blocks found with a word, from which their number in all files is estimated."""
_TOGETHER = 10
"""Number of files that are read before it is looked whether these are enough."""
_WORTH_READING = 0.5
"""Share of what the likeliest file's words weigh that another's must reach, unless few are read."""
_ENOUGH = 0.95
"""A score that is this share of another one is as good."""
_LANGUAGES = 8
"""Number of files of which the languages are taken for those of all."""
_HEAD = 1000
"""Bytes at a file's beginning in which its title is looked for."""


class ScannedFiles:
    """Implements `bot.core.seams.CatalogueReader` and `bot.core.seams.Retriever` for one question.
    The statistics of all articles are estimates. Methods that would have to read all files raise
    `bot.core.errors.StorageError`, and so do those that find titles where looking through the files
    takes too long; the others tell what was found until then."""

    def __init__(self, store: ArticleStore, files: SearchedFiles, analyzer: Analyzer) -> None:
        """``files`` are those of the store. Nothing is read yet."""
        self.is_complete = True
        """False once it is known that not all files were looked through."""
        self._store = store
        self._files = files
        self._versions = files.listing.versions
        self._analyzer = analyzer
        self._end = files.clock() + SCAN_SECONDS
        self._reads_end = inf
        """The time after which no more files are read."""
        self._catalogue = SqliteCatalogue(MemoryDatabase())
        self._terms: dict[str, list[list[str]]] = {}
        """The terms of each passage of the files that were read, by slug."""
        self._holding: dict[str, list[str]] = {}
        """For each term that was looked for: the slugs of the files that may hold it."""
        self._frequency: dict[str, int] = {}
        """For each term that was counted: about how many blocks hold it."""
        self._look_took = 0.0
        """Seconds that looking through the files took the last time."""

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
        if not self._files.languages:
            slugs, found = sorted(self._versions), set()
            for slug in slugs[:: max(1, len(slugs) // _LANGUAGES)]:
                with suppress(ArticleError):
                    article, _ = self._store.get(slug, self._versions[slug])
                    found.add(language_of(article, self._analyzer))
            self._files.languages = sorted(found)
        return self._files.languages

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
            self._look_for(asked)
            return Statistics(
                self._files.block_count(),
                self._average_length(),
                {term: self._count(term) for term in asked},
            )
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
        self._look_for(terms)
        blocks = self._files.block_count()
        weights = {
            term: inverse_document_frequency(blocks, max(1, self._count(term)))
            for term in dict.fromkeys(terms)
        }
        if articles is None:
            self._read(self._until_enough(self._likeliest(weights), weights, limit))
        else:
            self._read(articles)
        return self._best(weights, limit, articles)

    def _likeliest(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """Return the files that hold the weightiest terms, best first, with the weight of those
        that one of their blocks holds."""
        held: dict[str, float] = {}
        for term, weight in weights.items():
            for slug in self._holding.get(term, ()):
                held[slug] = held.get(slug, 0.0) + weight
        likeliest = nlargest(MOST_SCANNED, held, key=held.__getitem__)
        return scan(self._files.blocks(likeliest), weights).in_order(weights)

    def _until_enough(
        self, likeliest: Mapping[str, float], weights: Mapping[str, float], limit: int
    ) -> Iterator[str]:
        """Yield the likeliest files, until those that were read hold ``limit`` passages that are
        hardly worse than any of the others."""
        heaviest = next(iter(likeliest.values()), 0.0)
        for number, (slug, weight) in enumerate(islice(likeliest.items(), MOST_READ)):
            if number >= _TOGETHER and weight < _WORTH_READING * heaviest:
                return
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
        end = self._files.clock() + READ_SECONDS
        if end >= self._end + READ_SECONDS:
            end = self._reads_end = min(end, self._reads_end)
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
            if self._files.clock() > end:
                return

    def _look_for(self, terms: Iterable[str]) -> None:
        """Look through all files for these terms, unless it was done. Where too little time is left
        to look for so many, no file is said to hold them."""
        left = [term for term in dict.fromkeys(terms) if term not in self._holding]
        began = self._files.clock()
        if not left or (
            len(left) > MANY and self._holding and began + MANY_TAKE * self._look_took > self._end
        ):
            return
        stems = [term.rpartition(":")[2] for term in left]
        named = {slug: sum(stem in slug for stem in stems) for slug in self._versions}
        first = sorted(filter(named.get, named), key=named.__getitem__, reverse=True)
        self._holding |= look_through(self._texts(first), left)
        self._look_took = self._files.clock() - began

    def _texts(self, first: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
        """Yield the slug and the text of each file, some files first, until the time is over."""
        for slug, text in self._files.texts(first):
            if text is None:
                self.is_complete = False
            else:
                yield slug, text
            if self._files.clock() > self._end:
                self.is_complete = False
                return

    def _count(self, term: str) -> int:
        """Return about how many blocks hold a term."""
        if term not in self._frequency:
            slugs = self._holding.get(term, [])
            counted = blocks = 0
            while counted < len(slugs) and blocks < _COUNTED:
                if counted and self._files.clock() > self._end:
                    self.is_complete = False
                    break
                some = slugs[counted : counted + _TOGETHER]
                counted += len(some)
                blocks += scan(self._files.blocks(some), [term]).holding[term]
            self._frequency[term] = round(blocks * len(slugs) / counted) if counted else 0
        return self._frequency[term]

    def _with_title(self, lookup: TitleLookup) -> list[str]:
        """Return the slugs of files that may have such a title."""
        if not (lookup.beginning or lookup.slug_beginning or lookup.holding):
            raise StorageError("index.remade_for_minutes")
        folded = [each.encode() for each in (lookup.beginning, *lookup.holding) if each]
        wanted = [searchable(each).strip() for each in folded]
        found = []
        for slug, text in self._texts():
            if (lookup.slug_beginning and fold(slug).startswith(lookup.slug_beginning)) or any(
                each in text[:_HEAD] for each in wanted
            ):
                found.append(slug)
        if not self.is_complete:
            raise StorageError("index.remade_for_minutes")
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


def scanning_snapshot(
    store: ArticleStore, files: SearchedFiles, analyzer: Analyzer
) -> IndexSnapshot:
    """Return a snapshot of these files for one question. Nothing is read yet."""
    scanned = ScannedFiles(store, files, analyzer)
    return IndexSnapshot(scanned, scanned, is_complete=lambda: scanned.is_complete)
