"""Figures about the connection to Discord."""

from __future__ import annotations

import math

from bot.frontends.discord.client import ArticleBot
from bot.frontends.metrics import Gateway


def gateway_of(bot: ArticleBot) -> Gateway:
    """Return the figures of this moment. May be called from any thread."""
    shards = list(bot.shards.values())
    latencies = [shard.latency for shard in shards if math.isfinite(shard.latency)]
    return Gateway(
        sum(latencies) / len(latencies) if latencies else math.nan,
        bot.shard_count or 0,
        sum(not shard.is_closed() for shard in shards),
        bot.reconnects,
        bot.rate_limits.count,
    )
