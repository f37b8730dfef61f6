"""Following the web: what feeds bring is added, what was fetched before is fetched again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.article import Draft
from bot.core.errors import ArticleError, BotError
from bot.sources.corpus.intake import Intake
from bot.sources.corpus.naming import AddOutcome
from bot.sources.feeds.feed import FeedState, new_links
from bot.sources.web.fetching import Fetched, Fetcher
from bot.sources.web.links import read_fetched


class Followed(NamedTuple):
    """What became of one link."""

    link: str
    outcomes: tuple[AddOutcome, ...] = ()
    fault: str | None = None


async def follow_feed(
    url: str,
    fetcher: Fetcher,
    intake: Intake,
    state: FeedState,
    clock: Callable[[], float] = time.time,
) -> list[Followed]:
    """Ask a feed, and add the articles that it brings and that were not taken before.

    The state is saved after each article, so an interruption loses nothing. A feed that fails
    gives one fault, that says when it last worked; its articles stay.
    """
    known = state.of(url)
    known["asked"] = clock()
    try:
        links = await new_links(url, fetcher, known)
    except ArticleError as error:
        worked = known.get("worked")
        since = f"; it last worked on {_day(worked)}" if worked else "; it has never worked"
        known["fault"] = str(error)
        await asyncio.to_thread(state.save)
        return [Followed(url, fault=f"{error}{since}")]
    known.update(worked=clock(), fault=None)
    found = []
    for link in links:
        followed = await follow(link, fetcher, intake)
        found.append(followed)
        known["taken"] = [*known.get("taken", []), link][-5000:]
        await asyncio.to_thread(state.save)
    await asyncio.to_thread(state.save)
    return found


async def follow(link: str, fetcher: Fetcher, intake: Intake) -> Followed:
    """Fetch one link and add its article."""
    try:
        fetched = await fetcher.fetch(link)
        return Followed(link, await asyncio.to_thread(_add, fetched, intake))
    except BotError as error:
        return Followed(link, fault=str(error))


def _add(fetched: Fetched, intake: Intake) -> tuple[AddOutcome, ...]:
    return tuple(intake.add(draft) for draft in read_fetched(fetched, intake.read_bytes))


async def fetch_again(link: str, fetcher: Fetcher, intake: Intake) -> Draft:
    """The article of a link as it is now, not added yet. Raises `ArticleError`."""
    fetched = await fetcher.fetch(link)
    return (await asyncio.to_thread(read_fetched, fetched, intake.read_bytes))[0]


def due(feeds: Sequence[tuple[str, float]], state: FeedState, now: float) -> list[str]:
    """The feeds that are to be asked now; each is a link and its seconds between two times."""
    asked = {url: state.of(url).get("asked") for url, _ in feeds}
    return [
        url
        for url, pause in feeds
        if not isinstance(before := asked[url], int | float) or now - before >= pause
    ]


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))
