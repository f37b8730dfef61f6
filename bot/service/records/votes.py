"""Votes: which answers helped, one vote of each person for each answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from bot.service.records.given_answers import DAY, Chat, GivenAnswer
from bot.service.records.statements import Statements
from bot.service.tenants import Tenant


class VoteCounts(NamedTuple):
    helpful: int
    unhelpful: int


class VotedDown(NamedTuple):
    """An answer that did not help somebody."""

    question: str
    earlier: tuple[str, ...]
    """The questions that it followed, oldest first."""
    address: str
    """The address of the match that did not help."""
    voter: int
    when: float
    """Seconds since 1970."""


class Votes:
    """The votes. Must be called from one thread; every method raises
    `bot.core.errors.StorageError` if the records cannot be read or written."""

    def __init__(self, file: Statements, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._file = file
        self._clock = clock

    def put(self, given: GivenAnswer, index: int, voter: int, *, helpful: bool) -> None:
        """Record a person's vote for an answer, in place of their vote before. ``index`` is that of
        the match that was shown, from 0."""
        address = given.addresses[index] if index < len(given.addresses) else ""
        self._file.execute(
            "INSERT INTO vote (answer, voter, tenant, created, address, helpful)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (answer, voter) DO UPDATE SET"
            " created = excluded.created, address = excluded.address, helpful = excluded.helpful",
            (given.key, voter, given.chat.tenant.name, self._clock(), address, helpful),
        )

    def counts(self, key: str) -> VoteCounts:
        """Return the votes for the answer of this key."""
        helpful, every = self._file.execute(
            "SELECT count(CASE WHEN helpful THEN 1 END), count(*) FROM vote WHERE answer = ?",
            (key,),
        ).fetchone()
        return VoteCounts(helpful, every - helpful)

    def voted_down(self, when: float, tenant: Tenant) -> list[VotedDown]:
        """Return the votes of "not helpful" since a time in seconds since 1970, the latest first,
        for a tenant's answers that are still recorded."""
        rows = self._file.execute(
            "SELECT question, earlier, address, voter, vote.created FROM vote"
            " JOIN kept_answer ON key = answer"
            " WHERE vote.tenant = ? AND vote.created >= ? AND NOT helpful"
            " ORDER BY vote.created DESC, answer, voter",
            (tenant.name, when),
        )
        return [
            VotedDown(question, tuple(json.loads(earlier)), address, voter, created)
            for question, earlier, address, voter, created in rows
        ]

    def well_received(self, most: int) -> list[GivenAnswer]:
        """Return the answers of all tenants with the verdict *answer* that were for all to see and
        have no more votes against than for them: the latest ``most``, the latest first."""
        rows = self._file.execute(
            "SELECT key, tenant, channel, asker, question, article, addresses, earlier, verdict"
            " FROM kept_answer WHERE verdict = 'answer' AND NOT private AND (SELECT"
            " count(CASE WHEN helpful THEN 1 END) - count(CASE WHEN NOT helpful THEN 1 END)"
            " FROM vote WHERE answer = key) >= 0 ORDER BY created DESC, key LIMIT ?",
            (most,),
        )
        return [
            GivenAnswer(
                key,
                Chat(Tenant(tenant), channel),
                asker,
                question,
                article,
                False,
                tuple(json.loads(addresses)),
                tuple(json.loads(earlier)),
                verdict,
            )
            for key, tenant, channel, asker, question, article, addresses, earlier, verdict in rows
        ]

    def tenants(self) -> list[Tenant]:
        """Return the tenants with votes of "not helpful", in the order of their names."""
        rows = self._file.execute(
            "SELECT DISTINCT vote.tenant FROM vote JOIN kept_answer ON key = answer"
            " WHERE NOT helpful ORDER BY vote.tenant"
        )
        return [Tenant(name) for (name,) in rows]

    def number_of(self, voter: int) -> int:
        """Return how many votes of a person are recorded."""
        found = self._file.execute("SELECT count(*) FROM vote WHERE voter = ?", (voter,))
        number: int = found.fetchone()[0]
        return number

    def forget_voter(self, voter: int) -> int:
        """Erase a person's votes; return how many."""
        return self._file.execute("DELETE FROM vote WHERE voter = ?", (voter,)).rowcount

    def forget_older(self, days: float) -> int:
        """Erase the votes older than ``days``; return how many."""
        before = self._clock() - days * DAY
        return self._file.execute("DELETE FROM vote WHERE created < ?", (before,)).rowcount

    def forget_tenant(self, tenant: Tenant) -> None:
        """Erase the votes for a tenant's answers."""
        self._file.execute("DELETE FROM vote WHERE tenant = ?", (tenant.name,))
