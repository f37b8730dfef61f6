"""The engines that the contract suites are run on, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.core.seams import Hit, SearchEngine
from bot.index.index_database import Database
from bot.search.bm25 import Bm25Engine
from bot.search.rank_bm25_engine import RankBm25Engine
from tests.fakes.search_engine import FakeSearchEngine

MakeEngine = Callable[[], SearchEngine]
ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "bm25": lambda folder: Bm25Engine(Database(folder)),
    "rank-bm25": lambda _: RankBm25Engine(),
    "fake": lambda _: FakeSearchEngine(),
}
"""Engines of this process, each made with a folder of its own."""
CLUSTER = "opensearch"
"""The engine over real processes, which tests get from the fixture of this name."""


def maker(name: str, request: pytest.FixtureRequest) -> Callable[[Path], SearchEngine]:
    """Return what makes engines of a name, or skip the test where there can be none."""
    if name != CLUSTER:
        return ENGINES[name]
    from tests.cluster.opensearch.engine import ClusterEngine

    cluster = request.getfixturevalue(CLUSTER)
    return lambda _: ClusterEngine(cluster)


def fill(engine: SearchEngine, articles: dict[str, Sequence[str]]) -> None:
    """Put articles whose passages are written as words with spaces between them."""
    for article, passages in articles.items():
        engine.put(article, [passage.split() for passage in passages])
    engine.commit()


def keys(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.article, hit.number) for hit in hits]
