"""One cluster for all tests of a session, and what they put into it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.layout import Generation, Sizes, body, new_generation
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.writing import IndexWriter
from bot.wiring.temporary_folders import temporary_folder
from tests.cluster.opensearch.installing import MissingPartError, installed
from tests.cluster.opensearch.processes import NodeProcesses, archive_classes

TEST_SIZES = Sizes(shards=2, replicas=1, left_seconds=1.0)


class RunningCluster:
    """A cluster of three nodes, with one generation of indexes that tests share: each takes
    tenants of its own."""

    def __init__(self, nodes: NodeProcesses) -> None:
        self.nodes = nodes
        self.client = OpenSearchClient(nodes.urls, seconds=10.0)
        self.loop = LoopThread(self.client.close)
        self._tenants = itertools.count(1)
        self._prefixes = itertools.count(1)
        self._shared: Generation | None = None

    def new_tenant(self) -> str:
        """Return the name of a tenant that has nothing yet."""
        return str(next(self._tenants))

    def new_prefix(self) -> str:
        """Return a prefix of names that no index has yet."""
        return f"p{next(self._prefixes)}"

    def shared(self) -> Generation:
        """Return the indexes that tests share, made when they are first asked for."""
        if self._shared is None:
            self._shared = self.make(self.new_prefix())
        return self._shared

    def make(self, prefix: str) -> Generation:
        """Make indexes of a prefix."""
        generation = new_generation(prefix, "tests")
        for index in generation:
            self.loop.run(self.client.create(index, body(TEST_SIZES, {})))
        return generation

    def writer(self) -> IndexWriter:
        return IndexWriter(self.client, self.shared())

    def close(self) -> None:
        self.loop.close()


_nodes: list[NodeProcesses] = []
"""The nodes of this session's cluster, if it runs."""


def end_nodes() -> None:
    """End the nodes before the session ends; the cluster cannot be used afterwards."""
    while _nodes:
        _nodes.pop().close()


@pytest.fixture(scope="session")
def opensearch() -> Iterator[RunningCluster]:
    """A running cluster; the test is skipped where there cannot be one."""
    try:
        home = installed()
    except MissingPartError as error:
        pytest.skip(str(error))
    with temporary_folder("articlebot-opensearch-") as work:
        work.chmod(0o755)  # the server runs as another user
        archive_classes(home, work)
        with NodeProcesses(home, work / "nodes") as nodes:
            running = RunningCluster(nodes)
            _nodes.append(nodes)
            yield running
            running.close()
