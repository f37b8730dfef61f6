"""A question's way to its answer, and what the buttons under an answer show: cards in, cards out.

Nothing here knows discord.py. Searching happens in one worker thread, in the order of the
questions; the records are read and written on the event loop, for that takes microseconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, TypeVar

from bot.core.answer import Answer
from bot.core.errors import AddressError, ArticleError
from bot.frontends.discord import rendering
from bot.frontends.discord.cards import Card, note
from bot.frontends.discord.cooldown import Cooldown
from bot.frontends.discord.finding_again import (
    GONE,
    MATCHES,
    NOT_KEPT,
    Again,
    StaleError,
    find_again,
)
from bot.frontends.discord.records import AnswerRecord, Place, Records
from bot.frontends.discord.shelves import Shelves
from bot.frontends.discord.titles import Titles, nearest_titles, without_titles
from bot.frontends.discord.why import why_card

LONGEST_QUESTION = 4000
"""Characters that are searched and kept; a message holds no more."""

NO_QUESTION = "There is no question in that. Try `/ask question: Why did …?`"
NO_ARTICLES = "There are no articles yet, so there is nothing to quote from."

_Asked = tuple[str, int | None, str | None]
"""A question, the server where it was asked, and the article it was asked of."""

_PATIENCE = 3.0
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class _Found(NamedTuple):
    """What a search gave."""

    answer: Answer
    article: str | None
    searched: int
    """How many articles were searched."""
    nearest: tuple[str, ...]
    """The titles of those that came nearest, where nothing answers."""


class Asking:
    """Answers questions, and finds the answers again for the buttons under them."""

    def __init__(
        self,
        shelves: Shelves,
        records: Records,
        cooldown: Cooldown,
        *,
        log_questions: bool = False,
    ) -> None:
        """Takes over ``records``: `close` closes them."""
        self.shelves = shelves
        self.records = records
        self.cooldown = cooldown
        self._log_questions = log_questions
        self._worker = ThreadPoolExecutor(1, "questions")
        self._changer = ThreadPoolExecutor(1, "changes")
        self._finding: dict[_Asked, asyncio.Task[_Found | Card]] = {}
        self._urgent = 0
        self._calm = asyncio.Event()
        self._calm.set()

    def close(self) -> None:
        """Finish what is under way, and close the records."""
        self._worker.shutdown()
        self._changer.shutdown()
        self.records.close()

    @contextlib.contextmanager
    def urgent(self) -> Iterator[None]:
        """While something is done that cannot wait for a search: Python runs one thread at a
        time, and an interaction has to be acknowledged within 3 seconds."""
        self._urgent += 1
        self._calm.clear()
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._calm.set()

    async def work(self, job: Callable[[], _T]) -> _T:
        """Do something in the worker thread, after what waits there already, and after what is
        urgent, though not longer than an acknowledgement may take."""
        if not self._calm.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._calm.wait(), _PATIENCE)
        return await asyncio.get_running_loop().run_in_executor(self._worker, job)

    async def change(self, job: Callable[[], _T]) -> _T:
        """Change a shelf, beside the questions and one change at a time: however long reading a
        hundred new articles takes, nobody who asks waits for it."""
        return await asyncio.get_running_loop().run_in_executor(self._changer, job)

    async def titles(self, server: int | None) -> Titles:
        """The titles that can be seen from a server; at once where they are known."""
        known = self.shelves.known_titles(server)
        if known is not None:
            return known
        return await asyncio.to_thread(self.shelves.titles, server)

    async def ask(
        self,
        question: str,
        place: Place,
        asker: int,
        article: str | None = None,
        *,
        private: bool = False,
    ) -> Card:
        """Answer a question. ``article`` is what was given for one: a slug, a title or any text.
        The cooldown is the caller's to ask before."""
        question = question.strip()[:LONGEST_QUESTION]
        if not question:
            return note(NO_QUESTION)
        if self._log_questions:
            _log.info("question of %s in %s: %a", asker, place.server, question)
        found = await self._find(question, place.server, article)
        if isinstance(found, Card):
            return found
        answer = found.answer
        if answer.reply and not answer.matches:
            return rendering.reply_card(answer)
        addresses = (*(match.citation.address for match in answer.matches), *answer.further)
        record = self.records.keep(
            place, asker, question, found.article, addresses, private=private
        )
        if answer.kind == "none":
            return rendering.miss_card(
                answer, found.nearest, key=record.key, searched=found.searched
            )
        return rendering.answer_card(
            question,
            rendering.quoted(answer.matches[0]),
            kind=answer.kind,
            key=record.key,
            index=0,
            count=len(addresses),
            private=private,
            repairs=answer.repairs,
            unknown=answer.unknown,
        )

    async def turn(self, record: AnswerRecord, index: int) -> Card:
        """Another match of an answer. Raises `StaleError`."""
        again = await self._again(record, index)
        return rendering.answer_card(
            record.question,
            again.shown,
            kind=again.answer.kind,
            key=record.key,
            index=index,
            count=len(record.addresses),
            private=record.private,
            repairs=again.answer.repairs,
            unknown=again.answer.unknown,
        )

    async def context(self, record: AnswerRecord, index: int) -> Card:
        """The paragraphs around a match. Raises `StaleError`."""
        again = await self._again(record, index)
        return rendering.context_card(again.article, again.shown)

    async def why(self, record: AnswerRecord, index: int) -> Card:
        """Why this match. Raises `StaleError`."""
        again = await self._again(record, index)
        return why_card(again.answer, again.shown.citation.address)

    def copy(self, record: AnswerRecord, asker: int, *, private: bool) -> AnswerRecord:
        """The same answer as somebody else's, or for everybody to see."""
        return self.records.keep(
            record.place,
            asker,
            record.question,
            record.article,
            record.addresses,
            private=private,
        )

    async def contents(self, server: int | None, page: int) -> Card:
        """A page of the table of contents, from 0."""
        library = partial(self.shelves.library, server)
        return rendering.articles_card(await self.work(lambda: library().entries()), page)

    async def article(self, server: int | None, text: str) -> Card:
        """One article, by what was given for its title."""

        def read() -> Card:
            titles = self.shelves.titles(server)
            title = titles.resolve(text)
            if title is None:
                return rendering.no_such_title(text, titles)
            try:
                return rendering.article_card(self.shelves.library(server).article(title.slug))
            except (AddressError, ArticleError):
                return note(GONE)

        return await self.work(read)

    async def help(self, server: int | None, *, in_server: bool) -> Card:
        """What the bot can do, and on how many articles."""

        def count() -> tuple[int, int]:
            everyones = len(self.shelves.titles(None))
            here = len(self.shelves.titles(server))
            return here, here - everyones

        return rendering.help_card(*await self.work(count), in_server=in_server)

    async def _find(self, question: str, server: int | None, article: str | None) -> _Found | Card:
        """Search, once for all in a server who ask the same before it is answered."""
        asked = question, server, article
        finding = self._finding.get(asked)
        if finding is None:
            search = partial(self._search, *asked)
            finding = self._finding[asked] = asyncio.create_task(self.work(search))
            finding.add_done_callback(lambda _: self._finding.pop(asked))
        return await asyncio.shield(finding)

    def _search(self, question: str, server: int | None, article: str | None) -> _Found | Card:
        titles = self.shelves.titles(server)
        if not len(titles):
            return note(NO_ARTICLES)
        slug = None
        if article is not None:
            title = titles.resolve(article)
            if title is None:
                return rendering.no_such_title(article, titles)
            slug = title.slug
        try:
            # one is shown, which costs more than to know where the others stand
            answer = self.shelves.library(server).ask(question, slug, 1, MATCHES - 1)
        except AddressError:
            return note(GONE)
        nearest: tuple[str, ...] = ()
        if not answer.answered:
            nearest, answer = nearest_titles(answer, titles), without_titles(answer, titles)
        return _Found(answer, slug, 1 if slug else len(titles), nearest)

    async def _again(self, record: AnswerRecord, index: int) -> Again:
        if not 0 <= index < len(record.addresses):
            raise StaleError(NOT_KEPT)
        return await self.work(partial(find_again, self.shelves, record, index))
