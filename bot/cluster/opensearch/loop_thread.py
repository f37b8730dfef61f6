"""An event loop in a thread of its own, on which all that talks to the cluster runs.

So threads can wait for it, other event loops can await it, and the connections are shared.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

_T = TypeVar("_T")


class LoopThread:
    """An event loop that runs from the first call on. Any thread may call, but for its own."""

    def __init__(self, closing: Callable[[], Awaitable[None]] | None = None) -> None:
        """``closing`` is awaited on the loop before it ends."""
        self._closing = closing
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, steps: Coroutine[Any, Any, _T]) -> _T:
        """Run a coroutine on the loop and return its result, waiting for it. Raises
        ``concurrent.futures.CancelledError`` if the loop is closed meanwhile."""
        return self.start(steps).result()

    def start(self, steps: Coroutine[Any, Any, _T]) -> Future[_T]:
        """Run a coroutine on the loop, without waiting for it."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="search", daemon=True
                )
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(steps, self._loop)

    async def wait_for(self, steps: Coroutine[Any, Any, _T]) -> _T:
        """The same from another event loop, which goes on meanwhile."""
        return await asyncio.wrap_future(self.start(steps))

    def close(self) -> None:
        """Cancel what is under way and end the loop; the next call starts another."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(_end(self._closing), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(closing: Callable[[], Awaitable[None]] | None) -> None:
    under_way = asyncio.all_tasks() - {asyncio.current_task()}
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    if closing is not None:
        await closing()
