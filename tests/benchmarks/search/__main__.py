"""The search engine beside its peers, in one run.

    pip install ".[bench]"
    python -m tests.benchmarks.search [--quick] [--sizes 1000 ...] [--out DIR] [--skip ENGINE ...]

Builds an index of every size with every engine, opens them all, and lets them take turns at the
same questions, so that whatever else the machine does befalls them alike. Writes DIR/search.json
(all that was measured), DIR/search.md (the table) and DIR/search.svg (the plot).
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.benchmarks.search.corpus import corpus_of
from tests.benchmarks.search.engines import ENGINES, PASSAGES_AN_ARTICLE
from tests.benchmarks.search.report import plot, table
from tests.benchmarks.search.whole import measure_whole
from tests.benchmarks.search.worker import peak_of

_QUICK, _FULL = (1_000, 10_000), (1_000, 10_000, 100_000, 1_000_000)
_ROUNDS = 5
_SECONDS_A_ROUND = 3.0
"""An engine that does not answer all questions in so many seconds is asked fewer."""
_LARGEST = {"rank_bm25": 100_000}
"""With more passages an engine is left out: a million take rank_bm25 5 GB, and 2 s a question."""
_SHARED = {"bm25s, numba": "bm25s, numpy"}
"""Engines that read the index that another has built."""
_WITH_STOP_WORDS = ("ours", "tantivy")


class Worker:
    """An engine in a process of its own."""

    def __init__(self, engine: str, folder: Path, stop_words_too: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self._name = engine
        module = "tests.benchmarks.search.worker"
        self._process = subprocess.Popen(  # noqa: S603 (this very package)
            [sys.executable, "-m", module, engine, str(folder), str(int(stop_words_too))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def __call__(self, command: str, argument: Any = None) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([command, argument]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self._name}: ended while it was to {command}")
        return json.loads(answer)

    def build(self, corpus: Path) -> dict[str, float]:
        """Build the index; how long that took, and the most memory it took meanwhile."""
        seconds, most = self.measured("build", str(corpus))
        return {"build_seconds": seconds, "build_bytes": most}

    def measured(self, command: str, argument: Any = None) -> tuple[float, int]:
        """Return the seconds that a command took, and the most memory in bytes that it and the
        processes it started took meanwhile."""
        with ThreadPoolExecutor(1) as executor:
            doing = executor.submit(self, command, argument)
            most = peak_of(self._process.pid, lambda: not doing.done())
            return doing.result(), most


class Run:
    """One run: what is measured, and the folder in which everything lies."""

    def __init__(self, folder: Path, engines: list[str], progress: Progress) -> None:
        self.folder = folder
        self.engines = engines
        self.progress = progress
        self.results: list[dict[str, Any]] = []

    def measure(self, passages: int, engines: list[str], stop_words_too: bool = False) -> None:
        """Build, open and ask at one size."""
        corpus, asked = corpus_of(self.folder, passages)
        engines = [name for name in engines if passages <= _LARGEST.get(name, passages)]
        rows: dict[str, dict[str, Any]] = {
            name: {"engine": name, "passages": passages, "stop_words": stop_words_too}
            for name in engines
        }
        folders = {name: self.folder / _SHARED.get(name, name) for name in engines}
        label = f"{passages:,} passages{', stop words kept' if stop_words_too else ''}"
        task = self.progress.add_task(label, total=3 * len(engines) + _ROUNDS)
        for name in engines:
            if name not in _SHARED:
                with Worker(name, folders[name], stop_words_too) as worker:
                    rows[name] |= worker.build(corpus)
            self.progress.advance(task)
        for name in engines:
            shared = rows[_SHARED.get(name, name)]
            rows[name] |= {key: shared[key] for key in ("build_seconds", "build_bytes")}
            files = (file for file in folders[name].rglob("*") if file.is_file())
            rows[name]["disk_bytes"] = sum(file.stat().st_size for file in files)
            rows[name]["first_seconds"] = self._first(name, folders[name], stop_words_too)
            self.progress.advance(task)
        with ExitStack() as stack:
            workers = {
                name: stack.enter_context(Worker(name, folders[name], stop_words_too))
                for name in engines
            }
            counts = {}
            for name, worker in workers.items():
                opened = worker("open")
                rows[name]["memory_bytes"] = opened["bytes"]
                worker("prepare", str(asked))
                worker("ask", 3)  # compiles what is compiled at the first question
                pace = statistics.mean(worker("ask", 3))
                counts[name] = max(5, min(200, int(_SECONDS_A_ROUND / pace)))
                self.progress.advance(task)
            rounds: dict[str, list[list[float]]] = {name: [] for name in engines}
            for _ in range(_ROUNDS):
                for name, worker in workers.items():
                    rounds[name].append(worker("ask", counts[name]))
                self.progress.advance(task)
            for name, worker in workers.items():
                rows[name]["questions"] = counts[name]
                rows[name]["p50"] = statistics.median(map(statistics.median, rounds[name]))
                rows[name]["p99"] = statistics.median(map(_p99, rounds[name]))
                text = "An added passage about wolframite and its smelters."
                added = [worker("add", text) for _ in range(31)]
                rows[name]["add_seconds"] = None if None in added else statistics.median(added)
                articles = min(31, passages // PASSAGES_AN_ARTICLE)
                removed = [worker("remove", number) for number in range(articles)]
                rows[name]["remove_seconds"] = (
                    None if None in removed else statistics.median(removed)
                )
        self.results += rows.values()
        for own in set(folders.values()):
            shutil.rmtree(own)

    def _first(self, name: str, folder: Path, stop_words_too: bool) -> float:
        """From the start of a process to its first answer: the median of five, or of one where
        that takes long."""
        taken: list[float] = []
        while len(taken) < 5 and sum(taken) < 5:
            start = time.perf_counter()
            with Worker(name, folder, stop_words_too) as worker:
                worker("first", "what did Russia do in the South China Sea")
                taken.append(time.perf_counter() - start)
        return statistics.median(taken)


def _p99(taken: list[float]) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.99))]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--quick", action="store_true", help="small sizes, without numba: a minute")
    parser.add_argument("--sizes", type=int, nargs="+", help="passages, instead of 1k to 1M")
    parser.add_argument("--skip", nargs="+", default=[], choices=list(ENGINES), metavar="ENGINE")
    parser.add_argument("--out", type=Path, default=Path("benchmark"), help="where to write to")
    parser.add_argument(
        "--stop-words-at",
        type=int,
        default=100_000,
        metavar="PASSAGES",
        help="of how many passages, at the most, an index with every stop word is made",
    )
    parser.add_argument("--no-stop-words", action="store_true", help="leave that index out")
    parser.add_argument("--no-whole", action="store_true", help="leave `python -m bot ask` out")
    options = parser.parse_args()
    sizes = options.sizes or (_QUICK if options.quick else _FULL)
    slow = ["bm25s, numba"] if options.quick else []  # it compiles for longer than all else takes
    engines = [name for name in ENGINES if name not in options.skip + slow]
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        tempfile.TemporaryDirectory() as folder,
        Progress(*columns, TimeElapsedColumn(), console=console) as progress,
    ):
        run = Run(Path(folder), engines, progress)
        for passages in sizes:
            run.measure(passages, engines)
        if not options.no_stop_words:
            kept = [name for name in engines if name in _WITH_STOP_WORDS]
            run.measure(min(options.stop_words_at, max(sizes)), kept, stop_words_too=True)
        whole = []
        if not options.no_whole:
            of = sorted({10, 3_000, max(sizes)})
            whole += [measure_whole(Path(folder), size, progress) for size in of]
    results = {
        "machine": f"{platform.processor() or platform.machine()}, Python {sys.version.split()[0]}",
        "engines": run.results,
        "whole": whole,
    }
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "search.json").write_text(json.dumps(results, indent=1), "utf-8")
    text = table(results)
    (options.out / "search.md").write_text(text, "utf-8")
    plot(results, options.out / "search.svg")
    print(text)


if __name__ == "__main__":
    main()
