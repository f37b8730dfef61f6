"""Time until another process stands in for one that was killed, or finds what was added.

    python -m tests.benchmarks.cluster.takeover [--trials N]

The indexer: of three processes that can index, the one that does is killed by SIGKILL; measured is
the time from then until an article that is saved at that moment is found. Discord's shards: of
three processes of ``articlebot run``, one that holds half of four shards is killed; measured is the
time until all of them are connected again, while people ask. Articles: one of everyone's is saved
by this process, and asked on Discord of two of ``articlebot run`` until both answer from it, with
their indexes on disk and in the nodes of OpenSearch. PostgreSQL, three nodes of OpenSearch,
our Discord and all processes share this machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.core.article import Draft, Head
from tests.benchmarks.cluster.parts import opened_world
from tests.cluster.opensearch.world import World
from tests.cluster.postgres.test_bot_processes import (
    SHARDS,
    Asking,
    Bots,
    connected,
    server_with_fox,
    sessions,
    until,
)
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Person

_INDEXER = (
    "import sys, threading\n"
    "from bot.cluster.postgres.connections import Connections\n"
    "from tests.cluster.opensearch.world import World\n"
    "world = World(Connections(sys.argv[1]), sys.argv[3:], sys.argv[2])\n"
    "world.indexer().run(threading.Event())\n"
)
_LONGEST = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--trials", type=int, default=10)
    trials = parser.parse_args().trials
    with opened_world() as world:
        _tell("the indexer", [_indexer_taken_over(world, trial) for trial in range(trials)])
        search = f'engine = "opensearch"\nopensearch = {json.dumps(world.client.urls)}'
        _tell("an article, in the cluster", asyncio.run(_found_by_others(trials, search)))
    _tell("an article, on disk", asyncio.run(_found_by_others(trials, 'cache = "index"')))
    _tell("shards", asyncio.run(_shards_taken_over(trials)))


def _tell(what: str, seconds: list[float]) -> None:
    print(
        f"{what}: {len(seconds)} trials, p50 {median(seconds):.2f} s, maximum {max(seconds):.2f} s",
        flush=True,
    )


def _indexer_taken_over(world: World, trial: int) -> float:
    """Return the seconds from an indexer's death until what was saved then is found."""
    processes = [_start(world) for _ in range(3)]
    try:
        _save_and_wait(world, f"before{trial}")
        time.sleep(3.0)  # the others have started, and wait for the first
        holder = _holder(world)
        killed = next(each for each in processes if each.pid == holder)
        began = time.monotonic()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        _save_and_wait(world, f"after{trial}")
        return time.monotonic() - began
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _start(world: World) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _INDEXER, world.connections.address, world.prefix]
    return subprocess.Popen([*command, *world.client.urls])  # noqa: S603


def _holder(world: World) -> int:
    """Return the number of the process that holds the indexer's lock: the one whose end of the
    connection is the holder's."""
    with world.connections.session() as session:
        row = session.execute(
            "SELECT client_port FROM pg_stat_activity WHERE pid IN (SELECT pid FROM pg_locks"
            " WHERE locktype = 'advisory' AND granted AND objsubid = 2) AND client_port > 0"
        ).fetchone()
    assert row is not None
    told = subprocess.run(  # noqa: S603
        ["ss", "-Htnp", f"sport = :{row[0]}"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return int(told.partition("pid=")[2].partition(",")[0])


def _save_and_wait(world: World, slug: str) -> None:
    world.store().save(slug, Draft(Head(slug), f"The red fox {slug} hunts hares."))
    until_ = time.monotonic() + _LONGEST
    while time.monotonic() < until_:
        published = world.loop.run(world.generations.published())
        if published is not None:
            consumer = world.generations.consumer(published.generation)
            if world.outbox.wait_for_consumer(consumer, world.outbox.version(), 1.0):
                return
        time.sleep(0.01)
    raise RuntimeError(f"{slug} was not indexed within {_LONGEST:g} s")


async def _shards_taken_over(trials: int) -> list[float]:
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with (
            server_with_fox() as (server, _),
            LoopbackDiscord(shards=SHARDS, max_concurrency=16) as discord,
        ):
            guilds = [discord.add_guild(f"S{n}", shard=n % SHARDS) for n in range(8)]
            bots = Bots(Path(folder), discord, server)
            try:
                holders = [await bots.start(), await bots.start()]
                await until(lambda: len(connected(discord)) == SHARDS, discord)
                for _ in range(trials):
                    spare = await bots.start()
                    await until(lambda spare=spare: "spare" in bots.log(spare), discord)
                    asking = Asking(discord, guilds)
                    await asyncio.sleep(1.0)
                    killed = holders.pop(0)
                    before = sessions(discord)
                    began = discord.now()
                    killed.send_signal(signal.SIGKILL)
                    await until(
                        lambda before=before: len(sessions(discord) - before) == SHARDS // 2,
                        discord,
                    )
                    found.append(discord.now() - began)
                    await killed.wait()
                    await asking.stop()
                    holders.append(spare)
            finally:
                await bots.end()
    return found


async def _found_by_others(trials: int, search: str) -> list[float]:
    """Return the seconds from the saving of articles until each of two processes answers from
    them."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with (
            server_with_fox() as (server, articles),
            LoopbackDiscord(shards=2, max_concurrency=16) as discord,
        ):
            guilds = [discord.add_guild(f"S{n}", shard=n) for n in range(2)]
            bots = Bots(Path(folder), discord, server, search=search)
            try:
                started = [await bots.start() for _ in guilds]
                for bot in started:
                    await until(lambda bot=bot: "can be asked" in bots.log(bot), discord)
                await until(lambda: len(connected(discord)) == len(guilds), discord)
                for trial in range(trials):
                    word = f"quark{trial}"
                    draft = Draft(Head(f"About {word}"), f"The {word} was built in {1900 + trial}.")
                    await asyncio.to_thread(articles.save, word, draft)
                    began = discord.now()
                    for guild in guilds:
                        await _until_found(discord, guild, word, str(1900 + trial))
                    found.append(discord.now() - began)
            finally:
                await bots.end()
    return found


async def _until_found(discord: LoopbackDiscord, guild: Guild, word: str, year: str) -> None:
    said = ""
    async with asyncio.timeout(_LONGEST):
        while year not in said:
            asked = await discord.slash(
                Person("Ada"), guild.channel, "ask", question=f"When was the {word} built?"
            )
            said = (await discord.answered(asked)).text


if __name__ == "__main__":
    main()
