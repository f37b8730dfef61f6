"""A process's part of both servers for each test."""

from tests.cluster.opensearch.world import world

__all__ = ["world"]
