"""Other processes, each with an object of its own that does what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.errors import BotError, StorageError
from bot.search.processes import broken_down, end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Call = tuple[str, Sequence[Any]]
"""A method's name, and what it is given."""


class Workers(Protocol):
    """Objects of one kind."""

    def call(self, calls: Iterable[Call]) -> Iterator[Any]:
        """What comes of each call, in order; each is made of one of the objects, of whichever has
        nothing to do."""

    def call_all(self, name: str, *given: Any) -> list[Any]:
        """What comes of this call of each of the objects."""


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
    """So many workers in processes of their own, which end with the context; ``make``, which is
    pickled, is given each one's number. An object's `BotError` is raised here, and `StorageError`
    where one breaks down."""
    from multiprocessing import get_context

    # a fork of a process with threads may hang, so each starts afresh
    context = get_context("spawn")
    connections, processes = [], []
    try:
        for number in range(count):
            own, other = context.Pipe()
            connections.append(own)
            processes.append(context.Process(target=_work, args=(other, make, number), daemon=True))
            processes[-1].start()
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

        idle = list(self._connections)
        busy: dict[Connection, int] = {}
        done: dict[int, Any] = {}
        numbered = enumerate(calls)
        coming = next(numbered, None)
        given = 0
        while coming is not None or busy:
            while idle and coming is not None:
                worker = idle.pop()
                busy[worker], call = coming
                _send(worker, call)
                coming = next(numbered, None)  # made ready while the others work
            ready = wait(busy)
            for worker in [each for each in busy if each in ready]:
                done[busy.pop(worker)] = _receive(worker)
                idle.append(worker)
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
    """What comes of a call: the error, where it is one to tell."""
    try:
        return getattr(worker, name)(*given)
    except BotError as error:
        return error
    except OSError as error:
        return StorageError(f"{error.filename}: it cannot be written ({error.strerror})")


def _work(connection: Connection, make: Callable[[int], object], number: int) -> None:
    end_with_parent()
    worker = make(number)
    while True:
        try:
            name, given = connection.recv()
        except EOFError:
            return
        connection.send(_do(worker, name, given))
