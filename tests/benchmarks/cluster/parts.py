"""Servers for the benchmarks, and articles to put into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from bot.core.article import Draft, Head
from bot.wiring.temporary_folders import temporary_folder
from tests.cluster.opensearch.installing import installed
from tests.cluster.opensearch.processes import SMALL, NodeProcesses
from tests.cluster.opensearch.world import World
from tests.cluster.postgres.servers import shared_server

LARGE = ("-Xms1g", "-Xmx1g")
"""Options of Java for measuring speed: the compiler and the collector that servers use."""


@contextmanager
def opened_world(jvm: tuple[str, ...] = SMALL) -> Iterator[World]:
    """A cluster and a database of its own, empty, ended with the context."""
    home = installed()
    with temporary_folder("articlebot-benchmark-") as work:
        work.chmod(0o755)  # the servers run as another user
        with NodeProcesses(home, work, jvm=jvm) as nodes:
            connections = Connections(shared_server().new_database())
            prepare(connections)
            world = World(connections, nodes.urls, "bench", patience=3600.0)
            yield world
            world.close()
            connections.close()


def articles(passages: Iterator[str], size: int) -> Iterator[Draft]:
    """Yield articles of so many passages each."""
    number = 0
    while own := [line.strip() for line in islice(passages, size)]:
        title = " ".join(own[0].split()[:4]).title()
        yield Draft(Head(f"{title} {number}", language="en"), "\n\n".join(own))
        number += 1


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
