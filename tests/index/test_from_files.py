"""Many threads ask what was read from the articles' files, while no index can be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot.core.article import Draft, Head
from bot.index.from_files import snapshot_of_files
from bot.text.analyzer import Languages
from tests.fakes.article_store import FakeArticleStore
from tests.fakes.search_engine import FakeSearchEngine

_ARTICLES = 10
_READS = 300


def test_threads_read_the_articles_that_they_ask_for() -> None:
    store = FakeArticleStore()
    for number in range(_ARTICLES):
        text = f"Passage {number} tells of stones.\n"
        store.save(str(number), Draft(Head(f"Article {number}"), text))
    made = snapshot_of_files(store, store.list(), Languages(), FakeSearchEngine, lambda: False)
    assert made is not None
    catalogue = made.catalogue

    def read(first: int) -> list[tuple[str, str]]:
        found = []
        for number in range(first, first + _READS):
            slug = str(number % _ARTICLES)
            (passage,) = catalogue.all_passages(slug)
            found.append((catalogue.entries([slug])[slug].head.title, passage.text))
        return found

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(read, range(4)))
    assert results == [
        [
            (f"Article {number % _ARTICLES}", f"Passage {number % _ARTICLES} tells of stones.")
            for number in range(first, first + _READS)
        ]
        for first in range(4)
    ]
