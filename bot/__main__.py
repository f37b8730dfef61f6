"""``python -m bot``, also installed as ``articlebot``: hands over to the command line."""

from __future__ import annotations

import gc
import sys

from bot.frontends.cli import main


def run() -> int:
    """Run the command that the process was started with; returns its exit status."""
    status = main()
    # Python looks for garbage when it ends, though all memory is given back anyway; with so much
    # loaded that takes a tenth of the time of a short command
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
