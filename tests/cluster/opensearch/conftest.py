"""A process's part of both servers for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.opensearch.world import World
from tests.cluster.postgres.servers import shared_server


@pytest.fixture
def world(opensearch: RunningCluster) -> Iterator[World]:
    """A process's part, with a database of its own and no index yet."""
    connections = Connections(shared_server().new_database())
    prepare(connections)
    made = World(connections, opensearch.nodes.urls, opensearch.new_prefix())
    yield made
    for index in made.loop.run(made.client.aliases(f"{made.prefix}-*")):
        made.loop.run(made.client.delete(index))
    made.close()
    connections.close()
