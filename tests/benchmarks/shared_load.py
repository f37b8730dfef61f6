"""A load test of several processes: many servers, in shards that processes share, asked steadily.

    python -m tests.benchmarks.shared_load [--servers 10000] [--shards 16] [--processes 3]
        [--rate 200] [--seconds 120] [--articles 200] [--json]

Our Discord runs in this process, PostgreSQL and the bot's processes (``articlebot run``) beside it,
with the index on the disk of each, cooldowns off. Questions go to random servers at an even rate.
Measured are, from the moment INTERACTION_CREATE is sent: the acknowledgement, and the request that
carries the answer; and of each process its memory at the end and the processor's time it took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.cluster.postgres.article_store import PostgresArticleStore, StoredFile
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from bot.service.tenants import EVERYONE
from bot.sources.formats.file_reading import read_file
from tests.benchmarks.discord_load import spread, write_corpus
from tests.cluster.postgres.servers import own_server
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Invocation, Person

TOKEN = "load-test"  # noqa: S105 - it opens nothing but this test's server
PASSAGES_AN_ARTICLE = 10
_PATIENCE = 300.0
"""Seconds that the processes have to begin."""
_LAST_SECONDS = 30.0
"""Seconds that the last answers have to come."""


class Process(NamedTuple):
    """The resources that one process used."""

    megabytes: float
    """Memory that it held at the end, of 10^6 bytes."""
    cpu: float
    """Seconds of the processor's time, for the load alone."""


class Figures(NamedTuple):
    """The measurements; times in seconds."""

    servers: int
    shards: int
    asked: int
    a_second: float
    """Questions a second that were sent."""
    unanswered: int
    acknowledged: tuple[float, float, float]
    """p50, p99 and maximum, from INTERACTION_CREATE to the first response."""
    answered: tuple[float, float, float]
    """The same, to the request that carries the answer."""
    processes: tuple[Process, ...]


def settings_file(folder: Path, api_url: str, processes: int) -> None:
    folder.mkdir()
    (folder / "config.toml").write_text(
        f'[search]\ncache = "index"\n[discord]\napi_url = "{api_url}"\nprocesses = {processes}\n'
        "user_cooldown = 0\nserver_cooldown = 0\n"
    )


def fill(address: str, corpus: Path, articles: int) -> list[str]:
    """Put made-up articles into the database; returns questions that they answer."""
    questions = write_corpus(corpus, articles * PASSAGES_AN_ARTICLE)
    connections = Connections(address)
    prepare(connections)
    store = PostgresArticleStore(connections, EVERYONE, read_file)
    files = [
        StoredFile(path.stem, path.name, path.read_bytes()) for path in sorted(corpus.iterdir())
    ]
    for at in range(0, len(files), 200):
        store.put(files[at : at + 200])
    connections.close()
    return questions


def taken(pid: int) -> Process:
    """Return the resources that a process has used until now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
    return Process(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, ticks / os.sysconf("SC_CLK_TCK"))


async def connected(discord: LoopbackDiscord) -> None:
    """Wait until every shard is connected, and its servers are known."""
    async with asyncio.timeout(_PATIENCE):
        while len([each for each in discord.gateway.live if each.connection]) < discord.shards:
            await asyncio.sleep(0.1)
    await asyncio.sleep(10.0)  # the last of them is still being told of its servers


async def ask(
    discord: LoopbackDiscord, guilds: Sequence[Guild], questions: Sequence[str], rate: float,
    seconds: float,
) -> list[Invocation]:  # fmt: skip
    """Ask at an even rate, whatever is answered."""
    chance = random.Random(0)  # noqa: S311 - nothing secret
    people = [Person(f"Person {number}") for number in range(1000)]
    asked: list[Invocation] = []
    began = discord.now()
    while discord.now() - began < seconds:
        due = began + len(asked) / rate
        if (wait := due - discord.now()) > 0:
            await asyncio.sleep(wait)
        place = chance.choice(guilds).channel
        person, question = chance.choice(people), chance.choice(questions)
        asked.append(await discord.slash(person, place, "ask", question=question))
    return asked


async def measure(folder: Path, options: argparse.Namespace) -> Figures:
    with own_server() as server:
        questions = fill(server.address(), folder / "corpus", options.articles)
        discord = LoopbackDiscord(token=TOKEN, shards=options.shards, max_concurrency=16)
        async with discord:
            guilds = [
                discord.add_guild(f"Server {number}", shard=number % options.shards)
                for number in range(options.servers)
            ]
            environment = {
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "DISCORD_TOKEN": TOKEN,
                "DATABASE_URL": server.address(),
            }
            processes = []
            for number in range(options.processes):
                own = folder / str(number)
                settings_file(own, discord.api_url, options.processes)
                with (own / "log").open("wb") as log:
                    command = (sys.executable, "-m", "bot", "run")
                    processes.append(
                        await asyncio.create_subprocess_exec(
                            *command, cwd=own, env=environment, stdout=log, stderr=log
                        )
                    )
            try:
                await connected(discord)
                await ask(discord, guilds, questions, 10.0, 5.0)  # warm
                before = [taken(process.pid) for process in processes]
                began = discord.now()
                asked = await ask(discord, guilds, questions, options.rate, options.seconds)
                took = discord.now() - began
                ends = discord.now() + _LAST_SECONDS
                while any(one.answered_at is None for one in asked) and discord.now() < ends:
                    await asyncio.sleep(0.1)
                after = [taken(process.pid) for process in processes]
            finally:
                for process in processes:
                    process.send_signal(signal.SIGTERM)
                for process in processes:
                    await process.wait()
    answered = [one for one in asked if one.answered_at is not None]
    return Figures(
        options.servers,
        options.shards,
        len(asked),
        len(asked) / took,
        len(asked) - len(answered),
        spread([one.acknowledged - one.created for one in answered if one.acknowledged]),
        spread([one.answered_at - one.created for one in answered if one.answered_at]),
        tuple(
            Process(now.megabytes, now.cpu - then.cpu)
            for then, now in zip(before, after, strict=True)
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(Path(folder), options))
    if options.json:
        print(json.dumps(figures._asdict()))
        return
    processes = len(figures.processes)
    print(f"{figures.servers:,} servers in {figures.shards} shards, {processes} processes")
    print(f"asked           {figures.asked:,}, {figures.a_second:,.0f} a second")
    print(f"unanswered      {figures.unanswered}")
    for name, times in (("acknowledged", figures.acknowledged), ("answered", figures.answered)):
        p50, p99, worst = (f"{seconds * 1000:,.0f} ms" for seconds in times)
        print(f"{name:15} p50 {p50}, p99 {p99}, maximum {worst}")
    for number, each in enumerate(figures.processes):
        print(f"process {number}       {each.megabytes:,.0f} MB, {each.cpu:,.1f} s of CPU")


if __name__ == "__main__":
    main()
