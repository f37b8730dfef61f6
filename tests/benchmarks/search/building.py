"""The memory and the pace of building an index, at any number of passages.

    python -m tests.benchmarks.search.building [--stop-words] [--folder DIR] [PASSAGES...]

Memory is that of all processes together, mapped files left out, looked at twenty times a second.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.benchmarks.search.__main__ import Worker
from tests.benchmarks.search.corpus import corpus_of


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search.building", description=__doc__
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("passages", type=int, nargs="*", default=[100_000])
    parser.add_argument("--stop-words", action="store_true", help="keep every stop word")
    parser.add_argument("--folder", type=Path, help="where to keep the corpora for another run")
    options = parser.parse_args()
    print("| passages | memory, MB | passages/s |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        for passages in options.passages:
            corpus, _ = corpus_of(options.folder or Path(temporary), passages)
            own = Path(temporary) / "ours"
            with Worker("ours", own, options.stop_words) as worker:
                built = worker.build(corpus)
            shutil.rmtree(own)
            pace = passages / built["build_seconds"]
            print(f"| {passages:,} | {built['build_bytes'] / 1e6:.0f} | {pace:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
