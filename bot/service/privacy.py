"""Personal data: what is recorded of one person, and its erasure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.core.errors import BotError
from bot.service.learning.keeping import Keeping
from bot.service.records import Records
from bot.service.records.tells import Tell
from bot.service.shelves.shelves import Shelves
from bot.service.tenants import Tenant


class PersonalData(NamedTuple):
    """The records of one person, of all servers."""

    answers: int
    """Number of answers recorded with the question and who asked."""
    votes: int
    tells: tuple[Tell, ...]
    kept: int
    """Number of passages that they keep as answers to questions."""


def recorded_of(records: Records, person: int) -> PersonalData:
    """Return what the records hold of a person; nothing of what they keep, for that is not in the
    records."""
    return PersonalData(
        records.answers.number_of(person),
        records.votes.number_of(person),
        tuple(records.tells.of(person)),
        0,
    )


def forget_recorded(records: Records, person: int) -> None:
    """Erase what the records hold of a person."""
    records.votes.forget_voter(person)
    records.tells.forget_person(person)
    records.answers.forget_asker(person)


def kept_by(keeping: Keeping, shelves: Shelves, person: int) -> int:
    """Return how many passages a person keeps on servers' shelves. Reads files: call it from a
    worker thread."""
    return _each_kept(keeping, shelves, person, lambda tenant, question: None)


def forget_kept(keeping: Keeping, shelves: Shelves, person: int) -> int:
    """Forget the passages that a person keeps; return how many. Changes files: call it from the
    thread that changes shelves."""
    return _each_kept(keeping, shelves, person, keeping.forget)


def _each_kept(
    keeping: Keeping, shelves: Shelves, person: int, handle: Callable[[Tenant, str], object]
) -> int:
    count = 0
    for tenant in shelves.tenants():
        try:
            pairs = list(keeping.pairs(tenant))
        except BotError:  # a shelf that cannot be opened keeps nothing that could be shown
            continue
        for pair in pairs:
            if pair.by == str(person):
                handle(tenant, pair.question)
                count += 1
    return count
