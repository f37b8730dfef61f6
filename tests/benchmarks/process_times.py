"""The processor's time and the memory that processes have taken, as Linux counts them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """The resources that some processes have taken since they began."""

    megabytes: float
    """Memory that they hold now, of 10^6 bytes; what they share is counted once for each."""
    cpu: float
    """Seconds of the processor's time, for programs and for the kernel."""


def taken(*processes: int) -> Taken:
    """Return the resources that some processes, by their ids, have taken together, with those of
    their children that have ended."""
    ticks = pages = 0
    for process in processes:
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, told[11:15]))
            pages += int(told[21])
    return Taken(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, ticks / os.sysconf("SC_CLK_TCK"))


def with_children(process: int) -> Iterable[int]:
    """Return the ids of a process and of its children that run."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text()
    return process, *map(int, children.split())
