"""Requests to snapshots: the core's algorithms yield them, and drivers send the replies.

So nothing else in the core waits for anything, and one algorithm serves a command line, which calls
snapshots in its own process, and a server that awaits remote ones.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence, Set

from bot.core.light_typing import TYPE_CHECKING, Any, Literal, TypeVar
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


Steps = Generator[Request, Mapping[int, Any], _T]
"""An algorithm that yields requests, is sent each one's replies by the shelf's number, and returns
its result."""


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
    """Return the same with snapshots that have to be waited for; those of one request are called at
    once."""
    import asyncio  # the command line does without

    try:
        request = next(steps)
        while True:
            replies = await asyncio.gather(
                *(
                    getattr(snapshots[shelf], request.method)(argument)
                    for shelf, argument in request.arguments.items()
                )
            )
            request = steps.send(dict(zip(request.arguments, replies, strict=True)))
    except StopIteration as stop:
        result: _T = stop.value
        return result


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
    return (yield Request("document_frequencies", terms))


def originals(titles: Mapping[int, Collection[str]]) -> Steps[Mapping[int, Set[str]]]:
    return (yield Request("originals", titles))


def links(
    quotations: Mapping[int, Mapping[PassageKey, Linked]],
) -> Steps[Mapping[int, Mapping[PassageKey, str]]]:
    return (yield Request("links", quotations))


def passages(
    keys: Mapping[int, Collection[PassageKey]],
) -> Steps[Mapping[int, Mapping[PassageKey, Passage]]]:
    return (yield Request("passages", keys))


def entries(shelf: int, slugs: Collection[str] | None = None) -> Steps[Mapping[str, Entry]]:
    replies = yield Request("entries", {shelf: slugs})
    found: Mapping[str, Entry] = replies[shelf]
    return found


def article_passages(shelf: int, slug: str) -> Steps[Sequence[Passage]]:
    replies = yield Request("article_passages", {shelf: slug})
    found: Sequence[Passage] = replies[shelf]
    return found


def titles(lookup: TitleLookup, shelves: int) -> Steps[Mapping[int, Sequence[FoldedTitle]]]:
    """See `bot.core.seams.Snapshot.titles`; asked of so many shelves, from the first."""
    return (yield Request("titles", dict.fromkeys(range(shelves), lookup)))
