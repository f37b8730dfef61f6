"""Indexing many texts at once, on all cores, into an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from bot.core.seams import Analyzer
from bot.search.bm25 import Bm25Engine
from bot.search.bulk.folder import bulk_folder
from bot.search.bulk.inverter import PORTION, Inverter, shares, write_segment
from bot.search.processes import Here, Workers, apart

_WORTH_IT = 4
"""How many portions of text are worth other processes, for all that it takes to start them."""


class Texts(NamedTuple):
    """An article's passages."""

    slug: str
    language: str
    passages: Sequence[str]


class TextInverter(Inverter):
    """Inverts what it is given."""

    def add_all(self, place: int, articles: Iterable[Texts]) -> None:
        for article in articles:
            self.add(place, *article)


def index_texts(
    engine: Bm25Engine,
    folder: Path,
    articles: Iterable[Texts],
    make_analyzer: Callable[[], Analyzer],
    megabytes: int,
    processes: int | None = None,
    portion: int = PORTION,
) -> None:
    """Put articles into an engine, in their order, and commit them, each in place of the one of
    its slug that is there; among themselves, no two have the same.

    ``folder`` is the engine's index folder; ``make_analyzer`` is called in each process, to which
    it is pickled; ``megabytes`` bounds what all processes take together, of which there are as many
    as cores, or ``processes``; ``portion`` is how many characters are handed out at a time. Raises
    `bot.core.errors.StorageError`.
    """
    with bulk_folder(folder) as place:
        segment = write_texts(place, articles, make_analyzer, megabytes, processes, portion)
        if segment is not None:
            engine.adopt(segment)
            engine.commit()


def write_texts(
    folder: Path,
    articles: Iterable[Texts],
    make_analyzer: Callable[[], Analyzer],
    megabytes: int,
    processes: int | None = None,
    portion: int = PORTION,
) -> Path | None:
    """Write a segment's file of articles into the folder; None where there are none. The rest is
    as `index_texts` has it."""
    portions = _portions(articles, portion)
    first = list(islice(portions, _WORTH_IT))
    share = shares(megabytes, processes)
    make = partial(TextInverter, folder, make_analyzer, share.memory)
    opened: AbstractContextManager[Workers]
    is_worth_it = len(first) == _WORTH_IT
    opened = apart(make, share.processes) if is_worth_it else nullcontext(Here(make(0)))
    with opened as workers:
        calls = (("add_all", each) for each in enumerate(chain(first, portions)))
        for _ in workers.call(calls):
            pass
        path = folder / "segment"
        return path if write_segment(workers, path) else None


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
