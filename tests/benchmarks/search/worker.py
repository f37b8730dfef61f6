"""One engine in a process of its own, told what to do by lines of JSON.

    python -m tests.benchmarks.search.worker ENGINE FOLDER 0|1

Each line is ``[command, argument]``, and each answer is one line. So the engines can take turns,
each with its own memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.benchmarks.search.engines import ENGINES, Engine, Impossible, Ours, lines, questions


def resident() -> int:
    """This process's memory in bytes: all of it, and of that what is no mapped file."""
    return _private(os.getpid())


def peak_of(process: int, while_running: Callable[[], bool]) -> int:
    """The most memory, in bytes, that a process and those that it started take together until
    ``while_running`` says no, mapped files left out; looked at twenty times a second."""
    most = 0
    while while_running():
        most = max(most, sum(_private(each) for each in _tree(process)))
        time.sleep(0.05)
    return most


def _tree(process: int) -> Iterator[int]:
    yield process
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in file.read_text().split():
                yield from _tree(int(child))


def _private(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def obey(engine: Engine, command: str, argument: Any, prepared: list[Any]) -> Any:
    start = time.perf_counter()
    if command == "build":
        engine.build(lines(Path(argument)))
    elif command == "build_segments":
        assert isinstance(engine, Ours)
        corpus, size, megabytes = argument
        engine.build_segments(lines(Path(corpus)), size, megabytes)
    elif command == "merge":
        assert isinstance(engine, Ours)
        engine.merge()
    elif command == "open":
        before = resident()
        engine.open()
        return {"seconds": time.perf_counter() - start, "bytes": resident() - before}
    elif command == "prepare":
        prepared[:] = [engine.prepare(question) for question in questions(Path(argument))]
    elif command == "ask":
        taken = []
        for question in prepared[: int(argument)]:
            start = time.perf_counter()
            engine.ask(question)
            taken.append(time.perf_counter() - start)
        return taken
    elif command == "add":
        try:
            engine.add(argument)
        except Impossible:
            return None
        if prepared:
            engine.ask(prepared[0])
    elif command == "remove":
        try:
            engine.remove(int(argument))
        except Impossible:
            return None
        if prepared:
            engine.ask(prepared[0])
    elif command == "first":
        engine.open()
        engine.ask(engine.prepare(argument))
    return time.perf_counter() - start


def main() -> None:
    name, folder, stops = sys.argv[1:4]
    engine = ENGINES[name](Path(folder), stops == "1")
    prepared: list[Any] = []
    for line in sys.stdin:
        command, argument = json.loads(line)
        print(json.dumps(obey(engine, command, argument, prepared)), flush=True)


if __name__ == "__main__":
    main()
