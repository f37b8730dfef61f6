"""Several processes of the bot on one database: killed, with their database killed, and told to
end. They are real processes, on our own Discord over real sockets."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from bot.core.article import Draft, Head
from bot.frontends.discord.interactions import STORAGE_UNREACHABLE
from bot.service.tenants import EVERYONE
from bot.sources.formats.file_reading import read_file
from tests import processes
from tests.cluster.postgres.servers import PostgresServer, own_server
from tests.frontends.discord_bot.playing import run
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Invocation, Message, Person

pytestmark = pytest.mark.cluster

ROOT = Path(__file__).parents[3]
FOX = Draft(
    Head("The fox"),
    "The fox digs its den into a slope of sand near the river.\n\nThe den has two exits.\n",
)
QUESTION = "Where does the fox dig its den?"
OWL = Draft(Head("The owl"), "The owl hunts mice in the barn at night.\n")
OWL_QUESTION = "What does the owl hunt in the barn?"
SHARDS = 4
PATIENCE = 60.0
"""Seconds after which a wait is in vain, on a machine that is busy with other things."""


@asynccontextmanager
async def server_with_fox() -> AsyncIterator[tuple[PostgresServer, PostgresArticleStore]]:
    """A server of a test's own, and the articles in it: one about the fox."""
    with own_server() as server:
        connections = Connections(server.address())
        await asyncio.to_thread(prepare, connections)
        articles = PostgresArticleStore(connections, EVERYONE, read_file)
        articles.save("fox", FOX)
        yield server, articles
        connections.close()


class Bots:
    """Processes of the bot, each in a folder of its own, as if on a machine of its own."""

    def __init__(
        self,
        folder: Path,
        discord: LoopbackDiscord,
        server: PostgresServer,
        burst: int = 0,
        search: str = 'cache = "index"',
    ) -> None:
        """``burst`` is how often a person may ask before they have to wait for an hour; 0 for as
        often as they like. ``search`` are the settings of the search."""
        self._folder = folder
        self._search = search
        self._cooldown = f"user_cooldown = {3600 if burst else 0}\nuser_burst = {max(1, burst)}\n"
        self._discord = discord
        self._server = server
        self.processes: list[asyncio.subprocess.Process] = []
        self._ports: list[int] = []

    def _port(self) -> int:
        """Return a port that is free, for the pages of the next process."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._ports.append(probe.getsockname()[1])
        return self._ports[-1]

    async def page(self, process: asyncio.subprocess.Process, path: str) -> tuple[int, str]:
        """Return the status and the text of a page of a process."""
        port = self._ports[self.processes.index(process)]
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}{path}") as reply,
        ):
            return reply.status, await reply.text()

    async def start(self) -> asyncio.subprocess.Process:
        folder = self._folder / str(len(self.processes))
        folder.mkdir()
        (folder / "config.toml").write_text(
            f'[search]\n{self._search}\n[discord]\napi_url = "{self._discord.api_url}"\n'
            f"processes = 2\n{self._cooldown}server_cooldown = 0\n"
            f'[reader]\nlisten = "127.0.0.1:{self._port()}"\n'
        )
        with (folder / "log").open("wb") as log:
            process = await processes.start(
                *(sys.executable, "-m", "bot", "run"),
                cwd=folder,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "DISCORD_TOKEN": self._discord.token,
                    "DATABASE_URL": self._server.address(),
                },
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def log(self, process: asyncio.subprocess.Process) -> str:
        return (self._folder / str(self.processes.index(process)) / "log").read_text()

    async def end(self) -> None:
        for process in self.processes:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            await asyncio.wait_for(process.wait(), PATIENCE)


async def until(true: object, discord: LoopbackDiscord) -> float:
    """Wait until a function is true; returns the seconds that it took."""
    assert callable(true)
    began = discord.now()
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)
    return discord.now() - began


def connected(discord: LoopbackDiscord) -> set[int]:
    """The shards that are connected."""
    return {each.shard for each in discord.gateway.live if each.connection is not None}


def sessions(discord: LoopbackDiscord) -> set[str]:
    """The sessions that are connected. Another process begins new ones; that the old ones ended may
    be noticed after that."""
    return {each.id for each in discord.gateway.live if each.connection is not None}


def requests_for(discord: LoopbackDiscord, asked: Invocation) -> list[str]:
    """The methods of the requests that answered an interaction."""
    return [each.method for each in discord.requests if asked.token in each.path]


class Asking:
    """People who ask without a pause, in every server."""

    def __init__(self, discord: LoopbackDiscord, guilds: list[Guild]) -> None:
        self._discord = discord
        self._guilds = guilds
        self._people = [Person(f"Person {number}") for number in range(8)]
        self.asked: list[Invocation] = []
        self._task = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        while True:
            for number, guild in enumerate(self._guilds):
                person = self._people[number % len(self._people)]
                self.asked.append(
                    await self._discord.slash(person, guild.channel, "ask", question=QUESTION)
                )
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def answer(discord: LoopbackDiscord, guild: Guild) -> str:
    asked = await discord.slash(Person("Ada"), guild.channel, "ask", question=QUESTION)
    return (await answered(discord, asked)).text


async def answered(discord: LoopbackDiscord, asked: Invocation) -> Message:
    await until(lambda: asked.answered_at is not None, discord)
    assert asked.message is not None
    return asked.message


def test_processes_share_the_shards_and_outlive_each_other_and_the_database(tmp_path: Path) -> None:
    async def scene() -> None:
        async with server_with_fox() as (server, _):
            async with LoopbackDiscord(shards=SHARDS, max_concurrency=16) as discord:
                guilds = [discord.add_guild(f"S{n}", shard=n % SHARDS) for n in range(8)]
                bots = Bots(tmp_path, discord, server)
                try:
                    await play(discord, guilds, bots, server)
                finally:
                    await bots.end()
            assert [each.returncode for each in bots.processes] == [-signal.SIGKILL, 0, 0]
            assert all("Traceback" not in bots.log(each) for each in bots.processes)

    async def play(
        discord: LoopbackDiscord, guilds: list[Guild], bots: Bots, server: PostgresServer
    ) -> None:
        first = await bots.start()
        await until(lambda: connected(discord) == {0, 2}, discord)
        second = await bots.start()
        await until(lambda: connected(discord) == {0, 1, 2, 3}, discord)
        spare = await bots.start()
        await until(lambda: "waiting as a spare" in bots.log(spare), discord)
        assert await bots.page(spare, "/readyz") == (
            503,
            "other processes hold all shards of Discord; this one is a spare\n",
        )
        await until(lambda: "ready as" in bots.log(second), discord)
        assert await bots.page(second, "/readyz") == (200, "ready\n")
        for guild in guilds[:SHARDS]:
            assert "digs its den into a slope" in await answer(discord, guild)

        asking = Asking(discord, guilds)
        await until(lambda: len(asking.asked) > 20, discord)
        before = sessions(discord)
        first.send_signal(signal.SIGKILL)
        await first.wait()
        killed = discord.now()
        await until(lambda: len(sessions(discord) - before) == 2, discord)
        back = discord.now()
        seen = len(asking.asked)
        await until(lambda: len(asking.asked) > seen + 20, discord)
        await asking.stop()
        certain = [
            each
            for each in asking.asked
            if each.created < killed - 1.0 or each.created > back or discord_shard(each) % 2
        ]
        await until(lambda: all(each.answered_at is not None for each in certain), discord)
        for each in asking.asked:
            assert requests_for(discord, each) in ([], ["POST"], ["POST", "PATCH"])

        # the database is killed: it is said, nothing else, until it is there again
        live = {session.id for session in discord.gateway.live}
        server.end(signal.SIGKILL)
        for guild in guilds[:SHARDS]:
            assert (await answer(discord, guild)).startswith(STORAGE_UNREACHABLE)
        assert await bots.page(second, "/readyz") == (503, "the storage is not reachable\n")
        status, figures = await bots.page(second, "/metrics")
        assert (status, 'articlebot_server_up{kind="storage"} 0.0' in figures) == (200, True)
        server.start()
        for guild in guilds[:SHARDS]:
            assert "digs its den into a slope" in await answer(discord, guild)
        assert {session.id for session in discord.gateway.live} == live
        assert connected(discord) == {0, 1, 2, 3}

    run(scene())


@pytest.mark.thorough
def test_a_person_meets_one_bot_however_many_processes_there_are(tmp_path: Path) -> None:
    """Cooldowns count on all processes, an article that somebody adds is found by all, and the
    buttons of a process that is gone are answered by another."""

    async def scene() -> None:
        async with server_with_fox() as (server, articles):
            async with LoopbackDiscord(shards=2, max_concurrency=16) as discord:
                guilds = [discord.add_guild(f"S{n}", shard=n) for n in range(2)]
                bots = Bots(tmp_path, discord, server, burst=2)
                try:
                    first = await bots.start()
                    await until(lambda: connected(discord) == {0}, discord)
                    await bots.start()
                    await until(lambda: connected(discord) == {0, 1}, discord)
                    posted = await ask_twice_and_wait(discord, guilds)
                    articles.save("owl", OWL)
                    for guild in guilds:
                        await find_owl(discord, guild)
                    first.send_signal(signal.SIGKILL)
                    await first.wait()
                    await until(lambda: connected(discord) == {1}, discord)
                    await bots.start()
                    await until(lambda: connected(discord) == {0, 1}, discord)
                    pressed = await discord.press(Person("Eve"), posted, "Context")
                    shown = await answered(discord, pressed)
                    assert "The den has two exits" in shown.text
                finally:
                    await bots.end()
            assert all("Traceback" not in bots.log(each) for each in bots.processes)

    async def ask_twice_and_wait(discord: LoopbackDiscord, guilds: list[Guild]) -> Message:
        """Ada asks in both servers, of two processes, and then has to wait in both; Ben has not."""
        ada, ben = Person("Ada"), Person("Ben")

        async def ask(person: Person, guild: Guild) -> Message:
            asked = await discord.slash(person, guild.channel, "ask", question=QUESTION)
            return await answered(discord, asked)

        posted = await ask(ada, guilds[0])
        assert "digs its den into a slope" in posted.text
        assert "digs its den into a slope" in (await ask(ada, guilds[1])).text
        for guild in guilds:
            assert (await ask(ada, guild)).text.startswith("One moment: ask again in 3,")
            assert "digs its den into a slope" in (await ask(ben, guild)).text
        return posted

    async def find_owl(discord: LoopbackDiscord, guild: Guild) -> None:
        async with asyncio.timeout(PATIENCE):
            for number in itertools.count():
                person = Person(f"{guild.name} {number}")
                asked = await discord.slash(person, guild.channel, "ask", question=OWL_QUESTION)
                if "hunts mice in the barn" in (await answered(discord, asked)).text:
                    return

    run(scene())


def discord_shard(asked: Invocation) -> int:
    guild = asked.place.guild
    assert guild is not None
    return (guild.id >> 22) % SHARDS
