"""The retrieval seam over an index of a cluster.

Each call sees the index at one moment, and a question whose articles change between two calls is
begun anew (`ChangedMeanwhileError`). Nothing else holds the index still: unlike a snapshot of this
machine's, two calls may see different moments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import (
    article_id,
    encoded_slug,
    entry_of,
    fault_in,
    passage_id,
    passage_of,
    title_key,
)
from bot.cluster.opensearch.inside_articles import InsideArticles
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.preparing import FirstAnswers, prepare
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError
from bot.cluster.opensearch.retrieving import read_ahead, retrieve
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    ScopeState,
    ids_lines,
    many_counts_in,
    many_counts_lines,
    originals_lines,
    state_lines,
    state_of,
    titles_in,
)
from bot.core.passage import Passage
from bot.core.passages.passage_links import links_of, rests_on
from bot.core.seams import (
    Entry,
    Fault,
    FoldedTitle,
    Linked,
    PassageKey,
    Preparation,
    Prepared,
    ReadingAhead,
    Retrieval,
    TermQuery,
    TitleLookup,
)

_PAGE = 1000
"""Documents that one request reads, where many are read."""
_WILD = str.maketrans({each: f"\\{each}" for each in "\\*?"})


class OpenSearchSnapshot:
    """A `bot.core.seams.AsyncSnapshot`. To be used on its client's event loop."""

    def __init__(
        self,
        client: OpenSearchClient,
        scope: Scope,
        state: ScopeState | None = None,
        statistics: KnownStatistics | None = None,
        documents: KnownDocuments | None = None,
        languages: Sequence[str] = (),
    ) -> None:
        """``state`` is what was known of the scope when it was last asked; without it nothing may
        be called before `open`. ``statistics`` and ``documents`` are those that all snapshots of
        this process have seen; ``languages`` are the scope's where its state is not known, as far
        as they are."""
        self._client = client
        self._scope = scope
        self.state = state
        self._statistics = statistics or KnownStatistics()
        self._documents = documents or KnownDocuments()
        self._languages = tuple(languages) if state is None else state.languages
        """Those that the question is read in."""
        self._prepared: FirstAnswers | None = None
        self._links: dict[PassageKey, Sequence[str]] = {}
        """Links to the passages that were retrieved."""
        self._inside: InsideArticles | None = None
        """The passages of the articles found that may be asked for next."""
        self._entries: dict[str, Entry] = {}
        """The articles that were found, by slug."""
        self._originals: dict[str, bool] = {}
        """Keys of digests' titles, and whether there is an original."""

    async def open(self) -> OpenSearchSnapshot:
        """Look up the scope's languages, unless some are known."""
        if not self._languages:
            (answer,) = await self._client.search_many(state_lines(self._scope))
            self.state = state_of(answer)
            self._languages = self.state.languages
        return self

    def languages(self) -> Sequence[str]:
        return list(self._languages)

    async def prepare(self, preparation: Preparation) -> Prepared:
        tenant = self._scope.name

        def guess_again(counts: Mapping[str, int]) -> Collection[str]:
            return preparation.guesses(
                lambda term: bool(counts.get(term)) or self._statistics.holds("", term)
            )

        guesses = preparation.guesses(
            lambda term: (
                self._statistics.holds(tenant, term) or self._documents.terms.holds(tenant, term)
            )
        )
        known = self._statistics.of(tenant)
        prepared = await prepare(
            self._client,
            self._scope,
            preparation.queries,
            list(guesses),
            known=known,
            documents=self._documents,
            guess_again=guess_again,
        )
        self._look_at(prepared.state)
        if known is not None and known.state != prepared.state:
            self._documents.terms.forget(tenant)
        self._prepared = prepared
        asked = {term for query in preparation.queries for term in (*query.terms, *query.inside)}
        counted = prepared.counts.items() if prepared.is_settled else ()
        known_now = {term: count for term, count in counted if count or term in asked}
        self._statistics.note(tenant, prepared.state, known_now)
        for hit in (hit for query in prepared.queries for hit in query.hits):
            if hit.terms is not None:
                self._documents.terms.note(tenant, hit.terms)
        return Prepared(prepared.counts, prepared.digests)

    def _look_at(self, state: ScopeState) -> None:
        """Take note of the scope's state. Raises `ChangedMeanwhileError` if the question was begun
        with other languages."""
        self.state = state
        if self._languages != state.languages:
            raise ChangedMeanwhileError

    async def read_ahead(self, ahead: ReadingAhead) -> None:
        if self._prepared is not None:
            self._prepared, inside = await read_ahead(
                self._client, self._scope, ahead, self._prepared, self._documents
            )
            self._inside = inside or self._inside

    async def retrieve(self, queries: Sequence[TermQuery]) -> Sequence[Retrieval]:
        if self._inside is not None:
            fetched = [self._inside.retrieval(query) for query in queries]
            if all(fetched):
                for _, links in filter(None, fetched):
                    self._links.update(links)
                return self._noted([retrieval for retrieval, _ in filter(None, fetched)])
        retrieved = await retrieve(
            self._client,
            self._scope,
            queries,
            prepared=self._prepared,
            known=self._documents,
        )
        self._look_at(retrieved.state)
        self._links.update(retrieved.links)
        self._originals |= retrieved.originals
        self._inside = retrieved.inside or self._inside
        return self._noted(retrieved.retrievals)

    def _noted(self, retrievals: Sequence[Retrieval]) -> Sequence[Retrieval]:
        """Take note of the articles that were found: what follows may ask for them."""
        for each in retrievals:
            self._entries.update(each.entries)
        return retrievals

    async def document_frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        distinct = list(dict.fromkeys(terms))
        if not distinct:
            return {}
        if self._prepared is not None and self._prepared.counts.keys() >= set(distinct):
            return {term: self._prepared.counts[term] for term in distinct}
        lines = many_counts_lines(self._scope, distinct)
        return many_counts_in(iter(await self._client.search_many(lines)), distinct)

    async def originals(self, titles: Collection[str]) -> Set[str]:
        keys = {title_key(title): title for title in titles}
        if keys.keys() <= self._originals.keys():
            return {title for key, title in keys.items() if self._originals[key]}
        (answer,) = await self._client.search_many(originals_lines(self._scope, list(keys)))
        return {keys[key] for key in titles_in(answer)}

    async def links(self, quotations: Mapping[PassageKey, Linked]) -> Mapping[PassageKey, str]:
        others = {key: each for key, each in quotations.items() if key not in self._links}
        held: Mapping[PassageKey, Passage] = {}
        if others:
            keys = dict.fromkeys(key for other in others for key in rests_on(*other))
            held = await self.passages(keys)
        known = {
            key: self._links[key][quotations[key].at]
            for key in quotations.keys() & self._links.keys()
        }
        return {**known, **links_of(others, lambda _: held)}

    async def passages(self, keys: Collection[PassageKey]) -> Mapping[PassageKey, Passage]:
        sources = await self._by_ids(
            [passage_id(self._scope.name, slug, number) for slug, number in keys]
        )
        found = (passage_of(source) for source in sources)
        return {(passage.article, passage.number): passage for passage in found}

    async def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        if slugs is None:
            kind = {"term": {"kind": "article"}}
            sources = [
                source async for source in self._all(self._scope.query(kind), ["article"], ["kind"])
            ]
        elif self._entries.keys() >= set(slugs):
            return {slug: self._entries[slug] for slug in sorted(set(slugs))}
        else:
            sources = await self._by_ids(
                [article_id(self._scope.name, slug) for slug in set(slugs)]
            )
        found = [entry_of(source) for source in sources if source["kind"] == "article"]
        found.sort(key=lambda entry: entry.slug)
        self._entries |= {entry.slug: entry for entry in found}
        return {entry.slug: entry for entry in found}

    async def article_passages(self, slug: str) -> Sequence[Passage]:
        article = encoded_slug(slug)
        query = self._scope.query({"term": {"article": article}}, {"term": {"kind": "passage"}})
        sources = [source async for source in self._all(query, ["number"], ["put"], [article])]
        if len({source["put"] for source in sources}) > 1:
            raise ChangedMeanwhileError
        return [passage_of(source) for source in sources]

    async def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        filters: list[Json] = [{"term": {"kind": "article"}}]
        if lookup.beginning:
            filters.append({"prefix": {"folded": lookup.beginning}})
        if lookup.slug_beginning:
            beginning = lookup.slug_beginning.encode("utf-8", "replace").decode()
            filters.append({"prefix": {"article": beginning}})
        if lookup.holding:
            parts = [
                {"wildcard": {"folded": f"*{part.translate(_WILD)}*"}} for part in lookup.holding
            ]
            filters.append({"bool": {"should": parts, "minimum_should_match": 1}})
        most = None if lookup.limit is None else lookup.limit + lookup.skip
        query = self._scope.query(*filters)
        found = []
        async for source in self._all(query, ["folded", "article"], ["folded"], most=most):
            entry = entry_of(source)
            self._entries[entry.slug] = entry
            found.append(FoldedTitle(source["folded"], entry.slug))
        return found[lookup.skip :]

    async def count(self) -> int:
        (answer,) = await self._client.search_many(state_lines(self._scope))
        self.state = state_of(answer)
        return self.state.articles

    async def faults(self) -> Sequence[Fault]:
        """Return the files that are no articles, by path."""
        query = self._scope.query({"term": {"kind": "fault"}})
        return sorted([fault_in(s) async for s in self._all(query, ["article"], ["kind"])])

    async def _by_ids(self, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        if not ids:
            return []
        lines = [
            line
            for start in range(0, len(ids), _PAGE)
            for line in ids_lines(self._scope, ids[start : start + _PAGE])
        ]
        answers = await self._client.search_many(lines)
        return [hit["_source"] for answer in answers for hit in answer["hits"]["hits"]]

    async def _all(
        self,
        query: Json,
        order: Sequence[str],
        wanted: Iterable[str],
        articles: Sequence[str] | None = None,
        most: int | None = None,
    ) -> Any:
        """Yield what documents hold that a query finds, in an order that tells them apart, at most
        so many."""
        left = MOST_HITS**2 if most is None else most
        after: Json = None
        while left > 0:
            size = min(_PAGE, left)
            body = {
                "size": size,
                "query": query,
                "sort": [{field: "asc"} for field in order],
                "_source": ["shown", *wanted],
                "track_total_hits": False,
            }
            if after is not None:
                body["search_after"] = after
            (answer,) = await self._client.search_many([self._scope.header(articles), body])
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield hit["_source"]
            if len(hits) < size:
                return
            after, left = hits[-1]["sort"], left - size
