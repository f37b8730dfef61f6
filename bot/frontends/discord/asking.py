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

from bot.core.address import parse_address
from bot.core.answer import Answer
from bot.core.article import Article
from bot.core.citation import Citation
from bot.core.errors import AddressError, ArticleError, BotError
from bot.core.fragments import link_to
from bot.core.verification import Verdict
from bot.frontends.discord import rendering
from bot.frontends.discord.cards import Card, note
from bot.frontends.discord.cooldown import Cooldown
from bot.frontends.discord.escaping import label, length, one_line, prefix
from bot.frontends.discord.explaining import why_card
from bot.frontends.discord.records import Place, Record, Records
from bot.frontends.discord.rendering import Quoted
from bot.frontends.discord.shelves import Shelves
from bot.frontends.discord.titles import Title, Titles

MATCHES = 5
"""How many matches "Next match" goes through."""
LONGEST_QUESTION = 4000
"""Characters that are searched and kept; a message holds no more."""

NOT_KEPT = "This answer is no longer kept, so its buttons have nothing to work with. Ask again?"
CHANGED = "The article has changed since, and no longer says this. Ask again for what it says now."
GONE = "The article this was quoted from is no longer there."
NO_QUESTION = "There is no question in that. Try `/ask question: Why did …?`"
NO_ARTICLES = "There are no articles yet, so there is nothing to quote from."

_Asked = tuple[str, int | None, str | None]
"""A question, the server where it was asked, and the article it was asked of."""

_PATIENCE = 3.0
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class StaleError(BotError):
    """A button whose answer is no longer kept, or no longer true; the message says which."""


class _Found(NamedTuple):
    """What a search gave."""

    answer: Answer
    article: str | None
    searched: int
    """How many articles were searched."""
    nearest: tuple[str, ...]
    """The titles of those that came nearest, where nothing answers."""


class Again(NamedTuple):
    """A match found again by its address."""

    shown: Quoted
    article: Article
    answer: Answer


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
        matches = answer.matches if answer.answered else ()
        addresses = (*(match.citation.address for match in matches), *answer.further)
        record = self.records.keep(
            place,
            asker,
            question,
            found.article,
            addresses if matches else (),
            private=private,
        )
        if not matches:
            return rendering.miss_card(
                answer, found.nearest, key=record.key, searched=found.searched
            )
        return rendering.answer_card(
            question,
            rendering.quoted(matches[0]),
            key=record.key,
            index=0,
            count=len(addresses),
            private=private,
            repairs=answer.repairs,
        )

    async def turn(self, record: Record, index: int) -> Card:
        """Another match of an answer. Raises `StaleError`."""
        again = await self._again(record, index)
        return rendering.answer_card(
            record.question,
            again.shown,
            key=record.key,
            index=index,
            count=len(record.addresses),
            private=record.private,
            repairs=again.answer.repairs,
        )

    async def context(self, record: Record, index: int) -> Card:
        """The paragraphs around a match. Raises `StaleError`."""
        again = await self._again(record, index)
        return rendering.context_card(again.article, again.shown)

    async def why(self, record: Record, index: int) -> Card:
        """Why this match. Raises `StaleError`."""
        again = await self._again(record, index)
        return why_card(again.answer, again.shown.citation.address)

    def copy(self, record: Record, asker: int, *, private: bool) -> Record:
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
                return no_such_title(text, titles)
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
                return no_such_title(article, titles)
            slug = title.slug
        try:
            # one is shown, which costs more than to know where the others stand
            answer = self.shelves.library(server).ask(question, slug, 1, MATCHES - 1)
        except AddressError:
            return note(GONE)
        nearest: tuple[str, ...] = ()
        if not answer.answered:
            nearest, answer = _nearest(answer, titles), _without_titles(answer, titles)
        return _Found(answer, slug, 1 if slug else len(titles), nearest)

    async def _again(self, record: Record, index: int) -> Again:
        if not 0 <= index < len(record.addresses):
            raise StaleError(NOT_KEPT)
        return await self.work(partial(self._find_again, record, index))

    def _find_again(self, record: Record, index: int) -> Again:
        library = self.shelves.library(record.place.server)
        try:
            verdict = library.verify(record.addresses[index])
            article = library.article(verdict.address.slug)
            answer = library.ask(record.question, record.article, MATCHES)
        except (AddressError, ArticleError) as error:
            raise StaleError(GONE) from error
        if not verdict.holds:
            raise StaleError(CHANGED)
        answer = _without_titles(answer, self.shelves.titles(record.place.server))
        for match in answer.matches:
            if match.citation.address == str(verdict.address):
                return Again(rendering.quoted(match), article, answer)
        return Again(_reread(verdict, article), article, answer)


def _reread(verdict: Verdict, article: Article) -> Quoted:
    """A quotation that still stands, though the question no longer finds it."""
    address, text = verdict.address, verdict.text or ""
    first, last = address.first or 1, address.last or 1
    link = article.head.url
    start = article.text.find(text, article.paragraphs[first - 1].start)
    if link is not None and article.head.digest_of is None and start >= 0:
        link = link_to(link, article.text, start, start + len(text))
    page = article.pages[first - 1] if article.pages else None
    citation = Citation(
        article.slug, article.head, first, last, len(article.paragraphs), str(address), link, page
    )
    return Quoted(text, (), None, citation)


def _nearest(answer: Answer, titles: Titles) -> tuple[str, ...]:
    """The titles of the articles that an answer's matches come from, best first; then those that
    hold a word which no text does."""
    addresses = (*(match.citation.address for match in answer.matches), *answer.further)
    slugs = dict.fromkeys(parse_address(address).slug for address in addresses)
    known = {title.slug: title.title for title in titles.listed if title.slug in slugs}
    found = [known[slug] for slug in slugs if slug in known]
    found += (title.title for title in titles.nearest(" ".join(answer.unknown)))
    return tuple(dict.fromkeys(found))


def _without_titles(answer: Answer, titles: Titles) -> Answer:
    """The answer, with only those words as unknown that no title holds either."""
    return answer._replace(unknown=tuple(titles.lacking(answer.unknown)))


def no_such_title(text: str, titles: Titles) -> Card:
    """What was given is no article's title: says so kindly, with the titles that come near."""
    near = titles.complete(text, 3) or titles.nearest(text, 3)
    lines = [f"I know no article called “{label(text, 100)}”."]
    if near:
        lines += ["Did you mean:", *(f"- {label(title.title, 150)}" for title in near)]
    lines.append("-# Choose from the titles offered while you type, or see `/articles`.")
    return note(*lines)


def choices(found: list[Title]) -> list[tuple[str, str]]:
    """What autocomplete offers: names and values, at most 100 units each."""
    offered = []
    for title in found:
        name = one_line(title.title, 100) or prefix(title.slug, 100)
        offered.append((name, title.slug if length(title.slug) <= 100 else name))
    return offered
