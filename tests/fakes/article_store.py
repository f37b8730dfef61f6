"""A store of articles for tests of what stands before it: drafts in a dict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import PurePosixPath
from threading import RLock

from bot.core.article import Article, Draft, Version
from bot.core.errors import AddressError, ArticleError
from bot.core.passages.address import FORBIDDEN_IN_SLUGS
from bot.core.seams import Fault, Listing
from bot.sources.formats.markdown import article_of


class FakeArticleStore:
    """A `bot.core.seams.ArticleStore` in memory, with a clock that goes on by one for each
    change. It passes the stores' contract suite."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self.times: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.reads: list[str] = []
        """The slugs whose articles were read, in order."""
        self._now = 0
        self._turn = RLock()

    def list(self, slugs: Set[str] | None = None) -> Listing:
        versions = {
            slug: Version(f"{slug}.md", len(draft.body), self.times[slug], self.times[slug])
            for slug, draft in self.drafts.items()
            if slugs is None or slug in slugs
        }
        stems = [PurePosixPath(fault.path).stem for fault in self.faults]
        faults = [f for f, s in zip(self.faults, stems, strict=True) if slugs is None or s in slugs]
        return Listing(versions, faults)

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        self.reads.append(slug)
        draft = self.drafts.get(slug)
        if draft is None:
            raise ArticleError("file.unreadable", reason="No such file or directory")
        return article_of(slug, draft), self.sha256(version)

    def sha256(self, version: Version) -> str:
        draft = self.drafts.get(version.path.removesuffix(".md"))
        return "" if draft is None else hashlib.sha256(repr(draft).encode()).hexdigest()

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        for slug in versions:
            if slug in self.drafts:
                yield slug, f"# {self.drafts[slug].head.title}\n\n{self.drafts[slug].body}".encode()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        with self._turn:
            yield

    def save(self, slug: str, draft: Draft) -> str:
        if not slug.isprintable() or set(slug) & set(FORBIDDEN_IN_SLUGS) or slug.startswith("."):
            raise ArticleError("article.name", slug=slug)
        if slug != slug.strip() or not slug:
            raise ArticleError("article.name", slug=slug)
        self.drafts[slug] = draft
        self.touch(slug)
        return f"{slug}.md"

    def remove(self, slug: str) -> str:
        if self.drafts.pop(slug, None) is None:
            raise AddressError("article.missing", slug=slug)
        return f"{slug}.md"

    def sweep(self) -> None:
        """There is nothing to be left."""

    def touch(self, slug: str) -> None:
        """Change the article's time and nothing else."""
        self._now += 1
        self.times[slug] = self._now
