"""Reading of files from outside in processes of their own, bounded in time and memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, Self

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError, Problem
from bot.sources.feeds.feed_links import FeedLinks

SECONDS = 60.0
MEMORY = 2_000_000_000
"""Bytes of address space; a page of 20 MB takes a third of it."""
REQUESTS = 500
"""Number of requests after which a process is replaced, so that no leak of a library lasts."""
LONGEST_ANSWER = 400_000_000
_ROOT = str(Path(__file__).parents[4])
"""Folder of this package: a process must import it from there, and nothing from the working
folder."""


class Readers:
    """Processes that read files, started when they are needed; may be used from many threads.

    A context manager: at its end the processes end. They do so as well when this process does.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """``seconds`` is the time that one file may take, ``memory`` the bytes that a process may
        have."""
        self._seconds = seconds
        self._memory = memory
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._closed = False

    def read(self, data: bytes, name: str, title: str | None = None) -> list[Draft]:
        """Return the articles in a file; see `bot.sources.formats.file_reading.read_file`.
        Raises `ArticleError` also if reading takes too long, too much memory, or crashes its
        process."""
        request = {"name": PurePath(name).name, "title": title}
        answer = self._ask(request, data)
        return [Draft(Head(*head), body, tuple(pages)) for head, body, pages in answer["drafts"]]

    def read_feed(self, data: bytes, url: str) -> FeedLinks:
        """Return the links of a feed that was fetched from ``url``. Raises `ArticleError` as `read`
        does."""
        articles, sitemaps = self._ask({"feed": url}, data)["feed"]
        return FeedLinks(tuple(articles), tuple(sitemaps))

    def _ask(self, request: dict[str, str | None], data: bytes) -> dict[str, Any]:
        """Send a request to a process and return its answer. Raises `ArticleError`."""
        process = self._take()
        try:
            answer = process.ask(request, data, self._seconds)
        except BaseException:
            process.end()
            raise
        if process.requests >= REQUESTS:
            process.end()
        else:
            self._give_back(process)
        if "error" in answer:
            raise ArticleError.of(_problem(answer["error"]))
        return answer

    def close(self) -> None:
        """End all idle processes; the others end when their work is done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self) -> _Process:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_running():
                    return process
                process.end()
        return _Process(self._memory)

    def _give_back(self, process: _Process) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(process)
                return
        process.end()


class _Process:
    """One process that reads files, one at a time."""

    def __init__(self, memory: int) -> None:
        self.requests = 0
        try:
            # a session of its own: Ctrl-C does not reach it, and its children end with it
            self._process = subprocess.Popen(  # noqa: S603 - it is this program
                [sys.executable, "-P", "-m", "bot.sources.isolation.worker", str(memory)],
                env={**os.environ, "PYTHONPATH": _ROOT},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise ArticleError("reading.no_process", reason=str(error.strerror)) from error

    def ask(self, request: dict[str, str | None], data: bytes, seconds: float) -> dict[str, Any]:
        """Send a request and return the answer. Raises `ArticleError` if none comes."""
        self.requests += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None and sink is not None  # noqa: S101, PT018 - both are pipes
        try:
            sink.write(json.dumps({**request, "size": len(data)}).encode() + b"\n" + data)
            sink.flush()
            line = source.readline(LONGEST_ANSWER)
            answer: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
        except (OSError, ValueError):
            answer = {}
        finally:
            timer.cancel()
        if not answer:
            if late.is_set():
                raise ArticleError("reading.timeout", seconds=seconds)
            raise ArticleError("reading.crashed")
        return answer

    def is_running(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, and what it started."""
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


def _problem(answer: object) -> Problem:
    """Return the problem in an answer: a file may have taken its process over."""
    try:
        return Problem.from_json(str(answer))
    except (ValueError, RecursionError):
        return Problem("reading.crashed")
