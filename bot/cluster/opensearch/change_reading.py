"""Reading what changed articles hold now, in this process or in others.

Other processes hand back the lines of bulks, so that the one that writes only passes them on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.cluster.opensearch.documents import IndexedArticle
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.writing import ArticleChange, ChangeMark, Content, bulk_parts, marks_of
from bot.core.article import Version
from bot.core.passages.article_reading import ReadableArticles, read
from bot.core.seams import Analyzer, Fault
from bot.service.tenants import Tenant

if TYPE_CHECKING:
    from bot.cluster.postgres.article_store import PostgresArticleStore
    from bot.cluster.postgres.outbox import Change


class ChangeReadingJob(NamedTuple):
    """A job that reads articles, perhaps in another process, to which it is pickled."""

    store_of: Callable[[Tenant], PostgresArticleStore]
    make_analyzer: Callable[[], Analyzer]


class ReadPortion(NamedTuple):
    """Changes as they are written."""

    parts: list[bytes]
    """The requests that write them, as of `bulk_parts`."""
    marks: list[ChangeMark]


class ChangeReader:
    """Reads changed articles. To be used from one thread."""

    def __init__(self, job: ChangeReadingJob, number: int = 0) -> None:
        """``number`` is what `bot.search.process_pool` tells its workers apart by."""
        self._store_of = job.store_of
        self._analyzer = job.make_analyzer()

    def portion(self, generation: Generation, changes: Sequence[Change]) -> ReadPortion:
        """Return changes as they are written to a generation of the indexes."""
        read_now = self.read(changes)
        return ReadPortion(list(bulk_parts(generation, read_now)), marks_of(read_now))

    def read(self, changes: Sequence[Change]) -> list[ArticleChange]:
        """Return what the articles of some changes, none of which is an erasure, hold now. Raises
        `bot.core.errors.StorageError`."""
        by_tenant: dict[Tenant, list[Change]] = {}
        for change in changes:
            by_tenant.setdefault(change.tenant, []).append(change)
        found: list[ArticleChange] = []
        for tenant, own in by_tenant.items():
            articles = self._store_of(tenant).fetched([change.slug for change in own])
            versions = articles.versions()
            for change in own:
                slug = change.slug
                content: Content = None
                if change.kind == "put" and slug in versions:
                    content = self._content(articles, slug, versions[slug])
                found.append(ArticleChange(tenant.name, slug, change.version, content))
        return found

    def _content(self, articles: ReadableArticles, slug: str, version: Version) -> Content:
        record, article, language, passages = read(slug, version, articles, self._analyzer)
        if article is not None:
            terms = [self._analyzer.terms(passage.text, language) for passage in passages]
            return IndexedArticle(article, language, passages, terms)
        assert record.fault is not None  # noqa: S101 - one of the two
        return Fault(record.version.path, record.fault)
