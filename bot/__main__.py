"""``python -m bot``, also installed as ``articlebot``: hands over to the command line."""

from __future__ import annotations

import gc
import sys


def run() -> int:
    """Run the command that the process was started with; returns its exit status."""
    # as it is, Python looks for garbage each time 700 objects more are there: while modules are
    # loaded, and one question is answered, there is hardly any
    gc.set_threshold(100_000)
    from bot.frontends.cli import main

    status = main()
    # Python looks for garbage when it ends, though all memory is given back anyway; with so much
    # loaded that takes a tenth of the time of a short command
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
