"""A client of an OpenSearch cluster: the few endpoints that the bot needs. Nothing here knows what
the documents mean."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from bot.cluster.opensearch.answer_checks import (
    Json,
    check_deletions,
    check_items,
    check_searches,
    check_shards,
)
from bot.cluster.opensearch.gathered_searches import GatheredSearches
from bot.cluster.opensearch.node_requests import NodeRequests

WRITING_SECONDS = 10.0
"""Seconds that one node has to write, or to change an index."""
_SHARD_SECONDS = 0.8 * WRITING_SECONDS
"""Seconds that a node waits for a shard that is not there before it says so."""
_WRITING_TRIES = 2
"""Tries of a request that writes: whoever indexes looks at the state of the cluster between two."""


class DescribedIndex(NamedTuple):
    """An index as the cluster describes it."""

    aliases: frozenset[str]
    meta: Mapping[str, Json]
    """Data of our own that its mapping keeps (``_meta``)."""


class OpenSearchClient(NodeRequests):
    """Asks the cluster, and changes its indexes."""

    @cached_property
    def _gathered(self) -> GatheredSearches:
        return GatheredSearches(self._searched)

    async def search_many(self, lines: Iterable[Json]) -> list[Json]:
        """Make several searches (``_msearch``); ``lines`` are a header and a body for each. Return
        their answers, all of them whole. Those of all who call in the same moment, as the shelves
        of one question do, go in one request, each of those that are the same once."""
        return await self._gathered.ask(list(lines))

    async def _searched(self, searches: Sequence[Json]) -> list[Json]:
        texts = [json.dumps(line) for line in searches]
        asked = list(zip(texts[::2], texts[1::2], strict=True))
        places = {search: place for place, search in enumerate(dict.fromkeys(asked))}

        def headed() -> bytes:
            more = json.dumps({"allow_partial_search_results": False, **self.preference()})
            lines = (f"{header[:-1]}, {more[1:]}\n{body}\n" for header, body in places)
            return "".join(lines).encode()

        answer = await self.send("POST", "/_msearch", headed, check=check_searches)
        responses: list[Json] = answer["responses"]
        return [responses[places[search]] for search in asked]

    async def finds(self, index: str, query: Json, routing: str | None) -> bool:
        """Return whether a query finds anything among what can be seen; ``routing`` is as in
        `delete_where`."""
        header = {"index": index} if routing is None else {"index": index, "routing": routing}
        search = {"size": 0, "track_total_hits": 1, "query": query}
        (answer,) = await self.search_many([header, search])
        return bool(answer["hits"]["total"]["value"])

    async def bulk(self, data: bytes) -> None:
        """Carry out actions (``_bulk``): lines of JSON, an action and a document by turns, each
        line ended. To repeat a bulk changes nothing as long as its ids are fixed."""
        await self.send(
            "POST", f"/_bulk?timeout={_SHARD_SECONDS:g}s", data, WRITING_SECONDS, check_items
        )

    async def refresh(self, index: str) -> None:
        """Make visible to searches what was written to an index."""
        path = f"/{index}/_refresh"
        await self.send("POST", path, None, WRITING_SECONDS, check_shards, tries=_WRITING_TRIES)

    async def create(self, index: str, body: Json) -> None:
        """Create an index; nothing happens if it is there."""
        path = f"/{index}?wait_for_active_shards=1"
        await self.send(
            "PUT", path, body, WRITING_SECONDS, known={"resource_already_exists_exception"}
        )

    async def delete(self, index: str) -> None:
        """Delete an index; nothing happens if it is not there."""
        path = f"/{index}?ignore_unavailable=true"
        await self.send("DELETE", path, None, WRITING_SECONDS)

    async def described(
        self, patterns: Sequence[str], *, leaderless: bool = False
    ) -> dict[str, DescribedIndex]:
        """Return what is known of each index whose name fits one of some patterns such as
        ``name-*``; ``leaderless`` what the node that is asked knows, as its searches do: the leader
        knows the latest, and may be frozen."""
        path = f"/{','.join(patterns)}?filter_path=*.aliases,*.mappings._meta,*.settings.index.uuid"
        path += "&local=true" if leaderless else ""
        answer = await self.send("GET", path, None)
        return {
            index: DescribedIndex(
                frozenset(told.get("aliases", {})), told.get("mappings", {}).get("_meta", {})
            )
            for index, told in answer.items()
        }

    async def move_aliases(self, actions: Sequence[Json]) -> None:
        """Add and remove aliases, all at once (``_aliases``)."""
        await self.send("POST", "/_aliases", {"actions": list(actions)}, WRITING_SECONDS)

    async def set_meta(self, index: str, meta: Json) -> None:
        """Keep this in an index's mapping, in place of what was kept there."""
        await self.send("PUT", f"/{index}/_mapping", {"_meta": meta}, WRITING_SECONDS)

    async def set_replicas(self, indexes: Sequence[str], count: int) -> None:
        """Set the number of copies that each shard of some indexes has besides the first."""
        settings = {"index": {"number_of_replicas": count}}
        await self.send("PUT", f"/{','.join(indexes)}/_settings", settings, WRITING_SECONDS)

    async def is_settled(self, indexes: Sequence[str]) -> bool:
        """Return whether no shard of some indexes is being copied."""
        health = await self.send("GET", f"/_cluster/health/{','.join(indexes)}", None)
        return bool(health["initializing_shards"] == 0)

    async def missing_shard(self, indexes: Sequence[str]) -> tuple[str, int] | None:
        """Return the index and the number of a shard that nothing can be asked of; None if there is
        no such shard in these indexes."""
        path = f"/_cluster/health/{','.join(indexes)}?level=shards"
        health = await self.send("GET", path, None)
        for index, told in health["indices"].items():
            for number, shard in told["shards"].items():
                if not shard["primary_active"]:
                    return index, int(number)
        return None

    async def allocation_of(self, index: str, shard: int) -> str:
        """Return whether the cluster can bring back a shard that is missing, in its own word
        (``_cluster/allocation/explain``); empty if it has just done so."""
        body = {"index": index, "shard": shard, "primary": True}
        known = {"illegal_argument_exception", "index_not_found_exception"}
        answer = await self.send("POST", "/_cluster/allocation/explain", body, known=known)
        return str(answer.get("can_allocate", ""))

    async def delete_where(self, index: str, query: Json, routing: str | None) -> None:
        """Delete the documents that a query finds (``_delete_by_query``), among those that can be
        seen; ``routing`` are the routings of all of them, with commas between, or None."""
        path = f"/{index}/_delete_by_query?conflicts=proceed"
        if routing is not None:
            path += f"&routing={quote(routing, safe=',')}"
        await self.send("POST", path, {"query": query}, 6 * WRITING_SECONDS, check_deletions)

    async def health(self) -> Json:
        """Return the cluster's state (``_cluster/health``)."""
        return await self.send("GET", "/_cluster/health", None)
