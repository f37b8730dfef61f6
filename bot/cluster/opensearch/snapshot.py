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
from bot.cluster.opensearch.first_answers import FirstAnswers
from bot.cluster.opensearch.inside_articles import InsideArticles, prepared_in, retrievals_in
from bot.cluster.opensearch.known_documents import KnownDocuments
from bot.cluster.opensearch.known_statistics import KnownStatistics
from bot.cluster.opensearch.preparing import prepare
from bot.cluster.opensearch.reading import ReadDocuments
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError
from bot.cluster.opensearch.retrieving import read_ahead, retrieve
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    ScopeState,
    ids_lines,
    many_counts_in,
    many_counts_lines,
    state_lines,
    state_of,
)
from bot.cluster.opensearch.title_searches import originals_lines, titles_in, titles_query
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

_PAGE = 2000
"""Documents that one request reads, where many are read."""


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
        self._known_terms = (documents := documents or KnownDocuments()).terms
        self._documents = ReadDocuments(scope, documents)
        self._languages = tuple(languages) if state is None else state.languages
        """Those that the question is read in."""
        self._prepared: FirstAnswers | None = None
        """All that was fetched before it was asked for."""
        self._links: dict[PassageKey, Sequence[str]] = {}
        """Links to the passages that were retrieved."""
        self._inside: list[InsideArticles] = []
        """Passages of articles that may be asked for next."""
        self._passages: dict[PassageKey, Passage] = {}
        """First passages of articles."""
        self._entries: dict[str, Entry] = {}
        """The articles that were found, by slug."""
        self._originals: dict[str, bool] = {}
        """As `bot.cluster.opensearch.retrieved.Retrieved.originals`."""

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
        if self._prepared and prepared_in(self._inside, preparation, self._prepared.counts):
            return Prepared(self._prepared.counts)
        tenant = self._scope.name

        def guess_again(counts: Mapping[str, int]) -> Collection[str]:
            return preparation.guesses(
                lambda term: bool(counts.get(term)) or self._statistics.holds("", term)
            )

        guesses = preparation.guesses(
            lambda term: (
                self._statistics.holds(tenant, term) or self._known_terms.holds(tenant, term)
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
            self._known_terms.forget(tenant)
        self._note(prepared, prepared.inside)
        asked = {term for query in preparation.queries for term in (*query.terms, *query.inside)}
        counted = prepared.counts.items() if prepared.is_settled else ()
        known_now = {term: count for term, count in counted if count or term in asked}
        self._statistics.note(tenant, prepared.state, known_now)
        for hit in (hit for query in prepared.queries for hit in query.hits):
            if hit.terms is not None:
                self._known_terms.note(tenant, hit.terms)
        return Prepared(prepared.counts, prepared.digests)

    def _look_at(self, state: ScopeState) -> None:
        """Take note of the scope's state. Raises `ChangedMeanwhileError` if the question was begun
        with other languages."""
        self.state = state
        if self._languages != state.languages:
            raise ChangedMeanwhileError

    async def read_ahead(self, ahead: ReadingAhead) -> None:
        if self._prepared is not None and self._from_inside(ahead.queries) is None:
            read, inside = await read_ahead(
                self._client, self._scope, ahead, self._prepared, self._documents
            )
            self._note(read, inside)

    def _note(self, read: FirstAnswers | None, inside: InsideArticles | None) -> None:
        """Take note of what was fetched before it is asked for."""
        if read is not None:
            self._prepared = read.after(self._prepared)
        if inside is not None:
            self._inside.insert(0, inside)
            self._passages |= {(each.article, each.number): each for each in inside.openings}

    def _from_inside(self, queries: Sequence[TermQuery]) -> list[Retrieval] | None:
        """Return the replies to queries of single articles of which all was fetched before; None if
        one asks for more."""
        found = retrievals_in(self._inside, queries)
        if found is None:
            return None
        self._links.update(found[1])
        return found[0]

    async def retrieve(self, queries: Sequence[TermQuery]) -> Sequence[Retrieval]:
        if (fetched := self._from_inside(queries)) is not None:
            return self._noted(fetched)
        retrieved = await retrieve(
            self._client, self._scope, queries, None, self._prepared, self._documents
        )
        self._look_at(retrieved.state)
        self._note(retrieved.read, retrieved.inside)
        self._links.update(retrieved.links)
        self._originals |= retrieved.originals
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
        ready = {key for key in self._links.keys() & quotations if quotations[key].words is None}
        others = {key: each for key, each in quotations.items() if key not in ready}
        held: Mapping[PassageKey, Passage] = {}
        if others:
            keys = dict.fromkeys(key for other in others for key in rests_on(*other))
            held = await self.passages(keys)
        known = {key: self._links[key][quotations[key].at] for key in ready}
        return {**known, **links_of(others, lambda _: held)}

    async def passages(self, keys: Collection[PassageKey]) -> Mapping[PassageKey, Passage]:
        known = {key: self._passages[key] for key in keys if key in self._passages}
        ids = [passage_id(self._scope.name, *key) for key in keys if key not in known]
        found = [passage_of(source) for source in await self._by_ids(ids)]
        return known | {(passage.article, passage.number): passage for passage in found}

    async def entries(self, slugs: Collection[str] | None = None) -> Mapping[str, Entry]:
        if slugs is None:
            kind = {"term": {"kind": "article"}}
            sources = [
                source async for source in self._all(self._scope.query(kind), ["article"], ["kind"])
            ]
        elif self._entries.keys() >= set(slugs):
            return {slug: self._entries[slug] for slug in sorted(set(slugs))}
        else:
            ids = [article_id(self._scope.name, slug) for slug in set(slugs)]
            sources = await self._by_ids(ids)
        articles = (entry_of(each) for each in sources if each["kind"] == "article")
        found = {entry.slug: entry for entry in articles}
        self._entries |= found
        return {slug: found[slug] for slug in sorted(found)}

    async def article_passages(self, slug: str) -> Sequence[Passage]:
        article = encoded_slug(slug)
        kinds = {"terms": {"kind": ["article", "passage"]}}
        query = self._scope.query({"term": {"article": article}}, kinds)
        order, wanted = ["number"], ["put", "kind"]
        sources = [source async for source in self._all(query, order, wanted, [article])]
        if len({source["put"] for source in sources}) > 1:
            raise ChangedMeanwhileError
        found = [entry_of(source) for source in sources if source["kind"] == "article"]
        self._entries |= {entry.slug: entry for entry in found}
        return [passage_of(source) for source in sources if source["kind"] == "passage"]

    async def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        most = None if lookup.limit is None else lookup.limit + lookup.skip
        found = []
        query = titles_query(self._scope, lookup)
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
