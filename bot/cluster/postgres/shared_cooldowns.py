"""Cooldowns that several processes share: token buckets in PostgreSQL, by the server's clock."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from bot.cluster.postgres.connections import Connections
from bot.service.operations.cooldowns import Allowance
from bot.service.tenants import EVERYONE, Tenant


class PostgresCooldowns:
    """Implements `bot.service.operations.cooldowns.Cooldowns`. Safe for any number of threads."""

    def __init__(
        self,
        connections: Connections,
        person: Allowance,
        tenant: Allowance,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """``clock`` gives seconds; None for the server's own, which all processes share."""
        self.waits = person.seconds > 0 or tenant.seconds > 0
        self._connections = connections
        self._person = person
        self._tenant = tenant
        self._clock = clock

    def take(self, person: Hashable, tenant: Tenant) -> int:
        shared = tenant != EVERYONE
        limits = [(f"person {person}", *self._person)]
        if shared:
            limits.append((f"tenant {tenant.name}", *self._tenant))
        limits = [limit for limit in limits if limit[1] > 0]
        if not limits:
            return 0
        owners, pauses, bursts = zip(*limits, strict=True)
        now = None if self._clock is None else self._clock()
        with self._connections.session() as session:
            row = session.execute(
                "SELECT take_tokens(%s::text[], %s::float8[], %s::int[], %s)",
                (list(owners), list(pauses), list(bursts), now),
            ).fetchone()
        return math.ceil(row[0]) if row else 0
