"""Inverting passages in several processes, up to the segment that comes of them.

A process gathers postings, and writes a run of them whenever its share of memory is full. In the
end the runs are joined into one segment, some terms at a time, each portion laid out by whichever
process is idle.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.core.errors import StorageError
from bot.core.named_tuple import NamedTuple
from bot.core.seams import Analyzer
from bot.index.index_folder import BULK_LOCK
from bot.search.process_pool import Call, Workers

if TYPE_CHECKING:
    from bot.search.segments.joining import HashSpan
    from bot.search.segments.saved_laid import SavedLaid

PORTION = 1_000_000
"""About how many bytes of text are handed out at a time."""
_BYTES_THE_FIRST = 80_000_000
"""Bytes that the process which hands out the texts takes; measured, like all of these."""
_BYTES_A_PROCESS = 75_000_000
"""Bytes that another process takes besides its terms and postings: libraries, chunks, and a portion
of text, in one form or another."""
_BYTES_OF_TERMS = 100_000_000
"""Bytes of terms that a process keeps from run to run."""
_FEWEST_BYTES = 10_000_000
"""Bytes of terms and postings that are gathered in any case."""
_MOST_CHUNKS = 1 << 19
"""Number of chunks that a process keeps from run to run; they take 16 MB."""


class Shares(NamedTuple):
    """The resources for building."""

    processes: int
    memory: int
    """Bytes for each of them."""


def shares(megabytes: int, processes: int | None = None) -> Shares:
    """Return the number of processes that share the memory: one per core, as far as their
    memory reaches, or as many as are wanted."""
    memory = megabytes * 1_000_000 - _BYTES_THE_FIRST
    least = _BYTES_A_PROCESS + _BYTES_OF_TERMS + _FEWEST_BYTES
    number = processes or max(1, min(os.cpu_count() or 1, memory // least))
    return Shares(number, memory // number)


_Each = TypeVar("_Each")


def portions(
    given: Iterable[_Each], size: Callable[[_Each], int], most: int = PORTION
) -> Iterator[list[_Each]]:
    """Yield the items in order, in portions whose sizes add up to ``most``."""
    portion: list[_Each] = []
    total = 0
    for each in given:
        portion.append(each)
        total += size(each)
        if total >= most:
            yield portion
            portion, total = [], 0
    if portion:
        yield portion


class Inverter:
    """Gathers passages' postings in a process of its own."""

    def __init__(
        self,
        folder: Path,
        make_analyzer: Callable[[], Analyzer],
        memory: int,
        number: int,
        fewest: int = _FEWEST_BYTES,
    ) -> None:
        """Writes runs into the folder, under names that begin with ``number``. Takes at most so
        many bytes of memory, but gathers at least ``fewest`` bytes of terms and postings."""
        from bot.search.segments.building import SegmentBuilder
        from bot.search.segments.vocabulary import Vocabulary

        self.analyzer = make_analyzer()
        self._folder = folder
        self._number = number
        self._most = max(memory - _BYTES_A_PROCESS, fewest)
        terms = min(_BYTES_OF_TERMS, self._most // 2)
        self._builder = SegmentBuilder(Vocabulary(terms, _MOST_CHUNKS))
        self._order: list[int] = []
        self._runs: list[Path] = []

    def add(self, ordinal: int, slug: str, language: str, passages: Sequence[str]) -> None:
        """Add an article. ``ordinal`` gives its order among all articles, and must not be less than
        that of the one before."""
        if self.gathered >= self._most:
            self._write()
        self._builder.add_texts(slug, passages, self.analyzer.chunk_terms(language))
        self._order.append(ordinal)

    @property
    def gathered(self) -> int:
        """The number of bytes that is taken by what was added and not written yet."""
        return self._builder.size

    def finish(self) -> list[Path]:
        """Return all runs; nothing can be added any more."""
        if self._order:
            self._write()
        del self._builder, self.analyzer
        gc.collect()  # joining takes about the memory that these took
        return self._runs

    def _write(self) -> None:
        from bot.search.segments.run_file import write_run

        run = self._folder / f"{self._number}-{len(self._runs)}"
        inverted = self._builder.invert()
        write_run(run, inverted.articles, self._order, inverted.lengths, inverted.runs)
        self._order = []
        self._runs.append(run)

    def join(self, runs: Sequence[Path]) -> None:
        """Prepare to lay out spans of these runs, joined."""
        from bot.search.segments.joining import SpanLayout
        from bot.search.segments.run_file import RunFile

        self._layout = SpanLayout.saved([RunFile(run) for run in runs], self._folder)

    def lay_out(self, ordinal: int, span: HashSpan) -> SavedLaid:
        """Lay out a span, in a file of this ordinal; see `Joining.lay_out`."""
        from bot.search.segments.saved_laid import save

        return save(self._layout, span, self._folder / f"span-{ordinal}")


def write_segment(workers: Workers, path: Path) -> bool:
    """Write a segment of everything that was added to inverters; False if nothing was."""
    from bot.search.segments.joining import Joining
    from bot.search.segments.run_file import RunFile
    from bot.search.segments.saved_laid import open_saved
    from bot.search.segments.scratch import Scratch

    runs = [run for own in workers.call_all("finish") for run in own]
    if not runs:
        return False
    joining = Joining([RunFile(run) for run in runs], Scratch(path.parent, is_named=True))
    workers.call_all("join", runs)
    calls: Iterator[Call] = (("lay_out", each) for each in enumerate(joining.spans))
    with path.open("xb") as file:
        joining.write(file, map(open_saved, workers.call(calls)))
    return True


@contextmanager
def bulk_folder(index: Path) -> Iterator[Path]:
    """Make a folder for runs and segments inside an index folder, as the only process that has one
    there. Raises `StorageError`, also in place of an `OSError` of what is done in it."""
    import shutil

    from filelock import FileLock

    folder = index / "bulk"
    lock = FileLock(index / BULK_LOCK)
    try:
        lock.acquire()
        shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
        folder.mkdir()
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield folder
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError("index.unwritable", folder=str(folder), reason=str(error.strerror))
