"""Many articles of a database read into an index of this machine at once, by several processes."""

from __future__ import annotations

from pathlib import Path

from bot import wiring
from bot.cluster.postgres.article_store import PostgresArticleStore, StoredFile
from bot.config import SearchSettings, Settings, StorageSettings
from bot.search.bulk.file_indexing import WORTH_IT
from bot.service.tenants import EVERYONE

_ARTICLES = 40


def test_articles_are_read_by_several_processes(address: str, tmp_path: Path) -> None:
    settings = Settings(
        search=SearchSettings(cache=tmp_path / "index"), storage=StorageSettings(address)
    )
    store = wiring.article_store(settings)
    assert isinstance(store, PostgresArticleStore)
    filler = f"Filler {'o' * 1000} here.\n\n" * (WORTH_IT // _ARTICLES // 1000)
    store.put(
        StoredFile(f"a{number}", f"a{number}.txt", f"The lamp {number} burns.\n\n{filler}".encode())
        for number in range(_ARTICLES)
    )
    assert sum(version.size for version in store.list().versions.values()) > WORTH_IT
    service = wiring.answering(settings)
    service.shelves.refresh()
    assert service.count(EVERYONE) == _ARTICLES
    matches = service.ask(EVERYONE, "Which lamp 7 burns?").answer.matches
    assert matches[0].citation.slug == "a7"
