"""The real bot on our own Discord, with a corpus of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

from bot import wiring
from bot.config import CorpusSettings, DiscordSettings, SearchSettings, Settings, StorageSettings
from bot.frontends.discord.client import ArticleBot
from bot.frontends.discord.interactions import Retrying
from bot.frontends.discord.reply_cards import Replies
from bot.frontends.discord.run_bot import Token, api_at, serve
from bot.service.answers.answering import Answering
from bot.service.answers.asynchronous import AsyncAnswering
from bot.service.answers.question_queue import QuestionQueue
from bot.service.events.logs import Log
from bot.service.learning.miss_recording import MissRecorder
from bot.service.records.records_thread import RecordsThread
from bot.wiring import shared_state
from tests import processes
from tests.fakes.clock import Clock
from tests.loopback.server import LoopbackDiscord
from tests.loopback.specification import Specification, find
from tests.loopback.world import Message, Person, Place

NEW_DATABASE: ContextVar[Callable[[], str] | None] = ContextVar("new_database", default=None)
"""Makes an empty database, where the bot is to keep everything in one; see
``tests/cluster/postgres/test_scenes.py``."""
DAY = 86_400.0
LONGEST_SCENE = 120.0
"""Seconds; the longest takes a tenth of it."""

RIVERS = """---
title: How rivers bend
publisher: The Meander
published: 2021-03-04
url: https://example.org/rivers
---

A river never runs straight for long. Outside a bend water is faster than inside.

Fast water carries the outer bank away. That is why meanders grow:
the outer bank erodes while sand settles on the inner one.

When two bends meet, the river takes the short cut. The old loop stays behind as an oxbow lake.

Engineers once straightened the Danube. The floods came sooner and rose higher than before.
"""

BREAD = """---
title: Why bread rises
author: Ada Crumb
published: 2019
---

Yeast eats sugar and gives off carbon dioxide. The gas is caught in the dough by gluten.

Salt slows the yeast down. A dough without salt rises faster but tastes flat.
"""

CORPUS = {"how-rivers-bend.md": RIVERS, "why-bread-rises.md": BREAD}

_specifications: list[Specification] = []


def specification() -> Specification | None:
    """Discord's description, read once; None where it is not at hand."""
    path = find()
    if path is not None and not _specifications:
        _specifications.append(Specification.load(path))
    return _specifications[0] if _specifications else None


async def no_pause(seconds: float) -> None:
    """Waiting that takes no time."""
    await asyncio.sleep(0)


async def never(seconds: float) -> None:
    """Waiting that takes for ever: what is done from time to time is done once."""
    await asyncio.Event().wait()


class FastBot(ArticleBot):
    """The bot without discord.py's 5 seconds before it identifies once more."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


class Play(NamedTuple):
    """A bot that is connected, and the Discord it is connected to."""

    discord: LoopbackDiscord
    bot: ArticleBot
    replies: Replies
    settings: Settings
    clock: Clock
    stop: asyncio.Event
    serving: asyncio.Task[None]

    @property
    def corpus(self) -> Path:
        return self.settings.corpus.folder


def settings_in(folder: Path, corpus: dict[str, str] | None = None, **own: Any) -> Settings:
    """Settings for a corpus in a folder of the test's."""
    where = folder / "corpus"
    where.mkdir(exist_ok=True)
    for name, text in (CORPUS if corpus is None else corpus).items():
        (where / name).write_text(text, "utf-8")
    own = {"data": folder / "data", "user_cooldown": 0.0, "server_cooldown": 0.0, **own}
    settings = Settings(
        CorpusSettings(where), SearchSettings(cache=folder / "index"), DiscordSettings(**own)
    )
    new_database = NEW_DATABASE.get()
    if new_database is None:
        return settings
    from bot.wiring.moving import move

    settings = settings._replace(storage=StorageSettings(new_database()))
    assert all(part.is_whole for part in move(settings, "postgres"))
    return settings


@asynccontextmanager
async def connected(
    discord: LoopbackDiscord,
    settings: Settings,
    *,
    clock: Clock | None = None,
    token: str | None = None,
    pause: Callable[[float], Awaitable[None]] = no_pause,
    answering: Answering | None = None,
    at_once_seconds: float = 0.0,
    queue: QuestionQueue | None = None,
    **options: Any,
) -> AsyncIterator[Play]:
    """A bot that is connected; it leaves in good order at the end. ``answering`` is what makes its
    answers, and ``queue`` where questions wait, if not what the settings say; each is acknowledged
    first, unless it is waited for some seconds (``at_once_seconds``)."""
    clock = clock or Clock()
    answering = answering or wiring.answering(settings)
    answering.events.subscribe(Log())
    answering.shelves.refresh()
    records = shared_state.records(settings, clock)
    own = settings.discord
    background = RecordsThread(lambda: shared_state.records(settings, clock))
    replies = Replies(
        AsyncAnswering(answering.seen_from("discord"), queue=queue),
        records,
        background,
        shared_state.cooldowns(settings, clock),
        clock=clock,
    )
    stop = asyncio.Event()
    with api_at(discord.api_url):
        bot = FastBot(
            replies,
            own,
            retrying=Retrying(clock, pause),
            sleep=never,
            guild_ready_timeout=0.01,
            at_once_seconds=at_once_seconds,
            **options,
        )
        answering.events.subscribe(MissRecorder(background, lambda: bot.settings.retention_days))
        serving = asyncio.create_task(
            serve(bot, Token(token or discord.token, "the test"), discord.api_url, stop)
        )
        ready = asyncio.create_task(discord.gateway.ready.wait())
        try:
            async with asyncio.timeout(10):
                await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
            yield Play(discord, bot, replies, settings, clock, stop, serving)
        finally:
            ready.cancel()
            stop.set()
            await asyncio.gather(serving, return_exceptions=True)
            replies.close()


@asynccontextmanager
async def playing(
    folder: Path, corpus: dict[str, str] | None = None, *, by_description: bool = True, **own: Any
) -> AsyncIterator[tuple[LoopbackDiscord, Settings]]:
    """Our Discord, and settings for a bot to connect to it; nothing that the bot sends may be
    what Discord refuses. A long scene of what others send, too, may go without Discord's
    description, which takes most of its time."""
    described = specification() if by_description else None
    async with LoopbackDiscord(specification=described) as discord:
        yield discord, settings_in(folder, corpus, api_url=discord.api_url, **own)
    assert discord.violations == []


@asynccontextmanager
async def in_channel(
    folder: Path, corpus: dict[str, str] | None = None, **own: Any
) -> AsyncIterator[tuple[LoopbackDiscord, Place, Play]]:
    """The same, the channel of a server, and a bot that is connected."""
    async with playing(folder, corpus, **own) as (discord, settings):
        place = discord.add_guild("North").channel
        async with connected(discord, settings) as play:
            yield discord, place, play


@asynccontextmanager
async def holding(thread: Callable[[Callable[[], bool]], Awaitable[bool]]) -> AsyncIterator[None]:
    """Hold up a thread of the service, that of its ``work`` or its ``change``, until the block
    ends."""
    held = threading.Event()
    blocked = asyncio.ensure_future(thread(held.wait))
    try:
        yield
    finally:
        held.set()
        await blocked


def run(test: Awaitable[None]) -> None:
    """Run a test that waits: one whose wait is in vain fails, and holds nobody up. Processes that
    it started with `tests.processes.start` are ended."""

    async def main() -> None:
        async with asyncio.timeout(LONGEST_SCENE):
            try:
                await test
            finally:
                await processes.end_started()

    asyncio.run(main())


async def ask(
    discord: LoopbackDiscord, person: Person, place: Place, question: str, **options: str | bool
) -> Message:
    """Ask by the command, and return the answer."""
    asked = await discord.slash(person, place, "ask", question=question, **options)
    return await discord.answered(asked)


async def works(discord: LoopbackDiscord, person: Person, place: Place) -> None:
    """Check that a question is answered."""
    assert "How rivers bend" in (await ask(discord, person, place, "Why do meanders grow?")).text
