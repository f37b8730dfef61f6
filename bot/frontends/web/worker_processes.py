"""Several processes that serve one socket, for more questions a second than one core answers.

The parent holds the socket and does nothing but look after its children: it passes SIGTERM on, and
starts another where one ends that nobody told to. No child outlives it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from threading import Thread

from bot.core.errors import BotError
from bot.frontends.error_words import in_words
from bot.wiring.temporary_folders import temporary_folder

FAULT = 2
"""The exit status of a child that could not begin; another would not either."""
_PAUSE = 1.0
"""Seconds before another is started."""
_LEAVE = (signal.SIGTERM, signal.SIGINT)
_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_log = logging.getLogger(__name__)


def usable_cores() -> int:
    """Return the number of cores on which this process may run."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share(
    processes: int, work: Callable[[], None], resources: AbstractContextManager[None]
) -> None:
    """Let a number of processes do the same work until SIGTERM or SIGINT, with ``resources`` held
    for as long as any of them runs. To be called before the process has threads or open databases.
    Raises `BotError` if a child could not begin."""
    closed_terminal = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ended, held = os.pipe()  # the second is the parent's alone, and closes with it
    children: set[int] = set()
    leaving = failed = False

    def leave(number: int, frame: object) -> None:
        nonlocal leaving
        leaving = True
        for child in children:
            _tell(child)

    def start() -> None:
        child = _start(work, ended, held)
        children.add(child)
        if leaving:  # told before this child was known
            _tell(child)

    before = {number: signal.signal(number, leave) for number in _LEAVE}
    try:
        with resources:
            for _ in range(processes):
                start()
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
                if not leaving:
                    start()
    finally:
        signal.signal(signal.SIGHUP, closed_terminal)
        os.close(held)
        os.close(ended)
        for number, handler in before.items():
            signal.signal(number, handler)
    if failed:
        raise BotError("reader.not_served")


@contextlib.contextmanager
def counting_folder() -> Iterator[None]:
    """Have prometheus_client count in files of a temporary folder, by which it adds up what several
    processes count."""
    with temporary_folder("articlebot-metrics-") as folder:
        os.environ[_VARIABLE] = os.fspath(folder)
        try:
            yield
        finally:
            del os.environ[_VARIABLE]


def _start(work: Callable[[], None], ended: int, held: int) -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, _LEAVE)  # the parent's handlers are not the child's
    child = os.fork()
    if child:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _LEAVE)
        return child
    status = 1
    try:
        for number in _LEAVE:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _LEAVE)
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
