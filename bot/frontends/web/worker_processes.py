"""Several processes that serve one socket, for more questions a second than one core answers.

The parent holds the socket and does nothing but look after its children: it passes SIGTERM on, and
starts another where one ends that nobody told to.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable

from bot.core.errors import BotError
from bot.frontends.error_words import in_words

FAULT = 2
"""The exit status of a child that could not begin; another would not either."""
_PAUSE = 1.0
"""Seconds before another is started."""
_log = logging.getLogger(__name__)


def share(processes: int, work: Callable[[], None]) -> None:
    """Have so many processes do the same work until SIGTERM or SIGINT. To be called before the
    process has threads or open databases. Raises `BotError` if a child could not begin."""
    children = {_start(work) for _ in range(processes)}
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
            children.add(_start(work))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if failed:
        raise BotError("reader.not_served")


def _start(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
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


def _tell(child: int) -> None:
    try:
        os.kill(child, signal.SIGTERM)
    except ProcessLookupError:
        return
