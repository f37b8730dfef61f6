"""Dependencies of the handlers: the service, the threads, the settings, the signed links.

Worker threads read articles and make answers.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from bot.config import ReaderSettings, Settings
from bot.core.answer import Question
from bot.core.article import Article
from bot.core.errors import AddressError, BotError, OverloadedError
from bot.core.library import Library
from bot.core.passages.address import Address
from bot.core.passages.verification import Verdict
from bot.frontends.web.faults import not_found, too_many_questions
from bot.frontends.web.serving import read_public_url
from bot.frontends.web.workers import AnsweringThreads
from bot.service.answers.answering import Answering
from bot.service.answers.asynchronous import question_queue
from bot.service.answers.question_queue import QuestionQueue
from bot.service.answers.reply import Reply
from bot.service.operations.health import ServerHealth
from bot.service.presentation.page_links import PageLinks
from bot.service.presentation.signed_links import LinkSigner
from bot.service.records import Records, recorded
from bot.service.tenants import EVERYONE, Tenant, discord_server
from bot.wiring import shared_state

_T = TypeVar("_T")
_THREADS = 2
_WAITING = 256
"""Maximum number of requests that wait for a thread; others are told to come again."""


class Site(NamedTuple):
    """A site's parts."""

    answering: Answering
    workers: AnsweringThreads
    queue: QuestionQueue
    settings: ReaderSettings
    signer: LinkSigner | None = None
    """Checks signed links; None if servers' articles are not served."""
    records: Records | None = None
    """They tell which servers have removed the bot; None if no server's article is served."""

    health: Callable[[], Sequence[ServerHealth]] = tuple
    """Function that returns the state of the servers behind this process; it waits for them."""

    def links(self) -> PageLinks:
        """Links to these pages from outside."""
        return PageLinks(self.settings.public_url, self.signer)

    def library(self) -> Library:
        """Return the articles that anybody may read: everyone's, and no server's own."""
        return self.answering.shelves.library(EVERYONE)

    async def answer(self, question: Question, make: Callable[[Callable[[], Reply]], _T]) -> _T:
        """Return what ``make`` returns, which is called in a thread with a function that returns
        the reply to the question, or raises the reason why there is none. A search over a network
        is awaited before. Must be called from the event loop. Raises `WebFaultError` if too many
        questions wait."""
        try:
            async with self.queue.turn():
                return await self._answer(question, make)
        except OverloadedError as error:
            self.answering.tell_refused()
            raise too_many_questions() from error

    async def _answer(self, question: Question, make: Callable[[Callable[[], Reply]], _T]) -> _T:
        ask: Callable[[], Reply] = partial(self.answering.answer, EVERYONE, question)
        if self.answering.is_remote:
            asking = partial(self.answering.answer_remote, EVERYONE, question)
            try:
                reply = await self.workers.awaited(asking)
            except BotError as error:
                ask = partial(_raise, error)
            else:
                ask = partial(_same, reply)
        return await self.workers(partial(make, ask))

    async def grant(self, token: str, slug: str) -> Tenant:
        """Return the server whose article a signed link opens. Raises `WebFaultError`, the same for
        each thing that may be wrong. Must be called from the event loop."""
        grant = None if self.signer is None else self.signer.check(token, slug)
        tenant = None if grant is None else discord_server(grant.server)
        if tenant is None or self.records is None:
            raise not_found()
        if await recorded(self.records, lambda records: records.memberships.has_left(tenant)):
            raise not_found()
        return tenant


def _same(reply: Reply) -> Reply:
    return reply


def _raise(error: BotError) -> Reply:
    raise error


def look_up(
    library: Library, address: Address, quotation: str | None = None
) -> tuple[Article, Verdict | None]:
    """Return the article that an address leads to, and what became of the words it cites; None if
    nothing says which words these were. Raises `AddressError` if there is no such article."""
    if address.first is None or not (address.hash or (quotation and quotation.split())):
        return library.article(address.slug), None
    verdict, article = library.check(str(address), quotation)
    if article is None:
        raise AddressError("article.not_here", slug=address.slug)
    return article, verdict


def site_of(
    settings: Settings,
    answering: Answering,
    *,
    threads: int = _THREADS,
    before: Callable[[], Awaitable[None]] | None = None,
    records: Records | None = None,
    clock: Callable[[], float] = time.time,
    queue: QuestionQueue | None = None,
) -> Site:
    """Return the site that the settings describe; the caller closes its `workers`. ``before`` is
    awaited before each job of these, and ``records`` tell which servers have removed the bot:
    without them no server's article is served. ``clock`` gives seconds since 1970, ``queue`` is the
    one of all front-ends of this process.

    Raises `bot.core.errors.ConfigError`, and `bot.core.errors.StorageError` if the key of the
    signed links cannot be read.
    """
    answering = answering.seen_from("web")
    reader = settings.reader
    reader = reader._replace(public_url=read_public_url(reader.public_url))
    health = partial(shared_state.server_health, settings)
    workers = AnsweringThreads(threads, _WAITING, before)
    queue = queue or question_queue(answering)
    if records is None or not reader.server_articles:
        return Site(answering, workers, queue, reader, health=health)
    signer = LinkSigner(shared_state.link_key(settings), reader.link_days, clock)
    return Site(answering, workers, queue, reader, signer, records, health)
