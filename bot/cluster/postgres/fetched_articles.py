"""Articles of the database in memory, for callers that read many."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.article import Article, Version
from bot.sources.corpus.folder import FileReader
from bot.sources.formats.markdown import article_of


class FetchedArticles:
    """Some articles in memory, as they were at one moment; see
    `bot.core.article_reading.ReadableArticles`."""

    def __init__(self, held: Mapping[str, tuple[Version, bytes, str]], reader: FileReader) -> None:
        """``held`` has each article's version, bytes and SHA-256 by its slug; ``reader`` reads a
        file's bytes by its name."""
        self._held = held
        self._reader = reader

    def versions(self) -> dict[str, Version]:
        """Return the articles' versions by slug."""
        return {slug: version for slug, (version, _, _) in self._held.items()}

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        """See `bot.core.seams.ArticleStore.get`."""
        held, data, digest = self._held[slug]
        return article_of(slug, self._reader(data, held.path)[0]), digest

    def digest(self, version: Version) -> str:
        """See `bot.core.seams.ArticleStore.digest`."""
        return next((digest for held, _, digest in self._held.values() if held == version), "")
