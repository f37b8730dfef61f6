"""Feeds: read into links, remembered, and followed."""

from bot.sources.feeds.feed_links import read_feed

__all__ = ["read_feed"]
