"""State of feeds that is kept between two requests of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from bot.sources.corpus.atomic_files import write_whole

MOST_TAKEN = 5000
"""Maximum number of links of one feed that are remembered."""


class Failure(TypedDict):
    """A link that could not be added."""

    times: int
    asked: float
    """Seconds since 1970."""


class FeedRecord(TypedDict, total=False):
    etag: str | None
    modified: str | None
    links: list[str]
    """The links that it listed last."""
    taken: list[str]
    """The links whose articles were added, the latest last."""
    failed: dict[str, Failure]
    worked: float
    """Time at which it last worked, in seconds since 1970."""
    asked: float


class FeedState:
    """The records of all feeds, in one JSON file."""

    def __init__(self, path: Path) -> None:
        """Read the file; a damaged one counts as missing, and so does a part of the wrong type."""
        self.path = path
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            found = {}
        self._feeds: dict[str, FeedRecord] = (
            {url: _record(value) for url, value in found.items()} if isinstance(found, dict) else {}
        )

    def of(self, url: str) -> FeedRecord:
        """Return the state of one feed, to be read and changed."""
        return self._feeds.setdefault(url, {})

    def save(self) -> None:
        """Write the file, whole or not at all. Raises `bot.core.errors.CorpusError`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, json.dumps(self._feeds, indent=1).encode())


def _record(value: object) -> FeedRecord:
    if not isinstance(value, dict):
        return {}
    record: FeedRecord = {}
    if isinstance(etag := value.get("etag"), str):
        record["etag"] = etag
    if isinstance(modified := value.get("modified"), str):
        record["modified"] = modified
    if isinstance(links := value.get("links"), list):
        record["links"] = [link for link in links if isinstance(link, str)]
    if isinstance(taken := value.get("taken"), list):
        record["taken"] = [link for link in taken if isinstance(link, str)][-MOST_TAKEN:]
    if isinstance(failed := value.get("failed"), dict):
        record["failed"] = {
            link: Failure(times=times, asked=asked)
            for link, failure in failed.items()
            if isinstance(failure, dict)
            and isinstance(times := failure.get("times"), int)
            and (asked := _seconds(failure, "asked")) is not None
        }
    if (worked := _seconds(value, "worked")) is not None:
        record["worked"] = worked
    if (asked := _seconds(value, "asked")) is not None:
        record["asked"] = asked
    if "links" not in record:
        # without them nothing is known of what a feed that says "nothing new" listed
        record.pop("etag", None)
        record.pop("modified", None)
    return record


def _seconds(value: Mapping[str, object], key: str) -> float | None:
    found = value.get(key)
    is_time = isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found < 1e11
    return float(found) if is_time and isinstance(found, int | float) else None
