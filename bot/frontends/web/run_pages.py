"""The pages as a program of their own: read the articles, serve, follow their changes, leave."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial

from bot import wiring
from bot.config import Settings
from bot.core.errors import StorageError
from bot.core.seams import Progress
from bot.frontends.figures import looking
from bot.frontends.log_output import write_log
from bot.frontends.metrics import Metrics
from bot.frontends.web.application import application
from bot.frontends.web.client_addresses import read_proxies
from bot.frontends.web.request_limits import RequestLimits, request_limits
from bot.frontends.web.serving import (
    connection_counts,
    open_socket,
    read_endpoint,
    read_public_url,
    serving,
)
from bot.frontends.web.site import Site, site_of
from bot.frontends.web.worker_processes import counting_folder, share, usable_cores
from bot.service.answers.answering import Answering
from bot.service.events.logs import Log
from bot.service.events.stream import Events
from bot.service.learning.miss_recording import MissRecorder
from bot.service.shelves.shelves import ChangedSlugs
from bot.wiring import incoming, shared_state

LISTEN = "127.0.0.1:8080"
"""Address of the pages, unless the settings give one."""
REFRESH_SECONDS = 60.0
MOST_PROCESSES = 4
"""Number of processes that serve on a machine of more cores, unless it is given: each reads the
articles' changes and takes some 100 MB."""
_log = logging.getLogger(__name__)


def run(
    settings: Settings,
    listen: str | None = None,
    *,
    reading: Callable[[str], AbstractContextManager[Progress | None]],
    log_format: str = "text",
    processes: int | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; ``reading`` shows how far the articles are read,
    ``log_format`` is ``text`` or ``json``, ``processes`` how many serve: one for each core, but no
    more than `MOST_PROCESSES`, where that is not given.

    Raises `bot.core.errors.BotError`, in one line, if that cannot begin.
    """
    write_log(logging.StreamHandler(sys.stderr), format_=log_format)
    endpoint = read_endpoint(listen or settings.reader.listen or LISTEN)
    read_public_url(settings.reader.public_url)
    read_proxies(settings.reader.proxies)
    if processes is None:
        processes = min(usable_cores(), MOST_PROCESSES)
    limits = request_limits(settings.reader.questions_per_minute, time.monotonic)
    with open_socket(endpoint) as listening:
        if processes == 1:
            _work(settings, listening, f"the pages are at http://{endpoint}", reading, limits)
            return
        _log.info("the pages are at http://%s, by %d processes", endpoint, processes)
        reader = settings.reader
        own = reader._replace(connections=max(1, reader.connections // processes))
        one = settings._replace(reader=own)
        share(processes, lambda: _work(one, listening, "ready", reading, limits), counting_folder())


def _work(
    settings: Settings,
    listening: socket.socket,
    ready: str,
    reading: Callable[[str], AbstractContextManager[Progress | None]],
    limits: RequestLimits,
) -> None:
    """Read the articles, and serve; ``ready`` is logged in between."""
    answering = wiring.answering(settings)
    answering.events.subscribe(Log())
    background = shared_state.records_thread(settings)
    answering.events.subscribe(MissRecorder(background, lambda: settings.discord.retention_days))
    records = None
    if settings.reader.server_articles:
        records = shared_state.records(settings, time.time)
    site = site_of(settings, answering, records=records)
    counts = connection_counts(settings.reader)
    metrics = Metrics(looking(settings, answering, counts))
    answering.events.subscribe(metrics)
    made = application(site, answering.events.failed, metrics, limits=limits)
    with reading("reading articles") as progress:
        try:
            answering.shelves.refresh(progress)
        except StorageError as error:
            if not answering.is_remote:
                raise
            answering.events.failed(error, "reading the articles")  # questions are told so
    _log.info(ready)
    serve = partial(serving, made, listening, counts)
    try:
        asyncio.run(_serve(settings, site, serve, metrics))
    finally:
        background.close()


async def _serve(
    settings: Settings,
    site: Site,
    serve: Callable[[], AbstractAsyncContextManager[None]],
    metrics: Metrics,
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if hasattr(signal, "SIGHUP"):  # a terminal that is closed is no reason to leave
        loop.add_signal_handler(
            signal.SIGHUP, _log.info, "SIGHUP: the settings are read at the start"
        )
    tasks = [
        asyncio.create_task(_follow(settings, site.answering)),
        asyncio.create_task(metrics.watch_loop()),
    ]
    try:
        async with serve():
            await stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        site.workers.close()


async def _follow(settings: Settings, answering: Answering) -> None:
    """Take up what changes in the folders of articles, until cancelled: when the watcher tells, and
    from time to time, for it may miss something."""

    async def refresh(among: ChangedSlugs | None = None) -> None:
        await asyncio.to_thread(answering.shelves.refresh, among=among)

    async def look() -> None:
        await asyncio.sleep(REFRESH_SECONDS)
        await refresh()

    async with asyncio.TaskGroup() as following:
        for job in (look, partial(incoming.watch, settings, refresh)):
            following.create_task(_again(job, answering.events))


async def _again(job: Callable[[], Awaitable[None]], events: Events) -> None:
    """Repeat a task; a failure is reported, and the task tried again a little later."""
    while True:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - the next time may go better
            events.failed(error, "following the articles, which is tried again later,")
            await asyncio.sleep(REFRESH_SECONDS)
