"""Sessions whose statements cannot wait for ever for a server that no longer does anything.

The kernel of a machine whose server is frozen goes on acknowledging packets, so neither keep-alives
nor time-outs of TCP notice it, and the server's own time-outs are frozen with it. A statement that
takes long may be a large one: only where a new session finds no server either is it cut off.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread
from typing import Any

import psycopg

PATIENCE = 4.0
"""Seconds that a statement may take before the server is looked for."""
LONGEST = 75.0
"""Seconds after which a statement is cut off anyway: the server would have ended it after 60."""
_LOOK_SECONDS = 1.0
"""Seconds between two looks, where there is something to look at."""
_IDLE_SECONDS = 10.0
"""Seconds without statements after which the thread ends."""


class SessionWatch:
    """Cuts off sessions whose server does not answer. Safe for any number of threads."""

    def __init__(
        self,
        is_alive: Callable[[], bool],
        patience: float = PATIENCE,
        longest: float = LONGEST,
        look_seconds: float = _LOOK_SECONDS,
    ) -> None:
        """``is_alive`` tells, within seconds, whether the server answers a new session."""
        self._is_alive = is_alive
        self._patience = patience
        self._longest = longest
        self._look_seconds = look_seconds
        self._changed = Condition()
        """Held for a moment; notified when a statement begins and none was under way."""
        self._began: dict[WatchedSession, float] = {}
        """The time at which each session's present statement began, in monotonic seconds."""
        self._is_running = False

    def begin(self, session: WatchedSession) -> None:
        """Take note that a session waits for the server from now on."""
        with self._changed:
            self._began[session] = time.monotonic()
            if not self._is_running:
                self._is_running = True
                Thread(target=self._look, name="session watch", daemon=True).start()
            elif len(self._began) == 1:
                self._changed.notify()

    def end(self, session: WatchedSession) -> None:
        """Take note that it waits no longer."""
        with self._changed:
            self._began.pop(session, None)

    def _look(self) -> None:
        while True:
            with self._changed:
                if not self._began and not self._changed.wait(_IDLE_SECONDS):
                    self._is_running = False
                    return
            time.sleep(self._look_seconds)
            if self._late(self._patience):
                self._cut_off(self._longest if self._is_alive() else self._patience)

    def _late(self, seconds: float) -> list[WatchedSession]:
        with self._changed:
            before = time.monotonic() - seconds
            return [session for session, began in self._began.items() if began < before]

    def _cut_off(self, seconds: float) -> None:
        """Cut off the sessions that have waited for so many seconds. Each is still waiting then, so
        that its socket is its own."""
        late = self._late(seconds)
        with self._changed:
            for session in late:
                if session in self._began:
                    session.cut_off()


class WatchedSession(psycopg.Connection[tuple[Any, ...]]):
    """A session that a `SessionWatch` may cut off: what waits for it then raises
    ``psycopg.OperationalError``."""

    watch: SessionWatch | None = None

    def wait(self, *given: Any, **named: Any) -> Any:
        """Wait for the server; psycopg calls this for whatever a session does."""
        watch = self.watch
        if watch is None:
            return super().wait(*given, **named)
        watch.begin(self)
        try:
            return super().wait(*given, **named)
        finally:
            watch.end(self)

    def cut_off(self) -> None:
        """End the connection as the network would, from another thread."""
        with (
            suppress(OSError, psycopg.Error),
            socket.socket(fileno=os.dup(self.fileno())) as connected,
        ):
            connected.shutdown(socket.SHUT_RDWR)
