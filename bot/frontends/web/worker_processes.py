"""Several processes that serve one socket, for more questions a second than one core answers.

The parent holds the socket and does nothing but look after its children: it passes SIGTERM on, and
starts another where one ends that nobody told to. No child outlives it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from threading import Thread

from bot.core.errors import BotError
from bot.frontends.error_words import in_words

FAULT = 2
"""The exit status of a child that could not begin; another would not either."""
_PAUSE = 1.0
"""Seconds before another is started."""
_log = logging.getLogger(__name__)


def usable_cores() -> int:
    """Return the number of cores on which this process may run."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share(processes: int, work: Callable[[], None]) -> None:
    """Let a number of processes do the same work until SIGTERM or SIGINT. To be called before the
    process has threads or open databases. Raises `BotError` if a child could not begin."""
    closed_terminal = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ended, held = os.pipe()  # the second is the parent's alone, and closes with it
    children = {_start(work, ended, held) for _ in range(processes)}
    leaving = False

    def leave(number: int, frame: object) -> None:
        nonlocal leaving
        leaving = True
        for child in children:
            _tell(child)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGINT)}
    failed = False
    try:
        while children:
            child, status = os.wait()
            children.discard(child)
            if leaving:
                continue
            if os.waitstatus_to_exitcode(status) == FAULT:
                failed = True
                leave(signal.SIGTERM, None)
                continue
            _log.error("process %d ended with status %d; another is started", child, status)
            time.sleep(_PAUSE)
            children.add(_start(work, ended, held))
    finally:
        signal.signal(signal.SIGHUP, closed_terminal)
        os.close(held)
        os.close(ended)
        for number, handler in before.items():
            signal.signal(number, handler)
    if failed:
        raise BotError("reader.not_served")


def _start(work: Callable[[], None], ended: int, held: int) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.close(held)
        Thread(target=_leave_with_parent, args=(ended,), name="parent", daemon=True).start()
        work()
        status = 0
    except BotError as error:
        print(f"articlebot: {in_words(error)}", file=sys.stderr)  # noqa: T201 - nobody else can say it
        status = FAULT
    except Exception:  # noqa: BLE001 - it is logged, and the parent starts another
        _log.exception("a process that serves pages failed")
    finally:
        sys.stderr.flush()
        os._exit(status)


def _leave_with_parent(ended: int) -> None:
    """Wait until the parent has ended, however it did, and leave as it would have asked."""
    os.read(ended, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _tell(child: int) -> None:
    try:
        os.kill(child, signal.SIGTERM)
    except ProcessLookupError:
        return
