"""Processes that tests start: none of them outlives the tests, however those end."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from typing import Any

SETPRIV = shutil.which("setpriv")
"""util-linux's program that has the kernel end a process with its parent; elsewhere than on Linux
there is none, and only a test that goes on ends what it started."""

_started: list[asyncio.subprocess.Process] = []


def tied(command: Sequence[str], signal: str = "KILL") -> list[str]:
    """Return a command that does the same, whose process is sent a signal when the thread that
    starts it has ended: a pytest that is killed runs no fixture to its end."""
    return [*([SETPRIV, "--pdeathsig", signal, "--"] if SETPRIV else []), *command]


async def start(*command: str, **options: Any) -> asyncio.subprocess.Process:
    """Start a process, which `end_started` ends if the test does not."""
    process = await asyncio.create_subprocess_exec(*tied(command), **options)
    _started.append(process)
    return process


async def end_started() -> None:
    """Kill the processes that were started and still run."""
    while _started:
        process = _started.pop()
        if process.returncode is None:
            process.kill()
            await process.communicate()
