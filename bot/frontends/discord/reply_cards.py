"""Replies: the cards that answer a question, a button or a command. Nothing here knows discord.py,
and nothing here makes an answer: that is `bot.service.answering`'s."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from typing import Self, TypeVar

from bot.core.errors import ArticleError
from bot.frontends.discord import article_cards, rendering
from bot.frontends.discord.cards import Card, note
from bot.frontends.discord.server_rules import ServerRules
from bot.frontends.discord.why import why_card
from bot.frontends.languages import ENGLISH, Language, mark
from bot.service.answering import LONGEST_QUESTION, UnresolvedArticleError
from bot.service.asynchronous import AsyncAnswering
from bot.service.cooldowns import Cooldowns
from bot.service.events import Refused
from bot.service.examples import examples
from bot.service.feedback import Feedback
from bot.service.page_links import PageLinks
from bot.service.quotations import FoundAgain, StaleError, quotation_of
from bot.service.records import GivenAnswer, GivenAnswers, Place, Records, recorded
from bot.service.records.records_thread import RecordsThread
from bot.service.telling import Telling
from bot.service.tenants import EVERYONE, Tenant
from bot.service.waiting import in_thread

EXAMPLES = 3
"""Example questions in the help."""
MATCHES = 5
"""Number of matches that "Next" goes through."""

NO_QUESTION = mark("There is no question in that. Try `/ask question: Why did …?`")
NO_ARTICLES = mark("There are no articles yet, so there is nothing to quote from.")
NOT_KEPT = mark(
    "This answer is no longer kept, so its buttons have nothing to work with. Ask again?"
)
CHANGED = mark(
    "The article has changed since, and no longer says this. Ask again for what it says now."
)
GONE = mark("The article this was quoted from is no longer there.")
_STALE = {
    "quotation.changed": CHANGED,
    "quotation.gone": GONE,
    "quotation.not_kept": NOT_KEPT,
}


def stale_note(error: StaleError, language: Language) -> Card:
    """Return the message for somebody whose button leads to something that is gone."""
    return note(language.gettext(_STALE[error.code]))


_T = TypeVar("_T")
_REMEMBERED_SECONDS = 600.0
"""Seconds for which a question may refer to an earlier one in the same channel."""
_REMEMBERED = 4
"""Questions that the next one may follow."""


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
        """Tell the operator of an unexpected error; see `bot.service.stream.Events.failed`."""
        return self.service.answering.events.failed(error, what)

    async def recorded(self, job: Callable[[Records], _T]) -> _T:
        """See `bot.service.records.recorded`."""
        return await recorded(self.records, job)

    async def wait(self, asker: int, tenant: Tenant) -> int:
        """Return the seconds that somebody must wait before the next question, rounded up; 0 if it
        may be asked now, and is counted."""
        if self.cooldown.waits:
            wait = await in_thread(self.cooldown.take, asker, tenant)
        else:
            wait = self.cooldown.take(asker, tenant)
        events = self.service.answering.events
        if wait and events:
            events.publish(Refused("discord"))
        return wait

    async def ask(
        self,
        question: str,
        place: Place,
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
        tenant = place.tenant
        earlier = await self.recorded(
            lambda records: _earlier(records.answers, place, asker, in_thread, replied_to)
        )
        try:
            # one is shown, which costs more than to know where the others stand
            reply = await self.service.ask(
                tenant, question, article=article, limit=1, further=MATCHES - 1, earlier=earlier
            )
        except UnresolvedArticleError as error:
            if await self.service.work(lambda: self.service.answering.is_empty(tenant)):
                return note(self.language.gettext(NO_ARTICLES))
            return article_cards.no_such_title(error.text, error.resolution, self.language)
        self.service.answering.tell_unanswered(reply, f"discord:{asker}")
        answer, slug = reply.answer, reply.article and reply.article.slug
        followed = earlier if answer.follows else ()
        if answer.reply and not answer.matches:
            if answer.kind != "talk":
                await self.recorded(
                    lambda records: records.answers.keep(
                        place,
                        asker,
                        question,
                        slug,
                        (),
                        private=private,
                        earlier=followed,
                        verdict=answer.kind,
                    )
                )
            return rendering.reply_card(answer, self.language)
        count = 0
        if answer.kind == "none":
            count = await self.service.work(lambda: self.service.answering.count(tenant))
            if not count:
                return note(self.language.gettext(NO_ARTICLES))
        addresses = (*(match.citation.address for match in answer.matches), *answer.further)
        kept = await self.recorded(
            lambda records: records.answers.keep(
                place,
                asker,
                question,
                slug,
                addresses,
                private=private,
                earlier=followed,
                verdict=answer.kind,
            )
        )
        if answer.kind == "none":
            searched = 1 if slug else count
            reading = self.shelves.reading()
            return rendering.miss_card(
                answer,
                key=kept.key,
                searched=searched,
                reading=reading,
                language=self.language,
            )
        return rendering.answer_card(
            question,
            quotation_of(answer.matches[0]),
            kind=answer.kind,
            key=kept.key,
            index=0,
            count=len(addresses),
            private=private,
            repairs=answer.repairs,
            unknown=answer.unknown,
            page=self.links.to(addresses[0]),
            follows=answer.follows,
            in_server=tenant != EVERYONE,
            language=self.language,
        )

    async def answer_post(
        self, question: str, place: Place, asker: int, *, is_titled: bool
    ) -> Card | None:
        """Answer a post that nobody put to the bot; None unless the verdict is *answer*. Only what
        has a title (``is_titled``) counts as a question that was missed: the rest may be talk."""
        question = question.strip()[:LONGEST_QUESTION]
        tenant = place.tenant
        reply = await self.service.ask(tenant, question, limit=1, further=MATCHES - 1)
        answer = reply.answer
        if is_titled:
            self.service.answering.tell_unanswered(reply, f"discord:{asker}")
        if not (answer.answered and answer.matches):
            return None
        addresses = (*(match.citation.address for match in answer.matches), *answer.further)
        kept = await self.recorded(
            lambda records: records.answers.keep(
                place, asker, question, None, addresses, private=False, verdict=answer.kind
            )
        )
        return rendering.answer_card(
            question,
            quotation_of(answer.matches[0]),
            key=kept.key,
            index=0,
            count=len(addresses),
            repairs=answer.repairs,
            page=self.links.to(addresses[0]),
            in_server=tenant != EVERYONE,
            language=self.language,
        )

    async def turn(self, kept: GivenAnswer, index: int) -> Card:
        """Return another match of an answer. Raises `StaleError`."""
        again = await self._again(kept, index)
        return rendering.answer_card(
            kept.question,
            again.quotation,
            kind=again.answer.kind,
            key=kept.key,
            index=index,
            count=len(kept.addresses),
            private=kept.private,
            repairs=again.answer.repairs,
            unknown=again.answer.unknown,
            page=self.links.to(again.quotation.citation.address),
            follows=again.answer.follows,
            in_server=kept.place.tenant != EVERYONE,
            language=self.language,
        )

    async def context(self, kept: GivenAnswer, index: int) -> Card:
        """Return the paragraphs around a match. Raises `StaleError`."""
        again = await self._again(kept, index)
        page = self.links.to(again.quotation.citation.address)
        return rendering.context_card(again.article, again.quotation, page, self.language)

    async def address(self, kept: GivenAnswer, index: int) -> Card:
        """Return a match's address alone, to be copied. Raises `StaleError`."""
        again = await self._again(kept, index)
        return rendering.address_card(again.quotation.citation)

    async def why(self, kept: GivenAnswer, index: int) -> Card:
        """Return the explanation of this match. Raises `StaleError`."""
        again = await self._again(kept, index)
        return why_card(again.answer, again.quotation.citation.address, self.language)

    async def copy(self, kept: GivenAnswer, asker: int, *, private: bool) -> GivenAnswer:
        """Return the same answer as somebody else's, or for everybody to see."""
        return await self.recorded(
            lambda records: records.answers.keep(
                kept.place,
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
            return here, own, examples(self.shelves, tenant, EXAMPLES)

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
        return await self.service.find_again(
            kept.place.tenant,
            kept.addresses[index],
            kept.question,
            kept.article,
            MATCHES,
            kept.earlier,
        )


def _earlier(
    answers: GivenAnswers, place: Place, asker: int, in_thread: bool, replied_to: str | None
) -> tuple[str, ...]:
    """Return the questions that the next one may follow, oldest first."""
    before = None if replied_to is None else answers.get(replied_to, place)
    if before is None:
        before = answers.latest(place, asker, _REMEMBERED_SECONDS, anyones=in_thread)
    return () if before is None else (*before.earlier, before.question)[-_REMEMBERED:]
