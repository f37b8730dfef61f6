"""Wiring of what brings articles in: files, links, feeds, and changes in the folders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.core.article import Draft
from bot.core.errors import ArticleError, BotError
from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE, Tenant
from bot.wiring.composition import article_store, index_folder
from bot.wiring.outside import fetcher, intake, readers
from bot.wiring.shared_state import one_of_all

if TYPE_CHECKING:
    from bot.sources.collecting import Collector
    from bot.sources.corpus.intake import Intake
    from bot.sources.feeds.feed_state import FeedState
    from bot.sources.feeds.following import Followed

_LOOK_SECONDS = 5.0
"""Seconds between two looks whether another process still does what one of all has to do."""
Refresh = Callable[[ChangedSlugs | None], Awaitable[None]]
"""Takes the slugs of articles that may have changed, by tenant; None if they are not known."""


def feed_state(settings: Settings, tried_in: Path | None = None) -> FeedState:
    """Return the state of the feeds of the operator's articles or, if a folder for trials is given,
    a copy of it there."""
    import shutil

    import platformdirs

    from bot.sources.feeds.feed_state import FeedState

    folder = platformdirs.user_state_path("articlebot", appauthor=False) / "feeds"
    path = folder / f"{index_folder(settings).name}.json"
    if tried_in is not None:
        with suppress(FileNotFoundError):
            shutil.copyfile(path, tried_in / path.name)
        path = tried_in / path.name
    return FeedState(path)


def collector(settings: Settings, reader: Intake) -> Collector:
    """Return the collector that reads articles of many files and links for the operator."""
    from bot.sources.collecting import Collector

    return Collector(reader, settings.corpus.folder, partial(fetcher, settings))


async def ask_feeds(
    settings: Settings, feeds: Sequence[str], adding: Intake, tried_in: Path | None = None
) -> AsyncIterator[tuple[str, Sequence[Followed]]]:
    """Ask each of these feeds once, and add what it brings; gives each with what became of its
    links. See `feed_state` for ``tried_in``."""
    from bot.sources.feeds.following import follow_feed

    state = feed_state(settings, tried_in)
    async with fetcher(settings) as fetching:
        for feed in feeds:
            read = readers().read_feed
            yield feed, await follow_feed(feed, fetching, adding, state, read)


async def fetch_again(
    settings: Settings, links: Sequence[str], reader: Intake
) -> list[Draft | ArticleError]:
    """Return the articles of these links as they are now, not added yet, or why one cannot be
    had."""
    import asyncio
    import datetime

    from bot.sources.feeds.following import fetch_again

    today = datetime.datetime.now(datetime.UTC).date().isoformat()

    async def one(link: str) -> Draft | ArticleError:
        try:
            draft = await fetch_again(link, fetching, reader)
        except ArticleError as error:
            return error
        return draft._replace(head=draft.head._replace(fetched=today))

    async with fetcher(settings) as fetching:
        return list(await asyncio.gather(*map(one, links)))


async def watch(
    settings: Settings, refresh: Refresh, settings_changed: Callable[[], None] = lambda: None
) -> None:
    """Call ``refresh`` whenever something changes in a folder of articles or in the database, until
    cancelled; with the articles that may have changed, or None if that is not known.
    ``settings_changed`` is called when another process may have changed a server's settings."""
    import asyncio

    if settings.storage.postgres:
        from bot.wiring import database

        mirroring = None
        if settings.storage.mirror_corpus and settings.corpus.folder.is_dir():
            mirroring = asyncio.create_task(_mirror(settings))
        try:
            async for found in database.changes(settings, settings_changed):
                await refresh(found)
        finally:
            if mirroring is not None:
                mirroring.cancel()
        return

    from bot.sources.corpus.watching import changes, slugs_at

    servers = settings.discord.data / "servers"

    def look(paths: Mapping[Path, bool]) -> ChangedSlugs | None:
        return _changed(slugs_at(paths), servers)

    async for paths in changes([settings.corpus.folder, servers]):
        changed = None if paths is None else await asyncio.to_thread(look, paths)
        if changed is None or changed:
            await refresh(changed)


async def _mirror(settings: Settings) -> None:
    """Copy the operator's folder into the database as it changes, until cancelled, whenever no
    other process does. What fails is logged, and tried again."""
    import asyncio
    import logging

    from bot.sources.corpus.watching import changes
    from bot.wiring import database

    mirror, mine = database.folder_mirror(settings), one_of_all(settings, "mirror")
    changed = asyncio.Event()

    async def look() -> None:
        async for _ in changes([settings.corpus.folder]):
            changed.set()

    looking = asyncio.create_task(look())
    was_mine = False
    try:
        while True:
            is_mine = await asyncio.to_thread(mine)
            if is_mine and (changed.is_set() or not was_mine):
                changed.clear()
                try:
                    await asyncio.to_thread(mirror.copy)
                except BotError as error:
                    logging.getLogger(__name__).warning("mirroring the folder: %s", error)
                    is_mine = False
            was_mine = is_mine
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await changed.wait()
    finally:
        looking.cancel()


def _changed(found: Mapping[Path, str | None], servers: Path) -> ChangedSlugs | None:
    """Return whose articles may have changed, given their slugs by path; None if one path may have
    been a folder of many."""
    changed: dict[Tenant, set[str]] = {}
    servers = servers.resolve()
    owners: dict[Path, Tenant | None] = {}
    for path, slug in found.items():
        if slug is None:
            return None
        folder = path.parent
        if folder not in owners:
            owners[folder] = _owner(folder.resolve(), servers)
        owner = owners[folder]
        if owner is not None:
            changed.setdefault(owner, set()).add(slug)
    return changed


def _owner(folder: Path, servers: Path) -> Tenant | None:
    """Return the tenant whose articles are in a folder; None if there is none."""
    if not folder.is_relative_to(servers):
        return EVERYONE
    inner = folder.relative_to(servers).parts
    return Tenant(inner[0]) if inner and inner[0].isdecimal() else None


async def follow_feeds(settings: Settings, refresh: Refresh) -> None:
    """Ask the settings' feeds, each at its own pace, until cancelled. New entries are added to the
    operator's articles, after which ``refresh`` is called; failures are logged."""
    import asyncio
    import logging
    import time

    from bot.sources.feeds.following import due, follow_feed

    feeds = [(feed.url, 60 * feed.every_minutes) for feed in settings.feeds]
    state = feed_state(settings)
    adding = intake(settings, article_store(settings))
    mine = one_of_all(settings, "feeds")
    while feeds:
        if not await asyncio.to_thread(mine):
            await asyncio.sleep(_LOOK_SECONDS)
            continue
        for url in due(feeds, state, time.time()):
            try:
                async with fetcher(settings) as fetching:
                    found = await follow_feed(
                        url, fetching, adding, state, readers().read_feed, patient=True
                    )
            except Exception:  # the other feeds must be fetched, too
                logging.getLogger(__name__).exception("feed %s", ascii(url))
                continue
            for link, _, fault in found:
                if fault is not None:
                    logging.getLogger(__name__).warning("feed %s: %s", ascii(link), fault)
            if any(outcomes for _, outcomes, _ in found):
                await refresh(None)
        await asyncio.sleep(min(30.0, *(pause for _, pause in feeds)))
