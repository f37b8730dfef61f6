"""The cluster's index of one tenant, over a node that answers as it may while an index is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.generations import Generations
from bot.cluster.opensearch.index import OpenSearchIndex
from bot.cluster.opensearch.layout import aliases, generation_named
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.scopes import scope_of
from bot.cluster.postgres.outbox import NotedShelf
from bot.core.errors import UnfinishedIndexError
from bot.core.seams import Changes
from bot.service.tenants import EVERYONE, Tenant
from tests.cluster.opensearch.fake_node import FakeNode, refusal
from tests.cluster.opensearch.running import TEST_SIZES

_ASKED = aliases("herons")
_GENERATION = generation_named("herons", "1234-1")
_DESCRIBED: dict[str, Any] = {
    index: {"aliases": {alias: {}}, "mappings": {}}
    for index, alias in zip(_GENERATION, _ASKED, strict=True)
}
_UNKNOWN = {"responses": [refusal("index_not_found_exception")] * 2}
_EMPTY = {
    "_shards": {"failed": 0},
    "hits": {"hits": []},
    "aggregations": {
        "passages": {"doc_count": 0, "length": {"value": 0.0}},
        "articles": {"doc_count": 0, "languages": {"buckets": []}, "digests": {"doc_count": 0}},
        "versions": {"max": None, "sum": 0.0},
        "index": {"buckets": []},
    },
}


class _NoChanges:
    """Of `bot.cluster.postgres.outbox.Outbox` what a refresh asks; nothing was ever added."""

    def shelf(self, tenant: Tenant) -> NotedShelf:
        return NotedShelf(0, ())

    def shelf_versions(self, tenants: Sequence[Tenant]) -> dict[Tenant, int]:
        return {}

    def tenant_changes(self, tenant: Tenant, since: int, limit: int) -> list[Any]:
        return []

    def wait_for_consumer(self, consumer: str, version: int, seconds: float) -> bool:
        return True


def _refreshed(node: FakeNode, patience: float) -> Changes:
    client: list[OpenSearchClient] = []

    async def close() -> None:
        await client[0].close()
        await node.__aexit__(None, None, None)

    loop = LoopThread(close)
    try:
        loop.run(node.__aenter__())
        client.append(OpenSearchClient([node.url]))
        generations = Generations(client[0], "herons", TEST_SIZES, "1234")
        index = OpenSearchIndex(
            loop,
            client[0],
            generations,
            scope_of(_ASKED, EVERYONE.name),
            EVERYONE,
            _NoChanges(),  # type: ignore[arg-type]
            lambda: pytest.fail("another process indexes"),
            patience,
        )
        return index.refresh()
    finally:
        loop.close()


def test_a_node_that_has_not_heard_of_the_index_yet_is_asked_again() -> None:
    empty = {"responses": [_EMPTY] * 2}
    unknown = [(200, _UNKNOWN)] * 3  # both searches in one request, and each alone
    node = FakeNode((200, _DESCRIBED), *unknown, (200, empty))
    assert _refreshed(node, patience=60) == Changes()


def test_an_index_that_no_node_has_heard_of_is_not_waited_for_longer_than_told() -> None:
    node = FakeNode((200, _DESCRIBED), (200, _UNKNOWN))
    with pytest.raises(UnfinishedIndexError, match="rebuilding"):
        _refreshed(node, patience=0)
