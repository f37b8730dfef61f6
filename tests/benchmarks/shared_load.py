"""A load test of several processes: many servers, in shards that processes share, asked steadily.

    python -m tests.benchmarks.shared_load [--servers 10000] [--shards 16] [--processes 3]
        [--rate 200] [--seconds 120] [--articles 200] [--engine bm25|opensearch] [--distinct]
        [--json]

Our Discord runs in this process, PostgreSQL and the bot's processes (``articlebot run``) beside it,
with the index on the disk of each or in three nodes of OpenSearch, cooldowns off. Questions go to
random servers at an even rate: at random one for each passage, or with ``--distinct`` each once, so
that none was answered before. Measured are, from the moment INTERACTION_CREATE is sent: the
acknowledgement, and the request that carries the answer; and of each process its memory at the end
and the processor's time that it took for a question.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import json
import math
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.cluster.postgres.article_store import PostgresArticleStore, StoredFile
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from bot.service.tenants import EVERYONE
from bot.sources.formats.file_reading import read_file
from tests.benchmarks.discord_load import spread, write_corpus
from tests.benchmarks.process_times import Taken, taken, with_children
from tests.cluster.opensearch.installing import installed
from tests.cluster.opensearch.processes import NodeProcesses
from tests.cluster.postgres.servers import own_server
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Invocation, Message, Person

TOKEN = "load-test"  # noqa: S105 - it opens nothing but this test's server
PASSAGES_AN_ARTICLE = 10
_JVM = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
"""Options of Java: the compiler that servers use, which takes a minute of questions to gain more
than it costs."""
_PATIENCE = 300.0
"""Seconds that the processes have to begin."""
_APOLOGY = "If you report it"
_REFUSAL = "Too many questions at once"
_LAST_SECONDS = 30.0
"""Seconds that the last answers have to come."""


class Figures(NamedTuple):
    """The measurements; times in seconds."""

    servers: int
    shards: int
    asked: int
    a_second: float
    """Questions a second that were sent."""
    unanswered: int
    apologies: int
    """Answers that say that something went wrong."""
    refused: int
    """Answers that say that too many ask."""
    acknowledged: tuple[float, float, float]
    """p50, p99 and maximum, from INTERACTION_CREATE to the first response."""
    answered: tuple[float, float, float]
    """The same, to the request that carries the answer."""
    processes: dict[str, Taken]
    """The memory at the end and the processor's time for the load alone, by what took it."""


def settings_file(folder: Path, api_url: str, processes: int, nodes: Sequence[str]) -> None:
    folder.mkdir()
    search = 'cache = "index"'
    if nodes:
        search = (
            f'engine = "opensearch"\nopensearch = {json.dumps(nodes)}\n'
            f"opensearch_shards = 1\nopensearch_replicas = {len(nodes) - 1}"
        )
    (folder / "config.toml").write_text(
        f'[search]\n{search}\n[discord]\napi_url = "{api_url}"\nprocesses = {processes}\n'
        "user_cooldown = 0\nserver_cooldown = 0\n"
    )


@contextmanager
def search_nodes(folder: Path, engine: str) -> Iterator[NodeProcesses | None]:
    """Three nodes of OpenSearch, or none for another engine."""
    if engine != "opensearch":
        yield None
        return
    with NodeProcesses(installed(), folder, jvm=_JVM) as nodes:
        yield nodes


def fill(address: str, corpus: Path, articles: int, questions_each: int) -> list[str]:
    """Put made-up articles into the database; returns questions that they answer, so many for each
    passage."""
    questions = write_corpus(corpus, articles * PASSAGES_AN_ARTICLE, questions_each=questions_each)
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


def questions_each(options: argparse.Namespace) -> int:
    """Return how many questions are needed of each passage."""
    if not options.distinct:
        return 1
    asked: float = options.rate * (options.seconds + options.warm / 2)
    passages: int = options.articles * PASSAGES_AN_ARTICLE
    return math.ceil(1.1 * asked / passages)


async def connected(discord: LoopbackDiscord) -> None:
    """Wait until every shard is connected, and its servers are known."""
    async with asyncio.timeout(_PATIENCE):
        while len([each for each in discord.gateway.live if each.connection]) < discord.shards:
            await asyncio.sleep(0.1)
    await asyncio.sleep(10.0)  # the last of them is still being told of its servers


async def ask(
    discord: LoopbackDiscord, guilds: Sequence[Guild], questions: Iterator[str], rate: float,
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
        person, question = chance.choice(people), next(questions)
        asked.append(await discord.slash(person, place, "ask", question=question))
    return asked


def said(asked: Invocation) -> list[Message]:
    """Return what was said to a question."""
    return [*([asked.message] if asked.message else []), *asked.followups]


async def searched(log: Callable[[], str]) -> None:
    """Wait until a process has said that the articles can be asked."""
    async with asyncio.timeout(_PATIENCE):
        while "articles can be asked" not in log():
            await asyncio.sleep(0.1)


async def measure(folder: Path, options: argparse.Namespace) -> Figures:
    folder.chmod(0o755)  # the servers run as another user
    with own_server() as server, search_nodes(folder / "nodes", options.engine) as nodes:
        written = fill(
            server.address(), folder / "corpus", options.articles, questions_each(options)
        )
        chance = random.Random(0)  # noqa: S311 - nothing secret
        questions = (
            iter(dict.fromkeys(written))
            if options.distinct
            else (chance.choice(written) for _ in itertools.count())
        )
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
                settings_file(own, discord.api_url, options.processes, nodes.urls if nodes else ())
                with (own / "log").open("wb") as log:
                    command = (sys.executable, "-m", "bot", "run")
                    processes.append(
                        await asyncio.create_subprocess_exec(
                            *command, cwd=own, env=environment, stdout=log, stderr=log
                        )
                    )

            def look() -> dict[str, Taken]:
                bots = {f"bot {n}": taken(each.pid) for n, each in enumerate(processes)}
                searching = {
                    f"node {n}": taken(pid) for n, pid in enumerate(nodes.pids if nodes else ())
                }
                database = {"PostgreSQL": taken(*with_children(server.pid))}
                return bots | searching | database | {"Discord and people": taken(os.getpid())}

            gc.disable()  # all that was asked is kept, so that there is nothing to collect
            try:
                await connected(discord)
                for number in range(options.processes):
                    await searched((folder / str(number) / "log").read_text)
                await ask(discord, guilds, questions, options.rate / 2, options.warm)
                before = look()
                began = discord.now()
                asked = await ask(discord, guilds, questions, options.rate, options.seconds)
                took = discord.now() - began
                ends = discord.now() + _LAST_SECONDS
                while any(one.answered_at is None for one in asked) and discord.now() < ends:
                    await asyncio.sleep(0.1)
                after = look()
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
        sum(any(_APOLOGY in each.text for each in said(one)) for one in answered),
        sum(any(_REFUSAL in each.text for each in said(one)) for one in answered),
        spread([one.acknowledged - one.created for one in answered if one.acknowledged]),
        spread([one.answered_at - one.created for one in answered if one.answered_at]),
        {name: Taken(now.megabytes, now.cpu - before[name].cpu) for name, now in after.items()},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--engine", choices=("bm25", "opensearch"), default="bm25")
    parser.add_argument("--distinct", action="store_true", help="ask nothing twice")
    parser.add_argument("--warm", type=float, default=15.0, help="seconds before it counts")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(Path(folder), options))
    if options.json:
        print(json.dumps(figures._asdict()))
        return
    print(
        f"{figures.servers:,} servers in {figures.shards} shards, {options.processes} processes,"
        f" {options.engine}, {'each question once' if options.distinct else 'questions repeated'}"
    )
    print(f"asked           {figures.asked:,}, {figures.a_second:,.0f} a second")
    print(
        f"unanswered      {figures.unanswered}, apologies {figures.apologies},"
        f" told to ask again {figures.refused}"
    )
    for name, times in (("acknowledged", figures.acknowledged), ("answered", figures.answered)):
        p50, p99, worst = (f"{seconds * 1000:,.0f} ms" for seconds in times)
        print(f"{name:15} p50 {p50}, p99 {p99}, maximum {worst}")
    for name, each in figures.processes.items():
        a_question = each.cpu / figures.asked * 1000
        print(f"{name:20}{each.megabytes:6,.0f} MB, {a_question:6.2f} ms of CPU for a question")
    cpu = sum(each.cpu for each in figures.processes.values())
    print(f"together{'':23}{cpu / figures.asked * 1000:6.2f} ms")


if __name__ == "__main__":
    main()
