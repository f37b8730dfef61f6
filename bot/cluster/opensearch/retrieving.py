"""Retrieving all that a question needs of a scope, in two requests.

1. The statistics (how many passages, how long together, in how many each term stands: each count is
   kept by the shards until they change) and candidates, ranked by the shards' own statistics.
2. The candidates' texts and heads, and a search by the exact weights for whatever could still be
   among the best (see `bot.cluster.opensearch.exact_scores`). Nearly always it finds nothing new.
   Where it does, further requests follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import (
    entry_of,
    link_in,
    passage_of,
)
from bot.cluster.opensearch.exact_scores import (
    Candidate,
    boosts_of,
    least_score,
    scored,
    weights_of,
)
from bot.cluster.opensearch.preparing import FoundPassages, Prepared, found_in, prepare
from bot.cluster.opensearch.retrieved import ChangedMeanwhileError, Retrieved
from bot.cluster.opensearch.scopes import Scope
from bot.cluster.opensearch.searches import (
    MOST_HITS,
    Lines,
    candidate_lines,
    ids_lines,
    names_lines,
    originals_in,
    originals_lines,
)
from bot.core.passage import Passage
from bot.core.seams import Entry, Hit, PassageKey, Retrieval, TermQuery
from bot.index.shelf_snapshot import worth_reading

_PROOF_WINDOW = 400
"""Passages that are looked at to prove that none is missing: few score as much as they must."""


async def retrieve(
    client: OpenSearchClient,
    scope: Scope,
    queries: Sequence[TermQuery],
    articles: Set[str] | None = None,
    prepared: Prepared | None = None,
) -> Retrieved:
    """Answer all queries of a scope; ``articles`` restrict what is found to more articles than the
    one that a query may name, and for its statistics of an article; ``prepared`` is what was
    fetched for them. Raises `ChangedMeanwhileError`, and as `OpenSearchClient.send` does."""
    found = None if prepared is None else found_in(prepared, queries)
    if found is not None and prepared is not None:
        state = prepared.state
    else:
        if articles is None and queries and all(query.article is not None for query in queries):
            from bot.cluster.opensearch.article_retrieving import retrieve_in_articles

            of_articles = await retrieve_in_articles(client, scope, queries)
            if of_articles is not None:
                return of_articles
        now = await prepare(client, scope, queries, articles=articles)
        found, state = found_in(now, queries) or [], now.state
    links: dict[PassageKey, str] = {}
    return Retrieved(await _read(client, scope, found, links), state, links)


async def _read(
    client: OpenSearchClient,
    scope: Scope,
    found: Sequence[FoundPassages],
    links: dict[PassageKey, str],
) -> list[Retrieval]:
    """Read what was found, while it is proven that it is the best; the passages' links are put into
    ``links``."""
    window, proof = 0, {}
    while True:
        window = min(MOST_HITS, 4 * window) or _PROOF_WINDOW
        doubted = [number for number, each in enumerate(found) if not each.is_complete]
        proof = {number: _proof_lines(scope, found[number], window) for number in doubted}
        reading = _reading_lines(scope, found)
        lines = [line for each in proof.values() for line in each] + reading.lines
        answers = iter(await client.search_many(lines) if lines else ())
        proven = list(found)
        for number in doubted:
            proven[number] = _proven(found[number], next(answers)["hits"]["hits"], window)
        if [each.best for each in proven] == [each.best for each in found] and all(
            each.is_complete or window == MOST_HITS for each in proven
        ):
            return _retrievals(found, _Texts.read(reading, answers, links))
        found = proven


def _proof_lines(scope: Scope, found: FoundPassages, window: int) -> Lines:
    average = found.statistics.average_length
    boosts = boosts_of(weights_of(found.statistics))
    least = least_score(found.best, found.query.limit, average)
    return candidate_lines(scope, found.query, found.articles, boosts, window, least)


def _proven(found: FoundPassages, hits: Sequence[Json], window: int) -> FoundPassages:
    """Return the best of what was known and of what the proof found."""
    statistics = found.statistics
    more = scored(hits, weights_of(statistics), statistics.average_length)
    best = sorted({*found.best, *more})[: found.query.limit]
    return found._replace(best=best, is_complete=len(hits) < window)


class _Reading(NamedTuple):
    """The second request's searches for what was found."""

    lines: Lines
    passages: Mapping[str, int]
    """The ids of the passages, with the version of their article."""
    articles: Sequence[str]
    """Encoded slugs."""
    titles: Sequence[str]
    """Keys of digests' titles."""
    names: Sequence[str]


def _reading_lines(scope: Scope, found: Sequence[FoundPassages]) -> _Reading:
    passages: dict[str, int] = {}
    articles: dict[str, None] = {}
    titles: dict[str, None] = {}
    names: dict[str, None] = {}
    for each in found:
        for hit in each.best:
            passages[f"{scope.name}/{hit.article}#{hit.number}"] = hit.put
            articles[hit.article] = None
            if hit.title is not None and each.query.article is None:
                titles[hit.title] = None
        if each.best:
            names.update(dict.fromkeys(each.query.names))
    lines: Lines = []
    if passages:
        ids = [*passages, *(f"{scope.name}/{article}" for article in articles)]
        for start in range(0, len(ids), MOST_HITS):
            lines += ids_lines(scope, ids[start : start + MOST_HITS])
        if titles:
            lines += originals_lines(scope, list(titles))
        if names:
            lines += names_lines(scope, list(names), list(articles))
    return _Reading(lines, passages, list(articles), list(titles), list(names))


class _Texts(NamedTuple):
    """The texts that were read for the hits, by their encoded slugs."""

    passages: Mapping[tuple[str, int], Passage]
    entries: Mapping[str, Entry]
    originals: Set[str]
    """Keys of the titles that an original has."""
    names: Mapping[str, Set[str]]

    @classmethod
    def read(
        cls, reading: _Reading, answers: Iterator[Json], links: dict[PassageKey, str]
    ) -> _Texts:
        """Take the answers to what was asked. Raises `ChangedMeanwhileError` if a passage is no
        longer the one that was found."""
        passages: dict[tuple[str, int], Passage] = {}
        entries: dict[str, Entry] = {}
        if reading.passages:
            wanted = len(reading.passages) + len(reading.articles)
            for _ in range(0, wanted, MOST_HITS):
                for hit in next(answers)["hits"]["hits"]:
                    source = hit["_source"]
                    if source["kind"] == "article":
                        entries[source["article"]] = entry_of(source)
                    elif source["put"] == reading.passages[hit["_id"]]:
                        passage = passage_of(source)
                        passages[source["article"], source["number"]] = passage
                        if link := link_in(source):
                            links[passage.article, passage.number] = link
            if len(passages) + len(entries) != wanted:
                raise ChangedMeanwhileError
        originals = originals_in(next(answers)) if reading.titles else set()
        names: dict[str, set[str]] = {}
        if reading.names:
            held = next(answers)["aggregations"]
            for number, name in enumerate(reading.names):
                for each in held[str(number)]["articles"]["buckets"]:
                    names.setdefault(each["key"], set()).add(name)
        return cls(passages, entries, originals, names)


def _retrievals(found: Sequence[FoundPassages], texts: _Texts) -> list[Retrieval]:
    retrievals = []
    for each in found:
        query = each.query
        hits: dict[Hit, Candidate] = {}
        for one in each.best:
            is_superseded = query.article is None and one.title in texts.originals
            if not is_superseded:
                slug = texts.entries[one.article].slug
                hits[Hit(slug, one.number, -one.negated)] = one
        kept = worth_reading(list(hits), query)
        passages: dict[PassageKey, Passage] = {}
        entries: dict[str, Entry] = {}
        names: dict[str, Set[str]] = {}
        for hit in kept:
            one = hits[hit]
            passages[hit.article, hit.number] = texts.passages[one.article, one.number]
            entries[hit.article] = texts.entries[one.article]
            if query.names:
                names[hit.article] = texts.names.get(one.article, set()) & set(query.names)
        retrievals.append(
            Retrieval(each.statistics, each.article_statistics, kept, passages, entries, names)
        )
    return retrievals
