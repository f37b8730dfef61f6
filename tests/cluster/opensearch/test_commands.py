"""The command line and the pages over a cluster: settings, one code path, the same answers."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings, load
from bot.core.answer import Answer, Question
from bot.core.article import Draft, Head
from bot.core.errors import UnfinishedIndexError
from bot.service.answers.asynchronous import AsyncAnswering
from bot.service.shelves.titles import Unknown
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.wiring import database
from bot.wiring.search_cluster import search_cluster
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.postgres.servers import shared_server
from tests.processes import tied

_OTHER = """
import asyncio, os, sys
from pathlib import Path
from bot import wiring
from bot.config import load
from bot.core.answer import Question
from bot.service.tenants import discord_server

answering = wiring.answering(load(Path(sys.argv[1])))
for line in sys.stdin:
    steps = answering.answer_remote(discord_server(10), Question(line.strip()))
    answer = asyncio.run(steps).answer
    print(answer.matches[0].passage.text if answer.answered else "-", flush=True)
os._exit(0)
"""
"""Another process, which answers the questions of a server."""
ARTICLE = "# The barn owl\n\nThe barn owl hunts mice at night.\n"
NORTH = discord_server(10)
SOUTH = discord_server(2)


@pytest.fixture
def config(opensearch: RunningCluster, tmp_path: Path) -> Iterator[Path]:
    """The settings' file of a bot with a database of its own in the cluster."""
    path = tmp_path / "config.toml"
    path.write_text(
        f'[storage]\npostgres = "{shared_server().new_database()}"\n'
        f'[search]\nengine = "opensearch"\nopensearch = {json.dumps(opensearch.nodes.urls)}\n'
        f"[discord]\ndata = {json.dumps(str(tmp_path / 'data'))}\n"
    )
    yield path
    # they wait a minute for a node that has gone, and other tests for them to be whole again
    for index in opensearch.loop.run(opensearch.client.described(["articlebot-*"])):
        opensearch.loop.run(opensearch.client.delete(index))


def command(config: Path, *arguments: str, text: str = "") -> tuple[int, str]:
    """Run a command on a text; return its status, and what it says on both channels."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", "--config", str(config), *arguments],
        capture_output=True,
        input=text,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_what_is_added_is_found_by_the_next_command(config: Path, tmp_path: Path) -> None:
    (tmp_path / "owl.md").write_text(ARTICLE)
    status, said = command(config, "add", str(tmp_path / "owl.md"))
    assert status == 0, said
    status, said = command(config, "ask", "What does the barn owl hunt?", "--json")
    assert status == 0
    assert json.loads(said)["matches"][0]["text"] == "The barn owl hunts mice at night."
    status, said = command(config, "check")
    assert status == 0
    assert "search: OpenSearch at http://127.0.0.1:" in said
    assert "0 changes behind" in said
    away = config.read_text().replace("http://127.0.0.1:", "http://127.0.0.2:")
    config.write_text(away)
    status, said = command(config, "ask", "What does the barn owl hunt?")
    assert status not in (0, 1)
    assert "the search cluster does not answer" in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("whose", ["the first that is asked", "the leader"])
def test_a_command_answers_while_a_node_is_frozen(
    config: Path, opensearch: RunningCluster, whose: str
) -> None:
    nodes = opensearch.nodes
    nodes.start_missing()
    assert command(config, "add", "-", text=ARTICLE)[0] == 0
    nodes.wait()
    frozen = nodes.leader() if whose == "the leader" else 0
    nodes.signal(frozen, signal.SIGSTOP)
    try:
        status, said = command(config, "ask", "What does the barn owl hunt?", "--json")
    finally:
        nodes.signal(frozen, signal.SIGCONT)
    assert status == 0, said
    assert json.loads(said)["matches"][0]["text"] == "The barn owl hunts mice at night."
    nodes.wait()


def test_a_running_bot_s_parts_answer_from_the_cluster(config: Path) -> None:
    settings = load(config)
    answering = wiring.answering(settings)
    assert answering.is_remote
    wiring.article_store(settings).save(
        "owl", Draft(Head("The barn owl"), "The barn owl hunts mice at night.")
    )

    async def run() -> list[str]:
        with wiring.indexing(settings):
            answering.shelves.refresh()
            intake = answering.shelves.intake(NORTH)
            await asyncio.to_thread(
                answering.shelves.add,
                NORTH,
                intake.read_text(b"The ferry of the north leaves at nine in the morning."),
            )
            service = AsyncAnswering(answering)
            questions = [
                (EVERYONE, "What does the barn owl hunt?"),
                (NORTH, "When does the ferry of the north leave?"),
                (NORTH, "What does the barn owl hunt?"),
                (EVERYONE, "When does the ferry of the north leave?"),
            ]
            replies = await asyncio.gather(
                *(service.ask(tenant, Question(text)) for tenant, text in questions)
            )
            titles = answering.shelves.titles(NORTH)
            assert await asyncio.to_thread(titles.resolve, "?!") == Unknown(())  # no word at all
            service.close()
        return [
            reply.answer.matches[0].passage.text if reply.answer.answered else "-"
            for reply in replies
        ]

    assert asyncio.run(run()) == [
        "The barn owl hunts mice at night.",
        "The ferry of the north leaves at nine in the morning.",
        "The barn owl hunts mice at night.",
        "-",
    ]
    _close(settings)


def test_what_a_server_adds_is_found_at_once_by_another_process(config: Path) -> None:
    """Its next question there is answered from it, whatever was answered there before."""
    settings = load(config)
    answering = wiring.answering(settings)
    when = "When does the ferry of the north leave?"
    with (
        subprocess.Popen(  # noqa: S603
            tied([sys.executable, "-c", _OTHER, str(config)]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as other,
        wiring.indexing(settings),
    ):

        def there() -> str:
            assert other.stdin is not None
            assert other.stdout is not None
            print(when, file=other.stdin, flush=True)
            return other.stdout.readline().strip()

        answering.shelves.refresh()
        intake = answering.shelves.intake(NORTH)
        assert [there(), there()] == ["-", "-"]
        for hour in ("nine", "ten", "eleven"):
            text = f"# The ferry\n\nThe ferry of the north leaves at {hour}."
            answering.shelves.add(NORTH, intake.read_text(text.encode()))
            assert there() == f"The ferry of the north leaves at {hour}."
        answering.shelves.remove(NORTH, "10/the-ferry")
        assert there() == "-"
    _close(settings)


def test_what_was_answered_is_answered_again_until_an_article_changes(config: Path) -> None:
    """Servers without articles of their own together."""
    settings = load(config)
    answering = wiring.answering(settings)
    store = wiring.article_store(settings)
    store.save("owl", Draft(Head("The barn owl"), "The barn owl hunts mice at night."))

    def ask(tenant: Tenant = EVERYONE) -> Answer:
        question = Question("What does the barn owl hunt?")
        return asyncio.run(answering.answer_remote(tenant, question)).answer

    with wiring.indexing(settings):
        answering.shelves.refresh()
        intake = answering.shelves.intake(NORTH)
        answering.shelves.add(NORTH, [*intake.read_text(b"The barn owl of the north hunts hares.")])
        first = ask()
        assert first.matches[0].passage.text == "The barn owl hunts mice at night."
        assert ask() is first
        north = ask(NORTH)
        assert north is not first
        assert ask(NORTH) is north
        assert ask(SOUTH) is first  # it sees the same articles
        store.save("owl", Draft(Head("The barn owl"), "The barn owl hunts voles at dusk."))
        assert ask() is not first  # whether the change can be found already or not
        answering.shelves.refresh()
        later = ask()
        assert later.matches[0].passage.text == "The barn owl hunts voles at dusk."
        assert ask() is later
    _close(settings)


def test_an_index_that_is_not_there_yet_is_said_to_be_made(config: Path) -> None:
    settings = load(config)
    answering = wiring.answering(settings)

    async def ask() -> None:
        await answering.answer_remote(EVERYONE, Question("What does the barn owl hunt?"))

    with pytest.raises(UnfinishedIndexError, match=r"search\.rebuilding"):
        asyncio.run(ask())
    _close(settings)


def _close(settings: Settings) -> None:
    opened = database.connections(settings.storage.postgres)
    search_cluster(settings.search, opened).loop.close()
    opened.close()
