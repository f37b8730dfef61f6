"""A database for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from tests.cluster.postgres.servers import shared_server


@pytest.fixture
def address() -> str:
    """The address of an empty database."""
    return shared_server().new_database()


@pytest.fixture
def connections(address: str) -> Iterator[Connections]:
    """Sessions with a database that has its tables."""
    made = Connections(address)
    prepare(made)
    yield made
    made.close()
