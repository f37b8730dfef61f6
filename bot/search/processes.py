"""Processes that work for another one, and end with it."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.core.errors import StorageError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future


def end_with_parent() -> None:
    """See to it that this process ends when the one that started it does, however that comes
    about. Ctrl-C is that one's business."""
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
    """What to say where such a process has ended by itself."""
    return StorageError(
        "a process that read articles broke down, perhaps for want of memory; set [search] "
        "build_memory_mb to less, and do it again: what is done is kept"
    )


_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


class Apply(Protocol):
    """A `map` of one sequence."""

    def __call__(
        self, work: Callable[[_Given], _Result], given: Sequence[_Given]
    ) -> Iterable[_Result]: ...


@contextmanager
def applying(processes: int) -> Iterator[Apply]:
    """A `map` whose work is done in so many other processes, where they can be had at once, with
    all that this process has in memory; in this one where they cannot, or for one alone.

    They are forked, so this process must have no threads."""
    from multiprocessing import get_all_start_methods

    if processes == 1 or sys.platform == "darwin" or "fork" not in get_all_start_methods():
        yield lambda work, given: map(work, given)
        return
    with ExitStack() as stack:

        def apply(work: Callable[[_Given], _Result], given: Sequence[_Given]) -> Iterator[_Result]:
            from concurrent.futures import ProcessPoolExecutor
            from concurrent.futures.process import BrokenProcessPool
            from multiprocessing import get_context

            pool = ProcessPoolExecutor(processes, get_context("fork"), _take_work, (work,))
            stack.callback(pool.shutdown, wait=True, cancel_futures=True)
            try:
                yield from in_order(pool, _do_work, given, 2 * processes)
            except BrokenProcessPool as error:
                raise StorageError("a process broke down, perhaps for want of memory") from error

        yield apply


def in_order(
    pool: Executor, work: Callable[..., _Result], given: Iterable[_Given], ahead: int
) -> Iterator[_Result]:
    """What comes of each, in order; no more than ``ahead`` are under way."""
    remaining = iter(given)
    waiting: deque[Future[_Result]] = deque()
    while True:
        for each in islice(remaining, ahead - len(waiting)):
            waiting.append(pool.submit(work, each))
        if not waiting:
            return
        yield waiting.popleft().result()


class _Here:
    """What this process is for, where it was forked to work."""

    work: Callable[[Any], Any]


def _take_work(work: Callable[[Any], Any]) -> None:
    end_with_parent()
    _Here.work = work


def _do_work(given: Any) -> Any:
    return _Here.work(given)
