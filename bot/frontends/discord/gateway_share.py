"""This process's share of Discord's shards: waited for, kept, and its turns to identify.

Where one process runs alone there is none of this: it has all shards, and discord.py spaces its
own turns.
"""

from __future__ import annotations

import asyncio
import logging

from bot.core.errors import UnreachableError
from bot.frontends.error_words import in_words
from bot.service.operations.sharding import Sharding, Share
from bot.service.operations.waiting import in_thread
from bot.service.tenants import Tenant

LOOK_SECONDS = 0.5
"""Seconds between two looks at the share: a dead process's shards are taken within seconds."""
IDENTIFY_SECONDS = 5.0
"""Seconds between two turns in one bucket, as Discord wants it."""
_log = logging.getLogger(__name__)


class GatewayShare:
    """The share, seen from an event loop."""

    def __init__(self, sharding: Sharding) -> None:
        self._sharding = sharding
        self._concurrency = 1
        self.share: Share | None = None
        """None while this process waits for one."""

    async def take(self, shard_count: int, concurrency: int) -> Share:
        """Wait for a share, without end. ``shard_count`` and ``concurrency`` are what Discord
        recommends: the number of shards, and how many may identify at once."""
        self._concurrency = max(1, concurrency)
        is_told = is_lost = False
        while True:
            try:
                self.share = await in_thread(self._sharding.take, shard_count)
            except UnreachableError as error:
                if not is_lost:
                    _log.warning("%s; trying again until it is", in_words(error))
                is_lost = True
            else:
                is_lost = False
                if self.share is not None:
                    return self.share
                if not is_told:
                    _log.info("other processes hold all shards; waiting as a spare")
                is_told = True
            await asyncio.sleep(LOOK_SECONDS)

    async def keep(self) -> None:
        """Keep the share until another process has taken it: then this returns."""
        is_lost = False
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                is_kept = await in_thread(self._sharding.keep)
            except UnreachableError as error:
                if not is_lost:
                    _log.warning("%s; the shards are kept meanwhile", in_words(error))
                is_lost = True
                continue
            if is_lost:
                _log.info("the storage is reachable again")
            is_lost = False
            if not is_kept:
                return

    async def turn(self, shard: int) -> None:
        """Wait for a shard's turn to identify."""
        while True:
            try:
                seconds = await in_thread(
                    self._sharding.turn, shard % self._concurrency, IDENTIFY_SECONDS
                )
            except UnreachableError:
                await asyncio.sleep(LOOK_SECONDS)
                continue
            if seconds > 0:
                await asyncio.sleep(seconds)
            return

    async def claim(self, event: int) -> bool:
        return await in_thread(self._sharding.claim, event)

    def holds(self, tenant: Tenant) -> bool:
        """Return whether a server's events come to this process."""
        return self.share is not None and self.share.holds(int(tenant.name))

    async def release(self) -> None:
        """Give the share back, so that a spare has it at once."""
        await in_thread(self._sharding.release)
