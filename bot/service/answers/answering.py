"""Answering: the one place that makes an answer, for every front-end.

A text that names no one article raises `bot.service.shelves.titles.UnresolvedArticleError`. The
methods may be called from any thread; they read files and may take milliseconds, so an event
loop calls them through `bot.service.answers.asynchronous`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from bot.core.answer import Answer, Question
from bot.core.errors import UnreachableError
from bot.core.light_typing import TYPE_CHECKING
from bot.service.answers.reply import Contents, Reply
from bot.service.events.stream import Events
from bot.service.shelves.shelves import Shelves
from bot.service.tenants import EVERYONE, Tenant

if TYPE_CHECKING:
    from typing import TypeAlias

    from bot.core.article import Article
    from bot.core.library import Library
    from bot.core.passages.address import Address
    from bot.core.passages.verification import Verdict
    from bot.core.seams.pairs import KeptPair
    from bot.service.answers.quotations import FoundAgain
    from bot.service.answers.recent_answers import AskedQuestion, KnownAnswers, RecentAnswers
    from bot.service.records.recorded_misses import Miss
    from bot.service.shelves.titles import Found, Title

    State: TypeAlias = tuple[tuple[tuple[str, int], ...] | None, list[KeptPair]]

_NEAREST = 3
"""Titles that are named if nothing answers."""


class Answering:
    """Answers questions on behalf of tenants."""

    def __init__(
        self,
        shelves: Shelves,
        events: Events,
        *,
        clock: Callable[[], float] = time.perf_counter,
        frontend: str = "",
        recent: RecentAnswers | None = None,
    ) -> None:
        """``clock`` gives seconds and is monotonic; ``frontend`` is the front-end's name in
        events; ``recent`` keeps the answers of all front-ends where `is_remote`, if some are to be
        kept."""
        self._frontend = frontend
        self.shelves = shelves
        self.events = events
        self._clock = clock
        self._recent = recent

    def seen_from(self, frontend: str) -> Answering:
        """Return the same, for a front-end whose name events carry."""
        return Answering(
            self.shelves, self.events, clock=self._clock, frontend=frontend, recent=self._recent
        )

    def ask(
        self,
        tenant: Tenant,
        question: str,
        *,
        article: str | None = None,
        limit: int = 1,
        further: int = 0,
        earlier: Sequence[str] = (),
    ) -> Reply:
        """Answer a question.

        ``article`` is what somebody gave for the one article to look in: a slug, a title, or a
        part of one. ``limit`` is how many matches to give at most, ``further`` how many more to
        name by their addresses alone, ``earlier`` the questions before this one, oldest first.
        Raises `UnresolvedArticleError`.
        """
        asked = Question(question, article, limit, further, tuple(earlier))
        return self.answer(tenant, asked)

    def answer(self, tenant: Tenant, question: Question) -> Reply:
        """Do the same with a question's value."""
        began = self._begin(tenant, question.text)
        found, question, library = self._located(tenant, question)
        answer = library.ask(*question)
        return self._completed(tenant, found, answer, began)

    async def answer_remote(self, tenant: Tenant, question: Question) -> Reply:
        """Do the same where `is_remote`, awaiting what has to be waited for."""
        from asyncio import to_thread

        began = self._begin(tenant, question.text)

        def prepare() -> tuple[Found | None, AskedQuestion, Library, State, KnownAnswers | None]:
            found, located, library = self._located(tenant, question)
            state = library.taken_up(), library.kept_pairs()
            # all tenants without articles of their own see the same
            asked = library.prefixes, located
            known = None
            if self._recent is not None:
                known = self._recent.known(asked, state, tenant)
            is_known = known is not None and any(known) and _is_latest(library, state)
            return found, asked, library, state, known if is_known else None

        found, asked, library, state, known = await to_thread(prepare)
        if self._recent is not None and known is not None and known.answer is not None:
            answer = await self._recent.given(known.answer)
        else:
            searched = self._clock()
            before = known and known.before and known.before.answer
            pairs = state[1]  # an earlier question is asked as if none were kept
            answer = await library.ask_remote(pairs, asked[1], None if pairs else before)
            if self._recent is not None and state[0] is not None:
                self._recent.keep(asked, state, answer, self._clock() - searched, tenant)
        is_missed = answer.kind in ("unsure", "none")
        if answer.unknown or (self.events and is_missed):  # that may wait for a server
            return await to_thread(self._completed, tenant, found, answer, began)
        return self._completed(tenant, found, answer, began)

    def _located(
        self, tenant: Tenant, question: Question
    ) -> tuple[Found | None, Question, Library]:
        """Return the article that a question names, if it names one; the question with that
        article's slug; and the tenant's articles."""
        found = None if question.article is None else self._found(tenant, question.article)
        slug = found and found.title.slug
        return found, question._replace(article=slug), self.shelves.library(tenant)

    @property
    def is_remote(self) -> bool:
        """True if articles are searched over a network: then questions are to be awaited."""
        return self.shelves.is_remote

    def _begin(self, tenant: Tenant, question: str) -> float:
        """Tell that a question is asked; return the clock's seconds."""
        if self.events:
            self._tell_asked(tenant, question)
        return self._clock()

    def _completed(
        self, tenant: Tenant, found: Found | None, answer: Answer, began: float
    ) -> Reply:
        searched = self._clock()
        answer = self._with_titles(tenant, answer)
        if self.events:
            seconds = {"search": searched - began, "titles": self._clock() - searched}
            self._tell_answered(tenant, answer, seconds)
        miss = self._miss(tenant, answer) if self.events else None
        return Reply(answer, found and found.title, found is not None and found.is_guess, miss)

    def tell_unanswered(self, reply: Reply, asker: str) -> None:
        """Tell that somebody's question was not answered, if it was not. ``asker`` is a name that
        only they have; it is not kept. May be called from an event loop."""
        if reply.miss is not None:
            from bot.service.events.event_types import Unanswered

            self.events.publish(Unanswered(reply.miss, asker))

    def tell_refused(self) -> None:
        """Tell that a question was not taken, because too many wait."""
        if self.events:
            from bot.service.events.event_types import Refused

            self.events.publish(Refused(self._frontend, "overload"))

    def resolve(self, tenant: Tenant, text: str, *, guess: bool = True, part: bool = True) -> Title:
        """Return the one article that a text means: by its slug or title, or a part of them that no
        other has. Without ``guess`` no typing error is forgiven, for what changes something, and
        without ``part`` no part will do. Raises `UnresolvedArticleError`."""
        found = self._found(tenant, text)
        if (found.is_guess and not guess) or not (found.is_exact or part):
            from bot.service.shelves.titles import unresolved

            raise unresolved(text, found)
        return found.title

    def _found(self, tenant: Tenant, text: str) -> Found:
        from bot.service.shelves.titles import Found, unresolved  # most questions name no article

        resolution = self.shelves.titles(tenant).resolve(text)
        if isinstance(resolution, Found):
            return resolution
        raise unresolved(text, resolution)

    def article(self, tenant: Tenant, text: str) -> Article:
        """Return the one article that a text means, as its file holds it now. Raises
        `UnresolvedArticleError`, or `bot.core.errors.ArticleError` if its file no longer holds
        one."""
        return self.shelves.library(tenant).article(self.resolve(tenant, text).slug)

    def show(self, tenant: Tenant, address: str) -> tuple[Article, Address]:
        """Return the article that an address leads to, as its file holds it now, and the address
        taken apart; the article may be named as in `resolve`. Raises `UnresolvedArticleError`, or
        `bot.core.errors.AddressError` if it is no address or its paragraph is not there."""
        from bot.core.passages.address import parse_address

        parsed = parse_address(address)
        meant = parsed._replace(slug=self.resolve(tenant, parsed.slug).slug)
        return self.shelves.library(tenant).show(str(meant))

    def verify(self, tenant: Tenant, address: str, quotation: str | None = None) -> Verdict:
        """Check a citation against the article's file as it is now; see
        `bot.core.passages.verification`. Its article may be named by its whole title, but by no
        part of it: a citation of what is gone must not be checked against something else. Raises
        `bot.core.errors.AddressError` if the address says nothing that could be checked."""
        from bot.core.passages.address import parse_address
        from bot.service.shelves.titles import UnresolvedArticleError

        parsed = parse_address(address)
        with suppress(UnresolvedArticleError):
            found = self._found(tenant, parsed.slug)
            if found.is_exact:
                parsed = parsed._replace(slug=found.title.slug)
        return self.shelves.library(tenant).verify(str(parsed), quotation)

    def full_address(self, tenant: Tenant, address: str) -> Address:
        """Return an address with its article's whole slug, for people who type a part of it. A slug
        that means no article, or several, is left as it is. Raises
        `bot.core.errors.AddressError` if the text is no address."""
        from bot.core.passages.address import parse_address
        from bot.service.shelves.titles import UnresolvedArticleError

        parsed = parse_address(address)
        with suppress(UnresolvedArticleError):
            title = self.resolve(tenant, parsed.slug, guess=False)
            return parsed._replace(slug=title.slug)
        return parsed

    def find_again(self, tenant: Tenant, address: str, question: Question) -> FoundAgain:
        """Return a match of a question by its address; see `quotations.find_again`."""
        from bot.service.answers.quotations import find_again  # no first answer needs it

        found = find_again(self.shelves.library(tenant), address, question)
        if self.events:
            from bot.service.events.event_types import Shown

            self.events.publish(Shown(tenant, found.quotation.citation.address))
        return found._replace(answer=self._with_titles(tenant, found.answer))

    def contents(self, tenant: Tenant, page: int, size: int) -> Contents:
        """Return a page of at most ``size`` articles, in the order of their titles; ``page`` counts
        from 0 and is brought into range."""
        from bot.core.seams import TitleLookup

        library = self.shelves.library(tenant)
        articles = library.count()
        pages = max(1, -(-articles // size))
        page = min(max(page, 0), pages - 1)
        titles = library.titles(TitleLookup(limit=size, skip=page * size))
        entries = library.entries_of([title.slug for title in titles])
        return Contents(tuple(entries), page, pages, articles)

    def count(self, tenant: Tenant) -> int:
        """Return the number of articles that a tenant can ask."""
        return self.shelves.library(tenant).count()

    def is_empty(self, tenant: Tenant = EVERYONE) -> bool:
        """Return whether a tenant has no article to ask; faster than `count`."""
        return self.shelves.library(tenant).is_empty()

    def _with_titles(self, tenant: Tenant, answer: Answer) -> Answer:
        if not answer.unknown:
            return answer
        from bot.core.answer import NearTitle

        titles = self.shelves.titles(tenant)
        if answer.answered:
            return answer._replace(unknown=tuple(titles.lacking(answer.unknown)))
        lacking, near = titles.lacking_and_nearest(answer.unknown)
        found = dict.fromkeys((*answer.nearest, *(NearTitle(*title) for title in near)))
        return answer._replace(unknown=tuple(lacking), nearest=tuple(found)[:_NEAREST])

    def _miss(self, tenant: Tenant, answer: Answer) -> Miss | None:
        if answer.kind not in ("unsure", "none"):
            return None
        from bot.service.answers.misses import miss_of

        return miss_of(
            tenant,
            answer,
            answer.kind,
            self.shelves.library(tenant),
            self.shelves.analyzer,
            keep_question=self.events.keep_questions,
        )

    def _tell_asked(self, tenant: Tenant, question: str) -> None:
        from bot.service.events.event_types import Asked

        self.events.publish(Asked(tenant, question if self.events.keep_questions else None))

    def _tell_answered(self, tenant: Tenant, answer: Answer, seconds: Mapping[str, float]) -> None:
        from bot.service.events.event_types import Answered, Missed

        if answer.kind != "none":
            addresses = (*(match.citation.address for match in answer.matches), *answer.further)
            self.events.publish(
                Answered(tenant, answer.kind, answer.confidence, addresses, seconds, self._frontend)
            )
        else:
            asked = answer.question if self.events.keep_questions else None
            self.events.publish(Missed(tenant, asked, answer.confidence, seconds, self._frontend))


def _is_latest(library: Library, state: State) -> bool:
    """Return whether this state is the latest, as far as that can be told."""
    try:
        return state[0] is not None and library.are_latest(state[0])
    except UnreachableError:  # the articles may be found all the same
        return False
