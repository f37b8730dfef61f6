"""Threads in which servers are waited for, on behalf of an event loop.

They are apart from asyncio's own, which are few: a server that does not answer holds up only what
needs it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, TypeVar

_THREADS = 12
"""More would only wait for each other, and each has a session with the server."""
_T = TypeVar("_T")


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, "servers")


async def in_thread(job: Callable[..., _T], *values: Any) -> _T:
    """Return what a function returns for these values, called in a thread."""
    return await asyncio.get_running_loop().run_in_executor(_pool(), partial(job, *values))
