"""Example questions are found once, until articles change."""

from __future__ import annotations

from pathlib import Path

from bot import wiring
from bot.config import CorpusSettings, DiscordSettings, SearchSettings, Settings
from bot.service.answers.answering import Answering
from bot.service.events.stream import Events
from bot.service.examples.example_cache import ExampleCache
from bot.service.learning.keeping import Keeping
from bot.service.tenants import EVERYONE, discord_server
from tests.fakes.clock import Clock

QUERN = "# Quern\n\nThe quern is a stone that grinds grain.\n"
CLOCK = "# Clock\n\nThe sundial is a clock that needs no winding.\n"


def answering_in(folder: Path, *, own: int = 0) -> Answering:
    """The service with an article of everyone's, and one of each of so many servers."""
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "quern.md").write_text(QUERN, "utf-8")
    for server in range(1, own + 1):
        shelf = folder / "data" / "servers" / str(server)
        shelf.mkdir(parents=True)
        (shelf / "clock.md").write_text(CLOCK, "utf-8")
    settings = Settings(
        CorpusSettings(corpus),
        SearchSettings(cache=folder / "index"),
        DiscordSettings(data=folder / "data"),
    )
    answering = wiring.answering(settings, Events())
    answering.shelves.refresh()
    return answering


def test_examples_are_kept_until_something_changes_or_for_a_while(tmp_path: Path) -> None:
    answering = answering_in(tmp_path)
    clock = Clock()
    cache = ExampleCache(answering, 3, clock)
    first = cache.of(EVERYONE)
    assert first[0] == "What is the quern?"
    assert cache.of(EVERYONE) is first
    assert cache.of(discord_server(7)) == first
    Keeping(answering).keep(EVERYONE, "Which stone grinds?", "quern#1")
    second = cache.of(EVERYONE)
    assert second[0] == "Which stone grinds?"
    Keeping(answering).forget(EVERYONE, "Which stone grinds?")  # nobody is told of that
    assert cache.of(EVERYONE) is second
    clock.seconds += 301.0
    assert cache.of(EVERYONE) == first


def test_a_change_of_a_server_leaves_the_others_examples_kept(tmp_path: Path) -> None:
    answering = answering_in(tmp_path, own=2)
    north, south = discord_server(1), discord_server(2)
    cache = ExampleCache(answering, 3, Clock())
    for tenant in (north, south):
        cache.of(tenant)  # their articles are added to the index
    before = {tenant: cache.of(tenant) for tenant in (EVERYONE, north, south)}
    assert "What is the sundial?" in before[north]
    assert "What is the sundial?" not in before[EVERYONE]
    answering.shelves.remove(north, f"{north.prefix}clock")
    assert "What is the sundial?" not in cache.of(north)
    assert cache.of(south) is before[south]
    assert cache.of(EVERYONE) is before[EVERYONE]
    answering.shelves.erase(south)
    assert "What is the sundial?" not in cache.of(south)
    Keeping(answering).keep(EVERYONE, "Which stone grinds?", "quern#1")
    assert all(cache.of(tenant)[0] == "Which stone grinds?" for tenant in before)


def test_readers_of_each_language_have_examples_of_their_own(tmp_path: Path) -> None:
    answering = answering_in(tmp_path)
    path = tmp_path / "corpus" / "mehl.md"
    path.write_text(
        "---\nlanguage: de\n---\n\n# Mehl\n\nDas Mehl ist ein Pulver aus Korn.\n", "utf-8"
    )
    answering.shelves.refresh()
    cache = ExampleCache(answering, 1, Clock())
    assert cache.of(EVERYONE, "en") == ["What is the quern?"]
    assert cache.of(EVERYONE, "de") == ["Was ist das Mehl?"]
    path.unlink()
    answering.shelves.refresh()
    assert cache.of(EVERYONE, "de") == ["What is the quern?"]


def test_the_examples_that_were_kept_first_make_room(tmp_path: Path) -> None:
    cache = ExampleCache(answering_in(tmp_path), 3, Clock(), most=2)
    one, two, three = (discord_server(number) for number in (1, 2, 3))
    found = {tenant: cache.of(tenant) for tenant in (one, two, three)}
    assert cache.of(three) is found[three]
    assert cache.of(two) is found[two]
    assert cache.of(one) == found[one]
    assert cache.of(one) is not found[one]
