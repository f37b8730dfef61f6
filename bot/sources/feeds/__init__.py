"""Feeds: read into links, and followed."""
