"""``python -m bot``, also installed as ``articlebot``: hands over to the command line."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading


def run() -> int:
    """Run the command that the process was started with; returns its exit status."""
    # as it is, Python looks for garbage each time 700 objects more are there: while modules are
    # loaded, and one question is answered, there is hardly any
    gc.set_threshold(100_000)
    from bot.frontends.cli import main

    status = main()
    if threading.active_count() == 1:
        _end(status)
    return status


def _end(status: int) -> None:
    """End the process without taking apart all that is loaded, which takes Python a twentieth of a
    short command's time; the system frees it at once."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


if __name__ == "__main__":
    sys.exit(run())
