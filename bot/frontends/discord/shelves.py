"""Each server's own articles beside the operator's: who sees what, how much, for how long.

A server's articles lie under ``[discord] data``/servers/ID/ and are on a shelf of that server's
library alone. Everything here may read files: call it from a worker thread. What changes a shelf
(`refresh`, `add`, `remove`, `erase`) does so one at a time, and what reads does not wait for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from bot import wiring
from bot.config import Settings
from bot.core.article import Draft
from bot.core.errors import BotError
from bot.core.library import Library
from bot.core.seams import Progress
from bot.core.shelf import Shelf
from bot.frontends.discord.titles import Title, Titles

if TYPE_CHECKING:
    from bot.sources.corpus.intake import Intake

_OPEN_SHELVES = 100
"""Servers whose shelf is kept open; opening one again costs milliseconds."""


class QuotaError(BotError):
    """A server's shelf is full; the message says how full, for people to read."""


class Added(NamedTuple):
    """What became of one article that a server added."""

    kind: str
    """``added``, ``known`` (the same text is there) or ``replaced``."""
    title: str
    twins: tuple[str, ...]
    """The titles of the server's own articles that are nearly the same."""


class Shelves:
    """The operator's shelf and the servers', each opened when it is first asked."""

    def __init__(self, settings: Settings) -> None:
        """Opens the operator's articles; raises `bot.core.errors.CorpusError` where they are not
        there."""
        self._settings = settings
        self._analyzer = wiring.analyzer()
        self._everyone = wiring.shelf(settings, wiring.corpus_folder(settings), self._analyzer)
        self._everyones = Library([self._everyone], self._analyzer)
        self._changing = threading.Lock()
        self._opening = threading.Lock()
        self._servers: OrderedDict[int, tuple[Library, Shelf]] = OrderedDict()
        self._titles: dict[int | None, Titles] = {}

    def refresh(
        self, progress: Progress | None = None, among: wiring.Changed | None = None
    ) -> None:
        """Take up what changed in the folders of the operator and of the servers in use; where it
        is known which articles may have, at the cost of these alone."""
        with self._changing:
            if among is not None:
                self._refresh_some(among)
                return
            self._everyone.refresh(progress)
            # Another process may have taken the changes up: what counts is what is there now.
            titles = self._titles_of(self._everyones)
            changed = None not in self._titles or titles.listed != self._titles[None].listed
            if changed:
                self._titles[None] = titles
            for server, (library, own) in list(self._servers.items()):
                if own.refresh() or changed:
                    self._titles[server] = self._titles_of(library)

    def _refresh_some(self, among: wiring.Changed) -> None:
        slugs = among.get(None, frozenset())
        if slugs:
            self._everyone.refresh(slugs=slugs)
            self._renew(None, self._everyones, slugs)
        for server, (library, own) in list(self._servers.items()):
            prefix = wiring.server_prefix(server)
            local = among.get(server, frozenset())
            if local:
                own.refresh(slugs=local)
            self._renew(server, library, slugs | {prefix + slug for slug in local})

    def _renew(self, server: int | None, library: Library, slugs: Set[str]) -> None:
        """Bring the titles of some articles up to date, where they are known."""
        known = self._titles.get(server)
        if known is not None and slugs:
            entries = filter(None, map(library.entry, slugs))
            there = [Title(entry.slug, entry.head.title) for entry in entries]
            self._titles[server] = known.renewed(slugs, there)

    def library(self, server: int | None) -> Library:
        """What can be asked from a server (None: in private): everyone's, and its own."""
        if server is None or not wiring.server_folder(self._settings, server).is_dir():
            return self._everyones
        return self._open(server)[0]

    def _open(self, server: int) -> tuple[Library, Shelf]:
        with self._opening:
            if server not in self._servers:
                store = wiring.server_store(self._settings, server)
                prefix = wiring.server_prefix(server)
                own = wiring.shelf(self._settings, store, self._analyzer, prefix)
                own.refresh()
                library = Library([self._everyone, own], self._analyzer)
                self._servers[server] = (library, own)
            self._servers.move_to_end(server)
            while len(self._servers) > _OPEN_SHELVES:
                closed, _ = self._servers.popitem(last=False)
                self._titles.pop(closed, None)
            return self._servers[server]

    def titles(self, server: int | None) -> Titles:
        """The titles that can be seen from a server."""
        library = self.library(server)
        key = None if library is self._everyones else server
        if key not in self._titles:
            self._titles[key] = self._titles_of(library)
        return self._titles[key]

    def known_titles(self, server: int | None) -> Titles | None:
        """The same without reading a file; None where `titles` has not been asked yet. May be
        called from any thread."""
        if server is not None and wiring.server_folder(self._settings, server).is_dir():
            return self._titles.get(server)
        return self._titles.get(None)

    def own(self, server: int) -> Titles:
        """The articles that are a server's own."""
        prefix = wiring.server_prefix(server)
        entries = self.library(server).entries()
        return Titles(
            Title(entry.slug, entry.head.title)
            for entry in entries
            if entry.slug.startswith(prefix)
        )

    def add(self, server: int, drafts: Sequence[Draft]) -> list[Added]:
        """Put articles on a server's shelf. Raises `QuotaError` where they don't fit, with nothing
        added, and `bot.core.errors.BotError` where one cannot be written."""
        with self._changing:
            quota = self._settings.discord
            store = wiring.server_store(self._settings, server)
            intake = wiring.server_intake(self._settings, server)
            versions = set(store.list().versions.values())
            kept = versions.difference(map(intake.replaced_by, drafts))
            size = sum(version.size for version in kept)
            size += sum(len(draft.body.encode("utf-8", "replace")) for draft in drafts)
            if len(kept) + len(drafts) > max(quota.quota_articles, len(versions)):
                raise QuotaError(
                    f"This server’s shelf holds {len(versions):,} articles; "
                    f"{quota.quota_articles:,} are the most. Remove one first."
                )
            if size > quota.quota_mb * 1e6:
                raise QuotaError(
                    f"This server’s shelf holds at most {quota.quota_mb:g} MB; that would be "
                    f"{size / 1e6:.1f} MB. Remove an article first."
                )
            try:
                outcomes = [intake.add(draft) for draft in drafts]
            finally:
                self._changed(server)
            return [
                Added(outcome.kind, outcome.head.title, self._twins(server, outcome.slug))
                for outcome in outcomes
            ]

    async def fetch(self, link: str, intake: Intake) -> list[Draft]:
        """The articles that a link leads to, not added yet. Raises
        `bot.core.errors.ArticleError`."""
        from bot.sources.web.links import read_fetched

        async with wiring.fetcher(self._settings, for_servers=True) as fetcher:
            fetched = await fetcher.fetch(link)
        return await asyncio.to_thread(read_fetched, fetched, intake.read_bytes)

    def reading(self, server: int) -> Intake:
        """What reads a paste or an upload."""
        return wiring.server_intake(self._settings, server)

    def remove(self, server: int, slug: str) -> None:
        """Take an article off a server's shelf; ``slug`` with the server's prefix. Raises
        `bot.core.errors.AddressError` where it has none of that name."""
        with self._changing:
            local = slug.removeprefix(wiring.server_prefix(server))
            wiring.server_store(self._settings, server).remove(local)
            self._changed(server)

    def erase(self, server: int) -> None:
        """Delete a server's shelf and its index."""
        with self._changing:
            self._servers.pop(server, None)
            self._titles.pop(server, None)
            wiring.erase_server(self._settings, server)

    def servers(self) -> list[int]:
        """The servers that have a shelf on disk."""
        return wiring.servers(self._settings)

    def _twins(self, server: int, slug: str) -> tuple[str, ...]:
        library, own = self._open(server)
        if not own.holds(slug):  # another process has removed it since
            return ()
        slugs = library.near_duplicates(wiring.server_prefix(server) + slug)
        known = {title.slug: title.title for title in self.titles(server).listed}
        return tuple(known[twin] for twin in slugs if twin in known)

    def _changed(self, server: int) -> None:
        library, own = self._open(server)
        own.refresh()
        self._titles[server] = self._titles_of(library)

    @staticmethod
    def _titles_of(library: Library) -> Titles:
        return Titles(Title(entry.slug, entry.head.title) for entry in library.entries())
