"""The shelves of everyone and of each tenant: who sees what, how much, for how long.

A tenant's articles are on a shelf of that tenant's library alone. Everything here may read files:
call it from a worker thread. What changes a shelf (`refresh`, `add`, `remove`, `erase`) does so
one at a time, and what reads does not wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping, Sequence, Set

from bot.core.article import Draft
from bot.core.errors import BotError, CorpusError
from bot.core.library import Library
from bot.core.light_typing import TYPE_CHECKING, TypeAlias
from bot.core.named_tuple import NamedTuple
from bot.core.seams import Analyzer, Changes, Fault, Progress
from bot.core.shelf import Shelf
from bot.service.events.stream import Events
from bot.service.shelves.open_shelves import OpenShelf, OpenShelves
from bot.service.tenants import EVERYONE, Tenant

if TYPE_CHECKING:
    from bot.core.seams.pairs import KeptPairs
    from bot.service.ports import ArticleIntake, TenantStorage
    from bot.service.shelves.titles import Titles

_OPEN_SHELVES = 100
"""Number of tenants whose shelf is kept open; opening one again costs milliseconds."""

ChangedSlugs: TypeAlias = Mapping[Tenant, Set[str]]
"""Slugs, without prefixes, of articles that may have changed, by tenant."""


class Quota(NamedTuple):
    """Limits on the articles that a tenant may add."""

    articles: int = 200
    megabytes: float = 20.0
    """Of 10^6 bytes."""


class QuotaError(BotError):
    """A tenant's shelf is full."""


class Addition(NamedTuple):
    """The outcome of one article that a tenant added."""

    kind: str
    """``added``, ``known`` (the same text is there) or ``replaced``."""
    title: str
    near_duplicates: tuple[str, ...]
    """The titles of the tenant's own articles that are nearly the same."""


class Shelves:
    """Everyone's shelf and the tenants', each opened on first use."""

    def __init__(
        self, storage: TenantStorage, analyzer: Analyzer, quota: Quota, events: Events
    ) -> None:
        """Open everyone's articles; raises `bot.core.errors.CorpusError` if they are not there."""
        self._storage = storage
        self.analyzer = analyzer
        self.quota = quota
        self._events = events
        self._everyone = storage.shelf(EVERYONE)
        self._everyones = Library([self._everyone], analyzer)
        self.is_remote = self._everyones.is_remote
        """True if articles are searched over a network."""
        self._changing = threading.Lock()
        self._tenants = OpenShelves(self._open, _OPEN_SHELVES)
        self._reading: tuple[int, int] | None = None

    def refresh(self, progress: Progress | None = None, among: ChangedSlugs | None = None) -> None:
        """Take up the changes in the folders of everyone and of the tenants in use. If it is known
        which articles may have changed, only these are looked at."""
        with self._changing:
            began = time.perf_counter()

            def tell(done: int, total: int) -> None:
                self._reading = done, total
                if progress is not None:
                    progress(done, total)

            try:
                for tenant, shelf in [
                    (EVERYONE, self._everyone),
                    *((tenant, own) for tenant, (_, own) in self._tenants.items()),
                ]:
                    if among is None:
                        self._refresh_shelf(tenant, shelf, tell)
                    elif slugs := among.get(tenant):
                        self._refresh_shelf(tenant, shelf, slugs=slugs)
            finally:
                self._reading = None
            if self._events:
                from bot.service.events.event_types import Refreshed

                self._events.publish(Refreshed(time.perf_counter() - began))

    def reading(self) -> tuple[int, int] | None:
        """Return the number of new files read and of all new files while some are being read,
        otherwise None. May be called from any thread."""
        return self._reading

    def _refresh_shelf(
        self,
        tenant: Tenant,
        shelf: Shelf,
        progress: Progress | None = None,
        slugs: Set[str] | None = None,
    ) -> Changes:
        known = {fault.path: fault for fault in shelf.faults()}
        changes = shelf.refresh(progress, slugs)
        if self._events:
            self._tell(
                tenant, changes, [each for each in shelf.faults() if known.get(each.path) != each]
            )
        return changes

    def _tell(self, tenant: Tenant, changes: Changes, faults: Iterable[Fault]) -> None:
        from bot.service.events.event_types import Added, Changed, Removed, Skipped

        kinds: tuple[type[Added] | type[Changed] | type[Removed], ...] = (Added, Changed, Removed)
        for kind, found in zip(kinds, changes, strict=True):
            for slug in found:
                self._events.publish(kind(tenant, tenant.prefix + slug))
        for fault in faults:
            self._events.publish(Skipped(tenant, fault.path, fault.problem))

    def library(self, tenant: Tenant) -> Library:
        """Return the articles that a tenant can ask: everyone's and its own."""
        if tenant == EVERYONE or not self._storage.has(tenant):
            return self._everyones
        return self._tenants.get(tenant).library

    def library_over(self, tenant: Tenant, everyones: Shelf) -> Library:
        """Return what `library` would be if everyone's articles were those of another shelf."""
        own = []
        if tenant != EVERYONE and self._storage.has(tenant):
            own = [self._tenants.get(tenant).shelf]
        return Library([everyones, *own], self.analyzer)

    def existing_library(self, tenant: Tenant) -> Library:
        """Return the same; raises `bot.core.errors.CorpusError` if the tenant has no articles of
        its own."""
        if tenant != EVERYONE and not self._storage.has(tenant):
            raise CorpusError("tenant.without_articles", name=tenant.name)
        return self.library(tenant)

    def _open(self, tenant: Tenant) -> OpenShelf:
        own = self._storage.shelf(tenant)
        if not self.is_remote:  # whoever changes articles there waits until they are found
            self._refresh_shelf(tenant, own)
        return OpenShelf(Library([self._everyone, own], self.analyzer), own)

    def has_own(self, tenant: Tenant) -> bool:
        """Return whether a tenant has a shelf of its own."""
        return self._storage.has(tenant)

    def kept(self, tenant: Tenant) -> KeptPairs:
        """Return the pairs that a tenant's own editors keep. A tenant without a shelf gets one."""
        shelf = self._everyone if tenant == EVERYONE else self._tenants.get(tenant).shelf
        if shelf.kept is None:
            raise CorpusError("articles.without_kept_answers")
        return shelf.kept

    def titles(self, tenant: Tenant) -> Titles:
        """Return the titles that a tenant can see."""
        from bot.service.shelves.titles import Titles  # most questions need none

        return Titles(self.library(tenant))

    def own(self, tenant: Tenant) -> Titles:
        """Return the articles that are a tenant's own."""
        from bot.service.shelves.titles import Titles

        own = [self._tenants.get(tenant).shelf] if self._storage.has(tenant) else []
        return Titles(Library(own, self.analyzer))

    def intake(self, tenant: Tenant) -> ArticleIntake:
        """Return the intake that reads a paste or an upload, and adds to a tenant's own
        articles."""
        return self._storage.intake(tenant)

    async def fetch(self, link: str, tenant: Tenant) -> Sequence[Draft]:
        """Return the articles that a link leads to, without adding them. Raises `ArticleError`."""
        return await self._storage.fetch(link, tenant)

    def add(self, tenant: Tenant, drafts: Sequence[Draft]) -> list[Addition]:
        """Put articles on a tenant's shelf. Raises `QuotaError` if they don't fit, with nothing
        added, and `bot.core.errors.BotError` if one cannot be written."""
        with self._changing:
            intake = self._storage.intake(tenant)
            self._check_quota(tenant, intake, drafts)
            try:
                outcomes = [intake.add(draft) for draft in drafts]
            finally:
                self._changed(tenant)
            return [
                Addition(
                    outcome.kind, outcome.head.title, self._near_duplicates(tenant, outcome.slug)
                )
                for outcome in outcomes
            ]

    def _check_quota(self, tenant: Tenant, intake: ArticleIntake, drafts: Sequence[Draft]) -> None:
        versions = set(self._storage.store(tenant).list().versions.values())
        kept = versions.difference(map(intake.replaced_by, drafts))
        size = sum(version.size for version in kept)
        size += sum(len(draft.body.encode("utf-8", "replace")) for draft in drafts)
        if len(kept) + len(drafts) > max(self.quota.articles, len(versions)):
            raise QuotaError("quota.articles", held=len(versions), most=self.quota.articles)
        if size > self.quota.megabytes * 1e6:
            raise QuotaError("quota.size", most=self.quota.megabytes, size=size / 1e6)

    def remove(self, tenant: Tenant, slug: str) -> None:
        """Remove an article from a tenant's shelf; ``slug`` has the tenant's prefix. Raises
        `AddressError` if there is none of that name."""
        with self._changing:
            self._storage.store(tenant).remove(slug.removeprefix(tenant.prefix))
            self._changed(tenant)

    def erase(self, tenant: Tenant) -> None:
        """Delete a tenant's shelf and its index."""
        with self._changing:
            self._tenants.drop(tenant)
            self._storage.erase(tenant)
            if self._events:
                from bot.service.events.event_types import Erased

                self._events.publish(Erased(tenant))

    def tenants(self) -> list[Tenant]:
        """Return the tenants that have a shelf on disk."""
        return self._storage.tenants()

    def _near_duplicates(self, tenant: Tenant, slug: str) -> tuple[str, ...]:
        library, own = self._tenants.get(tenant)
        if not own.holds(slug):  # another process has removed it since
            return ()
        slugs = library.near_duplicates(tenant.prefix + slug)
        entries = filter(None, map(library.entry, slugs))
        return tuple(entry.head.title for entry in entries)

    def _changed(self, tenant: Tenant) -> None:
        self._refresh_shelf(tenant, self._tenants.get(tenant).shelf)
