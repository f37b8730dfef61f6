"""Collecting: articles from many files and links, and the result of each source."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Sequence, Set
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path

from bot.core.adding import CollectedSource
from bot.core.article import Draft
from bot.core.errors import ArticleError, BotError
from bot.sources.corpus.intake import Intake
from bot.sources.corpus.reading_files import FoundFile, files_in, in_parallel
from bot.sources.formats.kinds import SUFFIXES
from bot.sources.web.fetching import Fetcher
from bot.sources.web.links import fetch_all, read_fetched

_STANDARD_INPUT = Path("-")
WORTH_PROCESSES = 50
"""Number of files below which reading one after the other is faster."""


class Collector:
    """Reads articles for one folder of articles; callers add them."""

    kinds = tuple(sorted(SUFFIXES))
    """The suffixes of the files that can be read."""

    def __init__(self, intake: Intake, folder: Path, make_fetcher: Callable[[], Fetcher]) -> None:
        self._intake = intake
        self._folder = folder
        self._make_fetcher = make_fetcher

    def files_in(self, folder: Path) -> FoundFile:
        """Return the files of a folder and those below it, but for the folder of articles
        itself."""
        return files_in(folder, self._folder)

    def read_files(
        self, paths: Sequence[Path], known: Set[str], standard_input: Callable[[int], bytes]
    ) -> Generator[CollectedSource, None, None]:
        """Yield the articles in these files: one after the other, or if they are many, on all
        cores, in the order of completion. A file whose SHA-256 is ``known`` is not read; the path
        ``-`` means the text that ``standard_input`` returns, given the most bytes to read."""

        def read(path: Path) -> list[Draft] | None:
            if path == _STANDARD_INPUT:
                return self._intake.read_text(self._intake.load_stream(standard_input))
            return self._read(path, known)

        if len(paths) < WORTH_PROCESSES:
            for path in paths:
                yield self._collect(_name(path), partial(read, path))
            return
        with closing(in_parallel(read, paths)) as found:
            for path, drafts in found:
                yield self._collect(_name(path), drafts.result)

    async def read_links(self, links: Sequence[str]) -> AsyncIterator[CollectedSource]:
        """Yield the articles that links lead to, in the order of arrival."""
        async for link, fetched in fetch_all(links, self._make_fetcher()):
            if isinstance(fetched, ArticleError):
                yield CollectedSource(link, None, fetched)
            else:
                read = partial(read_fetched, fetched, self._intake.read_bytes)
                yield await asyncio.to_thread(self._collect, link, read)

    def _read(self, path: Path, known: Set[str]) -> list[Draft] | None:
        if not known:
            return self._intake.read(path)
        data = self._intake.load(path)
        if sha256(data).hexdigest() in known:
            return None
        return self._intake.read_bytes(data, path.name)

    @staticmethod
    def _collect(source: str, read: Callable[[], list[Draft] | None]) -> CollectedSource:
        try:
            return CollectedSource(source, read())
        except BotError as error:
            return CollectedSource(source, None, error)


def _name(path: Path) -> str:
    return "standard input" if path == _STANDARD_INPUT else str(path)
