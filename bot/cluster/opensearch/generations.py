"""Generations of the indexes: which one is asked, which one is being made, and their change.

An analyzer's fingerprint is part of a generation's name, and the one that is asked tells which
fingerprints it has superseded: while two versions of the program run side by side, the older one
asks what the newer one has made, and makes nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.cluster.opensearch.answer_checks import Json
from bot.cluster.opensearch.cluster_client import DescribedIndex, OpenSearchClient
from bot.cluster.opensearch.layout import (
    Generation,
    Sizes,
    aliases,
    body,
    fingerprint_hash,
    generation_named,
    new_generation,
)


class Published(NamedTuple):
    """The generation that is asked."""

    generation: Generation
    fingerprint: str
    """The fingerprint of its analyzer, in its short form."""
    supersedes: tuple[str, ...]
    """Fingerprints of the generations before it."""
    is_unwanted: bool
    """True if somebody has asked for a new one in its place."""


class Generations:
    """The generations under one prefix. Methods raise as `OpenSearchClient.send` does."""

    def __init__(
        self, client: OpenSearchClient, prefix: str, sizes: Sizes, fingerprint: str
    ) -> None:
        """``fingerprint`` is the analyzer's own."""
        self._client = client
        self._prefix = prefix
        self._sizes = sizes
        self.fingerprint = fingerprint_hash(fingerprint)
        self._whole_fingerprint = fingerprint

    def consumer(self, generation: Generation) -> str:
        """Return the name under which the outbox knows a generation."""
        return f"opensearch {self._prefix} {generation.name}"

    async def published(self, *, leaderless: bool = False) -> Published | None:
        """Return the generation that is asked; None if there is none, or a part of it is gone.
        ``leaderless`` is as in `OpenSearchClient.described`."""
        asked = aliases(self._prefix)
        patterns = [f"{alias}-*" for alias in asked]
        told = await self._client.described(patterns, leaderless=leaderless)
        for name, indexes in self._by_name(told).items():
            generation = generation_named(self._prefix, name)
            if (asked.everyone, asked.servers) == (
                indexes.get(generation.everyone),
                indexes.get(generation.servers),
            ):
                meta = told[generation.everyone].meta
                return Published(
                    generation,
                    str(meta.get("fingerprint", "")),
                    tuple(meta.get("supersedes", ())),
                    bool(meta.get("is_unwanted")),
                )
        return None

    async def unfinished(self) -> list[Generation]:
        """Return the generations of this analyzer that are whole and not asked."""
        return [
            generation
            for name, indexes in sorted((await self._held()).items())
            if name.startswith(f"{self.fingerprint}-")
            and indexes == dict.fromkeys(generation := generation_named(self._prefix, name), "")
        ]

    async def make(self) -> Generation:
        """Make the indexes of a new generation, without copies of their shards: to be filled, they
        need none, and are made anew where one is lost."""
        published = await self.published()
        supersedes: list[str] = []
        if published is not None:
            earlier = [*published.supersedes, published.fingerprint]
            supersedes = [each for each in earlier if each != self.fingerprint]
        generation = new_generation(self._prefix, self._whole_fingerprint)
        meta = {"fingerprint": self.fingerprint, "supersedes": supersedes}
        for index in generation:
            await self._client.create(index, body(self._sizes._replace(replicas=0), meta))
        return generation

    async def is_protected(self, generation: Generation) -> bool:
        """Have the shards of a generation copied to other nodes; return whether that is done, as
        far as there are nodes for it."""
        await self._client.set_replicas(generation, self._sizes.replicas)
        return await self._client.is_settled(generation)

    async def publish(self, generation: Generation) -> None:
        """Let questions ask a generation, and delete all others of this prefix."""
        asked = aliases(self._prefix)
        actions: list[Json] = [
            {"add": {"index": index, "alias": alias}}
            for index, alias in zip(generation, asked, strict=True)
        ]
        others = [
            index
            for name, indexes in (await self._held()).items()
            if name != generation.name
            for index in indexes
        ]
        actions += [{"remove_index": {"index": index}} for index in others]
        await self._client.move_aliases(actions)

    async def drop(self, generation: Generation) -> None:
        """Delete a generation that is not asked."""
        for index in generation:
            await self._client.delete(index)

    async def demand_another(self, generation: Generation) -> None:
        """Ask whoever indexes for a new generation in the place of this one."""
        told = await self._client.described([generation.everyone])
        meta = told[generation.everyone].meta
        await self._client.set_meta(generation.everyone, {**meta, "is_unwanted": True})

    async def _held(self) -> dict[str, dict[str, str]]:
        patterns = [f"{alias}-*" for alias in aliases(self._prefix)]
        return self._by_name(await self._client.described(patterns))

    def _by_name(self, told: Mapping[str, DescribedIndex]) -> dict[str, dict[str, str]]:
        """Return the indexes that there are, each with its alias or "", by their generation's
        name."""
        found: dict[str, dict[str, str]] = {}
        for index, described in told.items():
            for alias in aliases(self._prefix):
                if index.startswith(f"{alias}-"):
                    name = index.removeprefix(f"{alias}-")
                    is_asked = alias in described.aliases
                    found.setdefault(name, {})[index] = alias if is_asked else ""
        return found
