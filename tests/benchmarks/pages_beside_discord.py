"""Delay that the pages cause on Discord: /ask on a quiet bot, and while its pages are under load.

    python -m tests.benchmarks.pages_beside_discord [--passages 10000] [--asks 200]

The bot is `articlebot run`, a process of its own; our Discord runs in this one. The load is `hey`
with 64 connections that ask for pages with an answer, and 10,000 connections beside that are open
and say nothing (the bot keeps a thousand at the most, and refuses the rest). Measured is the time
from INTERACTION_CREATE to the request that carries the answer, one question after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from tests.benchmarks.discord_load import TOKEN, spread, write_corpus
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Person, Place

SILENT = 10_000
"""Connections that are opened and say nothing."""


async def asked(
    discord: LoopbackDiscord, place: Place, questions: list[str]
) -> tuple[float, float, float]:
    """p50, p99 and maximum of these questions, in seconds."""
    times = []
    for number, question in enumerate(questions):
        person = Person(f"Person {number}")
        invocation = await discord.slash(person, place, "ask", question=question)
        await discord.answered(invocation)
        times.append((invocation.answered_at or 0.0) - invocation.created)
    return spread(times)


@contextlib.asynccontextmanager
async def flooded(where: tuple[str, int], question: str) -> AsyncIterator[None]:
    """The pages under load as long as the context lasts."""
    hey = shutil.which("hey")
    if hey is None:
        sys.exit("hey is not in the path; `go install github.com/rakyll/hey@latest` puts it there")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, SILENT + 2000), hard))
    url = f"http://{where[0]}:{where[1]}/?q={quote(question)}"
    nowhere = asyncio.subprocess.DEVNULL
    load = await asyncio.create_subprocess_exec(
        hey, "-z", "10m", "-c", "64", url, stdout=nowhere, stderr=nowhere
    )
    await asyncio.sleep(2)
    silent = []
    for _ in range(SILENT):
        with contextlib.suppress(OSError):
            silent.append(await asyncio.open_connection(*where))
    try:
        yield
    finally:
        load.kill()
        await load.wait()
        for _, writer in silent:
            writer.close()


async def measure(folder: Path, passages: int, asks: int) -> dict[str, tuple[float, float, float]]:
    """Ask on a quiet bot, and under load."""
    questions = write_corpus(folder / "corpus", passages)
    with socket.create_server(("127.0.0.1", 0)) as free:
        where = free.getsockname()
    async with LoopbackDiscord(token=TOKEN) as discord:
        place = discord.add_guild("North").channel
        (folder / "config.toml").write_text(
            "[search]\ncache = 'index'\n"
            f"[discord]\napi_url = '{discord.api_url}'\nuser_cooldown = 0.0\n"
            f"server_cooldown = 0.0\n[reader]\nlisten = '{where[0]}:{where[1]}'\n"
            "questions_per_minute = 0.0\nproxies = ['127.0.0.1']\n"
        )
        environment = {**os.environ, "DISCORD_TOKEN": TOKEN, "PYTHONPATH": str(Path.cwd())}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await discord.gateway.ready.wait()
            count = 0
            while count < passages // 10:  # until the articles are read
                await asyncio.sleep(0.5)
                with contextlib.suppress(OSError):
                    count = await asyncio.to_thread(_articles, where)
            await asked(discord, place, questions[-20:])  # warm
            quiet = await asked(discord, place, questions[:asks])
            async with flooded(where, questions[-1]):
                load = await asked(discord, place, questions[asks : 2 * asks])
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()
    return {"quiet": quiet, "under load": load}


def _articles(where: tuple[str, int]) -> int:
    with urllib.request.urlopen(f"http://{where[0]}:{where[1]}/metrics") as page:
        for line in page.read().decode().splitlines():
            if line.startswith("articlebot_articles "):
                return int(float(line.split()[1]))
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--asks", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), options.passages, options.asks))
    if options.json:
        print(json.dumps(found))
        return
    for name, times in found.items():
        p50, p99, worst = (f"{seconds * 1000:,.1f}" for seconds in times)
        print(f"/ask, {name:12} p50 {p50} ms, p99 {p99}, maximum {worst}")


if __name__ == "__main__":
    main()
