"""Tells: questions whose askers want to be told once the articles answer them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bot.service.records.given_answers import DAY, Chat, GivenAnswer
from bot.service.records.statements import Statements
from bot.service.tenants import Tenant


class Tell(NamedTuple):
    """A question whose asker wants to be told once the articles answer it."""

    key: str
    chat: Chat
    person: int
    question: str
    article: str | None
    """The slug of the one article that was asked, if one was."""
    earlier: tuple[str, ...]
    """The questions before it that it may follow, oldest first."""
    direct: bool
    """True if the person is to be told by a direct message, and not in the channel."""


_SELECT = "SELECT key, tenant, channel, person, question, article, earlier, direct FROM tell"


class Tells:
    """The open tells. Must be called from one thread; every method raises
    `bot.core.errors.StorageError` if the records cannot be read or written."""

    def __init__(self, file: Statements, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._file = file
        self._clock = clock

    def put(self, given: GivenAnswer, person: int, *, direct: bool) -> Tell:
        """Record that somebody wants to be told; in place of the same question of theirs in the
        same tenant."""
        chat, key = given.chat, secrets.token_urlsafe(12)
        self._file.execute(
            "DELETE FROM tell WHERE tenant = ? AND person = ? AND question = ?",
            (chat.tenant.name, person, given.question),
        )
        self._file.execute(
            "INSERT INTO tell (key, created, tenant, channel, person, question, article, earlier,"
            " direct) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                self._clock(),
                chat.tenant.name,
                chat.channel,
                person,
                given.question,
                given.article,
                json.dumps(given.earlier),
                direct,
            ),
        )
        return Tell(key, chat, person, given.question, given.article, given.earlier, direct)

    def open(self) -> list[Tell]:
        """Return all open tells, the oldest first."""
        return list(map(_read, self._file.execute(_SELECT + " ORDER BY created, key")))

    def of(self, person: int) -> list[Tell]:
        """Return a person's open tells, the oldest first."""
        rows = self._file.execute(_SELECT + " WHERE person = ? ORDER BY created, key", (person,))
        return list(map(_read, rows))

    def forget(self, key: str) -> bool:
        """Erase a tell; return whether it was there."""
        return self._file.execute("DELETE FROM tell WHERE key = ?", (key,)).rowcount > 0

    def forget_person(self, person: int) -> int:
        """Erase a person's tells; return how many."""
        return self._file.execute("DELETE FROM tell WHERE person = ?", (person,)).rowcount

    def forget_older(self, days: float) -> int:
        """Erase the tells older than ``days``; return how many."""
        before = self._clock() - days * DAY
        return self._file.execute("DELETE FROM tell WHERE created < ?", (before,)).rowcount

    def forget_tenant(self, tenant: Tenant) -> None:
        """Erase the tells of a tenant."""
        self._file.execute("DELETE FROM tell WHERE tenant = ?", (tenant.name,))


def _read(row: Sequence[Any]) -> Tell:
    key, tenant, channel, person, question, article, earlier, direct = row
    chat = Chat(Tenant(tenant), channel)
    return Tell(key, chat, person, question, article, tuple(json.loads(earlier)), bool(direct))
