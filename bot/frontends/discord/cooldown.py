"""How soon somebody may ask again."""

from __future__ import annotations

import math
from collections.abc import Callable

_MANY = 10_000


class Cooldown:
    """One question in so many seconds for each person, and for each server."""

    def __init__(self, person: float, server: float, clock: Callable[[], float]) -> None:
        """``person`` and ``server`` in seconds, 0 for no cooldown; ``clock`` gives seconds that
        never go back."""
        self._seconds = {"person": person, "server": server}
        self._clock = clock
        self._free: dict[tuple[str, int], float] = {}

    def take(self, person: int, server: int | None) -> int:
        """Ask: 0 where that is fine, and counted; else the seconds to wait, rounded up."""
        now = self._clock()
        keys = [("person", person), *([("server", server)] if server is not None else [])]
        wait = max(self._free.get(key, now) - now for key in keys)
        if wait > 0:
            return math.ceil(wait)
        for key in keys:
            if self._seconds[key[0]] > 0:
                self._free[key] = now + self._seconds[key[0]]
        if len(self._free) > _MANY:
            self._free = {key: until for key, until in self._free.items() if until > now}
        return 0
