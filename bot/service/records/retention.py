"""Retention: erasing what the records hold of a tenant that left, and what has grown old.

Nothing here touches articles; `bot.service.shelves.shelves.Shelves.erase` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from bot.service.records import Records
from bot.service.tenants import Tenant


def note_present(
    records: Records,
    here: Set[Tenant],
    shelved: Iterable[Tenant],
    is_ours: Callable[[Tenant], bool],
) -> None:
    """Record that the tenants ``here`` have the bot, and that the other known ones have left.

    Known are those of the records and those ``shelved``, which have articles. Only tenants that
    ``is_ours`` accepts are taken to have left: the others are another process's to see.
    """
    for tenant in here:
        note_arrival(records, tenant)
    known = {*records.memberships.present(), *records.answers.tenants(), *shelved}
    for tenant in filter(is_ours, known - here):
        note_departure(records, tenant)


def note_arrival(records: Records, tenant: Tenant) -> None:
    """Record that a tenant has the bot."""
    records.memberships.join(tenant)


def note_departure(records: Records, tenant: Tenant) -> None:
    """Record that a tenant left, and erase what its members asked and said."""
    _forget_community(records, tenant)
    records.memberships.leave(tenant)


def forget_tenant(records: Records, tenant: Tenant) -> None:
    """Erase everything that the records hold of a tenant."""
    _forget_community(records, tenant)
    records.memberships.forget(tenant)


def forget_older(records: Records, days: float) -> None:
    """Erase missed questions and votes older than ``days``, and the keys under which people had
    names on days that are over."""
    records.misses.forget_older(days)
    records.asker_names.forget_past()
    records.votes.forget_older(days)


def _forget_community(records: Records, tenant: Tenant) -> None:
    records.answers.forget_tenant(tenant)
    records.misses.forget_tenant(tenant)
    records.votes.forget_tenant(tenant)
    records.tells.forget_tenant(tenant)
    records.settings.forget_tenant(tenant)
