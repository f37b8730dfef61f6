"""The command line: ``python -m bot``, also installed as ``articlebot``.

Exit status 0 says yes (answered, identical, nothing wrong), 1 says no, 2 is a fault, which is
one line on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.core.errors import BotError

FAULT = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command (``sys.argv`` where no arguments are given); returns the exit status."""
    from bot.frontends.cli.parser import parse
    from bot.frontends.cli.terminal import printable

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # what an old terminal cannot show must not be an error
            reconfigure(errors="backslashreplace")
    options = parse(arguments)
    try:
        status: int = options.command(options)
        sys.stdout.flush()
    except BotError as error:
        print(f"{options.program}: {printable(str(error))}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        print(f"{options.program}: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        with suppress(OSError):  # whoever read our output is gone; so is the need to flush it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    return status
