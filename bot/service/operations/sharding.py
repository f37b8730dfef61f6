"""Sharding: the division of Discord's shards among several processes, seen from one of them.

Every method waits for a server, so an event loop calls them in threads.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Share(NamedTuple):
    """The shards of one process."""

    slot: int
    """Number of the process among those that share, from 0."""
    shards: tuple[int, ...]
    shard_count: int
    """Number of all shards."""

    def holds(self, server: int) -> bool:
        """Return whether a Discord server's events come to one of these shards."""
        return (server >> 22) % self.shard_count in self.shards


class Sharding(Protocol):
    """The division of the shards. All methods raise `bot.core.errors.UnreachableError` if the
    server that divides cannot be reached."""

    def take(self, shard_count: int) -> Share | None:
        """Take a share that no other process holds; None if there is none. ``shard_count`` is the
        number of shards that Discord recommends; while other processes run, theirs holds. Raises
        `bot.core.errors.StorageError` if these divide the shards among another number of
        processes."""

    def keep(self) -> bool:
        """Return False if another process has taken this one's share, which must then be left.
        To be called every half second or so: a lost hold is taken again here."""

    def turn(self, bucket: int, seconds: float) -> float:
        """Take the next turn to identify in a bucket, whose turns are ``seconds`` apart among all
        processes; return the seconds to wait for it."""

    def claim(self, event: int) -> bool:
        """Return whether an event of this id may be handled here: True once among all processes."""

    def release(self) -> None:
        """Give the share back."""
