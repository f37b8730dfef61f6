"""Replies: the cards that answer a question, a button or a command. Nothing here knows discord.py,
and nothing here makes an answer: that is `bot.service.answers.answering`'s."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from typing import Self, TypeVar

from bot.core.answer import LONGEST_QUESTION, Answer, Question
from bot.core.errors import ArticleError
from bot.frontends.discord.cards import article_cards, rendering
from bot.frontends.discord.cards.cards import Card, note
from bot.frontends.discord.cards.stale_notes import GONE
from bot.frontends.discord.cards.why import why_card
from bot.frontends.discord.server_rules import ServerRules
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.answers.asynchronous import AsyncAnswering
from bot.service.answers.quotations import FoundAgain, Quotation, StaleError, quotation_of
from bot.service.events.event_types import Refused
from bot.service.examples.example_cache import ExampleCache
from bot.service.learning.feedback import Feedback
from bot.service.learning.telling import Telling
from bot.service.operations.cooldowns import Cooldowns
from bot.service.operations.waiting import in_thread
from bot.service.presentation.page_links import PageLinks
from bot.service.records import Chat, GivenAnswer, Records, recorded
from bot.service.records.given_answers import questions_before
from bot.service.records.records_thread import RecordsThread
from bot.service.shelves.titles import UnresolvedArticleError
from bot.service.tenants import EVERYONE, Tenant

EXAMPLES = 3
"""Example questions in the help."""
MATCHES = 5
"""Number of matches that "Next" goes through."""
NO_QUESTION = mark("There is no question in that. Try `/ask question: Why did …?`")
NO_ARTICLES = mark("There are no articles yet, so there is nothing to quote from.")

_T = TypeVar("_T")


class Replies:
    """Makes cards of the service's answers."""

    def __init__(
        self,
        service: AsyncAnswering,
        records: Records,
        background: RecordsThread,
        cooldown: Cooldowns,
        links: PageLinks | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Takes over the service, ``records`` and ``background``, which `close` closes; the latter
        writes and reads the same records where nobody may be kept waiting. ``links`` are those to
        the pages on which citations are read, ``clock`` gives seconds and is monotonic."""
        self.links = links or PageLinks()
        self.service = service
        self.shelves = service.answering.shelves
        self.records = records
        self.background = background
        self.cooldown = cooldown
        self.rules = ServerRules(background, clock)
        self.telling = Telling(service.answering, background)
        self.feedback = Feedback(service.answering, background, clock)
        self._examples = ExampleCache(service.answering, EXAMPLES, clock)
        self.language = ENGLISH

    def speaking(self, language: Language) -> Self:
        """Return the same replies in this language, for one interaction."""
        if language is self.language:
            return self
        other = copy(self)
        other.language = language
        return other

    def close(self) -> None:
        """Finish what is under way, and close the records."""
        self.service.close()
        self.background.close()
        self.records.close()

    def failed(self, error: BaseException, what: str) -> str:
        """Tell the operator of an unexpected error; as `bot.service.events.stream.Events` does."""
        return self.service.answering.events.failed(error, what)

    async def recorded(self, job: Callable[[Records], _T]) -> _T:
        return await recorded(self.records, job)

    async def wait(self, asker: int, tenant: Tenant) -> int:
        """Return the seconds that somebody must wait before the next question, rounded up; 0 if it
        may be asked now, and is counted."""
        take, waits = self.cooldown.take, self.cooldown.waits
        wait = await in_thread(take, asker, tenant) if waits else take(asker, tenant)
        if wait:
            self.service.answering.events.publish(Refused("discord"))
        return wait

    async def ask(
        self,
        question: str,
        chat: Chat,
        asker: int,
        article: str | None = None,
        *,
        private: bool = False,
        in_thread: bool = False,
        replied_to: str | None = None,
    ) -> Card:
        """Answer a question. ``article`` is the text given for an article: a slug, a title or any
        text. The question may refer to the answer whose key is ``replied_to``, or else to the last
        one in the channel: in a thread anybody's, elsewhere the asker's own. Callers check the
        cooldown before."""
        question = question.strip()[:LONGEST_QUESTION]
        if not question:
            return note(self.language.gettext(NO_QUESTION))
        tenant = chat.tenant
        earlier = await self.recorded(
            lambda records: questions_before(
                records.answers, chat, asker, anyones=in_thread, replied_to=replied_to
            )
        )
        try:
            # one is shown, which costs more than to know where the others stand
            asked = Question(question, article, 1, MATCHES - 1, earlier)
            reply = await self.service.ask(tenant, asked)
        except UnresolvedArticleError as error:
            if await self.service.work(lambda: self.service.answering.is_empty(tenant)):
                return note(self.language.gettext(NO_ARTICLES))
            return article_cards.no_such_title(error.text, error.resolution, self.language)
        self.service.answering.tell_unanswered(reply, f"discord:{asker}")
        answer, slug = reply.answer, reply.article and reply.article.slug
        record = partial(
            self.record, chat, asker, question, slug, answer, private=private, earlier=earlier
        )
        if answer.reply and not answer.matches:
            if answer.kind != "talk":
                await record()
            return rendering.reply_card(answer, self.language)
        if answer.kind != "none":
            return self.match_card(await record(), 0, answer, quotation_of(answer.matches[0]))
        count = await self.service.work(lambda: self.service.answering.count(tenant))
        if not count:
            return note(self.language.gettext(NO_ARTICLES))
        return rendering.miss_card(
            answer,
            key=(await record()).key,
            searched=1 if slug else count,
            reading=self.shelves.reading(),
            language=self.language,
        )

    async def answer_post(
        self, question: str, chat: Chat, asker: int, *, is_titled: bool
    ) -> Card | None:
        """Answer a post that was not addressed to the bot; None unless the verdict is *answer*. It
        counts as a missed question only if it has a title (``is_titled``): the rest may be talk."""
        question = question.strip()[:LONGEST_QUESTION]
        reply = await self.service.ask(chat.tenant, Question(question, further=MATCHES - 1))
        answer = reply.answer
        if is_titled:
            self.service.answering.tell_unanswered(reply, f"discord:{asker}")
        if not (answer.answered and answer.matches):
            return None
        given = await self.record(chat, asker, question, None, answer)
        return self.match_card(given, 0, answer, quotation_of(answer.matches[0]))

    async def record(
        self,
        chat: Chat,
        asker: int,
        question: str,
        article: str | None,
        answer: Answer,
        *,
        private: bool = False,
        earlier: tuple[str, ...] = (),
    ) -> GivenAnswer:
        """Record an answer, for the buttons under it and for what may follow it. ``article`` is
        the slug of the one that was asked, ``earlier`` the questions that this one may follow."""
        addresses = (*(match.citation.address for match in answer.matches), *answer.further)
        return await self.recorded(
            lambda records: records.answers.keep(
                chat,
                asker,
                question,
                article,
                addresses,
                private=private,
                earlier=earlier if answer.follows else (),
                verdict=answer.kind,
            )
        )

    def match_card(
        self, given: GivenAnswer, index: int, answer: Answer, quotation: Quotation
    ) -> Card:
        """Return the card of one match of an answer; ``index`` counts from 0."""
        return rendering.answer_card(
            given.question,
            quotation,
            kind=answer.kind,
            key=given.key,
            index=index,
            count=len(given.addresses),
            can_share=given.private and not self.rules.known(given.chat.tenant).private,
            repairs=answer.repairs,
            unknown=answer.unknown,
            page=self.links.to(quotation.citation.address),
            follows=answer.follows,
            in_server=given.chat.tenant != EVERYONE,
            language=self.language,
        )

    async def turn(self, kept: GivenAnswer, index: int) -> Card:
        """Return another match of an answer. Raises `StaleError`."""
        again = await self._again(kept, index)
        return self.match_card(kept, index, again.answer, again.quotation)

    async def context(self, kept: GivenAnswer, index: int) -> Card:
        """Return the paragraphs around a match. Raises `StaleError`."""
        again = await self._again(kept, index)
        page = self.links.to(again.quotation.citation.address)
        return rendering.context_card(again.article, again.quotation, page, self.language)

    async def address(self, kept: GivenAnswer, index: int) -> Card:
        """Return a match's address alone, to be copied. Raises `StaleError`."""
        again = await self._again(kept, index)
        return rendering.address_card(again.quotation.citation, self.language)

    async def why(self, kept: GivenAnswer, index: int) -> Card:
        """Return the explanation of this match. Raises `StaleError`."""
        again = await self._again(kept, index)
        return why_card(again.answer, again.quotation.citation.address, self.language)

    async def copy(self, kept: GivenAnswer, asker: int, *, private: bool) -> GivenAnswer:
        """Return the same answer as somebody else's, or for everybody to see."""
        return await self.recorded(
            lambda records: records.answers.keep(
                kept.chat,
                asker,
                kept.question,
                kept.article,
                kept.addresses,
                private=private,
                earlier=kept.earlier,
                verdict=kept.verdict,
            )
        )

    async def contents(self, tenant: Tenant, page: int) -> Card:
        """Return a page of the table of contents, from 0."""
        size = article_cards.ARTICLES_A_PAGE
        make = partial(self.service.answering.contents, tenant, page, size)
        return article_cards.articles_card(await self.service.work(make), self.language)

    async def article(self, tenant: Tenant, text: str) -> Card:
        """Return one article, by what was given for its title."""

        def read() -> Card:
            try:
                return article_cards.article_card(
                    self.service.answering.article(tenant, text), self.language
                )
            except UnresolvedArticleError as error:
                return article_cards.no_such_title(text, error.resolution, self.language)
            except ArticleError:
                return note(self.language.gettext(GONE))

        return await self.service.work(read)

    async def help(self, tenant: Tenant, *, may_change: bool, commands: Mapping[str, int]) -> Card:
        """Return a description of the bot, with the number of its articles and questions that they
        answer; ``commands`` are the ids of the commands."""

        def look() -> tuple[int, int, list[str]]:
            here = self.service.answering.count(tenant)
            own = here - self.service.answering.count(EVERYONE)
            spoken = self.language.code.partition("_")[0]
            return here, own, self._examples.of(tenant, spoken)

        articles, own, asked = await self.service.change(look)
        return article_cards.help_card(
            articles,
            own,
            may_change=may_change,
            examples=asked,
            commands=commands,
            language=self.language,
        )

    async def _again(self, kept: GivenAnswer, index: int) -> FoundAgain:
        if not 0 <= index < len(kept.addresses):
            raise StaleError("quotation.not_kept")
        asked = Question(kept.question, kept.article, MATCHES, earlier=kept.earlier)
        return await self.service.find_again(kept.chat.tenant, kept.addresses[index], asked)
