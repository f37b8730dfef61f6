"""The statistics of scopes that this process knows from the questions before.

A scope's state tells whether its documents have changed; until they do, the counts hold.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

from bot.cluster.opensearch.searches import ScopeState

_MOST_TERMS = 200_000
"""Terms that are remembered of all tenants together."""
_LONGEST_TERM = 100
"""Characters; longer terms are not kept."""
_MOST_TENANTS = 1000


class ScopeStatistics(NamedTuple):
    state: ScopeState
    counts: dict[str, int]
    """In how many passages some terms stand."""


class KnownStatistics:
    """The statistics of scopes, by tenant, as they were counted last. Answers do not depend on
    them: only how much is asked of the cluster does. Used on one event loop."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, ScopeStatistics] = OrderedDict()
        self._terms = 0
        """Terms of all tenants together."""

    def of(self, tenant: str) -> ScopeStatistics | None:
        """Return what is known of a tenant's scope, None if it is nothing."""
        return self._held.get(tenant)

    def holds(self, tenant: str, term: str) -> bool:
        """Return whether a term stood in a tenant's own passages, or in everyone's."""
        own, everyones = self._held.get(tenant), self._held.get("")
        return any(known and known.counts.get(term) for known in (own, everyones))

    def note(self, tenant: str, state: ScopeState, counts: Mapping[str, int]) -> None:
        """Take note of terms that were counted in a state of a tenant's scope. Callers leave out
        spellings that no passage holds: there are thousands for each word."""
        known = self._held.pop(tenant, None)
        self._terms -= 0 if known is None else len(known.counts)
        if known is None or known.state != state:
            known = ScopeStatistics(state, {})
        known.counts.update(each for each in counts.items() if len(each[0]) <= _LONGEST_TERM)
        self._held[tenant] = known
        self._terms += len(known.counts)
        while len(self._held) > _MOST_TENANTS or self._terms > _MOST_TERMS:
            _, dropped = self._held.popitem(last=False)
            self._terms -= len(dropped.counts)
