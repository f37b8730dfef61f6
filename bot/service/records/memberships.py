"""Memberships: which tenants have the bot, since when one has not, and who may change its
articles."""

from __future__ import annotations

from collections.abc import Callable

from bot.service.records.given_answers import DAY
from bot.service.records.statements import Statements
from bot.service.tenants import Tenant


class Memberships:
    """The records of each tenant. All methods must be called from one thread, and raise
    `bot.core.errors.StorageError` if the records cannot be read or written."""

    def __init__(self, file: Statements, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds since 1970."""
        self._file = file
        self._clock = clock

    def join(self, tenant: Tenant) -> None:
        """Record that a tenant has the bot; an earlier departure is forgotten."""
        self._file.execute("UPDATE tenant SET removed = NULL WHERE name = ?", (tenant.name,))

    def leave(self, tenant: Tenant) -> None:
        """Record when a tenant removed the bot, and forget its role. A second call changes
        nothing."""
        self._file.execute(
            "INSERT INTO tenant (name, removed) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
            " role = NULL, removed = coalesce(tenant.removed, excluded.removed)",
            (tenant.name, self._clock()),
        )

    def present(self) -> set[Tenant]:
        """Return the tenants that have the bot, as far as something is known of them."""
        found = self._file.execute("SELECT name FROM tenant WHERE removed IS NULL")
        return {Tenant(name) for (name,) in found}

    def has_left(self, tenant: Tenant) -> bool:
        """Return whether a tenant has removed the bot."""
        found = self._file.execute(
            "SELECT 1 FROM tenant WHERE name = ? AND removed IS NOT NULL", (tenant.name,)
        )
        return found.fetchone() is not None

    def left_longer(self, days: float) -> list[Tenant]:
        """Return the tenants that left more than ``days`` ago, in order."""
        before = self._clock() - days * DAY
        found = self._file.execute(
            "SELECT name FROM tenant WHERE removed < ? ORDER BY name", (before,)
        )
        return [Tenant(name) for (name,) in found]

    def forget(self, tenant: Tenant) -> None:
        """Erase everything about a tenant."""
        self._file.execute("DELETE FROM tenant WHERE name = ?", (tenant.name,))

    def role(self, tenant: Tenant) -> int | None:
        """Return the role whose members may change a tenant's articles, if one was set."""
        row = self._file.execute(
            "SELECT role FROM tenant WHERE name = ?", (tenant.name,)
        ).fetchone()
        return row[0] if row else None

    def set_role(self, tenant: Tenant, role: int | None) -> None:
        """Set that role, or take it away with None."""
        self._file.execute(
            "INSERT INTO tenant (name, role) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET role = excluded.role",
            (tenant.name, role),
        )
