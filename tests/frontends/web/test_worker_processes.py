"""Processes that serve pages together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOLD_AT_ONCE = """
import os, signal, tempfile
from contextlib import contextmanager

from bot.frontends.web.worker_processes import counting_folder, share

@contextmanager
def told():
    with counting_folder():
        print(len(os.listdir(tempfile.gettempdir())), flush=True)
        os.kill(os.getpid(), signal.SIGTERM)
        yield

share(2, signal.pause, told())
print("left")
"""


def test_processes_that_are_told_to_leave_before_they_are_started_leave_nothing(
    tmp_path: Path,
) -> None:
    left = subprocess.run(  # noqa: S603 - it is our own
        [sys.executable, "-c", TOLD_AT_ONCE],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (left.returncode, left.stdout, left.stderr) == (0, "1\nleft\n", "")
    assert not list(tmp_path.iterdir())
