"""Loss of an index: a shard of which no node has a copy any more, and that never comes back."""

from __future__ import annotations

import time
from typing import Literal, TypeAlias

from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.layout import Generation

LOST_SECONDS = 60.0
"""Seconds for which a node that took the only copy of a shard with it is waited for."""
_WITHOUT_COPY = "no_valid_shard_copy"
State: TypeAlias = Literal["whole", "missing", "lost"]
"""``missing`` where a shard cannot be asked and may come back."""


class LossWatch:
    """Tells when a generation of the indexes has lost a shard for good."""

    def __init__(self, client: OpenSearchClient, seconds: float) -> None:
        """``seconds`` is how long a shard has to be gone."""
        self._client = client
        self._seconds = seconds
        self._since: dict[str, float] = {}
        """Times at which each generation, by its name, was first seen without a copy of a shard."""

    async def state(self, generation: Generation) -> State:
        """Return how a generation is; to be called again and again. Raises as
        `OpenSearchClient.send` does."""
        gone = await self._client.missing_shard(generation)
        if gone is None:
            self._since.pop(generation.name, None)
            return "whole"
        if await self._client.allocation_of(*gone) != _WITHOUT_COPY:
            self._since.pop(generation.name, None)
            return "missing"
        since = self._since.setdefault(generation.name, time.monotonic())
        return "lost" if time.monotonic() - since >= self._seconds else "missing"
