"""The engines of the contract suites."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from bot.core.seams import SearchEngine
from tests.contracts.engines import ENGINES, MakeEngine


@pytest.fixture(params=list(ENGINES))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> MakeEngine:
    numbers = count()
    return lambda: ENGINES[request.param](tmp_path / str(next(numbers)))


@pytest.fixture
def engine(make: MakeEngine) -> SearchEngine:
    return make()
