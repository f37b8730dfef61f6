"""The shelves of tenants that are kept open: each is opened by one thread, and none waits for the
opening of another's."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from bot.core.library import Library
from bot.core.named_tuple import NamedTuple
from bot.core.shelf import Shelf
from bot.service.tenants import Tenant


class OpenShelf(NamedTuple):
    """A tenant's shelf, and the library of all shelves that the tenant sees."""

    library: Library
    shelf: Shelf


class OpenShelves:
    """Shelves by tenant, of which the least recently used are dropped. Safe for any number of
    threads."""

    def __init__(self, open_shelf: Callable[[Tenant], OpenShelf], most: int) -> None:
        """Keep ``most`` shelves; ``open_shelf`` opens one."""
        self._open_shelf = open_shelf
        self._most = most
        self._lock = threading.Lock()
        """Held for a moment, never while a shelf is opened."""
        self._opening: dict[Tenant, threading.Lock] = {}
        """A lock for each shelf that is being opened; taken before the other one."""
        self._open: OrderedDict[Tenant, OpenShelf] = OrderedDict()

    def get(self, tenant: Tenant) -> OpenShelf:
        """Return a tenant's shelf, opened on first use. Raises what opening it raises."""
        with self._lock:
            found = self._found(tenant)
            if found is not None:
                return found
            opening = self._opening.setdefault(tenant, threading.Lock())
        with opening:
            try:
                with self._lock:
                    found = self._found(tenant)
                return self._keep(tenant, self._open_shelf(tenant)) if found is None else found
            finally:
                with self._lock:
                    self._opening.pop(tenant, None)

    def items(self) -> list[tuple[Tenant, OpenShelf]]:
        """Return the shelves that are open."""
        with self._lock:
            return list(self._open.items())

    def drop(self, tenant: Tenant) -> None:
        """Forget a tenant's shelf."""
        with self._lock:
            self._open.pop(tenant, None)

    def _found(self, tenant: Tenant) -> OpenShelf | None:
        found = self._open.get(tenant)
        if found is not None:
            self._open.move_to_end(tenant)
        return found

    def _keep(self, tenant: Tenant, opened: OpenShelf) -> OpenShelf:
        with self._lock:
            self._open[tenant] = opened
            while len(self._open) > self._most:
                self._open.popitem(last=False)
        return opened
