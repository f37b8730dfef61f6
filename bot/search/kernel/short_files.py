"""Surviving files that are cut short while they are mapped: by the kernel, or without it."""

from __future__ import annotations

from functools import cache

from bot.index.index_folder import NO_SHORT_FILES, ShortFiles
from bot.search.kernel import Kernel, library


class KernelShortFiles:
    """A `ShortFiles` by the kernel; see ``mapped.c``."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def count(self) -> int:
        return self._kernel.short_files()

    def were_met(self, inode: int, since: int) -> bool:
        return bool(self._kernel.was_cut_short(inode, since))


@cache
def short_files() -> ShortFiles:
    """Let this process survive, from now on, the truncation of a file by which SQLite shares a
    database. Return what knows of such files; where it cannot be done, `NO_SHORT_FILES`."""
    kernel = library()
    if kernel is not None:
        return KernelShortFiles(kernel) if kernel.outlive_short_files() else NO_SHORT_FILES
    from bot.search.kernel.plain_short_files import PlainShortFiles

    try:
        return PlainShortFiles()
    except OSError:
        return NO_SHORT_FILES
