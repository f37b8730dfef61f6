"""Writing segments, and merging them in the background: few passages in a thread, many in a process
of its own (``python -m bot.search.maintenance FOLDER``), which neither competes with questions nor
delays the program's end.

A merge reads what was committed, writes a new segment's file beside it, and then, in one
transaction, puts it in the place of those it was made of, unless another process was faster. An
article that was removed in the meantime is taken out of the new one as well. Killed at any
moment, it leaves a file that nothing names, which the next merge deletes.
"""

from __future__ import annotations

import io
import math
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.core.errors import BotError, DamagedIndexError, IndexBusyError, StorageError
from bot.index.index_database import Database
from bot.index.index_folder import MERGE_LOCK
from bot.search.engine_reader import one_view
from bot.search.live import LiveSegment
from bot.search.merge_policy import due_from
from bot.search.recent import RecentArticle
from bot.search.segments.segment import Segment
from bot.search.tables import Tables

if TYPE_CHECKING:
    import subprocess

    from bot.search.segments.building import SegmentBuilder

_PATIENCE = 24 * 3600.0
"""Seconds that a merge waits for a writer: reading many articles takes long."""
_TRIES = 10
_ABANDONED_SECONDS = 3600.0
"""Seconds after which the writer of a file that no table names is no longer at work."""
_SUFFIX = ".segment"
APART_FROM = 50_000
"""Number of passages that are merged in about a second."""
_ROOT = str(Path(__file__).parents[2])
"""Folder of this package: a process must import it from there, and nothing from the working
folder."""
_DAMAGED = 3
"""The exit status of a process that found a segment damaged."""


class Maintenance:
    """Keeps one index folder's segments few."""

    def __init__(
        self, database: Database, logged_passages: int, apart_from: int = APART_FROM
    ) -> None:
        """``logged_passages`` is the maximum number of passages in the log; a merge of more than
        ``apart_from`` passages is left to another process."""
        self._database = database
        self._logged_passages = logged_passages
        self._apart_from = apart_from
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._fault: BotError | None = None

    def write(self, articles: Sequence[RecentArticle]) -> Segment:
        """Write a segment of these articles; no table names it until the commit. Raises
        `StorageError`."""
        with self._new_file() as (path, file):
            _builder(articles).write(file)
        return _written(path)

    def take_over(self, file: Path) -> Segment:
        """Make a file written elsewhere one of the folder's segments."""
        path = self._new_path()
        try:
            file.rename(path)
        except OSError as error:
            raise self._unwritable(error) from error
        return _written(path)

    def consider(self, segments: Sequence[LiveSegment], logged: int) -> None:
        """Start a merge in the background, if one is due and none is under way."""
        logged = logged if logged > self._logged_passages else 0
        due = segments[due_from(segments, logged) :]
        if self._is_at_work() or not (due or logged):
            return
        if sum(live.segment.passages for live in due) < self._apart_from:
            self._thread = threading.Thread(target=self._work, name="merge segments")
            self._thread.start()
            return
        import subprocess

        limit = str(self._logged_passages)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - it is this program
                [sys.executable, "-P", "-m", __name__, self._database.folder, limit],
                env={**os.environ, "PYTHONPATH": _ROOT},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C does not reach it
            )
        except OSError as error:
            self._fault = StorageError("index.no_merge_process", reason=str(error.strerror))

    def wait(self) -> None:
        """Wait for background work."""
        if self._thread is not None:
            self._thread.join()
        if self._process is not None:
            self._process.wait()

    def _is_at_work(self) -> bool:
        if self._thread is not None and self._thread.is_alive():
            return True
        return self._process is not None and self._process.poll() is None

    def fault(self) -> BotError | None:
        """Return the error that occurred in the background since the last call."""
        if self._process is not None and self._process.poll() is not None:
            status, self._process = self._process.returncode, None
            if status == _DAMAGED:
                return DamagedIndexError("index.segment_damaged", folder=str(self._database.folder))
            if status:
                return StorageError("index.unmerged", folder=str(self._database.folder))
        fault, self._fault = self._fault, None
        return fault

    def work(self) -> None:
        """Do all due merges, in this thread; raises `BotError`."""
        self._work()
        fault = self.fault()
        if fault is not None:
            raise fault

    def _work(self) -> None:
        missing = 0
        try:
            while True:
                try:
                    if not self._merge():
                        return
                except FileNotFoundError as error:  # another process has merged just now
                    missing += 1
                    if missing == _TRIES:
                        raise DamagedIndexError(
                            "index.file_missing", path=str(error.filename)
                        ) from error
        except BotError as error:
            self._fault = error
        finally:
            self._database.close()

    def _merge(self) -> bool:
        """Do the merge that is due; False if none is."""
        from bot.search.segments.merging import Input, merge_segments

        tables = Tables(self._database.folder, self._opened)
        with self._database.reading() as connection, one_view(connection):
            _, segments, recent = tables.read(connection)
        logged = sum(len(article.passages) for article in recent)
        if logged <= self._logged_passages:
            recent, logged = [], 0
        first = due_from(segments, logged)
        inputs = segments[first:]
        if not inputs and not recent:
            return False
        sources = [Input(live.segment, live.removed) for live in inputs]
        if recent:
            buffer = io.BytesIO()
            _builder(recent).write(buffer)
            sources.append(Input(Segment(buffer.getvalue(), "the log"), frozenset()))
        with self._new_file() as (path, file):
            merge_segments(file, sources, self._database.folder)
        self._publish(self._opened(path), inputs, recent)
        self._sweep()
        return True

    def _opened(self, path: Path) -> Segment:
        """Open a segment that is merged, with the tables of a large one in a file."""
        return Segment.open(path, self._room)

    def _room(self, size: int) -> memoryview:
        from bot.search.segments.scratch import Scratch

        try:
            return Scratch(self._database.folder).room(size)
        except OSError as error:
            raise self._unwritable(error) from error

    def _publish(
        self, merged: Segment, inputs: Sequence[LiveSegment], recent: Sequence[RecentArticle]
    ) -> None:
        """Replace the merged segments by the one made of them."""
        tables = Tables(self._database.folder)
        with self._database.writing(_PATIENCE) as connection:
            _, segments, log = tables.read(connection)
            now = {live.segment.name: live for live in segments}
            replaced = any(live.segment.name not in now for live in inputs)
            if replaced or not (self._database.folder / merged.name).exists():
                return  # another process was faster, and may have swept this one's file away
            removed = {
                live.segment.slug(ordinal)
                for live in inputs
                for ordinal in now[live.segment.name].removed - live.removed
            }
            still = {article.logged for article in log}
            removed |= {article.slug for article in recent if article.logged not in still}
            gone = frozenset(
                found for slug in removed if (found := merged.find_article(slug)) is not None
            )
            last = max((live.ordinal for live in segments), default=0)
            ordinal = inputs[0].ordinal if inputs else last + 1
            tables.remove_segments(connection, [live.ordinal for live in inputs])
            tables.add_segment(connection, LiveSegment(merged, ordinal, gone))
            tables.unlog(connection, [a.logged for a in recent if a.logged is not None])
            tables.renew_token(connection)

    def sweep_abandoned(self) -> None:
        """Delete the segments' files that no table names, and that no writer is about to name:
        those of killed writers. If a writer is at work, this is left to another time."""
        with suppress(IndexBusyError):
            self._sweep(0.0, time.time() - _ABANDONED_SECONDS)

    def _sweep(self, patience: float = _PATIENCE, before: float = math.inf) -> None:
        """Delete the segments' files that no table names and that are older than this time."""
        with self._database.writing(patience) as connection:  # so no writer is about to name one
            named = Tables.names(connection)
            for path in self._database.folder.glob(f"*{_SUFFIX}"):
                with suppress(OSError):  # deleted meanwhile
                    if path.name not in named and path.stat().st_mtime < before:
                        path.unlink()

    @contextmanager
    def _new_file(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A new segment's file, deleted where it cannot be written to its end."""
        path = self._new_path()
        try:
            with path.open("xb") as file:
                yield path, file
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise self._unwritable(error) from error
            raise

    def _new_path(self) -> Path:
        return self._database.folder / f"{os.urandom(8).hex()}{_SUFFIX}"

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(
            "index.no_space", folder=str(self._database.folder), reason=str(error.strerror)
        )


def _written(path: Path) -> Segment:
    """Open a segment that was just written. Raises `DamagedIndexError` if it is gone already."""
    try:
        return Segment.open(path)
    except FileNotFoundError as error:
        raise DamagedIndexError("index.file_missing", path=str(path)) from error


def _builder(articles: Sequence[RecentArticle]) -> SegmentBuilder:
    from bot.search.segments.building import SegmentBuilder

    return SegmentBuilder.of_terms((article.slug, article.passages) for article in articles)


def main(folder: Path, logged_passages: int) -> int:
    """Merge what is due in an index folder, unless another process is doing so; the exit
    status."""
    from filelock import FileLock, Timeout

    if not folder.is_dir():  # it was erased meanwhile
        return 0
    os.nice(10)
    try:
        with FileLock(folder / MERGE_LOCK, timeout=0):
            Maintenance(Database(folder), logged_passages).work()
    except Timeout:
        return 0
    except DamagedIndexError:
        return _DAMAGED
    except (BotError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
