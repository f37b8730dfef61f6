"""Wiring of what reads files and pages from outside, and adds them to a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.core.article import Draft

if TYPE_CHECKING:
    from bot.core.seams import ArticleStore
    from bot.sources.corpus.intake import Intake
    from bot.sources.isolation.readers import Readers
    from bot.sources.web.fetching import Fetcher


def intake(settings: Settings, store: ArticleStore) -> Intake:
    """Return the intake that adds articles to a store."""
    from bot.sources.corpus.intake import Intake

    return Intake(store, int(settings.corpus.largest_file_mb * 1e6), read_outside)


@cache
def readers() -> Readers:
    """Return the processes in which files from outside are read; they start when one is met."""
    import atexit

    from bot.sources.isolation.readers import Readers

    made = Readers()
    atexit.register(made.close)
    return made


def read_outside(data: bytes, name: str, title: str | None = None) -> list[Draft]:
    """Read a file from outside: apart, whatever its kind."""
    return readers().read(data, name, title)


def fetcher(settings: Settings, for_servers: bool = False) -> Fetcher:
    """Return the fetcher of links, within the bounds of the settings: for the operator's links, or
    for those added on Discord, whose servers are other people's."""
    from bot.sources.web.fetching import Fetcher, Limits
    from bot.sources.web.reach import read_reach

    web = settings.web
    limits = Limits(web.seconds, int(settings.corpus.largest_file_mb * 1e6), 5, web.concurrency)
    reach = read_reach(web.allow)
    if for_servers:
        reach = read_reach(web.servers_allow, "servers_allow")
    return Fetcher(reach, limits, web.contact)


def check_reach(settings: Settings) -> None:
    """Check what the settings say of the hosts that may be reached; raises `ConfigError`."""
    from bot.sources.web.reach import read_reach

    read_reach(settings.web.allow)
    read_reach(settings.web.servers_allow, "servers_allow")


async def fetch_for_server(
    settings: Settings, link: str, make_intake: Callable[[], Intake]
) -> Sequence[Draft]:
    """Return the articles that a link added on Discord leads to, without adding them. Raises
    `ArticleError`."""
    import asyncio

    from bot.sources.web.links import read_fetched

    async with fetcher(settings, for_servers=True) as fetching:
        fetched = await fetching.fetch(link)
    intake = await asyncio.to_thread(make_intake)
    return await asyncio.to_thread(read_fetched, fetched, intake.read_bytes)
