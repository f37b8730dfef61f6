"""``run``: the bot on Discord, and the pages beside it, as one process that an operator starts.

Puts the front-ends together; what each of them does is its own. Signals: SIGTERM and SIGINT finish
the answers under way and leave, SIGHUP reads the settings again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import NamedTuple

from bot import wiring
from bot.config import Settings
from bot.core.errors import BotError, UnfinishedIndexError
from bot.frontends.data_lock import only_one
from bot.frontends.discord.client import ArticleBot
from bot.frontends.discord.gateway_figures import gateway_of
from bot.frontends.discord.gateway_share import GatewayShare
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.discord.run_bot import OneLine, Token, api_at, read_token, serve
from bot.frontends.figures import looking
from bot.frontends.log_output import write_log
from bot.frontends.metrics import Metrics
from bot.frontends.reloading import reload_settings
from bot.frontends.web.application import application
from bot.frontends.web.serving import connection_counts, open_socket, read_endpoint, serving
from bot.frontends.web.site import Site, site_of
from bot.service.answers.answering import Answering
from bot.service.answers.asynchronous import AsyncAnswering, question_queue
from bot.service.events.logs import Log
from bot.service.learning.miss_recording import MissRecorder
from bot.service.tenants import EVERYONE
from bot.wiring import incoming, shared_state

_TELL_SECONDS = 10.0
"""Seconds between two messages of how far reading the articles has come."""
_log = logging.getLogger(__name__)


def run(
    load: Callable[[], Settings],
    *,
    sync: bool = False,
    guild: int | None = None,
    log_format: str = "text",
) -> None:
    """Answer until SIGTERM or SIGINT; ``load`` reads the settings, and reads them again at SIGHUP.

    Raises `bot.core.errors.BotError`, in one line, if that cannot begin or cannot go on.
    """
    settings = load()
    token = read_token(settings.discord)
    write_log(logging.StreamHandler(sys.stderr), OneLine(), format_=log_format)
    with _alone(settings), _listening(settings) as listening:
        answering = wiring.answering(settings)
        answering.events.subscribe(Log())
        running = Running(load, settings, token, answering, listening)
        with wiring.indexing(settings):
            asyncio.run(running.serve(sync=sync, guild=guild))


def _alone(settings: Settings) -> contextlib.AbstractContextManager[None]:
    """Hold the data folder as its only process, unless processes share a database."""
    if settings.storage.postgres:
        return contextlib.nullcontext()
    return only_one(settings.discord.data)


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket | None]:
    if not settings.reader.listen:
        yield None
        return
    with open_socket(read_endpoint(settings.reader.listen)) as opened:
        yield opened


class Running(NamedTuple):
    """The resources that a `run` holds as long as it lasts."""

    load: Callable[[], Settings]
    settings: Settings
    token: Token
    answering: Answering
    listening: socket.socket | None

    async def serve(self, *, sync: bool, guild: int | None) -> None:
        """Connect, answer, and leave when told to."""
        own = self.settings.discord
        records = shared_state.records(self.settings, time.time)
        background = shared_state.records_thread(self.settings)
        queue = question_queue(self.answering)
        service = AsyncAnswering(self.answering.seen_from("discord"), queue=queue)
        site = site_of(
            self.settings,
            self.answering,
            threads=1,
            before=service.give_way,
            records=records,
            queue=queue,
        )
        cooldown = shared_state.cooldowns(self.settings)
        replies = Replies(service, records, background, cooldown, site.links())
        stop = asyncio.Event()
        sharding = shared_state.sharding(self.settings)
        share = None if sharding is None else GatewayShare(sharding)
        try:
            with api_at(own.api_url):
                settings = self.settings
                bot = ArticleBot(
                    replies,
                    own,
                    sync=sync,
                    sync_guild=guild,
                    companions=(
                        partial(
                            incoming.watch, settings, settings_changed=replies.rules.forget_all
                        ),
                        partial(incoming.follow_feeds, settings),
                    ),
                    gateway_share=share,
                    counts_rate_limits=self.listening is not None,
                )
                self.answering.events.subscribe(
                    MissRecorder(background, lambda: bot.settings.retention_days)
                )
                self._on_signals(stop, bot, replies)
                self._say()
                reading = asyncio.create_task(self._read_articles(service))
                async with self._pages(site, bot):
                    await serve(bot, self.token, own.api_url, stop)
                reading.cancel()
        finally:
            if share is not None:
                await share.release()
            site.workers.close()
            replies.close()

    async def _read_articles(self, service: AsyncAnswering) -> None:
        """Take up the changes made before the start, beside the questions, once the index holds all
        articles; if that fails, the client tries again a minute later."""
        told = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                _log.info("read %d of %d files", done, total)

        is_read = False
        while not is_read:
            try:
                await service.change(partial(self.answering.shelves.refresh, tell))
                is_read = True
            except BotError as error:
                self.answering.events.failed(error, "reading the articles")
                if not isinstance(error, UnfinishedIndexError):
                    return
                await asyncio.sleep(_TELL_SECONDS)
        count = await service.work(lambda: self.answering.count(EVERYONE))
        _log.info("%d articles can be asked", count)

    @contextlib.asynccontextmanager
    async def _pages(self, site: Site, bot: ArticleBot) -> AsyncIterator[None]:
        """Serve the pages, if they are to be, as long as the context lasts."""
        if self.listening is None:
            yield
            return
        counts = connection_counts(self.settings.reader)
        look = looking(self.settings, self.answering, counts, partial(gateway_of, bot))
        metrics = Metrics(look)
        self.answering.events.subscribe(metrics)

        def missing() -> list[str]:
            if bot.is_ready() and not bot.leaving:
                return []
            if bot.gateway_share is not None and bot.gateway_share.share is None:
                return ["other processes hold all shards of Discord; this one is a spare"]
            return ["Discord is not connected"]

        failed = self.answering.events.failed
        made = application(site, failed, metrics, missing)
        watching = asyncio.create_task(metrics.watch_loop())
        try:
            async with serving(made, self.listening, counts):
                yield
        finally:
            watching.cancel()

    def _say(self) -> None:
        settings = self.settings
        index = wiring.index_location(settings)
        database = shared_state.database_location(settings)
        if database:
            _log.info("articles and records in PostgreSQL at %s, index in %s", database, index)
        else:
            _log.info("articles in %s, index in %s", settings.corpus.folder.absolute(), index)
            _log.info("servers' articles and records in %s", settings.discord.data.absolute())
        if self.listening is None:
            _log.info("no pages are served; [reader] listen says where they would be")
        else:
            public = settings.reader.public_url or "no public_url, so nothing links there"
            _log.info("the pages are at http://%s (%s)", settings.reader.listen, public)

    def _on_signals(self, stop: asyncio.Event, bot: ArticleBot, replies: Replies) -> None:
        loop = asyncio.get_running_loop()

        def leave(name: str) -> None:
            _log.info("%s: finishing the answers under way, then leaving", name)
            stop.set()

        def reload() -> None:
            reload_settings(self.load, self.settings, bot, replies)

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, leave, number.name)
        if hasattr(signal, "SIGHUP"):
            loop.add_signal_handler(signal.SIGHUP, reload)
