"""Reading many files: on all cores, each in a process that can be stopped, results as they come."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.sources.formats.kinds import SUFFIXES

_Result = TypeVar("_Result")


class FoundFile(NamedTuple):
    """The files of a folder and its subfolders, by their paths."""

    readable: list[Path]
    """Files of a kind that can be read as an article."""
    others: list[Path]
    """Files of any other kind."""
    outside: list[Path]
    """Links to folders, or to files of a readable kind, that lead out of the folder; they are not
    followed."""


def files_in(folder: Path, but: Path) -> FoundFile:
    """Return the files of a folder and its subfolders, without hidden ones and without the folder
    ``but``. A link is followed only to a file within the folder."""
    left_out = but.resolve()
    inside = folder.resolve()
    found = FoundFile([], [], [])
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and Path(root, name).resolve() != left_out
        )
        found.outside.extend(
            path for path in (Path(root, name) for name in folders) if _leads_out(path, inside)
        )
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith("."):
                continue
            if path.suffix.lower() not in SUFFIXES:
                found.others.append(path)
            elif _leads_out(path, inside):
                found.outside.append(path)
            else:
                found.readable.append(path)
    return found


def _leads_out(path: Path, folder: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(folder)


def in_parallel(
    work: Callable[[Path], _Result], paths: Iterable[Path]
) -> Generator[tuple[Path, Future[_Result]], None, None]:
    """Run a function for each path, in as many threads as there are cores; yields each path with
    its result in the order of completion. No more than a few wait for their turn, so a million
    paths take no memory. When the caller stops, so does the work."""
    workers = os.cpu_count() or 1
    remaining = iter(paths)
    waiting: dict[Future[_Result], Path] = {}
    executor = ThreadPoolExecutor(workers, "reading")
    try:
        while True:
            for path in islice(remaining, 3 * workers - len(waiting)):
                waiting[executor.submit(work, path)] = path
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
