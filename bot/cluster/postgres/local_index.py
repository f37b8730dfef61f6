"""An index on this machine's disk that follows articles in PostgreSQL.

The index notes the version that it holds in a file of its folder, so that a process that starts
looks at what has changed since, and not at every article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.seams import Changes, Fault, Index, Progress, Snapshot

if TYPE_CHECKING:
    from bot.cluster.postgres.outbox import Outbox
    from bot.service.tenants import Tenant

MARK = "version.json"
"""The file that notes the version, beside the index's own."""
_MANY = 2000
"""Number of changes from which all articles are looked at instead."""


class LocalIndex:
    """Implements `bot.core.seams.Index`, by another that it brings up to date."""

    def __init__(
        self,
        index: Index,
        outbox: Outbox,
        tenant: Tenant,
        identity: Callable[[], object],
        mark: Path | None,
        write: Callable[[Path, bytes], None],
        *,
        strict: bool,
    ) -> None:
        """``identity`` gives what distinguishes the index from one that was made anew; ``mark`` is
        the file that notes the version, or None where the index lives in memory; ``write`` writes
        a file whole. With ``strict``, a snapshot holds all that was written before it was opened:
        that costs a round trip, and at times the reading of a few articles."""
        self._index = index
        self._outbox = outbox
        self._tenant = tenant
        self._identity = identity
        self._mark = mark
        self._write = write
        self._strict = strict
        self._version: int | None = None
        """The version that the index is known to hold; None if that is not known."""

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        if self._strict:
            self.refresh()
        with self._index.snapshot() as snapshot:
            yield snapshot

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        """See `bot.core.seams.Index.refresh`; what may have changed is looked up, so that ``slugs``
        makes no difference."""
        wanted = self._outbox.shelf_versions([self._tenant]).get(self._tenant, 0)
        held = self._held()
        if held == wanted:
            return Changes()
        among = None if held is None or held > wanted else self._changed_since(held)
        changes = self._index.refresh(progress, among)
        self._note(wanted)
        return changes

    def rebuild(self, progress: Progress | None = None) -> Changes:
        wanted = self._outbox.shelf_versions([self._tenant]).get(self._tenant, 0)
        changes = self._index.rebuild(progress)
        self._note(wanted)
        return changes

    def fall_behind(self) -> None:
        self._index.fall_behind()

    def faults(self) -> list[Fault]:
        return self._index.faults()

    def left_out(self, slug: str) -> AbstractContextManager[None]:
        return self._index.left_out(slug)

    def close(self) -> None:
        self._index.close()

    def _changed_since(self, version: int) -> Set[str] | None:
        """Return the articles that changed after a version; None where all are to be looked at."""
        changes = self._outbox.tenant_changes(self._tenant, version, _MANY)
        if len(changes) == _MANY or any(change.kind == "erase" for change in changes):
            return None
        return {change.slug for change in changes}

    def _held(self) -> int | None:
        if self._version is None and self._mark is not None:
            with suppress(OSError, ValueError, TypeError, KeyError):
                noted = json.loads(self._mark.read_bytes())
                if noted["index"] == repr(self._identity()):
                    self._version = int(noted["version"])
        return self._version

    def _note(self, version: int) -> None:
        self._version = version
        if self._mark is not None:
            noted = {"version": version, "index": repr(self._identity())}
            with suppress(OSError):  # then the next process looks at all articles
                self._write(self._mark, json.dumps(noted).encode())
