"""Watching folders of articles: added, changed and removed files are noticed at once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from pathlib import Path

from bot.sources.corpus.file_names import slug_of
from bot.sources.formats.kinds import SUFFIXES

STEP_MS = 50
DEBOUNCE_MS = 200
"""Milliseconds for which changes that come together (an editor's rename-over, a ``git pull``) are
gathered."""
LACKING_MS = 500
"""Milliseconds between two looks for a missing folder while others are watched."""
AGAIN_SECONDS = 5.0
"""Seconds after which a folder that is missing, or cannot be watched, is tried again."""


async def changes(folders: Sequence[Path]) -> AsyncGenerator[Mapping[Path, bool] | None, None]:
    """Gives a signal each time something changed in one of the folders or below, until it is
    cancelled: the paths that changed, and of each whether it was only taken away; or None, where
    it is not known what did. Changes that come together give one signal. A folder that is not
    there yet is watched as soon as it is; one that vanishes is looked for again, and what happened
    meanwhile signalled."""
    from watchfiles import Change, awatch

    def is_ours(_: Change, path: str) -> bool:
        return not os.path.basename(path).startswith(".")  # noqa: PTH119 - of thousands

    while True:
        there = [folder for folder in folders if folder.is_dir()]
        lacking = [folder for folder in folders if folder not in there]
        pause = AGAIN_SECONDS
        try:
            if there:
                async for found in awatch(
                    *there,
                    watch_filter=is_ours,
                    debounce=DEBOUNCE_MS,
                    step=STEP_MS,
                    rust_timeout=LACKING_MS if lacking else None,
                    yield_on_timeout=bool(lacking),
                ):
                    if found:
                        # of ten thousand files too much for an event loop
                        changed = [(path, kind == Change.deleted) for kind, path in found]
                        yield await asyncio.to_thread(_by_path, changed)
                    if not all(folder.is_dir() for folder in there):
                        break
                    if any(folder.is_dir() for folder in lacking):
                        pause = 0.0
                        break
        except (OSError, RuntimeError):
            pass  # vanished between the two, or the system's watches are used up: looked at below
        await asyncio.sleep(pause)
        yield None


def slugs_at(paths: Mapping[Path, bool]) -> dict[Path, str | None]:
    """Return the articles' slugs by their paths, given the paths that changed, as `changes` does.

    A folder that is there stands for the files in it, not for itself. None is the slug of a path
    that may have been a folder and is gone. Files that were made and removed again are left out.
    """
    found: dict[Path, str | None] = {}
    for path, gone in paths.items():
        if path.is_dir():
            found.update((file, slug_of(file.name)) for file in path.rglob("*") if file.is_file())
        elif path.suffix.lower() in SUFFIXES or path.is_file():
            found[path] = slug_of(path.name)
        elif gone:
            found[path] = None
    return found


def _by_path(changed: Iterable[tuple[str, bool]]) -> dict[Path, bool]:
    """Return for each path whether everything that happened to it is that it was removed."""
    found: dict[Path, bool] = {}
    for name, gone in changed:
        path = Path(name)
        found[path] = gone and found.get(path, True)
    return found
