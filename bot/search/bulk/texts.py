"""Indexing many texts at once, on all cores: into an engine alone, without a catalogue.

This process hands out texts to whichever of the others has nothing to do. Those invert them, and
write a run of postings whenever the memory that is theirs is full. Then the runs are joined into
one segment, some terms at a time, each of which is laid out by whichever has nothing to do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.core.seams import Analyzer
from bot.search.bm25 import Bm25Engine
from bot.search.bulk.folder import bulk_folder
from bot.search.bulk.workers import Call, Here, Workers, apart

if TYPE_CHECKING:
    from bot.search.segments.joining import Span
    from bot.search.segments.segment_writer import Laid

_A_TIME = 1_000_000
"""About how many characters of text are handed out at a time."""
_WORTH_IT = 4
"""How many times that are worth other processes, for all that it takes to start them."""
_BYTES_THE_FIRST = 70_000_000
"""What the process takes that hands out the texts; measured, as all of these."""
_BYTES_A_PROCESS = 165_000_000
"""What another one takes besides its postings: libraries, and the terms of the words it met."""
_BYTES_A_PLACE = 20
"""What a place in which a term stands takes until its run is written."""


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
    portions = _portions(articles, a_time)
    first = list(islice(portions, _WORTH_IT))
    if not first:
        return
    portions = chain(first, portions)
    with bulk_folder(folder) as place:
        make = partial(Inverter, place, make_analyzer, memory // number)
        opened: AbstractContextManager[Workers] = apart(make, number)
        if len(first) < _WORTH_IT:
            opened = nullcontext(Here(Inverter(place, make_analyzer, memory, 0)))
        with opened as workers:
            segment = _write_segment(workers, portions, place / "segment")
        engine.adopt(segment)
        engine.commit()


def _portions(articles: Iterable[Texts], characters: int) -> Iterator[list[Texts]]:
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


def _write_segment(workers: Workers, portions: Iterable[list[Texts]], path: Path) -> Path:
    from bot.search.segments.joining import Joining
    from bot.search.segments.run_file import RunFile

    calls: Iterator[Call] = (("add", (portion,)) for portion in portions)
    runs = [run for run in workers.call(calls) if run is not None]
    runs += workers.call_all("finish")
    joining = Joining([RunFile(run) for run in runs])
    workers.call_all("join", runs)
    calls = (("lay_out", (span,)) for span in joining.spans)
    with path.open("xb") as file:
        joining.write(file, workers.call(calls))
    return path


class Inverter:
    """What each process does."""

    def __init__(
        self,
        folder: Path,
        make_analyzer: Callable[[], Analyzer],
        memory: int,
        number: int,
        fewest_places: int = 500_000,
    ) -> None:
        """Writes runs into the folder, under names that begin with ``number``; takes so many bytes
        of memory, but gathers at the least ``fewest_places`` in which a term stands."""
        from bot.search.segments.building import SegmentBuilder

        self._names = (folder / f"{number}-{run}" for run in range(1_000_000))
        self._analyzer = make_analyzer()
        self._most = max((memory - _BYTES_A_PROCESS) // _BYTES_A_PLACE, fewest_places)
        self._builder = SegmentBuilder()

    def add(self, articles: Iterable[Texts]) -> Path | None:
        """Add articles; gives a run of them and others where the memory is full."""
        for slug, language, passages in articles:
            self._builder.add_texts(slug, passages, self._analyzer.chunk_terms(language))
        return self._write() if self._builder.places >= self._most else None

    def finish(self) -> Path:
        """A run of what is left, nothing perhaps."""
        run = self._write()
        del self._builder, self._analyzer
        return run

    def _write(self) -> Path:
        from bot.search.segments.run_file import write_run

        run = next(self._names)
        inverted = self._builder.invert()
        write_run(run, inverted.articles, inverted.lengths, inverted.runs)
        return run

    def join(self, runs: Sequence[Path]) -> None:
        """Be ready to lay out spans of these runs, joined."""
        from bot.search.segments.joining import Joining
        from bot.search.segments.run_file import RunFile

        self._joining = Joining([RunFile(run) for run in runs])

    def lay_out(self, span: Span) -> Laid | None:
        """See `bot.search.segments.joining.Joining.lay_out`."""
        return self._joining.lay_out(span)
