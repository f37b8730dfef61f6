"""Putting articles into an index and taking them out.

Ids are fixed, documents carry the version of their article's change, and what an article had before
is deleted by that, so that whatever was done in part can be done again, and nothing old comes after
something new. Nothing is seen before `IndexWriter.show`; then an article changes at
once, for all its documents are on one shard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.documents import IndexedArticle, documents_of, encoded_slug, fault_of
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.scopes import scope_of
from bot.core.seams import Fault

_MOST_BYTES = 4_000_000
"""Size from which on a bulk is sent in parts."""
_MOST_CLAUSES = 500
"""Articles whose earlier documents one request deletes."""
_MOST_ROUTINGS = 20
"""Routings that such a request names; more of them are on all shards anyway."""


Content: TypeAlias = IndexedArticle | Fault | None
"""An article as it is now; None where it is removed."""


class ArticleChange(NamedTuple):
    """One article as it has become."""

    tenant: str
    """The tenant's name."""
    slug: str
    version: int
    """Greater than that of each earlier change."""
    content: Content


class ChangeMark(NamedTuple):
    """An article that was written, without what it holds."""

    tenant: str
    slug: str
    version: int
    is_removed: bool
    language: str | None = None
    """The article's; None if there is none now."""


class IndexWriter:
    """Writes to one generation. One writer works on a generation at a time; its methods raise as
    `OpenSearchClient.send` does, and may be called again."""

    def __init__(self, client: OpenSearchClient, generation: Generation) -> None:
        self._client = client
        self._generation = generation

    async def write(self, changes: Sequence[ArticleChange], *, is_new: bool = False) -> None:
        """Write changes; ``is_new`` says that the index has never held these articles."""
        for part in bulk_parts(self._generation, changes):
            await self._client.bulk(part)
        if not is_new:
            await self.delete_earlier(marks_of(changes))

    async def erase(self, tenant: str, version: int) -> None:
        """Delete all that a tenant had before a version."""
        scope = scope_of(self._generation, tenant)
        await self._client.refresh(scope.target)
        earlier = scope.query({"range": {"put": {"lt": version}}})
        await self._client.delete_where(scope.target, earlier, scope.server)
        await self._client.refresh(scope.target)

    async def show(self, tenants: Iterable[str] | None = None) -> None:
        """Make visible all that was written, to these tenants' questions at least."""
        indexes = {scope_of(self._generation, tenant).target for tenant in tenants or ()}
        for index in sorted(indexes) if tenants is not None else self._generation:
            await self._client.refresh(index)

    async def delete_earlier(self, changes: Sequence[ChangeMark]) -> None:
        """Delete what these articles had before, among what can be seen."""
        for index in self._generation:
            clauses: list[Json] = []
            routings: set[str] = set()
            for change in changes:
                scope = scope_of(self._generation, change.tenant)
                if scope.target != index:
                    continue
                article = encoded_slug(change.slug)
                routings.add(scope.routing(article))
                earlier = {"range": {"put": {"lt": change.version}}}
                if change.is_removed:
                    earlier = {"range": {"put": {"lte": change.version}}}
                clauses.append(scope.query({"term": {"article": article}}, earlier))
            for start in range(0, len(clauses), _MOST_CLAUSES):
                some = clauses[start : start + _MOST_CLAUSES]
                query = {"bool": {"should": some, "minimum_should_match": 1}}
                shards = ",".join(routings) if len(routings) <= _MOST_ROUTINGS else None
                if await self._client.finds(index, query, shards):  # most are new, and had nothing
                    await self._client.delete_where(index, query, shards)


def bulk_parts(generation: Generation, changes: Iterable[ArticleChange]) -> Iterator[bytes]:
    """Yield the bodies of the requests that write changes, some megabytes each."""
    return _in_parts(_actions(generation, changes))


def marks_of(changes: Iterable[ArticleChange]) -> list[ChangeMark]:
    """Return the changes without what the articles hold."""
    return [
        ChangeMark(
            each.tenant,
            each.slug,
            each.version,
            each.content is None,
            each.content.language if isinstance(each.content, IndexedArticle) else None,
        )
        for each in changes
    ]


def _actions(generation: Generation, changes: Iterable[ArticleChange]) -> Iterator[list[bytes]]:
    for change in changes:
        scope = scope_of(generation, change.tenant)
        routing = scope.routing(encoded_slug(change.slug))
        for name, document in _documents(change):
            # what a writer that was replaced sends late is older, and refused
            where = {
                "_index": scope.target,
                "_id": name,
                "routing": routing,
                "version": change.version,
                "version_type": "external_gte",
            }
            yield [_line({"index": where}), _line(document)]


def _documents(change: ArticleChange) -> Iterable[tuple[str, dict[str, Any]]]:
    if isinstance(change.content, IndexedArticle):
        return documents_of(change.tenant, change.version, change.content)
    if change.content is None:
        return ()
    return [fault_of(change.tenant, change.version, change.slug, change.content)]


def _line(value: Json) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _in_parts(actions: Iterable[list[bytes]]) -> Iterator[bytes]:
    """Yield the lines of actions, some megabytes at a time."""
    part: list[bytes] = []
    size = 0
    for lines in actions:
        part += lines
        size += sum(map(len, lines))
        if size > _MOST_BYTES:
            yield b"".join(part)
            part, size = [], 0
    if part:
        yield b"".join(part)
