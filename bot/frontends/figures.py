"""Figures at a moment, looked up for `bot.frontends.metrics`."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from bot import wiring
from bot.config import Settings
from bot.core.errors import StorageError
from bot.frontends.metrics import Figures, Gateway
from bot.service.answers.answering import Answering
from bot.service.tenants import EVERYONE
from bot.wiring import incoming, shared_state


class ConnectionFigures(Protocol):
    """Numbers of the pages' connections."""

    @property
    def total(self) -> int:
        """Number of open connections."""

    @property
    def refused(self) -> int:
        """Number of connections refused so far."""


def looking(
    settings: Settings,
    answering: Answering,
    counts: ConnectionFigures,
    gateway: Callable[[], Gateway | None] = lambda: None,
) -> Callable[[], Figures]:
    """Return a function that looks up the figures; it reads files, and may be called from any
    thread."""

    is_remote = settings.search.engine == "opensearch"

    def look() -> Figures:
        library = answering.shelves.library(EVERYONE)
        articles = passages = math.nan
        with suppress(StorageError):  # the servers' state says why
            articles, passages = library.count(), library.passage_count()
        return Figures(
            articles,
            passages,
            0 if is_remote else folder_bytes(wiring.index_folder(settings)),
            len(library.faults()),
            counts.total,
            counts.refused,
            _feeds(settings),
            gateway(),
            shared_state.server_health(settings),
        )

    return look


def folder_bytes(folder: Path) -> int:
    """Return the bytes of the files in a folder; files that vanish meanwhile are left out."""
    total = 0
    for inner, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(inner) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _feeds(settings: Settings) -> dict[str, float]:
    """Return for each host the time when its feeds last worked: that of the one that has not worked
    for the longest."""
    if not settings.feeds:
        return {}
    state = incoming.feed_state(settings)
    found: dict[str, float] = {}
    for feed in settings.feeds:
        host = urlsplit(feed.url).hostname or "unknown"
        worked = state.of(feed.url).get("worked") or 0.0
        found[host] = min(found.get(host, worked), worked)
    return found
