"""Answering from an event loop: files are read and written in threads.

Questions wait in `bot.service.question_queue`. They are answered in one thread, in their order,
because Python runs one thread at a time anyhow; they let urgent work go first. Questions that are
searched for over a network are awaited, many at a time. Changes of shelves have a thread of their
own, so that no question waits for them.
Everything here is called from the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.core.answer import Question
from bot.core.errors import OverloadedError
from bot.service.answers.answering import Answering
from bot.service.answers.question_queue import QuestionQueue
from bot.service.answers.quotations import FoundAgain
from bot.service.answers.reply import Reply
from bot.service.shelves.titles import Title
from bot.service.tenants import Tenant

PATIENCE = 3.0
"""Seconds that questions wait for urgent work."""
_COURTESY = 0.25
"""Seconds that other work lets these questions go first."""
_REMOTE_THREADS = 8
"""Threads that may wait for a search over a network at a time."""
_REMOTE_QUESTIONS = 32
"""Questions that are searched for over a network at a time. Each takes several requests: where all
were begun at once, the first requests of thousands would hold up the last one of each."""
_LOCAL_QUESTIONS = 4
"""Questions that are answered on this machine at a time, or lie ready for the threads."""
_T = TypeVar("_T")


def question_queue(answering: Answering) -> QuestionQueue:
    """Return the queue for the questions of all front-ends that share a process."""
    return QuestionQueue(_REMOTE_QUESTIONS if answering.is_remote else _LOCAL_QUESTIONS)


class AsyncAnswering:
    """The asynchronous face of `bot.service.answers.answering.Answering`."""

    def __init__(
        self, answering: Answering, patience: float = PATIENCE, queue: QuestionQueue | None = None
    ) -> None:
        """``patience`` is how many seconds questions wait for urgent work; ``queue`` is the one of
        all front-ends of this process."""
        self.answering = answering
        self._worker = ThreadPoolExecutor(
            _REMOTE_THREADS if answering.is_remote else 1, "questions"
        )
        self._changer = ThreadPoolExecutor(1, "changes")
        self._queue = queue or question_queue(answering)
        self._under_way: dict[tuple[Tenant, Question], asyncio.Future[Reply]] = {}
        self._urgent = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._may_begin = asyncio.Event()
        """Set while all is calm, and once urgent work has taken longer than the patience."""
        self._may_begin.set()
        self._patience = patience
        self._impatience: asyncio.TimerHandle | None = None
        self._jobs = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def close(self) -> None:
        """Finish what is under way; further questions are refused."""
        self._worker.shutdown()
        self._changer.shutdown()

    @contextlib.contextmanager
    def urgent(self) -> Iterator[None]:
        """Mark urgent work, which cannot wait for a search, such as an acknowledgement that is due
        within seconds."""
        self._urgent += 1
        if self._urgent == 1:
            self._calm.clear()
            self._may_begin.clear()
            loop = asyncio.get_running_loop()
            self._impatience = loop.call_later(self._patience, self._may_begin.set)
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._calm.set()
                self._may_begin.set()
                if self._impatience is not None:
                    self._impatience.cancel()

    async def work(self, job: Callable[[], _T]) -> _T:
        """Run a function in the questions' thread, after the waiting jobs, and after urgent work,
        which is waited for no longer than the patience."""
        await self._may_begin.wait()
        return await self._in_worker(job)

    def _in_worker(self, job: Callable[[], _T]) -> asyncio.Future[_T]:
        return self._counted(asyncio.get_running_loop().run_in_executor(self._worker, job))

    def _counted(self, future: asyncio.Future[_T]) -> asyncio.Future[_T]:
        """Count a job until its future is done; return the future."""
        self._jobs += 1
        self._idle.clear()
        future.add_done_callback(self._ended)
        return future

    def _ended(self, _: object) -> None:
        self._jobs -= 1
        if not self._jobs:
            self._idle.set()

    async def give_way(self) -> None:
        """Wait, at most `_COURTESY`, until no question is waiting for an answer: for work that lets
        questions go first."""
        if not (self._idle.is_set() and self._calm.is_set()):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_COURTESY):
                    await self._calm.wait()
                    await self._idle.wait()

    async def change(self, job: Callable[[], _T]) -> _T:
        """Change a shelf, beside the questions and one change at a time."""
        return await asyncio.get_running_loop().run_in_executor(self._changer, job)

    def check(self) -> None:
        """Raise `bot.core.errors.OverloadedError` if a question would not be taken now: so that it
        is known before anything is done for it."""
        with self._telling_refusals():
            self._queue.check()

    async def ask(self, tenant: Tenant, question: Question) -> Reply:
        """Answer a question, once for all of a tenant who ask the same before it is answered; see
        `bot.service.answers.answering.Answering.ask`. Raises `bot.core.errors.OverloadedError`,
        too, if too many others wait."""
        await self._may_begin.wait()
        asked = tenant, question
        future = self._under_way.get(asked)
        if future is None:
            future = self._counted(asyncio.create_task(self._answer(tenant, question)))
            self._under_way[asked] = future
            future.add_done_callback(lambda _: self._under_way.pop(asked))
        with self._telling_refusals():
            return await asyncio.shield(future)

    async def _answer(self, tenant: Tenant, question: Question) -> Reply:
        async with self._queue.turn():
            if self.answering.is_remote:
                return await self.answering.answer_remote(tenant, question)
            return await self._in_worker(partial(self.answering.answer, tenant, question))

    async def find_again(self, tenant: Tenant, address: str, question: Question) -> FoundAgain:
        """Return a match by its address, as `Answering.find_again` does. Raises
        `bot.core.errors.OverloadedError`, too, if too many questions wait."""
        with self._telling_refusals():
            async with self._queue.turn():
                return await self.work(
                    partial(self.answering.find_again, tenant, address, question)
                )

    @contextlib.contextmanager
    def _telling_refusals(self) -> Iterator[None]:
        try:
            yield
        except OverloadedError:
            self.answering.tell_refused()
            raise

    async def complete(self, tenant: Tenant, typed: str, limit: int) -> list[Title]:
        """Return the titles that something typed may be a part of; does not wait for questions."""

        def complete() -> list[Title]:
            return self.answering.shelves.titles(tenant).complete(typed, limit)

        return await asyncio.to_thread(complete)
