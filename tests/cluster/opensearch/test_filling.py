"""An index filled with many changes at once, read by other processes."""

from __future__ import annotations

from bot.cluster.opensearch.filling import MANY
from bot.cluster.postgres.article_store import StoredFile
from bot.service.tenants import discord_server
from tests.cluster.opensearch.world import World

NORTH = discord_server(10)


def test_many_articles_are_read_by_other_processes(world: World) -> None:
    """An erasure among them, and what was added after it, come in their order."""
    first = MANY // 2
    store, north = world.store(), world.store(NORTH)
    north.put([StoredFile("gone", "gone.md", b"The goose flies south.\n")])
    store.put(_lamp(number) for number in range(first))
    world.erase(NORTH)
    north.put([StoredFile("owl", "owl.md", b"The barn owl hunts mice at night.\n")])
    store.put(_lamp(number) for number in range(first, MANY + 50))
    world.shelf().refresh()
    assert world.library().count() == MANY + 50
    assert list(world.shelf(NORTH).entries()) == ["owl"]
    found = world.library().ask(f"Where does lamp {MANY + 7} burn?")
    assert found.matches[0].citation.slug == f"a{MANY + 7}"
    # what changes later takes the place of what was there
    store.put([StoredFile("a1", "a1.md", b"# Lamp\n\nThe lamp was broken by a storm.\n")])
    world.shelf().refresh()
    assert [each.text for each in world.shelf().passages("a1")] == [
        "The lamp was broken by a storm."
    ]


def _lamp(number: int) -> StoredFile:
    text = f"---\nlanguage: en\n---\n\n# Lamp {number}\n\nLamp {number} burns at the gate.\n"
    return StoredFile(f"a{number}", f"a{number}.md", text.encode())
