"""Outages on demand."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Fault:
    """A fault of the next requests of one kind."""

    method: str
    path: str
    """A part of the path."""
    status: int
    """The status to answer with; 0 drops the connection without an answer."""
    times: int = 1
    retry_after: float = 0.01
    """Seconds, for 429."""
    late: bool = False
    """True if the request is carried out first, and only its answer is lost."""


@dataclass
class Faults:
    """The faults that wait for their request."""

    waiting: list[Fault] = field(default_factory=list)

    def plan(
        self, method: str, path: str, status: int, *, times: int = 1, retry_after: float = 0.01
    ) -> None:
        """Let the next ``times`` requests whose path contains ``path`` go wrong."""
        self.waiting.append(Fault(method, path, status, times, retry_after))

    def lose_answer(self, method: str, path: str) -> None:
        """Let the next such request be carried out, and its answer be lost on the way."""
        self.waiting.append(Fault(method, path, 0, late=True))

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that strikes this request, if any."""
        for fault in self.waiting:
            if fault.method == method and fault.path in path and fault.times > 0:
                fault.times -= 1
                return fault
        return None
