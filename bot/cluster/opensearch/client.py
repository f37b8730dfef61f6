"""A client of an OpenSearch cluster: the few endpoints that the bot needs, over aiohttp.

Every request goes to one node, and to another where that one fails. An answer of a part of the
shards counts as a failure. Nothing here knows what the documents mean.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from urllib.parse import quote

import aiohttp

from bot.cluster.opensearch.answer_checks import (
    Json,
    PassingError,
    SilentNodeError,
    check_deletions,
    check_items,
    check_searches,
    check_shards,
    check_version,
    refuse,
    type_of,
)
from bot.cluster.opensearch.gathered_searches import GatheredSearches
from bot.core.errors import UnreachableError
from bot.endpoints import OpenSearchCredentials

QUESTION_SECONDS = 2.0
"""Seconds that one node has to answer a question."""
WRITING_SECONDS = 10.0
"""Seconds that one node has to write, or to change an index."""
_SHARD_SECONDS = 0.8 * WRITING_SECONDS
"""Seconds that a node waits for a shard that is not there before it says so."""
_WRITING_TRIES = 2
"""Tries of a request that writes: whoever indexes looks at the state of the cluster between two."""
NO_CREDENTIALS = OpenSearchCredentials()
PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds before each further try of a request."""
_LONGER = (1, 1, 2, 4)
"""Factors of the time that a node has at each try, the last one for all later tries: where all
nodes are slow, to ask again would only make them slower."""
_NAME = "/_nodes/_local?filter_path=nodes.*.name"
_LOOK_SECONDS = 0.7
"""Seconds in which a node that is well tells its own name."""
_AVOID_SECONDS = 15.0
"""Seconds for which silent nodes are avoided; the cluster throws them out after half a minute."""


class DescribedIndex(NamedTuple):
    """What is known of an index."""

    aliases: frozenset[str]
    meta: Mapping[str, Json]
    """What is kept in its mapping besides (``_meta``)."""


class OpenSearchClient:
    """Sends requests to the nodes of one cluster. To be used on one event loop."""

    def __init__(
        self,
        urls: Sequence[str],
        credentials: OpenSearchCredentials = NO_CREDENTIALS,
        authority: Path | None = None,
        seconds: float = QUESTION_SECONDS,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        """``urls`` are those of all nodes, ``authority`` the file with the certificates of who
        signed theirs, ``seconds`` the time that a node has for a question, and ``pauses`` the
        seconds before each further try. Nothing is opened yet."""
        self.urls = [url.rstrip("/") for url in urls]
        """The nodes' addresses, which may be replaced at any time."""
        self._credentials = credentials
        self._authority = authority
        self._seconds = seconds
        self._pauses = (0.0, *pauses)
        self._first = 0
        """The node that is asked first: the last one that answered."""
        self._awake: dict[str, str] = {}
        """The nodes that answered when one was silent: their ids by their addresses."""
        self._avoid_until = 0.0
        """Monotonic time in seconds until which the others are avoided."""
        self.sent = 0
        """Number of requests sent, repeated ones too."""
        self._gathered = GatheredSearches(self._searched)
        self._session: aiohttp.ClientSession | None = None
        self._is_known = False
        """True once a node has told a version that this program works with."""

    async def __aenter__(self) -> OpenSearchClient:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections; the next request opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    # -- endpoints -------------------------------------------------------------------------------

    async def search_many(self, lines: Iterable[Json]) -> list[Json]:
        """Make several searches (``_msearch``); ``lines`` are a header and a body for each. Return
        their answers, all of them whole. Those of all who call in the same moment, as the shelves
        of one question do, go in one request."""
        return await self._gathered.ask(list(lines))

    async def _searched(self, searches: Sequence[Json]) -> list[Json]:
        def headed() -> bytes:
            more = {"allow_partial_search_results": False, **self._preference()}
            return _encoded(
                [line if at % 2 else {**line, **more} for at, line in enumerate(searches)]
            )

        answer = await self.send("POST", "/_msearch", headed, check=check_searches)
        responses: list[Json] = answer["responses"]
        return responses

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

    async def described(self, patterns: Sequence[str]) -> dict[str, DescribedIndex]:
        """Return what is known of each index whose name fits one of some patterns such as
        ``name-*``."""
        path = f"/{','.join(patterns)}?filter_path=*.aliases,*.mappings._meta,*.settings.index.uuid"
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
        """Have so many copies of each shard of some indexes besides the first."""
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

    # -- requests --------------------------------------------------------------------------------

    async def send(
        self,
        method: str,
        path: str,
        body: Json,
        seconds: float | None = None,
        check: Callable[[Json], None] | None = None,
        known: frozenset[str] | set[str] = frozenset(),
        tries: int | None = None,
    ) -> Json:
        """Send a request and return the answer's JSON. ``body`` is JSON, bytes are sent as they
        are, and a function gives bytes for each try; ``check`` raises what is wrong with an answer;
        errors whose type is ``known`` are taken for an answer. After ``tries`` it is given up, or
        after as many as there are pauses.

        Raises `bot.core.errors.UnreachableError` if no node answers in time, or the cluster refuses
        the credentials or is of another version; `bot.core.errors.UnfinishedIndexError` if there is
        no such index, and `bot.core.errors.StorageError` if the cluster refuses a request."""
        if not self._is_known:
            check_version(await self._request("GET", "/", bytes, None, None, frozenset()))
            self._is_known = True
        if not callable(body):
            body = partial(bytes, b"" if body is None else _encoded(body))
        return await self._request(method, path, body, seconds, check, known, tries)

    async def _request(
        self,
        method: str,
        path: str,
        body: Callable[[], bytes],
        seconds: float | None,
        check: Callable[[Json], None] | None,
        known: frozenset[str] | set[str],
        tries: int | None = None,
    ) -> Json:
        reason = ""
        for number, pause in enumerate(self._pauses[:tries]):
            if pause:
                await asyncio.sleep(pause)
            longer = _LONGER[min(number, len(_LONGER) - 1)]
            node = self._next_node()
            try:
                status, answer = await self._once(
                    method, self.urls[node] + path, body(), longer * (seconds or self._seconds)
                )
                if status >= 400 and type_of(answer) not in known:
                    refuse(status, answer)
                elif check is not None:
                    _checked(check, answer)
            except PassingError as error:
                reason = str(error)
                self._first = node + 1
                if isinstance(error, SilentNodeError):
                    await self._look_who_answers()
                continue
            return answer
        raise UnreachableError("search.unreachable", nodes=len(self.urls), reason=reason)

    async def _once(self, method: str, url: str, data: bytes, seconds: float) -> tuple[int, Json]:
        self.sent += 1
        try:
            async with self._opened().request(
                method,
                url,
                data=data or None,
                timeout=aiohttp.ClientTimeout(total=seconds),
                allow_redirects=False,
            ) as response:
                raw = await response.read()
                status = response.status
        except TimeoutError as error:
            raise SilentNodeError(f"no answer within {seconds:g} s") from error
        except aiohttp.ClientConnectorCertificateError as error:
            raise UnreachableError("search.certificate", url=url.partition("?")[0]) from error
        except (aiohttp.ClientError, OSError) as error:
            raise PassingError(type(error).__name__) from error
        try:
            return status, json.loads(raw)
        except ValueError as error:
            if status in (401, 403):
                return status, {}
            raise PassingError(f"status {status} without JSON") from error

    def _next_node(self) -> int:
        """Return the number of the node to ask: the first, from the one that answered last, that
        was not found to be silent."""
        nodes = [(self._first + step) % len(self.urls) for step in range(len(self.urls))]
        if time.monotonic() < self._avoid_until:
            return next((node for node in nodes if self.urls[node] in self._awake), nodes[0])
        return nodes[0]

    def _preference(self) -> dict[str, str]:
        """Return the part of a search's header that keeps it from nodes that are silent: another
        node would wait for them in vain."""
        if time.monotonic() >= self._avoid_until or not self._awake:
            return {}
        return {"preference": f"_prefer_nodes:{','.join(sorted(self._awake.values()))}"}

    async def _look_who_answers(self) -> None:
        """Ask each node for its own name, which it tells without the others; those that are silent
        are avoided for a while."""
        if time.monotonic() < self._avoid_until:
            return

        async def name_of(url: str) -> str | None:
            try:
                status, answer = await self._once("GET", f"{url}{_NAME}", b"", _LOOK_SECONDS)
            except PassingError:
                return None
            return next(iter(answer.get("nodes", {})), None) if status == 200 else None

        names = await asyncio.gather(*map(name_of, self.urls))
        self._awake = {url: name for url, name in zip(self.urls, names, strict=True) if name}
        if 0 < len(self._awake) < len(self.urls):
            self._avoid_until = time.monotonic() + _AVOID_SECONDS

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            headers = {"Content-Type": "application/json"}
            if self._credentials.api_key:
                headers["Authorization"] = f"ApiKey {self._credentials.api_key}"
            elif self._credentials.user:
                secret = f"{self._credentials.user}:{self._credentials.password}"
                headers["Authorization"] = f"Basic {b64encode(secret.encode()).decode()}"
            try:
                context = (
                    ssl.create_default_context(cafile=str(self._authority))
                    if self._authority is not None
                    else True
                )
            except (OSError, ssl.SSLError) as error:
                raise UnreachableError(
                    "search.authority", path=str(self._authority), reason=type(error).__name__
                ) from error
            connector = aiohttp.TCPConnector(limit=100, ssl=context)
            self._session = aiohttp.ClientSession(connector=connector, headers=headers)
        return self._session


def _encoded(body: Json) -> bytes:
    if isinstance(body, bytes):
        return body
    if isinstance(body, list):
        return b"".join(json.dumps(line).encode() + b"\n" for line in body)
    return json.dumps(body).encode()


def _checked(check: Callable[[Json], None], answer: Json) -> None:
    try:
        check(answer)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise PassingError("an answer that is not a node's") from error
