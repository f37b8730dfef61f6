"""A load test of the pages: questions by many connections, and pages that the client has already.

    python -m tests.benchmarks.web_load [--passages 10000] [--connections 64] [--requests 4000]

The load is made by `hey` (https://github.com/rakyll/hey), which has to be in the path; the pages
are served by `articlebot serve` as an operator would start it, on the same machine. Several of
`hey` ask at once, each something else, and then something else again: nothing that an answer is
made of is asked for by all connections together. Measured are
the answers a second, their times as hey saw them, and the processor time that the server's
processes took for each, beside the same for ``/healthz``, which asks nothing: what is left is the
question's and the page's share.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tests.benchmarks.discord_load import spread, write_corpus
from tests.benchmarks.process_times import taken, with_children

AT_ONCE = 8
"""Different addresses asked for at the same time, each by an equal share of the connections."""
FOR_EACH = 5
"""Requests for one address by one connection before all go on to other addresses."""
ARTICLES = 200
"""Different articles that are asked for."""
SETTLED = 2.0
"""Seconds after which an article's version alone says whether its page is known."""


class Measured(NamedTuple):
    """One kind of request; times in seconds."""

    what: str
    a_second: float
    times: tuple[float, float, float]
    """p50, p99 and maximum."""
    statuses: dict[str, int]
    processor: float
    """Of the server, for each request."""


class Server:
    """`articlebot serve`, as a process."""

    def __init__(self, folder: Path, processes: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            where = f"127.0.0.1:{free.getsockname()[1]}"
        self.base = f"http://{where}"
        config = folder / "config.toml"
        config.write_text(
            f"[corpus]\nfolder = '{folder / 'corpus'}'\n[search]\ncache = '{folder / 'index'}'\n"
            f"[discord]\ndata = '{folder / 'data'}'\n[reader]\nquestions_per_minute = 0.0\n"
        )
        command = [sys.executable, "-m", "bot", "serve", "--listen", where]
        command += ["--processes", str(processes), "--config", str(config)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
        while True:
            try:
                with urllib.request.urlopen(f"{self.base}/readyz"):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.2)

    def processor_seconds(self) -> float:
        """Return the seconds of the processor that the server's processes have taken so far."""
        return taken(*with_children(self.process.pid)).cpu

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def measure(
    server: Server, what: str, urls: list[str], requests: int, connections: int, *headers: str
) -> Measured:
    """Ask for the urls in turn, some at once, ``requests`` times in all, and in full rounds."""
    hey = shutil.which("hey")
    if hey is None:
        sys.exit("hey is not in the path; `go install github.com/rakyll/hey@latest` puts it there")
    share = max(1, connections // AT_ONCE)
    each = share * FOR_EACH
    options = [option for header in headers for option in ("-H", header)]
    command = [hey, "-n", str(each), "-c", str(share), "-o", "csv", *options]
    before, began = server.processor_seconds(), time.perf_counter()
    times: list[float] = []
    statuses: Counter[str] = Counter()
    asked = itertools.cycle(urls)
    for _ in range(max(1, requests // (AT_ONCE * each))):
        running = [
            subprocess.Popen([*command, next(asked)], stdout=subprocess.PIPE, text=True)  # noqa: S603
            for _ in range(AT_ONCE)
        ]
        for one in running:
            out, _ = one.communicate()
            if one.returncode:
                sys.exit(f"hey ended with status {one.returncode}")
            for row in csv.DictReader(out.splitlines()):
                times.append(float(row["response-time"]))
                statuses[row["status-code"]] += 1
    took = time.perf_counter() - began
    processor = (server.processor_seconds() - before) / len(times)
    return Measured(what, len(times) / took, spread(times), dict(statuses), processor)


def measure_all(
    folder: Path, passages: int, requests: int, connections: int, processes: int
) -> list[Measured]:
    """Start the server, and measure each kind of request."""
    asked = write_corpus(folder / "corpus", passages)
    server = Server(folder, processes)
    try:
        base = server.base
        articles = [f"{base}/a/article-{n}" for n in range(min(ARTICLES, passages // 10))]
        time.sleep(SETTLED)
        with urllib.request.urlopen(articles[0]) as page:  # noqa: S310
            tag = page.headers["ETag"]
        found = []
        for what, urls, headers in (
            ("/healthz", [f"{base}/healthz"], ()),
            ("/api/ask", [f"{base}/api/ask?q={quote(q)}" for q in asked], ()),
            ("/?q=, five matches", [f"{base}/?q={quote(q)}" for q in asked], ()),
            ("/a/SLUG", articles, ()),
            ("/a/SLUG, known", articles[:1], (f"If-None-Match: {tag}",)),
        ):
            measure(server, what, urls[-20:], 2 * connections, connections, *headers)  # warm
            found.append(measure(server, what, urls, requests, connections, *headers))
    finally:
        server.stop()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--requests", type=int, default=4000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure_all(
            Path(folder), options.passages, options.requests, options.connections, options.processes
        )
    if options.json:
        print(json.dumps([one._asdict() for one in found]))
        return
    print(
        f"{options.passages:,} passages, {options.connections} connections, "
        f"{options.processes} processes"
    )
    for one in found:
        p50, p99, worst = (f"{seconds * 1000:,.0f}" for seconds in one.times)
        statuses = ", ".join(f"{count:,} of {status}" for status, count in one.statuses.items())
        print(
            f"{one.what:20} {one.a_second:7,.0f} a second, p50 {p50} ms, p99 {p99}, maximum "
            f"{worst}; {1000 * one.processor:.2f} ms of processor each; {statuses}"
        )


if __name__ == "__main__":
    main()
