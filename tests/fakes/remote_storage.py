"""Articles that are searched over a network, as the service sees them: all in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.core.seams import Analyzer, AsyncSnapshot, Snapshot
from bot.core.shelf import Shelf
from bot.service.ports import ArticleIntake
from bot.service.tenants import EVERYONE, Tenant
from bot.sources.corpus.intake import Intake
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.index import FakeIndex
from tests.fakes.kept_pairs import FakeKeptPairs

_LARGEST_FILE = 1_000_000
"""Bytes of a file that is taken in."""
_T = TypeVar("_T")


class _AwaitedSnapshot:
    """A snapshot whose methods are awaited, but for the one whose reply is known before."""

    def __init__(self, snapshot: Snapshot, called: list[str]) -> None:
        self._snapshot = snapshot
        self._called = called

    def languages(self) -> Sequence[str]:
        return self._snapshot.languages()

    def __getattr__(self, name: str) -> Callable[[Any], Coroutine[Any, Any, Any]]:
        async def call(argument: Any) -> Any:
            self._called.append(name)
            return getattr(self._snapshot, name)(argument)

        return call


class FakeRemoteIndex(FakeIndex):
    """A `bot.core.seams.RemoteIndex`, which holds a change once it is refreshed."""

    def __init__(self, store: FakeArticleStore, analyzer: Analyzer) -> None:
        super().__init__(store, analyzer)
        self.latest = 0
        """The version of the last change."""
        self.found = 0
        """The version up to which changes are found."""
        self.opened = 0
        """Number of snapshots that were opened to be awaited."""
        self.called: list[str] = []
        """The methods of these that were called."""

    @asynccontextmanager
    async def async_snapshot(self) -> AsyncIterator[AsyncSnapshot]:
        self.opened += 1
        with self.snapshot() as snapshot:
            yield cast(AsyncSnapshot, _AwaitedSnapshot(snapshot, self.called))

    def taken_up(self) -> int | None:
        return self.found

    def is_latest(self, version: int) -> bool:
        return self.latest == version

    async def awaited(self, steps: Coroutine[Any, Any, _T]) -> _T:
        return await steps


class FakeRemoteStorage:
    """A `bot.service.ports.TenantStorage` whose shelves are searched over a network."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._shelves: dict[Tenant, Shelf] = {}
        self.pages: dict[str, bytes] = {}
        """The page that each link leads to."""
        self.shelf(EVERYONE)

    def has(self, tenant: Tenant) -> bool:
        return tenant in self._shelves

    def shelf(self, tenant: Tenant) -> Shelf:
        if tenant not in self._shelves:
            store = FakeArticleStore()
            index = FakeRemoteIndex(store, self._analyzer)
            self._shelves[tenant] = Shelf(store, index, tenant.prefix, FakeKeptPairs())
        return self._shelves[tenant]

    def store(self, tenant: Tenant) -> FakeArticleStore:
        return cast(FakeArticleStore, self.shelf(tenant).store)

    def index(self, tenant: Tenant) -> FakeRemoteIndex:
        return cast(FakeRemoteIndex, self.shelf(tenant).index)

    def save(self, tenant: Tenant, slug: str, title: str, body: str) -> None:
        """Put an article on a tenant's shelf, from where it is not found yet."""
        self.store(tenant).save(slug, Draft(Head(title, language="en"), body))
        self.index(tenant).latest += 1

    def take_up(self, tenant: Tenant) -> None:
        """Let the changes be found."""
        index = self.index(tenant)
        index.refresh()
        index.found = index.latest

    def intake(self, tenant: Tenant) -> ArticleIntake:
        return Intake(self.store(tenant), _LARGEST_FILE)

    async def fetch(self, link: str, tenant: Tenant) -> Sequence[Draft]:
        if link not in self.pages:
            raise ArticleError("link.unfetched", host=link, reason="nothing is there")
        return self.intake(tenant).read_text(self.pages[link])

    def erase(self, tenant: Tenant) -> None:
        del self._shelves[tenant]

    def tenants(self) -> list[Tenant]:
        return sorted(self._shelves.keys() - {EVERYONE}, key=lambda tenant: int(tenant.name))
