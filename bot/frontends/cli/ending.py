"""The end of a command that is told to leave by a signal."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from types import FrameType

_LEAVE = (signal.SIGTERM, signal.SIGHUP)


def end_in_order() -> None:
    """Have signals end the process as Ctrl-C does, so that no temporary file stays. One that is
    handled or ignored already is left as it is."""
    for number in _LEAVE:
        if signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # only the main thread may
                signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
