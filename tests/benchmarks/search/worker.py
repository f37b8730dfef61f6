"""One engine in a process of its own, told what to do by lines of JSON.

    python -m tests.benchmarks.search.worker ENGINE FOLDER 0|1

Each line is ``[command, argument]``, and each answer is one line. So the engines can take turns,
each with its own memory.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.search.engines import ENGINES, Engine, Impossible, lines, questions


def resident() -> int:
    """This process's memory in bytes: all of it, and of that what is no mapped file."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


def obey(engine: Engine, command: str, argument: Any, prepared: list[Any]) -> Any:
    start = time.perf_counter()
    if command == "build":
        engine.build(lines(Path(argument)))
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
