"""Worker processes, which end with the process that started them; each has an object whose methods
are called."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.errors import BotError, StorageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def end_with_parent() -> None:
    """Ensure that this process ends when the one that started it does, however that comes about.
    Ctrl-C is that one's business."""
    import signal
    import threading
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def end_with_it() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_with_it, daemon=True).start()


def broken_down() -> StorageError:
    """Return the error to raise if such a process has ended by itself."""
    return StorageError("index.process_died")


Call = tuple[str, Sequence[Any]]
"""A method's name, and its arguments."""


_AHEAD = 2
"""Number of calls each worker is given at a time: one to do, one to go on with."""
_KEPT = 4
"""Maximum number of started calls for each worker, counted from the first whose result was not
returned yet."""

_OBJECTS_A_COLLECTION = 50_000
"""Allocations between two runs of Python's garbage collector. Python's own 700 scan long-lived
objects again and again, and free hardly anything that reference counting does not."""


class Workers(Protocol):
    """A pool of objects of one kind."""

    def call(self, calls: Iterable[Call]) -> Iterator[Any]:
        """Yield the result of each call, in order; each call is made of one of the objects,
        whichever is idle."""

    def call_all(self, name: str, *given: Any) -> list[Any]:
        """Return the results of this call of each of the objects."""


class Here:
    """Implements `Workers` with one object, in this process."""

    def __init__(self, worker: object) -> None:
        self._worker = worker

    def call(self, calls: Iterable[Call]) -> Iterator[Any]:
        for name, given in calls:
            yield _given_back(_do(self._worker, name, given))

    def call_all(self, name: str, *given: Any) -> list[Any]:
        return list(self.call([(name, given)]))


@contextmanager
def apart(make: Callable[[int], object], count: int) -> Iterator[Workers]:
    """Start ``count`` workers in processes of their own, which end with the context; ``make``,
    which is pickled, is called with each one's number. An object's `BotError` is raised here, and
    `StorageError` if one breaks down."""
    from multiprocessing import get_context

    # a fork of a process with threads may hang, so each starts afresh
    context = get_context("spawn")
    connections, processes = [], []
    try:
        for number in range(count):
            own, other = context.Pipe()
            connections.append(own)
            process = context.Process(target=_work, args=(other, make, number), daemon=True)
            process.start()
            processes.append(process)
            other.close()
        yield _Apart(connections)
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.terminate()
            process.join()


class _Apart:
    def __init__(self, connections: Sequence[Connection]) -> None:
        self._connections = connections

    def call(self, calls: Iterable[Call]) -> Iterator[Any]:
        from multiprocessing.connection import wait

        under_way = {worker: deque[int]() for worker in self._connections}
        most = _KEPT * len(self._connections)
        done: dict[int, Any] = {}
        given = 0
        numbered = enumerate(calls)
        coming = next(numbered, None)
        while True:
            while coming is not None and coming[0] < given + most:
                worker = min(under_way, key=lambda each: len(under_way[each]))
                if len(under_way[worker]) == _AHEAD:
                    break
                under_way[worker].append(coming[0])
                _send(worker, coming[1])
                coming = next(numbered, None)
            busy = [worker for worker, numbers in under_way.items() if numbers]
            if not busy:
                return
            ready = wait(busy)
            for worker in busy:
                if worker in ready:
                    done[under_way[worker].popleft()] = _receive(worker)
            while given in done:
                yield done.pop(given)
                given += 1

    def call_all(self, name: str, *given: Any) -> list[Any]:
        for worker in self._connections:
            _send(worker, (name, given))
        return [_receive(worker) for worker in self._connections]


def _send(worker: Connection, call: Call) -> None:
    try:
        worker.send(call)
    except OSError as error:
        raise broken_down() from error


def _receive(worker: Any) -> Any:
    try:
        result = worker.recv()
    except (EOFError, OSError) as error:
        raise broken_down() from error
    return _given_back(result)


def _given_back(result: Any) -> Any:
    if isinstance(result, BotError):
        raise result
    return result


def _do(worker: object, name: str, given: Sequence[Any]) -> Any:
    """Return the result of a call, or the error if it is one to report."""
    try:
        return getattr(worker, name)(*given)
    except BotError as error:
        return error
    except OSError as error:
        return StorageError("file.unwritable", path=str(error.filename), reason=str(error.strerror))


def _work(connection: Connection, make: Callable[[int], object], number: int) -> None:
    """Execute calls. They are received, and results sent, in threads of their own, so that neither
    side waits for the other while it has anything to do."""
    import gc
    import threading

    end_with_parent()
    gc.set_threshold(_OBJECTS_A_COLLECTION)
    calls: SimpleQueue[Call | None] = SimpleQueue()
    results: SimpleQueue[Any] = SimpleQueue()

    def receive() -> None:
        with suppress(EOFError, OSError):
            while True:
                calls.put(connection.recv())
        calls.put(None)

    def send() -> None:
        with suppress(OSError):  # the parent no longer reads it
            while True:
                connection.send(results.get())

    for endless in (receive, send):
        threading.Thread(target=endless, daemon=True).start()
    worker = make(number)
    while (call := calls.get()) is not None:
        results.put(_do(worker, *call))
