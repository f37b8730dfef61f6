"""Given answers: the data that the buttons under an answer need.

A button carries a key alone. The question, where it was asked, by whom, and the addresses of its
matches lie here until the answer is deleted, its tenant leaves, or it has grown old.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bot.service.records.statements import Statements
from bot.service.tenants import EVERYONE, Tenant

DAY = 86_400.0
"""Seconds."""
_FOLLOWED_SECONDS = 600.0
"""Seconds for which a question may refer to an earlier one in the same channel."""
_MOST_FOLLOWED = 4
"""Questions that the next one may follow."""


class Chat(NamedTuple):
    """The channel and the tenant in which a question is asked."""

    tenant: Tenant
    """The tenant whose articles are asked beside everyone's."""
    channel: int


class GivenAnswer(NamedTuple):
    key: str
    chat: Chat
    asker: int
    question: str
    article: str | None
    """The slug of the one article that was asked, if one was."""
    private: bool
    addresses: tuple[str, ...]
    """The addresses of its matches, best first."""
    earlier: tuple[str, ...] = ()
    """The questions before it that it may follow, oldest first."""
    verdict: str = ""
    """``answer``, ``unsure``, ``none`` or ``talk``; empty if it is not known."""


def questions_before(
    answers: GivenAnswers, chat: Chat, asker: int, *, anyones: bool, replied_to: str | None
) -> tuple[str, ...]:
    """Return the questions that the next one may follow, oldest first: those of the answer whose
    key is ``replied_to``, or else of the latest answer in this chat, the asker's own or, with
    ``anyones``, anyone's."""
    before = None if replied_to is None else answers.get(replied_to, chat)
    if before is None:
        before = answers.latest(chat, asker, _FOLLOWED_SECONDS, anyones=anyones)
    return () if before is None else (*before.earlier, before.question)[-_MOST_FOLLOWED:]


_SELECT = (
    "SELECT key, asker, question, article, private, addresses, earlier, verdict FROM kept_answer"
    " WHERE "
)


class GivenAnswers:
    """The answers that were given. Must be called from one thread; every method raises
    `bot.core.errors.StorageError` if the records cannot be read or written."""

    def __init__(self, file: Statements, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._file = file
        self._clock = clock

    def keep(
        self,
        chat: Chat,
        asker: int,
        question: str,
        article: str | None,
        addresses: tuple[str, ...],
        *,
        private: bool,
        earlier: tuple[str, ...] = (),
        verdict: str = "",
    ) -> GivenAnswer:
        """Store an answer under a key that nobody can guess."""
        key = secrets.token_urlsafe(12)
        kept = GivenAnswer(
            key, chat, asker, question, article, private, addresses, earlier, verdict
        )
        self._file.execute(
            "INSERT INTO kept_answer (key, created, tenant, channel, asker, question, article,"
            " private, addresses, earlier, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                self._clock(),
                chat.tenant.name,
                chat.channel,
                asker,
                question.encode("utf-8", "replace").decode(),
                article,
                private,
                json.dumps(addresses),
                json.dumps(earlier),
                verdict,
            ),
        )
        return kept

    def get(self, key: str, chat: Chat) -> GivenAnswer | None:
        """Return the answer of this key, for those in the chat in which it was given; for anybody
        else there is none."""
        row = self._file.execute(
            _SELECT + "key = ? AND tenant = ? AND channel = ?",
            (key, chat.tenant.name, chat.channel),
        ).fetchone()
        return None if row is None else _read(row, chat)

    def latest(
        self, chat: Chat, asker: int, seconds: float, *, anyones: bool
    ) -> GivenAnswer | None:
        """Return the last answer that a person was given in a chat in the past ``seconds``, or with
        ``anyones`` the last one there that all could see; None if there is none."""
        row = self._file.execute(
            _SELECT + "tenant = ? AND channel = ? AND created >= ?"
            " AND (asker = ? OR (? AND NOT private)) ORDER BY created DESC LIMIT 1",
            (chat.tenant.name, chat.channel, self._clock() - seconds, asker, anyones),
        ).fetchone()
        return None if row is None else _read(row, chat)

    def forget(self, key: str) -> None:
        """Erase an answer."""
        self._file.execute("DELETE FROM kept_answer WHERE key = ?", (key,))

    def number_of(self, asker: int) -> int:
        """Return how many answers are recorded that were given to a person."""
        found = self._file.execute("SELECT count(*) FROM kept_answer WHERE asker = ?", (asker,))
        number: int = found.fetchone()[0]
        return number

    def forget_asker(self, asker: int) -> int:
        """Erase the answers given to a person; return how many."""
        return self._file.execute("DELETE FROM kept_answer WHERE asker = ?", (asker,)).rowcount

    def forget_older(self, days: float) -> int:
        """Erase the answers older than ``days``; return how many."""
        before = self._clock() - days * DAY
        return self._file.execute("DELETE FROM kept_answer WHERE created < ?", (before,)).rowcount

    def forget_tenant(self, tenant: Tenant) -> None:
        """Erase the answers given to a tenant."""
        self._file.execute("DELETE FROM kept_answer WHERE tenant = ?", (tenant.name,))

    def tenants(self) -> set[Tenant]:
        """Return the tenants, but for everyone, whose answers are kept."""
        found = self._file.execute("SELECT DISTINCT tenant FROM kept_answer")
        return {Tenant(name) for (name,) in found} - {EVERYONE}


def _read(row: Sequence[Any], chat: Chat) -> GivenAnswer:
    key, asker, question, article, private, addresses, earlier, verdict = row
    found, before = tuple(json.loads(addresses)), tuple(json.loads(earlier))
    return GivenAnswer(key, chat, asker, question, article, bool(private), found, before, verdict)
