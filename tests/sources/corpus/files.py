"""Files of a corpus folder: written, and read back as articles or faults."""

from __future__ import annotations

from pathlib import Path

from bot.core.errors import ArticleError
from bot.sources.corpus.folder import CorpusFolder
from tests.wording import worded


def put(root: Path, name: str, data: str | bytes = "Some words.\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def faults(root: Path, largest: int = 20_000_000) -> dict[str, str]:
    """Return the reason why each file is no article, be it its name or its bytes."""
    store = CorpusFolder(root, largest)
    listing = store.list()
    found = {fault.path: worded(fault.problem) for fault in listing.faults}
    for slug, version in listing.versions.items():
        try:
            store.get(slug, version)
        except ArticleError as error:
            found[version.path] = worded(error)
    return found


def slugs(root: Path) -> list[str]:
    return list(CorpusFolder(root).list().versions)
