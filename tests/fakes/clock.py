"""A clock that a test sets."""

from __future__ import annotations


class Clock:
    """Seconds since 1970, as a test wants them."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000.0

    def __call__(self) -> float:
        return self.seconds
