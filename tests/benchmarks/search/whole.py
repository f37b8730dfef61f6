"""The whole way of a question, as a person asks it: `python -m bot ask`.

    python -m tests.benchmarks.search.whole [PASSAGES...]

measures it alone; of 3,000 passages it takes ten seconds.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.frontends.cli import GARBAGE_AT
from tests.benchmarks.search.corpus import corpus_of
from tests.benchmarks.search.engines import lines, questions
from tests.benchmarks.search.report import whole_table

_FILES = 1000


def measure_whole(folder: Path, passages: int, progress: Progress) -> dict[str, Any]:
    """Write a corpus of at most 1,000 files, let the bot index it, and ask."""
    text, asked = corpus_of(folder, passages)
    corpus, cache = folder / f"files-{passages}", folder / f"cache-{passages}"
    corpus.mkdir()
    size = max(1, passages // _FILES)
    source = lines(text)
    number = 0
    while own := list(islice(source, size)):
        body = "\n\n".join([f"# Article {number}", *own])
        (corpus / f"article-{number}.md").write_text(body + "\n", "utf-8")
        number += 1
    settings = Settings(CorpusSettings(corpus), SearchSettings(cache=cache))
    library = _library(settings)
    task = progress.add_task(f"the whole way, {passages:,} passages", total=number)
    start = time.perf_counter()
    library.refresh(lambda done, _: progress.update(task, completed=done))
    library.close()  # the merges are part of it
    seconds = time.perf_counter() - start
    everything = questions(asked)
    taken = _times(_library(settings), everything)  # a closed one keeps no connection open
    config = folder / f"config-{passages}.toml"
    config.write_text(
        f"[corpus]\nfolder = {json.dumps(str(corpus))}\n"
        f"[search]\ncache = {json.dumps(str(cache))}\n"
    )
    fresh = []
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for question in everything[:21]:
        command = [sys.executable, "-m", "bot", "--config", str(config), "ask", question]
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, env=compiled, check=False)  # noqa: S603
        fresh.append(time.perf_counter() - start)
    return {
        "passages": passages,
        "files": number,
        "build_seconds": seconds,
        "fresh": statistics.median(fresh[1:]),  # the first compiles what is not yet
        "p50": statistics.median(taken),
        "p99": sorted(taken)[int(len(taken) * 0.99)],
    }


def _library(settings: Settings) -> Library:
    analyzer = wiring.analyzer()
    return Library([wiring.shelf(settings, wiring.corpus_folder(settings), analyzer)], analyzer)


def _times(library: Library, asked: Sequence[str]) -> list[float]:
    """Return the seconds that each question takes a process that answers many, as `articlebot run`
    does; it has answered one already."""
    thresholds = gc.get_threshold()
    gc.set_threshold(GARBAGE_AT)
    try:
        library.ask(asked[0])
        taken = []
        for question in asked:
            start = time.perf_counter()
            library.ask(question)
            taken.append(time.perf_counter() - start)
        return taken
    finally:
        gc.set_threshold(*thresholds)
        library.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search.whole", description=__doc__
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("passages", type=int, nargs="*", default=[3000], help="(default: 3000)")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Progress(console=Console(stderr=True)) as progress,
    ):
        rows = [measure_whole(Path(folder), size, progress) for size in options.passages]
    print(whole_table(rows))


if __name__ == "__main__":
    main()
