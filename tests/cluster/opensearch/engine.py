"""The cluster as a search engine, as the engines' contract suites know one."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence, Set

from bot.cluster.opensearch.documents import IndexedArticle
from bot.cluster.opensearch.retrieved import Retrieved
from bot.cluster.opensearch.retrieving import retrieve
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.opensearch.snapshot import OpenSearchSnapshot
from bot.cluster.opensearch.writing import ArticleChange
from bot.core.article import Article, Head, Span
from bot.core.errors import BotError
from bot.core.passage import Passage
from bot.core.seams import Hit, Statistics, TermQuery
from tests.cluster.opensearch.running import RunningCluster


class ClusterEngine:
    """A `bot.core.seams.SearchEngine` over one tenant's articles in the cluster. What is put is
    written when something is asked."""

    def __init__(self, cluster: RunningCluster) -> None:
        self._cluster = cluster
        self._tenant = cluster.new_tenant()
        self._scope = scope_of(cluster.shared(), self._tenant)
        self._versions = itertools.count(1)
        self._waiting: dict[str, ArticleChange] = {}

    def put(self, article: str, passages: Sequence[Sequence[str]]) -> None:
        made = Article(article, Head(article), "", ())
        read = [
            Passage(article, number, 1, 1, 0, 1, "x", (Span(0, 1),))
            for number in range(len(passages))
        ]
        self._change(article, IndexedArticle(made, "en", read, [list(each) for each in passages]))

    def remove(self, article: str) -> None:
        self._change(article, None)

    def commit(self) -> None:
        if self._waiting:
            changes, self._waiting = list(self._waiting.values()), {}
            writer = self._cluster.writer()
            self._cluster.loop.run(writer.write(changes))
            self._cluster.loop.run(writer.show([self._tenant]))

    def sweep(self) -> None:
        """Nothing is left by a writer."""

    def background_fault(self) -> BotError | None:
        return None

    def close(self) -> None:
        """Nothing is held."""

    def articles(self) -> Collection[str]:
        self.commit()
        snapshot = OpenSearchSnapshot(self._cluster.client, self._scope)
        return list(self._cluster.loop.run(snapshot.entries()))

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        (found,) = self._retrieve(TermQuery(list(terms), limit), articles).retrievals
        return list(found.hits)

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        (found,) = self._retrieve(TermQuery(list(terms), 0), articles).retrievals
        return found.article_statistics or found.statistics

    def _retrieve(self, query: TermQuery, articles: Set[str] | None) -> Retrieved:
        self.commit()
        steps = retrieve(self._cluster.client, self._scope, [query], articles)
        return self._cluster.loop.run(steps)

    def _change(self, slug: str, content: IndexedArticle | None) -> None:
        self._waiting.pop(slug, None)
        change = ArticleChange(self._tenant, slug, next(self._versions), content)
        self._waiting[slug] = change
