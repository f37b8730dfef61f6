"""Cooldowns: a burst of questions is fine, a flood is not.

Each person and each tenant has a token bucket ("leaky bucket as a meter"; Turner, "New directions
in communications", IEEE Communications Magazine, 1986): a question takes a token, tokens come back
at a steady pace, and a full bucket holds a burst.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from typing import NamedTuple, Protocol

from bot.service.tenants import EVERYONE, Tenant

_MANY = 10_000
"""Number of buckets above which the full ones are dropped."""


class Allowance(NamedTuple):
    """A limit on how often somebody may ask."""

    seconds: float
    """Seconds in which one token comes back; 0 for no cooldown."""
    burst: int = 1
    """Questions that may come at once."""


class Cooldowns(Protocol):
    """Limits on how often people and tenants may ask."""

    waits: bool
    """True if a call may wait for a server: then any thread may make it, but no event loop's."""

    def take(self, person: Hashable, tenant: Tenant) -> int:
        """Take a token for a question: 0 if there is one; else the seconds to wait, rounded up.
        Everyone is no tenant that could ask too much. Raises `bot.core.errors.StorageError` if a
        server does not answer."""


class _Buckets:
    """Token buckets of one size, by their owner. A bucket is kept as the time at which it will be
    full again."""

    def __init__(self, allowance: Allowance) -> None:
        self._pause, burst = allowance
        self._room = self._pause * (burst - 1)
        """Seconds that a bucket's time may lie ahead for a token to be in it."""
        self._full_at: dict[Hashable, float] = {}

    def wait(self, owner: Hashable, now: float) -> float:
        """Seconds until there is a token; 0.0 if there is one."""
        return max(0.0, self._full_at.get(owner, now) - now - self._room)

    def take(self, owner: Hashable, now: float) -> None:
        """Take a token that is there."""
        if self._pause > 0:
            self._full_at[owner] = max(now, self._full_at.get(owner, now)) + self._pause
            if len(self._full_at) > _MANY:
                self._full_at = {who: at for who, at in self._full_at.items() if at > now}


class Cooldown:
    """Implements `Cooldowns` in this process. To be used from one thread."""

    waits = False

    def __init__(self, person: Allowance, tenant: Allowance, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds and is monotonic."""
        self._people = _Buckets(person)
        self._tenants = _Buckets(tenant)
        self._clock = clock

    def take(self, person: Hashable, tenant: Tenant) -> int:
        now = self._clock()
        shared = tenant != EVERYONE
        wait = self._people.wait(person, now)
        if shared:
            wait = max(wait, self._tenants.wait(tenant, now))
        if wait > 0:
            return math.ceil(wait)
        self._people.take(person, now)
        if shared:
            self._tenants.take(tenant, now)
        return 0
