"""Nodes that are killed or frozen while questions are asked and articles added: no question fails,
and no article that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.core.article import Draft, Head
from bot.core.errors import BotError, UnreachableError
from tests.cluster.opensearch.fake_node import FakeNode, silent
from tests.cluster.opensearch.running import TEST_SIZES, RunningCluster
from tests.cluster.opensearch.world import World

OWL = Draft(Head("The owl"), "The barn owl hunts mice at night.")
ASKED = "What does the barn owl hunt?"


class Load:
    """Questions and additions, one after the other, as long as it lasts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stop = threading.Event()
        self.acknowledged: list[str] = []
        self.answered = 0
        self.failures: list[object] = []

    @contextmanager
    def under_way(self) -> Iterator[None]:
        threads = [
            threading.Thread(target=self._repeat, args=(job,))
            for job in (self._ask, self._ask, self._add)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _repeat(self, job: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                job()
            except Exception as error:  # noqa: BLE001 - whatever it is, a test looks at it
                self.failures.append(error)

    def _ask(self) -> None:
        answer = self._world.library().ask(ASKED)
        if not answer.matches or answer.matches[0].citation.slug != "owl":
            self.failures.append(answer)
        self.answered += 1

    def _add(self) -> None:
        slug = f"fox{len(self.acknowledged)}"
        self._world.store().save(slug, Draft(Head(slug), f"The red fox {slug} hunts hares."))
        self._world.shelf().refresh()
        self.acknowledged.append(slug)


def test_the_leader_s_death_costs_no_question_and_no_article(
    world: World, opensearch: RunningCluster
) -> None:
    nodes = opensearch.nodes
    nodes.start_missing()
    world.store().save("owl", OWL)
    world.shelf().refresh()
    load = Load(world)
    with world.indexing():
        world.shelf().refresh()
        nodes.wait()  # until each shard has its copy: what is on one node only is lost with it
        with load.under_way():
            leader = nodes.leader()
            nodes.kill(leader)
            nodes.wait()  # green on two
            nodes.start(leader)
            nodes.wait()
    assert load.failures == []
    assert load.answered > 0
    assert load.acknowledged
    assert world.shelf().entries().keys() == {"owl", *load.acknowledged}


def test_a_frozen_node_costs_no_question(world: World, opensearch: RunningCluster) -> None:
    nodes = opensearch.nodes
    nodes.start_missing()
    world.store().save("owl", OWL)
    world.shelf().refresh()
    nodes.wait()
    hasty = World(world.connections, nodes.urls, world.prefix, seconds=1.0)
    frozen = (nodes.leader() + 1) % 3
    nodes.signal(frozen, signal.SIGSTOP)
    try:
        answers = [hasty.library().ask(ASKED) for _ in range(5)]
    finally:
        nodes.signal(frozen, signal.SIGCONT)
        hasty.close()
    assert {answer.matches[0].citation.slug for answer in answers} == {"owl"}
    nodes.wait()


def test_frozen_nodes_are_asked_for_nothing_else_once_none_answers(world: World) -> None:
    """Whoever asked waits for that."""
    world.store().save("owl", OWL)
    world.shelf().refresh()

    async def scene() -> list[str]:
        async with FakeNode(silent) as frozen:
            away = World(world.connections, [frozen.url], world.prefix, seconds=0.3)
            with pytest.raises(UnreachableError, match=r"search\.unreachable"):
                await asyncio.to_thread(away.library().ask, ASKED)
            await asyncio.to_thread(away.close)
            return [path.partition("?")[0] for _, path, _ in frozen.requests]

    assert asyncio.run(scene()) == ["/_msearch", "/_nodes/_local", "/_msearch"]


def test_a_cluster_that_is_down_is_said_to_be_and_answers_again(
    world: World, opensearch: RunningCluster
) -> None:
    """Without a node, a question raises at once; it is never an answer that nothing was found."""
    world.store().save("owl", OWL)
    world.shelf().refresh()
    away = World(world.connections, ["http://127.0.0.1:9"], world.prefix)
    try:
        with pytest.raises(UnreachableError, match=r"search\.unreachable"):
            away.library().ask(ASKED)
        with pytest.raises(BotError):
            away.shelf().refresh()
        away.client.urls[:] = opensearch.nodes.urls
        assert away.library().ask(ASKED).matches[0].citation.slug == "owl"
    finally:
        away.close()


@pytest.mark.thorough
def test_an_index_whose_only_copy_is_lost_is_made_anew(
    world: World, opensearch: RunningCluster, caplog: pytest.LogCaptureFixture
) -> None:
    """A node takes the only copy of a shard with it and never comes back: the indexer makes the
    index anew from the database, and questions are told so meanwhile."""
    nodes = opensearch.nodes
    nodes.start_missing()
    sizes = TEST_SIZES._replace(replicas=0)
    alone = World(
        world.connections, nodes.urls, world.prefix, sizes=sizes, lost_seconds=1.0, seconds=2.0
    )
    alone.store().save("owl", OWL)
    alone.shelf().refresh()
    nodes.wait()
    before = alone.loop.run(alone.generations.published())
    assert before is not None
    holders = nodes.get(f"/_cat/shards/{before.generation.everyone}?format=json")
    gone = int(holders[0]["node"].removeprefix("n"))
    nodes.kill(gone)
    try:
        with alone.indexing():
            said = set()
            until = time.monotonic() + 60.0
            answer = None
            while answer is None and time.monotonic() < until:
                try:
                    answer = alone.library().ask(ASKED)
                except BotError as error:
                    said.add(error.code)
        assert answer is not None
        assert answer.matches[0].citation.slug == "owl"
        assert said <= {"search.unreachable", "search.rebuilding", "search.changed"}
        assert f"{before.generation.name}: a part of the search index is lost" in caplog.text
        after = alone.loop.run(alone.generations.published())
        assert after is not None
        assert after.generation != before.generation
    finally:
        alone.close()  # whatever needs all nodes starts this one again
