"""A catalogue for tests of what stands before it: everything in dicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from bot.core.article import Article, Version, count_words
from bot.core.errors import DamagedIndexError
from bot.core.passage import Passage
from bot.core.seams import Entry, FileRecord, FoldedTitle, TitleLookup
from bot.core.title_folding import fold


class FakeCatalogue:
    """A `bot.core.seams.Catalogue` in memory. It passes the catalogues' contract suite."""

    def __init__(self) -> None:
        self.damaged = False
        """While this is true, every reading finds damage; a reset ends it."""
        self.is_finished = False
        self.resets = 0
        self.read: list[tuple[str, int]] = []
        """The passages that were asked for by article and number, in order."""
        self._records: dict[str, FileRecord] = {}
        self._entries: dict[str, Entry] = {}
        self._passages: dict[str, tuple[Passage, ...]] = {}

    def copied(self) -> FakeCatalogue:
        """Return a copy of its content; what is read of the copy is noted here."""
        copy = FakeCatalogue()
        copy.damaged, copy.read = self.damaged, self.read
        copy._records, copy._entries = dict(self._records), dict(self._entries)
        copy._passages = dict(self._passages)
        return copy

    @contextmanager
    def writing(self) -> Iterator[None]:
        before = dict(self._records), dict(self._entries), dict(self._passages)
        try:
            yield
        except BaseException:
            self._records, self._entries, self._passages = before
            raise

    def reset(self, damaged: tuple[int, int] | None = None) -> None:
        self.damaged = False
        self.is_finished = False
        self.resets += 1
        self._records, self._entries, self._passages = {}, {}, {}

    def finish(self, files: int) -> None:
        self.is_finished = self.is_finished or len(self._records) == files

    def records(self, slugs: Iterable[str] | None = None) -> Mapping[str, FileRecord]:
        self._check()
        wanted = None if slugs is None else set(slugs)
        return {s: r for s, r in self._records.items() if wanted is None or s in wanted}

    def put(
        self, article: Article, language: str, passages: Sequence[Passage], record: FileRecord
    ) -> None:
        slug, count, words = article.slug, len(article.paragraphs), count_words([article.text])
        self._records[slug] = record
        self._passages[slug] = tuple(passages)
        self._entries[slug] = Entry(slug, article.head, language, count, words)

    def touch(self, slug: str, version: Version) -> None:
        if slug in self._records:
            self._records[slug] = self._records[slug]._replace(version=version)

    def put_fault(self, slug: str, record: FileRecord) -> None:
        self.remove(slug)
        self._records[slug] = record

    def remove(self, slug: str) -> None:
        self._records.pop(slug, None)
        self._entries.pop(slug, None)
        self._passages.pop(slug, None)

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        self._check()
        wanted = self._entries.keys() if slugs is None else set(slugs) & self._entries.keys()
        return {slug: self._entries[slug] for slug in sorted(wanted)}

    def titled(self, title: str) -> dict[str, Entry]:
        return {slug: e for slug, e in self.entries().items() if e.head.title == title}

    def languages(self) -> list[str]:
        self._check()
        return sorted({entry.language for entry in self._entries.values()})

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        self._check()
        asked = list(keys)
        self.read += asked
        return {
            (slug, passage.number): passage
            for slug, number in asked
            for passage in self._passages.get(slug, ())
            if passage.number == number
        }

    def all_passages(self, slug: str) -> Iterator[Passage]:
        self._check()
        return iter(self._passages.get(slug, ()))

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        found = [
            FoldedTitle(fold(entry.head.title), slug) for slug, entry in self.entries().items()
        ]
        wanted = [
            each
            for each in sorted(found)
            if each.folded.startswith(lookup.beginning)
            and each.slug.startswith(lookup.slug_beginning)
            and (not lookup.holding or any(part in each.folded for part in lookup.holding))
        ]
        return wanted[lookup.skip :][: lookup.limit]

    def count(self) -> int:
        self._check()
        return len(self._entries)

    def _check(self) -> None:
        if self.damaged:
            raise DamagedIndexError("index.damaged", folder="memory", reason="as asked")
