"""The indexer: takes up the changes of the outbox, one process among all at a time.

It holds an advisory lock; another process takes its place as soon as it is gone, and goes on where
the outbox says it has come. Where the indexes are missing, were made by another analyzer, or are
unwanted, it makes new ones from the first change on, and lets questions ask them once they are
complete.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.cluster.opensearch.change_reading import ChangeReadingJob
from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.filling import Filling
from bot.cluster.opensearch.generations import Generations
from bot.cluster.opensearch.layout import Generation
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.cluster.opensearch.losses import LOST_SECONDS, LossWatch, State
from bot.cluster.opensearch.writing import IndexWriter
from bot.core.errors import BotError, UnreachableError

if TYPE_CHECKING:
    from bot.cluster.postgres.locks import SessionLock
    from bot.cluster.postgres.outbox import ChangeListener, Outbox

_COPYING_SECONDS = 0.5
"""Seconds between two looks whether all shards have been copied."""
_LOOK_SECONDS = 1.0
"""Seconds between two looks at the outbox where nothing tells of a change, and at the indexes."""
_TAKEOVER_SECONDS = 0.5
"""Seconds between two tries to become the indexer."""
_log = logging.getLogger(__name__)


class ClusterIndexer:
    """Takes up changes. To be used from one thread at a time."""

    def __init__(
        self,
        loop: LoopThread,
        client: OpenSearchClient,
        generations: Generations,
        source: Outbox,
        waiter: ChangeListener,
        lock: SessionLock,
        job: ChangeReadingJob,
        lost_seconds: float = LOST_SECONDS,
    ) -> None:
        """``job`` reads articles; it is pickled where there are so many that other processes read
        them. A shard that is gone for ``lost_seconds`` is taken for lost."""
        self._loop = loop
        self._client = client
        self._generations = generations
        self._source = source
        self._waiter = waiter
        self._lock = lock
        self._job = job
        self._losses = LossWatch(client, lost_seconds)
        self._lost: Generation | None = None
        """The generation that is asked, if it has lost a shard."""
        self._begun: Generation | None = None
        """The generation that this indexer has filled from its first change on."""
        self._begun_at = 0
        """The version of the outbox then: what changed before is put into it for the first time."""
        self._trusted: Generation | None = None
        """The generation of which all that was written can be seen."""

    def run(self, stop: threading.Event) -> None:
        """Index until told to stop; of errors that follow each other the first is logged."""
        is_lost = False
        mended = 0.0
        try:
            while not stop.is_set():
                try:
                    if self._lock.take():
                        if time.monotonic() - mended >= _LOOK_SECONDS:
                            if not self.mend():
                                stop.wait(_LOOK_SECONDS)
                                continue
                            mended = time.monotonic()
                        self.step(_LOOK_SECONDS, lambda: not stop.is_set())
                    else:
                        self._distrust()
                        stop.wait(_TAKEOVER_SECONDS)
                    is_lost = False
                except BotError as error:
                    self._distrust()
                    mended = 0.0
                    if not is_lost:
                        _log.warning("indexing waits: %s", error)
                    is_lost = True
                    stop.wait(_LOOK_SECONDS)
        finally:
            self.close()

    def catch_up(self, version: int, seconds: float) -> bool:
        """Index up to a version, if no other process indexes; return whether that was done. Raises
        `bot.core.errors.BotError`."""
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until and self._lock.take():
                try:
                    if self.step(0.0, lambda: time.monotonic() < until) >= version:
                        return True
                except UnreachableError:  # a node may be about to be replaced by another
                    self._distrust()
                    if until - time.monotonic() < _LOOK_SECONDS:
                        raise
                    time.sleep(_LOOK_SECONDS)
                    while not self.mend() and time.monotonic() < until:
                        time.sleep(_LOOK_SECONDS)
            return False
        finally:
            self._distrust()
            self.close()

    def close(self) -> None:
        """Give the right to index back."""
        self._waiter.close()
        self._lock.release()

    def mend(self) -> bool:
        """Let a generation that has lost a shard for good be made anew. Return whether there is
        something to write to: what is written to a shard that may come back would wait for it. Only
        to be called with the lock held, again and again."""
        published = self._loop.run(self._generations.published())
        for generation in self._unfinished():
            if self._state(generation) == "lost":
                self._loop.run(self._generations.drop(generation))
                self._source.forget(self._generations.consumer(generation))
        if published is None or published.is_unwanted:
            return all(self._state(generation) == "whole" for generation in self._unfinished())
        state = self._state(published.generation)
        if state == "lost":
            self._lost = published.generation
            self._loop.run(self._generations.demand_another(published.generation))
        return state != "missing"

    def _state(self, generation: Generation) -> State:
        state = self._loop.run(self._losses.state(generation))
        if state == "lost":
            _log.warning("%s: a part of the search index is lost", generation.name)
        return state

    def step(self, seconds: float, goes_on: Callable[[], bool] = lambda: True) -> int:
        """Take up some changes; if there are none, wait at most so many seconds for one. Return the
        version up to which the generation that is asked holds all changes; -1 if there is none.
        ``goes_on`` tells, while there are many, whether to take up more. Only to be called with the
        lock held."""
        published = self._loop.run(self._generations.published())
        own = self._generations.fingerprint
        if published is not None and own in published.supersedes:
            if seconds > 0.0:  # a newer version of the program indexes
                self._waiter.wait(1 << 62, seconds)
            return self._position(published.generation)
        is_right = published is not None and published.fingerprint == own
        if published is None or not is_right or published.is_unwanted:
            is_asked = published is not None and published.generation != self._lost
            self._build(is_asked, seconds, goes_on)
            return -1
        position = self._position(published.generation)
        reached = self._take_up(published.generation, position, goes_on)
        if reached == position and seconds > 0.0:
            self._waiter.wait(position, seconds)
        return reached

    def _build(self, is_asked: bool, seconds: float, goes_on: Callable[[], bool]) -> None:
        """Fill a new generation with some more changes, or let it be asked if it has all;
        ``is_asked`` tells whether an earlier one is asked meanwhile."""
        if unfinished := self._unfinished():
            generation = unfinished[0]
        else:
            generation = self._loop.run(self._generations.make())
            self._source.done(self._generations.consumer(generation), 0)
            self._begun = self._trusted = generation
            self._begun_at = self._source.version()
            _log.info("the search index is made anew: %s", generation.name)
        position = self._position(generation)
        if self._take_up(generation, position, goes_on) > position:
            return
        self._trust(generation)
        is_protected = self._loop.run(self._generations.is_protected(generation))
        if is_asked and not is_protected:  # nobody waits for the new one
            self._waiter.wait(1 << 62, min(seconds or _COPYING_SECONDS, _COPYING_SECONDS))
            return
        self._loop.run(self._generations.publish(generation))
        self._begun = None
        _log.info("the search index is complete: %s", generation.name)

    def _unfinished(self) -> list[Generation]:
        return [
            each
            for each in self._loop.run(self._generations.unfinished())
            if self._source.position(self._generations.consumer(each)) is not None
        ]

    def _take_up(self, generation: Generation, position: int, goes_on: Callable[[], bool]) -> int:
        """Write the changes after a version; return the version up to which all are written."""
        self._trust(generation)
        new_until = self._begun_at if generation == self._begun else 0
        filling = Filling(self._loop, self._client, self._source, self._lock, self._job)
        consumer = self._generations.consumer(generation)
        reached = filling.run(generation, consumer, position, new_until, goes_on)
        if position < reached <= new_until:
            self._trusted = None  # nothing of it can be seen yet
        return reached

    def _position(self, generation: Generation) -> int:
        return self._source.position(self._generations.consumer(generation)) or 0

    def _trust(self, generation: Generation) -> None:
        """Make visible what was written, perhaps by an indexer that was killed before it could do
        so: what an article had before is deleted among what can be seen."""
        if self._trusted != generation:
            self._loop.run(IndexWriter(self._client, generation).show())
            self._trusted = generation

    def _distrust(self) -> None:
        self._begun = self._trusted = None
