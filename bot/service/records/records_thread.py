"""A thread that owns records of its own, so that nobody else waits while they are written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from bot.service.records import Records

_T = TypeVar("_T")


class RecordsThread:
    """Runs jobs on records, in their order. Any thread may submit one."""

    def __init__(self, open_records: Callable[[], Records]) -> None:
        """``open_records`` is called in the thread, by the first job that needs records; where it
        fails, that job fails, and the next one tries again."""
        self._open = open_records
        self._opened: Records | None = None
        self._pool = ThreadPoolExecutor(1, "records")

    def submit(self, job: Callable[[Records], _T]) -> Future[_T]:
        """Run a job after those that wait. Its future raises what it raises, and
        `bot.core.errors.StorageError` if the records cannot be opened."""
        return self._pool.submit(lambda: job(self._records()))

    async def run(self, job: Callable[[Records], _T]) -> _T:
        """Run a job after those that wait, and return its result; called from an event loop."""
        return await asyncio.wrap_future(self.submit(job))

    def close(self) -> None:
        """Finish the jobs that wait, and close the records; further jobs are refused."""
        self._pool.submit(self._shut)
        self._pool.shutdown()

    def _records(self) -> Records:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _shut(self) -> None:
        if self._opened is not None:
            self._opened.close()
