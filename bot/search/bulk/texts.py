"""Inverting many texts at once on all cores, where no file has to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain, islice
from pathlib import Path

from bot.core.named_tuple import NamedTuple
from bot.core.seams import Analyzer
from bot.search.bulk.inverter import PORTION, Inverter, portions, shares, write_segment
from bot.search.process_pool import Here, Workers, apart

_WORTH_IT = 4
"""Number of portions of text from which starting other processes pays."""


class Texts(NamedTuple):
    """An article's passages."""

    slug: str
    language: str
    passages: Sequence[str]


class TextInverter(Inverter):
    """Inverts what it is given."""

    def add_all(self, ordinal: int, articles: Iterable[Texts]) -> None:
        for article in articles:
            self.add(ordinal, *article)


def write_texts(
    folder: Path,
    articles: Iterable[Texts],
    make_analyzer: Callable[[], Analyzer],
    megabytes: int,
    processes: int | None = None,
    portion: int = PORTION,
) -> Path | None:
    """Write a segment's file of articles into the folder, in their order, no two of one slug; None
    if there are none.

    ``make_analyzer`` is called in each process, to which it is pickled; ``megabytes`` bounds what
    all processes take together, of which there are as many as `shares` says, or ``processes``;
    ``portion`` is how many characters are handed out at a time. Raises
    `bot.core.errors.StorageError`.
    """
    handed_out = portions(articles, lambda article: sum(map(len, article.passages)), portion)
    first = list(islice(handed_out, _WORTH_IT))
    share = shares(megabytes, processes)
    make = partial(TextInverter, folder, make_analyzer, share.memory)
    opened: AbstractContextManager[Workers]
    is_worth_it = len(first) == _WORTH_IT
    opened = apart(make, share.processes) if is_worth_it else nullcontext(Here(make(0)))
    with opened as workers:
        calls = (("add_all", each) for each in enumerate(chain(first, handed_out)))
        for _ in workers.call(calls):
            pass
        path = folder / "segment"
        return path if write_segment(workers, path) else None
