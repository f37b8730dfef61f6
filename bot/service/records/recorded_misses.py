"""Misses: questions that the articles did not answer; nothing tells who asked them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from bot.core.seams import Kind
from bot.service.records.given_answers import DAY
from bot.service.records.statements import Statements
from bot.service.tenants import Tenant

MissVerdict: TypeAlias = Literal["unsure", "none"]
MOST_MISSES = 20_000
"""Misses that are kept of one tenant, the latest."""


class WeighedWord(NamedTuple):
    """A word of a question, folded as it is searched for."""

    word: str
    weight: float
    """Its share of the question's weight, 0.0 to 1.0."""


class Miss(NamedTuple):
    """A question that the articles did not answer."""

    tenant: Tenant
    question: str | None
    """Its text, only where the operator allows questions to be kept."""
    words: tuple[WeighedWord, ...]
    """The words that were searched for, in alphabetical order."""
    language: str
    """Language in which they were read, as ISO 639-1."""
    verdict: MissVerdict
    nearest: str
    """Address of the nearest passage; empty if there was none."""
    unknown: tuple[str, ...]
    """The words that no article contained."""
    asks: Kind | None = None
    """Kind of answer that it asks for, if it says so."""


class RecordedMiss(NamedTuple):
    miss: Miss
    asker: str
    """A name for whoever asked, of `bot.service.records.asker_names`."""
    when: float
    """Seconds since 1970."""


class Misses:
    """The records of misses. Must be called from one thread; every method raises
    `bot.core.errors.StorageError` if the records cannot be read or written."""

    def __init__(self, file: Statements, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._file = file
        self._clock = clock

    def keep(self, miss: Miss, asker: str) -> None:
        """Store a miss; ``asker`` is as in `RecordedMiss`."""
        self._file.execute(
            "INSERT INTO miss (created, tenant, asker, question, words, language, verdict, nearest,"
            " unknown, asks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._clock(),
                miss.tenant.name,
                asker,
                None if miss.question is None else _text(miss.question),
                json.dumps(miss.words),
                miss.language,
                miss.verdict,
                miss.nearest,
                json.dumps(miss.unknown),
                miss.asks,
            ),
        )

    def since(self, when: float, tenant: Tenant) -> list[RecordedMiss]:
        """Return a tenant's misses since a time in seconds since 1970, the latest first."""
        rows = self._file.execute(
            "SELECT created, asker, question, words, language, verdict, nearest, unknown, asks"
            " FROM miss"
            " WHERE tenant = ? AND created >= ? ORDER BY id DESC",
            (tenant.name, when),
        )
        return [_read(tenant, row) for row in rows]

    def tenants(self) -> list[Tenant]:
        """Return the tenants with misses, in the order of their names."""
        rows = self._file.execute("SELECT DISTINCT tenant FROM miss ORDER BY tenant")
        return [Tenant(name) for (name,) in rows]

    def forget_older(self, days: float, most: int = MOST_MISSES) -> int:
        """Erase the misses older than ``days``, and of each tenant all but the latest ``most``;
        return how many."""
        before = self._clock() - days * DAY
        erased = self._file.execute("DELETE FROM miss WHERE created < ?", (before,)).rowcount
        for tenant in self.tenants():
            erased += self._file.execute(
                "DELETE FROM miss WHERE tenant = ? AND id <= (SELECT id FROM miss"
                " WHERE tenant = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (tenant.name, tenant.name, most),
            ).rowcount
        return erased

    def forget_tenant(self, tenant: Tenant) -> None:
        """Erase a tenant's misses."""
        self._file.execute("DELETE FROM miss WHERE tenant = ?", (tenant.name,))


def _text(question: str) -> str:
    return question.encode("utf-8", "replace").decode()


def _read(tenant: Tenant, row: Sequence[Any]) -> RecordedMiss:
    when, asker, question, words, language, verdict, nearest, unknown, asks = row
    weighed = tuple(WeighedWord(*each) for each in json.loads(words))
    unknown = tuple(json.loads(unknown))
    miss = Miss(tenant, question, weighed, language, verdict, nearest, unknown, asks)
    return RecordedMiss(miss, asker, when)
