"""A store as it would be: the articles of another store, with changes that are kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager
from pathlib import PurePosixPath

from bot.core.article import Article, Draft, Version
from bot.core.errors import AddressError
from bot.core.light_typing import Protocol
from bot.core.seams import ArticleStore, Listing
from bot.sources.corpus.folder import CorpusFolder


class HoldableStore(ArticleStore, Protocol):
    """A store whose listing can be held while many articles are added."""

    def holding(self) -> AbstractContextManager[None]: ...


class OverlayStore:
    """Implements `bot.core.seams.ArticleStore`. The store below is never changed: what is saved
    goes into a folder of its own, and what is removed is noted. To be used by one process."""

    def __init__(self, below: HoldableStore, saved: CorpusFolder) -> None:
        """``saved`` is an empty folder."""
        self._below = below
        self._saved = saved
        self._removed: set[str] = set()
        self._held: Listing | None = None
        self._held_versions: dict[str, Version] = {}

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Read the stores once, and keep the listing up to date with what is saved here, until the
        context ends."""
        with self._below.holding(), self._saved.holding():
            listing = self.list()
            self._held_versions = dict(listing.versions)
            self._held = Listing(self._held_versions, listing.faults)
            try:
                yield
            finally:
                self._held = None

    def together(self) -> AbstractContextManager[None]:
        return self._saved.together()

    def exclusive(self) -> AbstractContextManager[None]:
        return self._saved.exclusive()

    def list(self, slugs: Set[str] | None = None) -> Listing:
        if self._held is not None:
            return self._held
        below = self._below.list(slugs)
        kept = {
            slug: version
            for slug, version in below.versions.items()
            if slug not in self._removed and (slugs is None or slug in slugs)
        }
        return Listing({**kept, **self._saved.list(slugs).versions}, below.faults)

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        return self._holder(version).get(slug, version)

    def sha256(self, version: Version) -> str:
        return self._holder(version).sha256(version)

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        for slug, version in versions.items():
            yield from self._holder(version).contents({slug: version})

    def save(self, slug: str, draft: Draft) -> str:
        """Keep an article apart; return its slug, for it lies nowhere that people look."""
        self._saved.save(slug, draft)
        if self._held is not None:
            self._held_versions[slug] = self._saved.list({slug}).versions[slug]
        return slug

    def remove(self, slug: str) -> str:
        if slug not in self.list({slug}).versions:
            raise AddressError("article.missing", slug=slug)
        self._removed.add(slug)
        self._drop(slug)
        self._held_versions.pop(slug, None)
        return slug

    def discard(self, slug: str) -> None:
        """Take back what was changed of an article."""
        self._removed.discard(slug)
        self._drop(slug)

    def sweep(self) -> None:
        """Do nothing: no writer has been killed here."""

    def _drop(self, slug: str) -> None:
        if slug in self._saved.list({slug}).versions:
            self._saved.remove(slug)

    def _holder(self, version: Version) -> ArticleStore:
        slug = PurePosixPath(version.path).stem
        is_saved = self._saved.list({slug}).versions.get(slug) == version
        return self._saved if is_saved else self._below
