"""The memory and the pace of building an index, at any number of passages.

    python -m tests.benchmarks.search.building [--stop-words] [--megabytes N] [PASSAGES...]

Memory is that of all processes together, mapped files left out, looked at twenty times a second.
The index is built as some segments, which are then merged. The passages come through a pipe from a
process that is not counted, so that no file of them is needed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Process
from pathlib import Path

from tests.benchmarks.search.__main__ import Worker
from tests.benchmarks.search.corpus import write_corpus
from tests.benchmarks.search.engines import BUILD_MEGABYTES, PASSAGES_AN_ARTICLE


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search.building", description=__doc__
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("passages", type=int, nargs="*", default=[100_000])
    parser.add_argument("--stop-words", action="store_true", help="keep every stop word")
    parser.add_argument("--megabytes", type=int, default=BUILD_MEGABYTES, help="what it may take")
    parser.add_argument("--segments", type=int, default=2, help="how many are merged at the end")
    options = parser.parse_args()
    print("| passages | memory, MB | passages/s | memory of merging, MB | passages/s |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        for passages in options.passages:
            own = Path(temporary) / "ours"
            size = -(-passages // PASSAGES_AN_ARTICLE // options.segments)
            with Worker("ours", own, options.stop_words) as worker:
                with _written(Path(temporary) / "corpus", passages) as corpus:
                    build = [str(corpus), size, options.megabytes]
                    seconds, memory = worker.measured("build_segments", build)
                waited, merging = worker.measured("merge")
            shutil.rmtree(own)
            figures = [memory / 1e6, passages / seconds, merging / 1e6, passages / waited]
            print(
                f"| {passages:,} | {' | '.join(f'{each:,.0f}' for each in figures)} |", flush=True
            )


@contextmanager
def _written(pipe: Path, passages: int) -> Iterator[Path]:
    """Write so many passages to a pipe, for one who reads them in the context."""
    os.mkfifo(pipe)
    writing = Process(target=write_corpus, args=(pipe, passages))
    writing.start()
    try:
        yield pipe
    finally:
        writing.join()
        pipe.unlink()


if __name__ == "__main__":
    main()
