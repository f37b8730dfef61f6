"""The compose file of a cluster, played without an engine: its commands as processes, with its
environment and settings, over real servers in the place of its containers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
import yaml
from psycopg import sql

from tests import processes
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.postgres.servers import PostgresServer, own_server, programs
from tests.frontends.discord_bot.playing import run
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Person

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "bot" / "deploy"
PASSWORD = "p/@$1\"#% '"  # noqa: S105 - of this test's own server
OWL = "# The barn owl\n\nThe barn owl hunts mice at night.\n"
QUESTION = "What does the barn owl hunt?"
SENTENCE = "The barn owl hunts mice at night."


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "cluster.compose.yaml").read_text("utf-8"))
    return found["services"]  # type: ignore[no-any-return]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status(command: list[str], **environment: str) -> int:
    done = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    return done.returncode


def test_the_database_is_well_once_it_can_be_reached_as_the_bot_reaches_it() -> None:
    """Not before: the image sets itself up with a server that listens on a local socket alone."""
    program, *command = services()["postgres"]["healthcheck"]["test"][1:]
    assert program == "pg_isready"
    with own_server() as server:
        folder = programs()
        assert folder is not None
        ready = [str(folder / program), *command]
        port = str(server.port)
        assert status(ready, PGPORT=port) == 0
        server.end(signal.SIGINT)
        assert status(ready, PGPORT=port) == 2
    assert command[command.index("-h") + 1] == "127.0.0.1"


def test_a_node_is_well_once_it_is_in_a_cluster(opensearch: RunningCluster) -> None:
    command = services()["search1"]["healthcheck"]["test"][1:]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    opensearch.nodes.start_missing()

    def checked(address: str) -> int:
        return status([part.replace("http://127.0.0.1:9200", address) for part in command])

    assert checked(opensearch.nodes.urls[0]) == 0
    assert checked(f"http://127.0.0.1:{free_port()}") != 0


def require_passwords(server: PostgresServer) -> None:
    """Make the role and the database that the image makes, and have all but the tests' own role
    prove who they are."""
    environment = services()["postgres"]["environment"]
    user, database = environment["POSTGRES_USER"], environment["POSTGRES_DB"]
    with psycopg.connect(server.address(), autocommit=True) as session:
        role, named = sql.Identifier(user), sql.Identifier(database)
        session.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, PASSWORD))
        session.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(named, role))
        server.hosts.write_text(
            "host all tester 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        )
        session.execute("SELECT pg_reload_conf()")


@pytest.mark.thorough
def test_its_processes_answer_with_its_environment_and_its_settings(
    opensearch: RunningCluster, tmp_path: Path
) -> None:
    found = services()
    opensearch.nodes.start_missing()
    given = {"DISCORD_TOKEN": "test", "POSTGRES_PASSWORD": PASSWORD}

    def filled(value: str) -> str:
        return re.sub(r"\$\{(\w+)[^}]*\}", lambda name: given[name[1]], value)

    async def scene(server: PostgresServer) -> None:
        async with LoopbackDiscord(token="test", shards=2, max_concurrency=16) as discord:  # noqa: S106
            guilds = [discord.add_guild(f"S{n}", shard=n) for n in range(2)]
            ports: dict[str, int] = {}

            async def start(service: str, folder: str, *command: str) -> asyncio.subprocess.Process:
                own = tmp_path / folder
                own.mkdir()
                settings = (DEPLOY / "cluster.config.toml").read_text("utf-8")
                for number, url in enumerate(opensearch.nodes.urls, 1):
                    settings = settings.replace(f"http://search{number}:9200", url)
                ports[folder] = free_port()
                settings = settings.replace("0.0.0.0:8080", f"127.0.0.1:{ports[folder]}")
                settings = settings.replace(
                    "[discord]", f'[discord]\napi_url = "{discord.api_url}"'
                )
                (own / "config.toml").write_text(settings)
                (own / "owl.md").write_text(OWL)
                with (own / "log").open("wb") as log:
                    return await processes.start(
                        *(sys.executable, "-m", "bot", *(command or found[service]["command"])),
                        cwd=own,
                        env={
                            **os.environ,
                            "PYTHONPATH": str(ROOT),
                            # the names that a container has are not known here
                            "PGHOSTADDR": "127.0.0.1",
                            "PGPORT": str(server.port),
                            **{k: filled(v) for k, v in found[service]["environment"].items()},
                        },
                        stdout=log,
                        stderr=log,
                    )

            adding = await start("bot", "adding", "add", "owl.md")
            said = (tmp_path / "adding" / "log").read_text
            assert await asyncio.wait_for(adding.wait(), 120.0) == 0, said()
            bots = [f"bot{number}" for number in range(found["bot"]["deploy"]["replicas"])]
            started = [await start("reader", "reader"), *[await start("bot", n) for n in bots]]
            async with asyncio.timeout(120.0), aiohttp.ClientSession() as session:
                while sorted(map(len, ready(tmp_path))) != [1, 2, 2]:  # the last one is a spare
                    await asyncio.sleep(0.1)
                for guild in guilds:
                    asked = await discord.slash(
                        Person("Ada"), guild.channel, "ask", question=QUESTION
                    )
                    assert SENTENCE in (await discord.answered(asked)).text.replace("**", "")
                page = f"http://127.0.0.1:{ports['reader']}"
                async with session.get(f"{page}/api/ask", params={"q": QUESTION}) as reply:
                    assert (await reply.json())["matches"][0]["text"] == SENTENCE
                async with session.get(f"{page}/readyz") as reply:
                    assert reply.status == 200
            for name in bots:
                told = (tmp_path / name / "log").read_text()
                assert f"index in OpenSearch at {opensearch.nodes.urls[0]}, " in told
            docker = (ROOT / "Dockerfile").read_text("utf-8")
            (check,) = re.findall(r"HEALTHCHECK .*\\\n\s*CMD (\[.*\])", docker)
            _, *well = json.loads(check)
            for port in ports.values():
                command = [sys.executable, *(each.replace("8080", str(port)) for each in well)]
                is_up = port != ports["adding"]
                assert (await asyncio.to_thread(status, command) == 0) == is_up
            for process in started:
                process.send_signal(signal.SIGTERM)
            for process in started:
                assert await asyncio.wait_for(process.wait(), 60.0) == 0

    try:
        with own_server() as server:
            require_passwords(server)
            run(scene(server))
    finally:
        for index in opensearch.loop.run(opensearch.client.described(["articlebot-*"])):
            opensearch.loop.run(opensearch.client.delete(index))


def ready(folder: Path) -> list[list[str]]:
    """The lines of each bot that say that it is connected and that its articles can be asked."""
    return [
        [
            line
            for line in log.read_text().splitlines()
            if "ready as" in line or "articles can be asked" in line
        ]
        for log in sorted(folder.glob("bot*/log"))
    ]
