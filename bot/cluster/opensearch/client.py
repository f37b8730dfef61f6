"""A client of an OpenSearch cluster: the few endpoints that the bot needs, over aiohttp.

Every request goes to one node, and to another where that one fails. An answer of a part of the
shards counts as a failure. Nothing here knows what the documents mean.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias
from urllib.parse import quote

import aiohttp

from bot.core.errors import StorageError, UnfinishedIndexError, UnreachableError
from bot.endpoints import OpenSearchCredentials

Json: TypeAlias = Any
"""What a JSON text holds."""

QUESTION_SECONDS = 2.0
"""Seconds that one node has to answer a question."""
WRITING_SECONDS = 10.0
"""Seconds that one node has to write, or to change an index."""
NO_CREDENTIALS = OpenSearchCredentials()
PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds before each further try of a request."""
_AGAIN = frozenset({429, 502, 503, 504})
"""Statuses that another try may change."""
_LEAST_VERSION = (2, 19)
_GREATEST_MAJOR = 3


class PassingError(Exception):
    """A failure that another try, of another node, may mend."""


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
        self._urls = [url.rstrip("/") for url in urls]
        self._credentials = credentials
        self._authority = authority
        self._seconds = seconds
        self._pauses = (0.0, *pauses)
        self._first = 0
        """The node that is asked first: the last one that answered."""
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
        """Make several searches in one request (``_msearch``); ``lines`` are a header and a body
        for each. Return their answers, all of them whole."""
        headed = [
            {**line, "allow_partial_search_results": False} if number % 2 == 0 else line
            for number, line in enumerate(lines)
        ]
        answer = await self.send("POST", "/_msearch", headed, check=_check_searches)
        responses: list[Json] = answer["responses"]
        return responses

    async def bulk(self, lines: Sequence[bytes]) -> None:
        """Carry out actions (``_bulk``), each line JSON: an action and a document. To repeat a bulk
        changes nothing as long as its ids are fixed."""
        data = b"".join(line + b"\n" for line in lines)
        await self.send("POST", "/_bulk", data, WRITING_SECONDS, _check_items)

    async def refresh(self, index: str) -> None:
        """Make visible to searches what was written to an index."""
        await self.send("POST", f"/{index}/_refresh", None, WRITING_SECONDS, _check_shards)

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

    async def aliases(self, pattern: str) -> Mapping[str, Sequence[str]]:
        """Return the aliases of each index whose name fits a pattern such as ``name-*``."""
        answer = await self.send("GET", f"/{pattern}/_alias", None)
        return {index: sorted(held["aliases"]) for index, held in answer.items()}

    async def move_aliases(self, actions: Sequence[Json]) -> None:
        """Add and remove aliases, all at once (``_aliases``)."""
        await self.send("POST", "/_aliases", {"actions": list(actions)}, WRITING_SECONDS)

    async def meta(self, index: str) -> Json:
        """Return what is kept in an index's mapping besides (``_meta``)."""
        answer = await self.send("GET", f"/{index}/_mapping", None)
        return answer[index]["mappings"].get("_meta", {})

    async def set_meta(self, index: str, meta: Json) -> None:
        """Keep this in an index's mapping, in place of what was kept there."""
        await self.send("PUT", f"/{index}/_mapping", {"_meta": meta}, WRITING_SECONDS)

    async def delete_where(self, index: str, query: Json, routing: str | None) -> None:
        """Delete the documents that a query finds (``_delete_by_query``), among those that can be
        seen; ``routing`` are the routings of all of them, with commas between, or None."""
        path = f"/{index}/_delete_by_query?conflicts=proceed"
        if routing is not None:
            path += f"&routing={quote(routing, safe=',')}"
        await self.send("POST", path, {"query": query}, 6 * WRITING_SECONDS, _check_deletions)

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
    ) -> Json:
        """Send a request and return the answer's JSON. ``body`` is JSON, a list of it is sent line
        by line, and bytes as they are; ``check`` raises what is wrong with an answer; errors whose
        type is ``known`` are taken for an answer.

        Raises `bot.core.errors.UnreachableError` if no node answers in time, or the cluster refuses
        the credentials or is of another version; `bot.core.errors.UnfinishedIndexError` if there is
        no such index, and `bot.core.errors.StorageError` if the cluster refuses a request."""
        if not self._is_known:
            self._check_version(await self._request("GET", "/", b"", None, None, frozenset()))
            self._is_known = True
        data = b"" if body is None else _encoded(body)
        return await self._request(method, path, data, seconds, check, known)

    async def _request(
        self,
        method: str,
        path: str,
        data: bytes,
        seconds: float | None,
        check: Callable[[Json], None] | None,
        known: frozenset[str] | set[str],
    ) -> Json:
        reason = ""
        for pause in self._pauses:
            if pause:
                await asyncio.sleep(pause)
            node = self._first % len(self._urls)
            try:
                status, answer = await self._once(
                    method, self._urls[node] + path, data, seconds or self._seconds
                )
                if status >= 400 and _type_of(answer) not in known:
                    self._refuse(status, answer)
                elif check is not None:
                    check(answer)
            except PassingError as error:
                reason = str(error)
                self._first = node + 1
                continue
            return answer
        raise UnreachableError("search.unreachable", nodes=len(self._urls), reason=reason)

    async def _once(self, method: str, url: str, data: bytes, seconds: float) -> tuple[int, Json]:
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
            raise PassingError(f"no answer within {seconds:g} s") from error
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

    def _refuse(self, status: int, answer: Json) -> None:
        """Raise what an answer with an error's status means."""
        kind, reason = _type_of(answer), _reason_of(answer)
        if kind == "cluster_block_exception" and status in (403, 429):
            raise StorageError("search.read_only", reason=reason)
        if status in (401, 403):
            raise UnreachableError("search.denied", status=status)
        if kind == "index_not_found_exception":
            raise UnfinishedIndexError("search.rebuilding")
        if status in _AGAIN:
            raise PassingError(f"status {status}: {reason}")
        raise StorageError("search.refused", status=status, reason=reason)

    def _check_version(self, answer: Json) -> None:
        told = answer.get("version", {}) if isinstance(answer, dict) else {}
        number = str(told.get("number", "?"))
        parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
        is_known = _LEAST_VERSION <= parts < (_GREATEST_MAJOR + 1,)
        if told.get("distribution") != "opensearch" or not is_known:
            raise UnreachableError(
                "search.version",
                found=f"{str(told.get('distribution', '?'))[:40]} {number[:40]}",
                least=".".join(map(str, _LEAST_VERSION)),
                greatest=_GREATEST_MAJOR,
            )

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


def _type_of(answer: Json) -> str:
    error = answer.get("error") if isinstance(answer, dict) else None
    return str(error.get("type", "")) if isinstance(error, dict) else ""


def _reason_of(answer: Json) -> str:
    """Return why a request was refused, safe to be shown: one line of printable characters."""
    error = answer.get("error") if isinstance(answer, dict) else None
    reason = error.get("reason", "") if isinstance(error, dict) else error or ""
    return "".join(c if c.isprintable() else " " for c in str(reason))[:200]


def _check_searches(answer: Json) -> None:
    for each in answer["responses"]:
        if "error" in each:
            kind, status = _type_of(each), each.get("status", 500)
            if kind == "index_not_found_exception":
                raise UnfinishedIndexError("search.rebuilding")
            if status < 500 and status not in _AGAIN:
                raise StorageError("search.refused", status=status, reason=_reason_of(each))
            raise PassingError(f"{kind}: {_reason_of(each)}")
        _check_shards(each)
        if each.get("timed_out"):
            raise PassingError("a search was given up")


def _check_shards(answer: Json) -> None:
    if answer["_shards"]["failed"]:
        raise PassingError("some shards did not answer")


def _check_items(answer: Json) -> None:
    """Check each action of a bulk, whose own status is 200 whatever became of them."""
    if not answer["errors"]:
        return
    for item in answer["items"]:
        (result,) = item.values()
        status = result["status"]
        kind, reason = _type_of(result), _reason_of(result)
        if status < 300 or kind == "version_conflict_engine_exception":  # something newer is there
            continue
        if kind == "cluster_block_exception":
            raise StorageError("search.read_only", reason=reason)
        if kind == "index_not_found_exception":
            raise UnfinishedIndexError("search.rebuilding")
        if status >= 500 or status in _AGAIN:
            raise PassingError(f"{kind}: {reason}")
        raise StorageError("search.refused", status=status, reason=reason)


def _check_deletions(answer: Json) -> None:
    if answer.get("failures") or answer.get("timed_out"):
        raise PassingError("not all documents were deleted")
