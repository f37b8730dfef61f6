"""The engines that the contract suites are run on, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.core.seams import Hit, SearchEngine
from bot.index.database import Database
from bot.search.bm25 import Bm25Engine
from bot.search.rank_bm25_engine import RankBm25Engine
from tests.fakes.search_engine import FakeSearchEngine

MakeEngine = Callable[[], SearchEngine]
ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "bm25": lambda folder: Bm25Engine(Database(folder)),
    "rank-bm25": lambda _: RankBm25Engine(),
    "fake": lambda _: FakeSearchEngine(),
}


def fill(engine: SearchEngine, articles: dict[str, Sequence[str]]) -> None:
    """Put articles whose passages are written as words with spaces between them."""
    for article, passages in articles.items():
        engine.put(article, [passage.split() for passage in passages])
    engine.commit()


def keys(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.article, hit.number) for hit in hits]
