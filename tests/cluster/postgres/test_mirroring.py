"""The mirror: a folder that goes on being copied into the database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings, StorageSettings
from bot.core.article import Draft, Head
from bot.core.errors import CorpusError
from bot.core.seams import Changes
from bot.service.shelves.shelves import ChangedSlugs
from bot.service.tenants import EVERYONE
from bot.wiring import incoming
from bot.wiring.database import folder_mirror

FOX = "---\ntitle: The fox\n---\n\nThe fox digs its den into a slope of sand.\n"


@pytest.fixture
def settings(address: str, tmp_path: Path) -> Settings:
    (tmp_path / "corpus").mkdir()
    return Settings(
        CorpusSettings(tmp_path / "corpus"),
        SearchSettings(cache=tmp_path / "index"),
        storage=StorageSettings(address, mirror_corpus=True),
    )


def slugs(settings: Settings) -> list[str]:
    return list(wiring.article_store(settings).list().versions)


def test_what_changes_in_the_folder_changes_in_the_database(settings: Settings) -> None:
    mirror, corpus = folder_mirror(settings), settings.corpus.folder
    wiring.article_store(settings).save("owl", Draft(Head("The owl"), "It hunts.\n"))
    assert mirror.copy() == Changes()
    (corpus / "fox.md").write_text(FOX)
    (corpus / "deep").mkdir()
    (corpus / "deep" / "otter.md").write_text(FOX)
    assert mirror.copy() == Changes(("fox", "otter"), (), ())
    assert mirror.copy() == folder_mirror(settings).copy() == Changes()
    (corpus / "fox.md").write_text(FOX.replace("sand", "clay"))
    (corpus / "deep" / "otter.md").unlink()
    assert mirror.copy() == Changes((), ("fox",), ("otter",))
    assert slugs(settings) == ["fox", "owl"]
    store = wiring.article_store(settings)
    assert "clay" in store.get("fox", store.list().versions["fox"])[0].text
    store.remove("fox")
    (corpus / "fox.md").unlink()
    assert mirror.copy() == Changes((), (), ("fox",))
    assert slugs(settings) == ["owl"]


def test_a_folder_that_is_gone_takes_nothing_along(settings: Settings) -> None:
    mirror, corpus = folder_mirror(settings), settings.corpus.folder
    (corpus / "fox.md").write_text(FOX)
    mirror.copy()
    corpus.rename(corpus.with_name("away"))
    with pytest.raises(CorpusError):
        mirror.copy()
    assert slugs(settings) == ["fox"]


def test_the_running_bot_mirrors_the_folder_by_one_process_of_all(settings: Settings) -> None:
    told: list[ChangedSlugs | None] = []

    async def follow() -> None:
        async def refresh(among: ChangedSlugs | None) -> None:
            told.append(among)

        watching = [asyncio.create_task(incoming.watch(settings, refresh)) for _ in range(2)]
        async with asyncio.timeout(60):
            while told.count(None) < 2:
                await asyncio.sleep(0.01)
            (settings.corpus.folder / "fox.md").write_text(FOX)
            while told.count({EVERYONE: {"fox"}}) < 2:
                await asyncio.sleep(0.01)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)

    asyncio.run(follow())
    store = wiring.article_store(settings)
    assert {slug: version.changed for slug, version in store.list().versions.items()} == {"fox": 1}
