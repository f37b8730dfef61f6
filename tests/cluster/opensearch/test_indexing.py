"""From the outbox to what is found: changes, takeovers, new indexes in the place of old ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cluster.opensearch.documents import IndexedArticle
from bot.cluster.opensearch.writing import ArticleChange, IndexWriter
from bot.core.article import Draft, Head
from bot.core.errors import BotError, StorageError, UnfinishedIndexError
from bot.core.passages.article_reading import read
from bot.core.seams import Changes
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.text.analyzer import Languages
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.opensearch.world import World
from tests.index.opened import ANALYZER
from tests.processes import tied

OWL = Draft(Head("The owl"), "The barn owl hunts mice at night.")
FOX = Draft(Head("The fox"), "The red fox hunts hares at dawn.")
NORTH, SOUTH = discord_server(10), discord_server(11)


def found(world: World, question: str, tenant: Tenant = EVERYONE) -> list[str]:
    """The slugs of the articles that are found, best first."""
    return [match.citation.slug for match in world.library(tenant).ask(question).matches]


def test_what_is_added_changed_and_removed_is_found_at_once(world: World) -> None:
    store = world.store()
    store.save("owl", OWL)
    shelf = world.shelf()
    assert shelf.refresh() == Changes()  # whatever there was at the start
    assert found(world, "What does the barn owl hunt?") == ["owl"]
    store.save("fox", FOX)
    store.save("owl", OWL._replace(body="The barn owl sleeps in the church tower."))
    assert shelf.refresh() == Changes(added=("fox",), changed=("owl",))
    assert found(world, "What hunts hares at dawn?") == ["fox"]
    assert found(world, "Where does the barn owl sleep?") == ["owl"]
    store.remove("owl")
    assert shelf.refresh() == Changes(removed=("owl",))
    assert list(shelf.entries()) == ["fox"]
    assert shelf.refresh() == Changes()


def test_an_article_that_shrinks_leaves_nothing_behind(world: World) -> None:
    shelf, store = world.shelf(), world.store()
    long = "\n\n".join(f"Heron number {n} waits. {'It waits for fish. ' * 60}" for n in range(5))
    store.save("heron", Draft(Head("The heron"), long))
    shelf.refresh()
    assert len(shelf.passages("heron")) == 5
    store.save("heron", Draft(Head("The heron"), "The heron is gone."))
    shelf.refresh()
    assert [passage.text for passage in shelf.passages("heron")] == ["The heron is gone."]


def test_a_tenant_that_is_erased_has_nothing_left(world: World) -> None:
    for tenant in (NORTH, SOUTH):
        world.store(tenant).save("owl", OWL)
        world.shelf(tenant).refresh()
    world.erase(NORTH)
    world.store(NORTH).save("fox", FOX)
    world.shelf(NORTH).refresh()
    assert list(world.shelf(NORTH).entries()) == ["fox"]
    assert list(world.shelf(SOUTH).entries()) == ["owl"]


def test_a_file_that_is_no_article_is_a_fault_until_it_is_one(world: World) -> None:
    shelf, store = world.shelf(), world.store()
    store.save("empty", Draft(Head("Empty"), " "))
    shelf.refresh()
    (fault,) = shelf.faults()
    assert fault.path == "empty.md"
    store.save("empty", OWL)
    shelf.refresh()
    assert (shelf.faults(), list(shelf.entries())) == ([], ["empty"])


def test_indexes_that_were_deleted_are_made_anew(world: World, opensearch: RunningCluster) -> None:
    world.store().save("owl", OWL)
    world.store(NORTH).save("fox", FOX)
    world.shelf().refresh()
    for index in world.loop.run(world.client.described([f"{world.prefix}-*"])):
        world.loop.run(world.client.delete(index))
    with pytest.raises(UnfinishedIndexError, match=r"search\.rebuilding"):
        found(world, "What does the barn owl hunt?")
    world.shelf().index.rebuild()
    assert found(world, "What does the barn owl hunt?", NORTH)[0] == "owl"
    assert list(world.shelf(NORTH).entries()) == ["fox"]


class NewAnalyzer(Languages):
    """An analyzer of a later version of the program."""

    def fingerprint(self) -> str:
        return f"{super().fingerprint()} later"


def test_a_new_analyzer_makes_new_indexes_beside_the_old_ones(
    world: World, opensearch: RunningCluster
) -> None:
    world.store().save("owl", OWL)
    world.shelf().refresh()
    old = world.loop.run(world.generations.published())
    later = World(world.connections, opensearch.nodes.urls, world.prefix, NewAnalyzer())
    try:
        assert found(later, "What does the barn owl hunt?") == ["owl"]  # from the old ones
        assert later.indexer().catch_up(1, 60.0)
        new = later.loop.run(later.generations.published())
    finally:
        later.close()
    assert old is not None
    assert new is not None
    assert (new.fingerprint, new.supersedes) == (later.generations.fingerprint, (old.fingerprint,))
    assert {*world.loop.run(world.client.described([f"{world.prefix}-*"]))} == {*new.generation}
    # the older version asks them, and makes none of its own
    assert world.indexer().catch_up(0, 20.0)
    assert world.loop.run(world.generations.published()) == new
    assert found(world, "What does the barn owl hunt?") == ["owl"]


def test_what_a_writer_left_half_done_is_done_again(world: World) -> None:
    shelf, store = world.shelf(), world.store()
    store.save("owl", OWL)
    shelf.refresh()
    published = world.loop.run(world.generations.published())
    assert published is not None
    # killed after it had written an article, and before that could be seen
    long = "\n\n".join(f"Owl number {n} waits. {'It waits for mice. ' * 60}" for n in range(3))
    store.save("owl", Draft(Head("The owl"), long))
    version = store.list({"owl"}).versions["owl"]
    _, article, language, passages = read("owl", version, store, ANALYZER)
    assert article is not None
    terms = [ANALYZER.terms(passage.text, language) for passage in passages]
    half = ArticleChange("", "owl", 2, IndexedArticle(article, language, passages, terms))
    world.loop.run(IndexWriter(world.client, published.generation).write([half], is_new=True))
    store.save("owl", OWL)
    shelf.refresh()
    assert [passage.number for passage in shelf.passages("owl")] == [0]
    # and what it sends late, once another has taken its place, is refused
    world.loop.run(IndexWriter(world.client, published.generation).write([half], is_new=True))
    world.loop.run(IndexWriter(world.client, published.generation).show())
    assert [passage.text for passage in shelf.passages("owl")][:1] == [OWL.body]


def test_the_indexer_s_place_is_taken_when_its_process_is_killed(
    world: World, opensearch: RunningCluster
) -> None:
    world.store().save("owl", OWL)
    code = (
        "import sys, threading\n"
        "from bot.cluster.postgres.connections import Connections\n"
        "from tests.cluster.opensearch.world import World\n"
        "world = World(Connections(sys.argv[1]), sys.argv[3:], sys.argv[2])\n"
        "world.indexer().run(threading.Event())\n"
    )
    command = [sys.executable, "-c", code, world.connections.address, world.prefix]
    process = subprocess.Popen(  # noqa: S603
        tied([*command, *opensearch.nodes.urls]), cwd=Path.cwd()
    )
    try:
        world.shelf().refresh()
        with world.indexing():
            world.store().save("fox", FOX)
            world.shelf().refresh()
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            world.store().save("hare", OWL)
            published = world.loop.run(world.generations.published())
            assert published is not None
            consumer = world.generations.consumer(published.generation)
            assert world.outbox.wait_for_consumer(consumer, world.outbox.version(), 30.0)
            assert list(world.shelf().entries()) == ["fox", "hare", "owl"]
    finally:
        process.kill()
        process.wait()


def test_a_full_disk_is_said_in_one_line_and_overcome(
    world: World, opensearch: RunningCluster
) -> None:
    world.store().save("owl", OWL)
    world.shelf().refresh()
    block = {"index.blocks.read_only_allow_delete": True}
    published = world.loop.run(world.generations.published())
    assert published is not None
    for index in published.generation:
        opensearch.nodes.put(f"/{index}/_settings", block)
    world.store().save("fox", FOX)
    with pytest.raises(StorageError, match=r"search\.read_only"):
        world.shelf().refresh()
    assert found(world, "What does the barn owl hunt?") == ["owl"]
    for index in published.generation:
        opensearch.nodes.put(f"/{index}/_settings", dict.fromkeys(block))
    world.shelf().refresh()
    assert found(world, "What hunts hares at dawn?")[0] == "fox"


def test_no_article_is_left_out_of_what_others_ask(world: World) -> None:
    with pytest.raises(BotError, match=r"search\.shared"), world.shelf().left_out("owl"):
        pass
