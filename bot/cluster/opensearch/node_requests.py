"""Requests to the nodes of an OpenSearch cluster, over aiohttp.

Requests go to the nodes by turns, and to another one where one fails, which is left alone for some
seconds then. An answer of a part of the shards counts as a failure. Nothing here knows the
endpoints: `bot.cluster.opensearch.cluster_client` does.
"""

from __future__ import annotations

import asyncio
import io
import json
import math
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from bot.cluster.opensearch.answer_checks import (
    Json,
    PassingError,
    SilentNodeError,
    UntrustedNodeError,
    check_version,
    refuse,
    type_of,
)
from bot.core.errors import UnreachableError
from bot.endpoints import OpenSearchCredentials

_QUESTION_SECONDS = 2.0
"""Seconds that one node has to answer a question."""
_NO_CREDENTIALS = OpenSearchCredentials()
_PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds before each further try of a request."""
_LONGER = (1, 1, 2, 4, 4)
"""Factors of the time that a node has once others did not answer: where all nodes are slow, to ask
again would only make them slower."""
_QUESTIONS_LONGER = (1, 2)
"""The same for a question, of which it is said after the last that no node answers: whoever asked
waits for that."""
_LARGE = 1_000_000
"""Bytes from which on a body is sent in pieces, so that the event loop goes on meanwhile."""
_NAME = "/_nodes/_local?filter_path=nodes.*.name"
_LOOK_SECONDS = 0.7
"""Seconds in which a node that is well tells its own name."""
_LEAVE_SECONDS = 5.0
"""Seconds for which a node that failed is not asked, as long as there are others."""
_AVOID_SECONDS = 15.0
"""Seconds for which silent nodes are avoided; the cluster throws them out after half a minute."""


class NodeRequests:
    """Sends requests to the nodes of one cluster. To be used on one event loop."""

    def __init__(
        self,
        urls: Sequence[str],
        credentials: OpenSearchCredentials = _NO_CREDENTIALS,
        authority: Path | None = None,
        seconds: float = _QUESTION_SECONDS,
        pauses: Sequence[float] = _PAUSES,
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
        self._turn = 0
        """The number of the node whose turn it is."""
        self._left: dict[str, float] = {}
        """The nodes that failed, by their addresses: until when they are left alone, as monotonic
        time in seconds."""
        self._awake: dict[str, str] = {}
        """The nodes that answered when one was silent: their ids by their addresses."""
        self._avoid_until = 0.0
        """Monotonic time in seconds until which the others are avoided."""
        self.is_silent = False
        """True while no node has answered since none told its own name."""
        self._looked = -math.inf
        """Monotonic time in seconds of the last look at who answers."""
        self._looking: asyncio.Future[None] | None = None
        """The look at who answers that is under way."""
        self.sent = 0
        """Number of requests; one that was sent again counts once."""
        self.repeated = 0
        """Number of times that one was sent again, to whatever node."""
        self._session: aiohttp.ClientSession | None = None
        self._is_known = False
        """True once a node has told a version that this program works with."""

    async def __aenter__(self) -> Self:
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
            if not isinstance(body, bytes):
                body = b"" if body is None else json.dumps(body).encode()
            body = partial(bytes, body)
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
        longer = _QUESTIONS_LONGER if seconds is None else _LONGER
        silent = 0
        self.sent += 1
        untrusted: set[str] = set()
        for number, pause in enumerate(self._pauses[:tries]):
            self.repeated += number > 0
            if pause:
                await asyncio.sleep(pause)
            url, began = self._next_node(), time.monotonic()
            try:
                status, answer = await self._once(
                    method, url + path, body(), longer[silent] * (seconds or self._seconds)
                )
                if status >= 400 and type_of(answer) not in known:
                    refuse(status, answer)
                elif check is not None:
                    _checked(check, answer)
            except PassingError as error:
                reason = str(error)
                self._left[url] = time.monotonic() + _LEAVE_SECONDS
                if isinstance(error, SilentNodeError):
                    silent += 1
                    if silent == len(longer):
                        break
                    await self._look_who_answers(began)
                elif isinstance(error, UntrustedNodeError):
                    untrusted.add(url)
                    if len(untrusted) == len(self.urls):
                        break  # another try would not mend it
                continue
            return answer
        if untrusted:
            raise UnreachableError("search.certificate", url=min(untrusted))
        raise UnreachableError("search.unreachable", nodes=len(self.urls), reason=reason)

    async def _once(self, method: str, url: str, data: bytes, seconds: float) -> tuple[int, Json]:
        try:
            async with self._opened().request(
                method,
                url,
                data=io.BytesIO(data) if len(data) > _LARGE else data or None,
                timeout=aiohttp.ClientTimeout(total=seconds),
                allow_redirects=False,
            ) as response:
                raw = await response.read()
                status = response.status
                self.is_silent = False
        except TimeoutError as error:
            raise SilentNodeError(f"no answer within {seconds:g} s") from error
        except aiohttp.ClientConnectorCertificateError as error:
            raise UntrustedNodeError from error
        except (aiohttp.ClientError, OSError) as error:
            raise PassingError(type(error).__name__) from error
        try:
            return status, json.loads(raw)
        except ValueError as error:
            if status in (401, 403):
                return status, {}
            raise PassingError(f"status {status} without JSON") from error

    def _next_node(self) -> str:
        """Return the address of the node to ask: the first, from the one whose turn it is, that has
        not failed lately and was not found to be silent."""
        now = time.monotonic()
        nodes = [self.urls[(self._turn + step) % len(self.urls)] for step in range(len(self.urls))]
        self._turn = (self._turn + 1) % len(self.urls)
        if now < self._avoid_until:
            nodes = [url for url in nodes if url in self._awake] or nodes
        return next((url for url in nodes if self._left.get(url, 0.0) < now), nodes[0])

    def preference(self) -> dict[str, str]:
        """Return the part of a search's header that chooses the nodes: the asked one itself, where
        it holds a copy, or those that are not silent, which another would wait for in vain."""
        if time.monotonic() >= self._avoid_until or not self._awake:
            return {"preference": "_local"}
        return {"preference": f"_prefer_nodes:{','.join(sorted(self._awake.values()))}"}

    async def _look_who_answers(self, began: float) -> None:
        """Look which nodes answer, unless that was done since ``began``: once for all requests that
        had no answer at the moment."""
        if self._looking is None and self._looked <= began:
            self._looked = time.monotonic()
            self._looking = asyncio.ensure_future(self._look())
        if self._looking is not None:
            await asyncio.shield(self._looking)

    async def _look(self) -> None:
        """Ask each node for its own name, which it tells without the others; those that are silent
        are avoided for a while."""

        async def name_of(url: str) -> str | None:
            try:
                status, answer = await self._once("GET", f"{url}{_NAME}", b"", _LOOK_SECONDS)
            except PassingError:
                return None
            return next(iter(answer.get("nodes", {})), None) if status == 200 else None

        try:
            names = await asyncio.gather(*map(name_of, self.urls))
        finally:
            self._looking = None
        self._awake = {url: name for url, name in zip(self.urls, names, strict=True) if name}
        self.is_silent = not self._awake
        if 0 < len(self._awake) < len(self.urls):
            self._avoid_until = time.monotonic() + _AVOID_SECONDS

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            headers = {
                "Content-Type": "application/json",
                # nodes are near: none spends time on compressing
                "Accept-Encoding": "identity",
            }
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


def _checked(check: Callable[[Json], None], answer: Json) -> None:
    try:
        check(answer)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise PassingError("an answer that is not a node's") from error
