"""Kept answers: passages that a tenant's editors chose for questions, and the checks whether they
still hold.

Like `bot.service.answers.answering`, its methods read files and may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from bot.core.answer import LONGEST_QUESTION
from bot.core.conversation.kept_passages import asking_the_same
from bot.core.errors import AddressError, BotError
from bot.core.passages.address import Address, parse_address, words_hash
from bot.core.passages.cited_words import find_words
from bot.core.seams import Fault
from bot.core.seams.pairs import KeptPair
from bot.service.answers.answering import Answering
from bot.service.tenants import EVERYONE, Tenant

MOST_KEPT = 2000
"""Answers that one server may keep; the operator's are not counted."""

Standing = Literal["holds", "changed", "gone", "another"]
"""Standing of a kept pair: its question gets its passage first; its words are no longer there as
they were; its article or paragraph no longer exists; another passage comes first."""


class FullError(BotError):
    """A server keeps as many answers as it may."""


class Kept(NamedTuple):
    """The result of keeping a pair."""

    pair: KeptPair
    before: KeptPair | None
    """The pair of the same question that it replaced."""


class Checked(NamedTuple):
    """A kept pair, and its standing."""

    pair: KeptPair
    standing: Standing
    now: str
    """The address that comes first for its question, or of the words that are there now; empty if
    there is none."""


class Keeping:
    """Keeps answers on behalf of tenants."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._shelves = answering.shelves

    def keep(self, tenant: Tenant, question: str, address: str, by: str = "") -> Kept:
        """Keep the passage at an address for a question, among a tenant's own pairs; in place of
        the pair of the same question, if there is one.

        The address may name its article by its whole title, and need not have a hash. ``by`` says
        who keeps it. Raises `BotError` if there are no such words, or nothing can be written.
        """
        question = " ".join(question.split())
        if not question:
            raise BotError("question.empty")
        if len(question) > LONGEST_QUESTION:
            raise BotError("question.long", longest=LONGEST_QUESTION)
        cited = str(self._cited(tenant, address))
        when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        pair = KeptPair(question, cited, by, when)
        kept = self._shelves.kept(tenant)
        same = self._asking_the_same(tenant, question)
        if tenant != EVERYONE and not same and len(kept.pairs()) >= MOST_KEPT:
            raise FullError("kept.full", name=tenant.name, most=MOST_KEPT)
        before = kept.keep(pair)
        for each in same:  # in other words
            if each != before:
                before = kept.forget(each.question) or before
        if self._answering.events:
            from bot.service.events.event_types import KeptForQuestion

            self._answering.events.publish(KeptForQuestion(tenant))
        return Kept(pair, before)

    def pairs(self, tenant: Tenant) -> Sequence[KeptPair]:
        """Return a tenant's own pairs, the latest first."""
        return self._shelves.kept(tenant).pairs()

    def faults(self, tenant: Tenant) -> Sequence[Fault]:
        """Return the faults of the files among a tenant's own pairs."""
        return self._shelves.kept(tenant).faults()

    def forget(self, tenant: Tenant, question: str) -> KeptPair | None:
        """Forget a tenant's own pairs of a question, in whatever words it is asked, and return the
        latest; None if there is none."""
        kept = self._shelves.kept(tenant)
        same = self._asking_the_same(tenant, question)
        forgotten = [kept.forget(each) for each in (question, *(each.question for each in same))]
        return next(filter(None, [*same, *forgotten]), None)

    def _asking_the_same(self, tenant: Tenant, question: str) -> list[KeptPair]:
        """Return a tenant's own pairs that answer a question, the latest first."""
        pairs = self._shelves.kept(tenant).pairs()
        languages = self._shelves.library(tenant).languages()
        return asking_the_same(question, pairs, languages, self._shelves.analyzer)

    def check(self, tenant: Tenant) -> list[Checked]:
        """Ask the question of each of a tenant's own pairs, the latest first."""
        return [self._check(tenant, pair) for pair in self.pairs(tenant)]

    def _check(self, tenant: Tenant, pair: KeptPair) -> Checked:
        library = self._shelves.library(tenant)
        try:
            verdict = library.verify(pair.address)
        except BotError:  # somebody wrote it by hand, or the file is no article any more
            return Checked(pair, "gone", "")
        if not verdict.holds:
            is_changed = verdict.status == "changed"
            now = str(verdict.address) if is_changed else ""
            return Checked(pair, "changed" if is_changed else "gone", now)
        matches = library.ask(pair.question, limit=1).matches
        if not matches:
            return Checked(pair, "another", "")
        first = matches[0]
        wanted = find_words(verdict.address, [first.passage])
        is_first = wanted is not None and first.citation.slug == verdict.address.slug
        return Checked(pair, "holds" if is_first else "another", first.citation.address)

    def _cited(self, tenant: Tenant, text: str) -> Address:
        """Return the address of what is to be kept, with the article's slug and the hash of the
        words."""
        address = parse_address(text)
        slug = self._answering.resolve(tenant, address.slug, guess=False).slug
        address = address._replace(slug=slug)
        if address.first is None:
            raise AddressError("address.without_paragraph", address=str(address))
        library = self._shelves.library(tenant)
        passages = library.passages(slug)
        if address.hash is not None:
            verdict = library.verify(str(address))
            if not verdict.holds:
                raise AddressError(
                    "address.words_gone" if verdict.status == "gone" else "address.words_changed",
                    address=str(address),
                )
            address = verdict.address
        else:
            article, address = library.show(str(address))
            words = article.quote(address.first or 1, address.last or 1)
            address = address._replace(hash=words_hash(words))
        if find_words(address, passages) is not None:
            return address
        raise AddressError("address.in_no_passage", address=str(address))
