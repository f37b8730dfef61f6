"""Processes that tests start end with them."""

from __future__ import annotations

import asyncio
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests import processes
from tests.frontends.discord_bot.playing import run

_ROOT = Path(__file__).parents[1]
_SLEEP = (sys.executable, "-c", "import time; print('awake', flush=True); time.sleep(600)")


def test_a_scene_that_fails_leaves_no_process() -> None:
    started: list[asyncio.subprocess.Process] = []

    async def scene() -> None:
        process = await processes.start(*_SLEEP, stdout=asyncio.subprocess.PIPE)
        started.append(process)
        assert process.stdout is not None
        assert await process.stdout.readline() == b"awake\n"
        raise ValueError("it fails")

    with pytest.raises(ValueError, match="it fails"):
        run(scene())
    assert [process.returncode for process in started] == [-9]


@pytest.mark.skipif(processes.SETPRIV is None, reason="setpriv is not there (Linux's util-linux)")
def test_a_killed_pytest_leaves_no_process() -> None:
    code = f"import subprocess; from tests.processes import tied; subprocess.run(tied({_SLEEP!r}))"
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", code], cwd=_ROOT, stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == b"awake\n"
        starter.kill()
        # the pipe is at its end once the last process that holds it has ended
        assert select.select([starter.stdout], [], [], 60)[0]
        assert starter.stdout.read() == b""
