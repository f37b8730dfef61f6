"""Limits on how often an address may ask, counted for all the processes that serve one socket.

Each address has a token bucket, as in `bot.service.operations.cooldowns`. The buckets lie in memory
that the processes share, so a limit must be made before they are started.
"""

from __future__ import annotations

import math
import mmap
import os
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

PER_QUESTION = 10
"""Number of other requests that an address may make for each question that it may ask."""
_BURST = 20
"""Questions that an address may ask at once."""
_SLOTS = 1 << 15
"""Number of addresses that are kept in mind; a bucket that is full again may be taken over."""
_TRIED = 16
"""Number of slots in which an address is looked for. Where all are in use, the one that is full the
soonest is taken over."""
_ROUNDING = 1e-6
"""Seconds that sums of floating-point numbers may be off."""


class AddressLimit:
    """A limit on how often one address may ask, for the process that makes it and those that it
    forks. Two processes that count one address in the same microsecond may count it once."""

    def __init__(self, seconds: float, burst: int, clock: Callable[[], float]) -> None:
        """``seconds`` is how long a token takes to come back, 0 for no limit; ``burst`` requests
        may come at once. ``clock`` gives seconds from 0 on, is monotonic, and the same in every
        process."""
        self._pause = seconds
        self._room = seconds * (burst - 1)
        self._clock = clock
        self._secret = os.urandom(16)
        """Nobody can choose addresses that share a slot."""
        shared = memoryview(mmap.mmap(-1, 16 * _SLOTS))
        self._keys = shared[: 8 * _SLOTS].cast("Q")
        self._full_at = shared[8 * _SLOTS :].cast("d")

    def take(self, address: str) -> int:
        """Take a token: 0 if there is one; else the seconds to wait, rounded up. May be called from
        an event loop."""
        if self._pause <= 0:
            return 0
        now = self._clock()
        digest = blake2b(address.encode(), digest_size=8, key=self._secret).digest()
        key = int.from_bytes(digest, "little") or 1
        slot = self._slot(key)
        full_at = max(now, self._full_at[slot] if self._keys[slot] == key else now)
        wait = full_at - now - self._room
        if wait > _ROUNDING:
            return math.ceil(wait)
        self._keys[slot] = key
        self._full_at[slot] = full_at + self._pause
        return 0

    def _slot(self, key: int) -> int:
        slots = [(key + step) % _SLOTS for step in range(_TRIED)]
        found = next((slot for slot in slots if self._keys[slot] == key), None)
        return min(slots, key=self._full_at.__getitem__) if found is None else found


class RequestLimits(NamedTuple):
    """The requests that an address may make."""

    questions: AddressLimit
    others: AddressLimit
    """For requests that are no questions."""


def request_limits(per_minute: float, clock: Callable[[], float]) -> RequestLimits:
    """Return the limits for a number of questions of one address in a minute; 0 is any number."""
    pause = 60 / per_minute if per_minute else 0.0
    return RequestLimits(
        AddressLimit(pause, _BURST, clock),
        AddressLimit(pause / PER_QUESTION, _BURST * PER_QUESTION, clock),
    )
