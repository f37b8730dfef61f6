"""Watching folders of articles: what is put in, changed or taken out is noticed at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

STEP_MS = 50
DEBOUNCE_MS = 200
"""How long changes that come together (an editor's rename-over, a ``git pull``) are gathered."""
AGAIN_SECONDS = 5.0
"""When a folder that is not there, or cannot be watched, is tried again."""


async def changes(folders: Sequence[Path]) -> AsyncGenerator[None, None]:
    """Gives a signal each time something changed in one of the folders or below, until it is
    cancelled. A change that is gathered with another gives one signal; nothing is lost: whoever
    is signalled looks at the folder anew. A folder that vanishes is looked for again, and what
    happened meanwhile signalled."""
    from watchfiles import Change, awatch

    def is_ours(_: Change, path: str) -> bool:
        return not any(part.startswith(".") for part in Path(path).name.split("/"))

    while True:
        there = [folder for folder in folders if folder.is_dir()]
        try:
            if there:
                async for _ in awatch(
                    *there, watch_filter=is_ours, debounce=DEBOUNCE_MS, step=STEP_MS
                ):
                    yield
                    if not all(folder.is_dir() for folder in there):
                        break
        except (OSError, RuntimeError):
            pass  # vanished between the two, or the system's watches are used up: looked at below
        await asyncio.sleep(AGAIN_SECONDS)
        yield
