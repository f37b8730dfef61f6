"""The articles' files as they are looked through while no index can be read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from bot.core.article import Version
from bot.core.seams import ArticleStore, Listing
from bot.index.word_scan import plain_of, scan, searchable

MOST_KEPT = 100_000_000
"""Maximum number of bytes of files whose text is kept for the next questions."""
_SAMPLE = 40
"""Number of files of which the blocks are counted for all."""


class SearchedFiles:
    """The files of a store in the form that is looked through, read when they are first needed.
    Safe for any number of threads."""

    def __init__(
        self, store: ArticleStore, listing: Listing, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is read yet. ``clock`` gives seconds and is monotonic."""
        self.listing = listing
        self.clock = clock
        self.languages: list[str] = []
        """The languages of some of the files, once these were read."""
        self._block_count: int | None = None
        self._store = store
        size = sum(version.size for version in listing.versions.values())
        self._are_few = size <= MOST_KEPT
        self._kept: dict[str, bytes | None] = {}
        """The text of each file that was read, by slug; None for a file that is no text."""
        self._reading = threading.Lock()

    def texts(self, first: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each file's slug and text, some files first; None for a file that is no text."""
        slugs = dict.fromkeys((*first, *self.listing.versions))
        if not self._are_few:
            yield from self._read(slugs)
            return
        told = [slug for slug in slugs if slug in self._kept]
        yield from [(slug, self._kept[slug]) for slug in told]
        known = set(told)
        left = [slug for slug in slugs if slug not in known]
        with self._reading:  # other threads wait here for the same texts
            yield from [(slug, self._kept[slug]) for slug in left if slug in self._kept]
            for slug, text in self._read([slug for slug in left if slug not in self._kept]):
                self._kept[slug] = text
                yield slug, text

    def blocks(self, slugs: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the slug and the plain text of each of these files."""
        for slug, data in self._store.contents(self._versions_of(slugs)):
            with suppress(UnicodeDecodeError):
                yield slug, plain_of(data)

    def block_count(self) -> int:
        """Return about how many blocks all files have, by some of them."""
        if self._block_count is None:
            slugs = sorted(self.listing.versions)
            some = slugs[:: max(1, len(slugs) // _SAMPLE)]
            blocks = scan(self.blocks(some), ()).blocks if some else 0
            self._block_count = round(blocks * len(slugs) / max(1, len(some)))
        return self._block_count

    def _read(self, slugs: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        for slug, data in self._store.contents(self._versions_of(slugs)):
            try:
                yield slug, searchable(data)
            except UnicodeDecodeError:
                yield slug, None

    def _versions_of(self, slugs: Iterable[str]) -> dict[str, Version]:
        return {slug: self.listing.versions[slug] for slug in slugs}
