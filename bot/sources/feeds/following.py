"""Following the web: new articles of feeds are added, and articles fetched before are fetched
again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.adding import AddedArticle
from bot.core.article import Draft
from bot.core.errors import ArticleError, BotError, Problem
from bot.sources.corpus.intake import Intake
from bot.sources.feeds.feed_links import MOST_LINKS, FeedLinks
from bot.sources.feeds.feed_state import MOST_TAKEN, Failure, FeedRecord, FeedState
from bot.sources.web.fetching import Fetched, Fetcher
from bot.sources.web.links import read_fetched

FeedReader = Callable[[bytes, str], FeedLinks]
_FIRST_PAUSE = 300.0
_LONGEST_PAUSE = 86400.0
"""Seconds."""


class Followed(NamedTuple):
    """The result of following one link."""

    link: str
    outcomes: tuple[AddedArticle, ...] = ()
    fault: Problem | None = None


async def follow_feed(
    url: str,
    fetcher: Fetcher,
    intake: Intake,
    state: FeedState,
    read_feed: FeedReader,
    *,
    patient: bool = False,
    clock: Callable[[], float] = time.time,
) -> list[Followed]:
    """Request a feed, and add the articles that it lists and that were not taken before.

    ``read_feed`` reads a feed's bytes, given where they are from; it is called in another thread.
    Articles that could not be added are fetched again each time, or, where ``patient``, after ever
    longer pauses. The state is saved after each article, so an interruption loses nothing. A feed
    that fails gives one fault, that says when it last worked; its articles stay.
    """
    record = state.of(url)
    now = record["asked"] = clock()
    try:
        links = await _links(url, fetcher, record, read_feed)
    except ArticleError as error:
        await asyncio.to_thread(state.save)
        return [Followed(url, fault=_feed_fault(error, record.get("worked")))]
    record["worked"] = now
    failed = record.get("failed", {})
    record["failed"] = {link: failed[link] for link in links if link in failed}
    taken = set(record.get("taken", []))
    found = []
    for link in links:
        if link in taken or (patient and _must_wait(record["failed"].get(link), now)):
            continue
        followed = await follow(link, fetcher, intake)
        found.append(followed)
        if followed.fault is None:
            record["failed"].pop(link, None)
            record["taken"] = [*record.get("taken", []), link][-MOST_TAKEN:]
        else:
            before = record["failed"].get(link)
            times = before["times"] if before else 0
            record["failed"][link] = Failure(times=times + 1, asked=now)
        await asyncio.to_thread(state.save)
    await asyncio.to_thread(state.save)
    return found


async def _links(
    url: str, fetcher: Fetcher, record: FeedRecord, read_feed: FeedReader
) -> list[str]:
    """Return the links that a feed lists now. Raises `ArticleError` if it cannot be fetched."""
    answer = await fetcher.fetch(url, record.get("etag"), record.get("modified"))
    if not answer.fresh:
        return record.get("links", [])
    listed = await asyncio.to_thread(read_feed, answer.data, answer.url)
    links = list(listed.articles)
    for sitemap in listed.sitemaps:
        found = await fetcher.fetch(sitemap)
        links += (await asyncio.to_thread(read_feed, found.data, found.url)).articles
    record["etag"], record["modified"] = answer.etag, answer.modified
    record["links"] = links[:MOST_LINKS]
    return record["links"]


def _must_wait(failure: Failure | None, now: float) -> bool:
    """Return whether a failed link must not be requested again yet: the pause is five minutes, ten,
    twenty, and so on up to a day."""
    if failure is None:
        return False
    pause: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** max(0, min(20, failure["times"] - 1)))
    return 0 <= now - failure["asked"] < pause


async def follow(link: str, fetcher: Fetcher, intake: Intake) -> Followed:
    """Fetch one link and add its article."""
    try:
        fetched = await fetcher.fetch(link)
        return Followed(link, await asyncio.to_thread(_add, fetched, intake))
    except BotError as error:
        return Followed(link, fault=error.problem)


def _add(fetched: Fetched, intake: Intake) -> tuple[AddedArticle, ...]:
    return tuple(intake.add(draft) for draft in read_fetched(fetched, intake.read_bytes))


async def fetch_again(link: str, fetcher: Fetcher, intake: Intake) -> Draft:
    """Return the article of a link as it is now, without adding it. Raises `ArticleError`."""
    fetched = await fetcher.fetch(link)
    return (await asyncio.to_thread(read_fetched, fetched, intake.read_bytes))[0]


def due(feeds: Sequence[tuple[str, float]], state: FeedState, now: float) -> list[str]:
    """Return the feeds that are due; each is a link and its seconds between two requests."""
    return [
        url
        for url, pause in feeds
        if (asked := state.of(url).get("asked")) is None or now - asked >= pause or asked > now
    ]


def _feed_fault(error: ArticleError, worked: float | None) -> Problem:
    """Return the fault of a feed that fails, with the time at which it last worked."""
    if worked is None:
        return Problem("feed.never_worked", {"problem": error.problem})
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(worked))
    return Problem("feed.failed", {"problem": error.problem, "when": when})
