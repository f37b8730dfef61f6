"""Requests to snapshots: the core's algorithms yield them, and drivers send the replies.

So nothing else in the core waits for anything, and one algorithm serves a command line, which calls
snapshots in its own process, and a server that awaits remote ones.
"""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Generator, Iterable, Mapping, Sequence, Set

from bot.core.light_typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.seams import (
    Entry,
    FoldedTitle,
    Linked,
    PassageKey,
    Preparation,
    Prepared,
    ReadingAhead,
    Retrieval,
    TermQuery,
    TitleLookup,
)

if TYPE_CHECKING:
    from bot.core.seams import AsyncSnapshot, Snapshot

_T = TypeVar("_T")
_U = TypeVar("_U")

Method = Literal[
    "prepare",
    "read_ahead",
    "retrieve",
    "document_frequencies",
    "originals",
    "links",
    "passages",
    "entries",
    "article_passages",
    "titles",
]


class Request(NamedTuple):
    """One method of `bot.core.seams.Snapshot`, to be called on several shelves at once."""

    method: Method
    arguments: Mapping[int, Any]
    """Arguments of the call, by the shelf's number."""
    beside: Sequence[Ahead[Any]] = ()
    """Steps that may go on beside it."""
    is_mostly_known: bool = False
    """True if a snapshot for which a call takes long answers it from what others have fetched,
    nearly always: nothing goes on beside it."""


Steps = Generator[Request, Mapping[int, Any], _T]
"""An algorithm that yields requests, is sent each one's replies by the shelf's number, and returns
its result."""


class Ahead(Generic[_T]):
    """Steps whose result may be wanted. Where calls take long they go on while others are made, in
    the same round trips; else they are begun when their result is asked for. What makes them fail
    is raised there as well, and nowhere else."""

    def __init__(self, steps: Steps[_T]) -> None:
        self._steps = steps
        self._request: Request | None = None
        """The request that was not replied to yet."""
        self._replies: Mapping[int, Any] | None = None
        """Replies that the steps were not sent yet."""
        self._results: list[_T] = []
        """Their result, once there is one."""
        self._fault: Exception | None = None
        """The fault that ended them."""

    def beside(self, others: Steps[_U]) -> Steps[_U]:
        """Return the result of other steps, beside which these may go on."""
        try:
            request = next(others)
            while True:
                both = request._replace(beside=(*request.beside, self))
                request = others.send((yield both))
        except StopIteration as stop:
            result: _U = stop.value
            return result

    def result(self) -> Steps[_T]:
        """Return these steps' result. To be asked for in one place, and not among steps that they
        go on beside."""
        while (request := self.next_request()) is not None:
            self.take((yield request))
        return self.ended()

    def ended(self) -> _T:
        """Return the result of steps that have no next request. Raises what made them fail."""
        if self._fault is not None:
            raise self._fault
        return self._results[0]

    def next_request(self) -> Request | None:
        """Return the request that these steps make next; None if they have ended."""
        if self._request is not None or self._results or self._fault is not None:
            return self._request
        try:
            # to send nothing begins them
            self._request = self._steps.send(self._replies)  # type: ignore[arg-type]
        except StopIteration as stop:
            self._results = [stop.value]
        except Exception as fault:  # noqa: BLE001 - raised where their result is asked for
            self._fault = fault
        return self._request

    def take(self, replies: Mapping[int, Any]) -> None:
        """Take the replies to that request; the steps go on once another one is asked for."""
        self._request, self._replies = None, replies

    def fail(self, fault: Exception) -> None:
        """Go on no more: that request has failed."""
        self._request, self._fault = None, fault


def beside_first(several: Sequence[Steps[_T]]) -> list[Steps[_T]]:
    """Return several steps, to be driven in their order: the others may go on beside the first."""
    first, *others = several
    ahead = [Ahead(each) for each in others]
    for each in ahead:
        first = each.beside(first)
    return [first, *(each.result() for each in ahead)]


def run(steps: Steps[_T], snapshots: Sequence[Snapshot]) -> _T:
    """Run an algorithm on the snapshots of its shelves, in their order. Raises what they raise."""
    try:
        request = next(steps)
        while True:
            replies = {
                shelf: getattr(snapshots[shelf], request.method)(argument)
                for shelf, argument in request.arguments.items()
            }
            request = steps.send(replies)
    except StopIteration as stop:
        result: _T = stop.value
        return result


async def run_async(steps: Steps[_T], snapshots: Sequence[AsyncSnapshot]) -> _T:
    """Return the same with snapshots that have to be waited for; those of one request, and of all
    that go on beside it, are called at once."""

    async def reply(request: Request, waiting: Ahead[Any]) -> None:
        """Call snapshots, and let the steps that wait for that have the replies."""
        try:
            found = await awaited_at_once(
                getattr(snapshots[shelf], request.method)(argument)
                for shelf, argument in request.arguments.items()
            )
        except Exception as fault:  # noqa: BLE001 - raised where the steps' result is asked for
            waiting.fail(fault)
        else:
            waiting.take(dict(zip(request.arguments, found, strict=True)))

    async def asked_for(waiting: Ahead[Any]) -> list[tuple[Request, Ahead[Any]]]:
        """Return the next request of some steps that takes long, and those beside it, each with its
        steps; none once they have ended."""
        while (request := waiting.next_request()) is not None and request.is_mostly_known:
            await reply(request, waiting)
        if request is None:
            return []
        beside = [pair for each in request.beside for pair in await asked_for(each)]
        return [(request, waiting), *beside]

    whole = Ahead(steps)
    while asked := await asked_for(whole):
        await awaited_at_once(reply(*each) for each in asked)
    return whole.ended()


async def awaited_at_once(calls: Iterable[Awaitable[_T]]) -> list[_T]:
    """Return the results of all calls; raises only when none is under way any more."""
    import asyncio  # the command line does without

    done = await asyncio.gather(*calls, return_exceptions=True)
    results: list[_T] = []
    for each in done:
        if isinstance(each, BaseException):
            raise each
        results.append(each)
    return results


# -- one request for each method of a snapshot, with the types of the replies -------------------


def prepare(
    preparations: Mapping[int, Preparation],
) -> Steps[Mapping[int, Prepared]]:
    return (yield Request("prepare", preparations))


def read_ahead(ahead: Mapping[int, ReadingAhead]) -> Steps[None]:
    yield Request("read_ahead", ahead)


def retrieve(
    queries: Mapping[int, Sequence[TermQuery]],
) -> Steps[Mapping[int, Sequence[Retrieval]]]:
    return (yield Request("retrieve", queries))


def document_frequencies(
    terms: Mapping[int, Collection[str]],
) -> Steps[Mapping[int, Mapping[str, int]]]:
    return (yield Request("document_frequencies", terms, is_mostly_known=True))


def originals(titles: Mapping[int, Collection[str]]) -> Steps[Mapping[int, Set[str]]]:
    return (yield Request("originals", titles, is_mostly_known=True))


def links(
    quotations: Mapping[int, Mapping[PassageKey, Linked]],
) -> Steps[Mapping[int, Mapping[PassageKey, str]]]:
    return (yield Request("links", quotations, is_mostly_known=True))


def passages(
    keys: Mapping[int, Collection[PassageKey]],
) -> Steps[Mapping[int, Mapping[PassageKey, Passage]]]:
    return (yield Request("passages", keys))


def entries(shelf: int, slugs: Collection[str] | None = None) -> Steps[Mapping[str, Entry]]:
    replies = yield Request("entries", {shelf: slugs}, is_mostly_known=True)
    found: Mapping[str, Entry] = replies[shelf]
    return found


def unknown_entries(
    slugs: Mapping[int, Collection[str]],
) -> Steps[Mapping[int, Mapping[str, Entry]]]:
    """Return the entries of articles of which nothing was asked before."""
    return (yield Request("entries", slugs)) if slugs else {}


def article_passages(shelf: int, slug: str) -> Steps[Sequence[Passage]]:
    replies = yield Request("article_passages", {shelf: slug})
    found: Sequence[Passage] = replies[shelf]
    return found


def titles(lookup: TitleLookup, shelves: int) -> Steps[Mapping[int, Sequence[FoldedTitle]]]:
    """See `bot.core.seams.Snapshot.titles`; asked of so many shelves, from the first."""
    return (yield Request("titles", dict.fromkeys(range(shelves), lookup)))
