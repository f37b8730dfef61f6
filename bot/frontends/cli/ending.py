"""The end of a command: its exit statuses, its end by a signal, and what Ctrl-C has to wait for."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

FAULT = 2
INTERRUPTED = 130
_LEAVE = (signal.SIGTERM, signal.SIGHUP)


def end_in_order() -> None:
    """Have signals end the process as Ctrl-C does, so that no temporary file stays. One that is
    handled or ignored already is left as it is."""
    for number in _LEAVE:
        if signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # only the main thread may
                signal.signal(number, lambda number, frame: sys.exit(128 + number))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Have Ctrl-C wait for what is done here, which must be short. In other threads than the main
    one, where Ctrl-C interrupts nothing, this does nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    was_pressed = False

    def remember(number: int, frame: FrameType | None) -> None:
        nonlocal was_pressed
        was_pressed = True

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if was_pressed:
            signal.raise_signal(signal.SIGINT)
