"""Indexing many texts at once, on all cores: into an engine alone, without a catalogue.

This process hands out some texts whenever another one asks for more; the others write a segment
whenever the memory that is theirs is full. So there are as few segments to be merged at the end as
the memory allows, and no core waits for another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.core.errors import StorageError
from bot.core.seams import Analyzer
from bot.search.bm25 import Bm25Engine
from bot.search.processes import broken_down, bulk_folder, end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from bot.search.building import SegmentBuilder

_A_TIME = 1_000_000
"""About how many characters of text are handed out at a time."""
_WORTH_IT = 4
"""How many times that are worth other processes, for all that it takes to start them."""
_BYTES_THE_FIRST = 70_000_000
"""What the process takes that hands out the texts; measured, as all of these."""
_BYTES_A_PROCESS = 150_000_000
"""What another one takes besides its postings: libraries, and the terms of the words it met."""
_BYTES_A_PLACE = 20
"""What a place in which a term stands takes until its segment is written."""


class Texts(NamedTuple):
    """An article's passages."""

    slug: str
    language: str
    passages: Sequence[str]


def index_texts(
    engine: Bm25Engine,
    folder: Path,
    articles: Iterable[Texts],
    make_analyzer: Callable[[], Analyzer],
    megabytes: int,
    processes: int | None = None,
    a_time: int = _A_TIME,
) -> None:
    """Put articles into an engine and commit them, each in place of the one of its slug that is
    there; among themselves, no two have the same, and their order is not kept.

    ``folder`` is the engine's index folder; ``make_analyzer`` is called in each process, to which
    it is pickled; ``megabytes`` bounds what all processes take together, of which there are as many
    as cores, or ``processes``; ``a_time`` is how many characters are handed out at a time. Raises
    `bot.core.errors.StorageError`.
    """
    number = processes or os.cpu_count() or 1
    memory = megabytes * 1_000_000 - _BYTES_THE_FIRST
    portions = portions_of(articles, a_time)
    first = list(islice(portions, _WORTH_IT))
    portions = chain(first, portions)
    with bulk_folder(folder) as place:
        if len(first) < _WORTH_IT:
            segments = write_segments(portions, place, make_analyzer(), memory)
        else:
            segments = _in_processes(portions, place, make_analyzer, memory // number, number)
        for segment in segments:
            engine.adopt(segment)
            engine.commit(more=True)
    engine.commit()


def portions_of(articles: Iterable[Texts], characters: int) -> Iterator[list[Texts]]:
    """The articles, about so many characters of them at a time."""
    portion: list[Texts] = []
    size = 0
    for article in articles:
        portion.append(article)
        size += sum(map(len, article.passages))
        if size >= characters:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _in_processes(
    portions: Iterator[list[Texts]],
    folder: Path,
    make_analyzer: Callable[[], Analyzer],
    memory: int,
    processes: int,
) -> Generator[Path, None, None]:
    """The segments that other processes write, of ``memory`` bytes each."""
    from multiprocessing.connection import wait

    with _workers(folder, make_analyzer, memory, processes) as working:
        portion = next(portions, None)
        while working:
            ready = wait(working)
            for connection in [each for each in working if each in ready]:
                try:
                    said: Path | StorageError | bool = connection.recv()
                    if said is True:
                        connection.send(portion)
                except (EOFError, OSError) as error:
                    raise broken_down() from error
                if isinstance(said, StorageError):
                    raise said
                if isinstance(said, Path):
                    yield said
                elif said:
                    portion = next(portions, None)
                else:
                    working.remove(connection)


@contextmanager
def _workers(
    folder: Path, make_analyzer: Callable[[], Analyzer], memory: int, processes: int
) -> Iterator[list[Connection]]:
    """Connections to so many other processes, which are ended with the context."""
    from multiprocessing import get_context

    # a fork of a process with threads may hang, so each starts afresh
    context = get_context("spawn")
    started = []
    connections = []
    try:
        for number in range(processes):
            own, other = context.Pipe()
            given = other, folder / str(number), make_analyzer, memory
            process = context.Process(target=_work, args=given, daemon=True)
            process.start()
            other.close()
            started.append(process)
            connections.append(own)
        yield list(connections)
    finally:
        for connection, process in zip(connections, started, strict=True):
            connection.close()
            process.terminate()
            process.join()


# -- in the other processes ----------------------------------------------------------------------


def _work(
    connection: Connection, folder: Path, make_analyzer: Callable[[], Analyzer], memory: int
) -> None:
    """Ask for texts (True), and say which segments were made of them, and that all are (False)."""
    end_with_parent()

    def asked() -> Iterator[list[Texts]]:
        while True:
            connection.send(True)
            portion = connection.recv()
            if portion is None:
                return
            yield portion

    try:
        folder.mkdir()
        for segment in write_segments(asked(), folder, make_analyzer(), memory):
            connection.send(segment)
        connection.send(False)
    except EOFError:  # the other one gave up
        return
    except OSError as error:
        connection.send(
            StorageError(f"{folder}: the index folder cannot be written ({error.strerror})")
        )


def write_segments(
    portions: Iterable[list[Texts]],
    folder: Path,
    analyzer: Analyzer,
    memory: int,
    fewest_places: int = 500_000,
) -> Iterator[Path]:
    """Write segments of texts, within so many bytes of memory, but of ``fewest_places`` in which
    a term stands at the least; gives their files."""
    from bot.search.building import SegmentBuilder
    from bot.search.vocabulary import Vocabulary

    most = max((memory - _BYTES_A_PROCESS) // _BYTES_A_PLACE, fewest_places)
    builder = SegmentBuilder(Vocabulary())
    files = (folder / f"{number}.segment" for number in count())
    for portion in portions:
        for slug, language, passages in portion:
            builder.add_texts(slug, passages, analyzer.chunk_terms(language))
        if builder.places >= most:
            yield _write(builder, next(files))
    yield _write(builder, next(files))


def _write(builder: SegmentBuilder, path: Path) -> Path:
    with path.open("xb") as file:
        builder.write(file)
    return path
