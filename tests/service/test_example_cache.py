"""Example questions are found once, until articles change."""

from __future__ import annotations

from pathlib import Path

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.service.example_cache import ExampleCache
from bot.service.keeping import Keeping
from bot.service.stream import Events
from bot.service.tenants import EVERYONE, discord_server
from tests.fakes.clock import Clock


def test_examples_are_kept_until_something_changes_or_for_a_while(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "quern.md").write_text(
        "# Quern\n\nThe quern is a stone that grinds grain.\n", "utf-8"
    )
    settings = Settings(CorpusSettings(corpus), SearchSettings(cache=tmp_path / "index"))
    answering = wiring.answering(settings, Events())
    answering.shelves.refresh()
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
