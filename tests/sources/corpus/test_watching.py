"""Watching a folder: each kind of change gives a signal, soon."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sources.corpus.watching import changes, slugs_at


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


def signals_of(folders: list[Path], change: Callable[[], None]) -> list[object]:
    """The first signal after a change that is made a little after the watch is set."""

    async def run() -> list[object]:
        signals = changes(folders)
        first = asyncio.ensure_future(anext(signals))
        await asyncio.sleep(0.3)  # until the watch is set, of which the library does not tell
        change()
        found = await asyncio.wait_for(first, 2.0)
        await signals.aclose()
        return [found]

    return asyncio.run(run())


def test_a_signal_says_what_changed(tmp_path: Path) -> None:
    there = tmp_path / "there.md"
    there.write_text("A whale sings.")
    assert signals_of([tmp_path], there.unlink) == [{there: True}]
    new = tmp_path / "new.md"
    assert signals_of([tmp_path], lambda: new.touch()) == [{new: False}]


def test_a_folder_that_is_made_later_is_looked_at(tmp_path: Path) -> None:
    there, later = tmp_path / "there", tmp_path / "later"
    there.mkdir()
    assert signals_of([there, later], later.mkdir) == [None]


def test_slugs_are_told_by_paths(tmp_path: Path) -> None:
    (tmp_path / "folder" / "deeper").mkdir(parents=True)
    inside = tmp_path / "folder" / "deeper" / "owl.md"
    inside.touch()
    odd = tmp_path / "notes.xyz"
    odd.touch()
    gone, made_and_gone, was_folder = tmp_path / "a.md", tmp_path / "4913", tmp_path / "old"
    assert slugs_at(
        {tmp_path / "folder": False, odd: False, gone: True, made_and_gone: False, was_folder: True}
    ) == {inside: "owl", odd: "notes", gone: "a", was_folder: None}


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
