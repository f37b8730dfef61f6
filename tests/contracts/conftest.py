"""The engines of the contract suites."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from bot.core.seams import SearchEngine
from tests.cluster.opensearch.world import world
from tests.contracts.engines import CLUSTER, ENGINES, MakeEngine, maker

__all__ = ["world"]


@pytest.fixture(params=[*ENGINES, CLUSTER])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> MakeEngine:
    numbers = count()
    engine_in = maker(request.param, request)
    return lambda: engine_in(tmp_path / str(next(numbers)))


@pytest.fixture
def engine(make: MakeEngine) -> SearchEngine:
    return make()
