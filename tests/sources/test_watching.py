"""Watching a folder: each kind of change gives a signal, soon."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sources.watching import changes


def put(folder: Path) -> None:
    (folder / "a.md").write_text("A whale sings.")


def rename_over(folder: Path) -> None:
    part = folder / ".b.md.part"
    part.write_text("A whale sings.")
    os.replace(part, folder / "b.md")  # noqa: PTH105 - as editors do it


def remove(folder: Path) -> None:
    (folder / "there.md").unlink()


def put_deep(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "c.md").write_text("A whale sings.")


@pytest.mark.parametrize("change", [put, rename_over, remove, put_deep])
def test_a_change_gives_a_signal_within_a_second(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    async def run() -> None:
        (tmp_path / "there.md").write_text("A whale sings.")
        signals = changes([tmp_path, tmp_path / "nowhere"])
        first = asyncio.ensure_future(anext(signals))
        await asyncio.sleep(0.3)  # until the watch is set, of which the library does not tell
        change(tmp_path)
        await asyncio.wait_for(first, 2.0)
        await signals.aclose()

    asyncio.run(run())
