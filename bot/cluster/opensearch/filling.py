"""Filling an index with changes: some portions at a time, read by other processes where there are
many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from os import cpu_count
from typing import TYPE_CHECKING, NamedTuple

from bot.cluster.opensearch.change_reading import ChangeReader, ChangeReadingJob
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.writing import ChangeMark, IndexWriter
from bot.search.process_pool import Call, Here, Workers, apart
from bot.service.tenants import Tenant

if TYPE_CHECKING:
    from bot.cluster.postgres.locks import SessionLock
    from bot.cluster.postgres.outbox import Change, Outbox

MANY = 1000
"""Changes that are looked up at a time, and from which on other processes read the articles."""
_PORTION = 100
"""Changes that are read and written at a time."""
_UNDER_WAY = 3
"""Portions that are being written at a time: as many as a small cluster has nodes."""
_MOST_PROCESSES = 8


class Filling:
    """Writes changes into one generation. To be used from one thread, with the lock held."""

    def __init__(
        self,
        loop: LoopThread,
        client: OpenSearchClient,
        source: Outbox,
        lock: SessionLock,
        job: ChangeReadingJob,
    ) -> None:
        self._loop = loop
        self._client = client
        self._source = source
        self._lock = lock
        self._job = job

    def run(
        self,
        generation: Generation,
        consumer: str,
        position: int,
        new_until: int,
        goes_on: Callable[[], bool],
    ) -> int:
        """Write the changes after a version, as long as ``goes_on`` says so and the lock is held;
        return the version up to which all are written. ``consumer`` is the generation's name in the
        outbox; up to ``new_until`` the index has never held what is written."""
        first = self._source.changes(position, MANY)
        if not first:
            return position
        target = _Target(generation, consumer, new_until)
        if len(first) < MANY:
            return self._write(Here(ChangeReader(self._job)), target, first, position, goes_on)
        make = partial(ChangeReader, self._job)
        with apart(make, max(1, min(_MOST_PROCESSES, (cpu_count() or 1) // 2))) as workers:
            changes = self._following(first)
            return self._write(workers, target, changes, position, goes_on)

    def _following(self, changes: Sequence[Change]) -> Iterator[Change]:
        """Yield these changes and all after them."""
        while changes:
            yield from changes
            changes = self._source.changes(changes[-1].version, MANY)

    def _write(
        self,
        workers: Workers,
        target: _Target,
        changes: Iterable[Change],
        position: int,
        goes_on: Callable[[], bool],
    ) -> int:
        handed_out: deque[list[Change]] = deque()
        noted: set[tuple[str, str]] = set()
        is_seen = position >= target.new_until

        def calls() -> Iterator[Call]:
            for portion in _portions(changes):
                if not goes_on():
                    return
                handed_out.append(portion)
                is_erasure = portion[0].kind == "erase"
                yield "portion", (target.generation, [] if is_erasure else portion)

        writer = IndexWriter(self._client, target.generation)
        under_way: deque[_Sent] = deque()

        def finish(most: int) -> bool:
            """Wait until so many portions are left; return whether the lock is held."""
            nonlocal position, is_seen
            while len(under_way) > most:
                sent = under_way.popleft()
                sent.future.result()
                if sent.changes[-1].version > target.new_until:
                    if not is_seen:  # what is superseded is deleted among what can be seen
                        self._loop.run(writer.show())
                        is_seen = True
                    self._supersede(writer, sent)
                if found := _languages(sent.marks, noted):
                    self._source.note_languages(found)
                self._source.done(target.consumer, sent.changes[-1].version)
                position = sent.changes[-1].version
                if not self._lock.take():
                    return False
            return True

        try:
            for read in workers.call(calls()):
                portion = handed_out.popleft()
                sending = self._loop.start(self._sent(read.parts))
                under_way.append(_Sent(portion, read.marks, sending))
                # what was erased is gone before anything later is written
                is_erasure = portion[0].kind == "erase"
                if not finish(0 if is_erasure else _UNDER_WAY - 1):
                    break
            else:
                finish(0)
        finally:
            for sent in under_way:
                sent.future.cancel()
        return position

    async def _sent(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            await self._client.bulk(part)

    def _supersede(self, writer: IndexWriter, sent: _Sent) -> None:
        """Delete what was there before some changes, and let them be seen."""
        last = sent.changes[-1]
        if last.kind == "erase":
            self._loop.run(writer.erase(last.tenant.name, last.version))
        else:
            self._loop.run(writer.delete_earlier(sent.marks))
        self._loop.run(writer.show({change.tenant.name for change in sent.changes}))


class _Target(NamedTuple):
    """The target of the changes that are written."""

    generation: Generation
    consumer: str
    new_until: int


class _Sent(NamedTuple):
    """A portion that is being written."""

    changes: list[Change]
    marks: list[ChangeMark]
    future: Future[None]


def _languages(marks: Iterable[ChangeMark], noted: set[tuple[str, str]]) -> dict[Tenant, set[str]]:
    """Return the languages of some articles by tenant, but for those noted before; they are noted
    from then on."""
    found: dict[Tenant, set[str]] = {}
    for mark in marks:
        if mark.language is not None and (mark.tenant, mark.language) not in noted:
            noted.add((mark.tenant, mark.language))
            found.setdefault(Tenant(mark.tenant), set()).add(mark.language)
    return found


def _portions(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Yield changes in order, some at a time; each erasure by itself."""
    portion: list[Change] = []
    for change in changes:
        if portion and (change.kind == "erase" or len(portion) == _PORTION):
            yield portion
            portion = []
        if change.kind == "erase":
            yield [change]
        else:
            portion.append(change)
    if portion:
        yield portion
