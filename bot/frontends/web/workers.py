"""Threads in which questions are answered and pages made: the event loop never does either."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.frontends.web.faults import too_many_questions

_T = TypeVar("_T")


class AnsweringThreads:
    """A few threads, and a bound on how many jobs wait for them. Called from the event loop."""

    def __init__(
        self, threads: int, waiting: int, before: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """``waiting`` is the maximum number of jobs that are under way or wait; ``before`` is
        awaited before each job, to let urgent work go first."""
        self._pool = ThreadPoolExecutor(threads, "pages")
        self._most = waiting
        self._before = before
        self.under_way = 0

    async def __call__(self, job: Callable[[], _T]) -> _T:
        """Run a function in a thread. Raises `WebFaultError` if too many jobs wait already."""

        async def run() -> _T:
            return await asyncio.get_running_loop().run_in_executor(self._pool, job)

        return await self._counted(run)

    async def awaited(self, steps: Callable[[], Awaitable[_T]]) -> _T:
        """Await what waits for a network, which counts as a job. Raises the same."""
        return await self._counted(steps)

    async def _counted(self, run: Callable[[], Awaitable[_T]]) -> _T:
        if self.under_way >= self._most:
            raise too_many_questions()
        self.under_way += 1
        try:
            if self._before is not None:
                await self._before()
            return await run()
        finally:
            self.under_way -= 1

    def close(self) -> None:
        """Finish the jobs under way; those that wait are dropped."""
        self._pool.shutdown(cancel_futures=True)
