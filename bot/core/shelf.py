"""A shelf: a store of articles and the index of it, under the prefix of its addresses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence, Set
from contextlib import AsyncExitStack, ExitStack, contextmanager

from bot.core.article import Article
from bot.core.errors import (
    AddressError,
    ArticleError,
    IndexBusyError,
    StorageError,
    UnfinishedIndexError,
    UnreachableError,
)
from bot.core.light_typing import TYPE_CHECKING, TypeGuard, TypeVar
from bot.core.passage import Passage
from bot.core.requests import awaited_at_once
from bot.core.seams import (
    ArticleStore,
    AsyncSnapshot,
    Changes,
    Entry,
    Fault,
    Index,
    OpenSnapshot,
    Progress,
    RemoteIndex,
    Snapshot,
)

if TYPE_CHECKING:
    from bot.core.seams.pairs import KeptPairs

_TRIES = 4
"""Number of attempts when a snapshot turns out to be damaged: the next attempt reads a repaired
index, or the articles' files."""

_T = TypeVar("_T")


class Shelf:
    """One store of articles and its index. Safe for any number of threads."""

    def __init__(
        self, store: ArticleStore, index: Index, prefix: str = "", kept: KeptPairs | None = None
    ) -> None:
        """``prefix`` is put before the slugs in addresses: ``""`` for everyone's articles,
        ``"42/"`` for those of server 42. ``kept`` are the pairs that this shelf's editors keep;
        they cite articles by their whole addresses."""
        self.kept = kept
        self.store = store
        self.index = index
        self.prefix = prefix

    def snapshot(self) -> OpenSnapshot:
        """Return all that the index holds now, held until the context ends. Callers that can start
        anew where it is damaged use `read`."""
        return self.index.snapshot()

    def read(self, action: Callable[[Snapshot], _T]) -> _T:
        return read([self], lambda snapshots: action(snapshots[0]))

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        return self.index.refresh(progress, slugs)

    def fall_behind(self) -> None:
        self.index.fall_behind()

    def faults(self) -> list[Fault]:
        return self.index.faults()

    def close(self) -> None:
        self.index.close()

    def holds(self, slug: str) -> bool:
        """Return whether there is an article of this name."""
        return bool(self.entries([slug]))

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        """Return all articles, or those of these slugs, by slug."""
        wanted = None if slugs is None else list(slugs)
        return dict(self.read(lambda snapshot: snapshot.entries(wanted)))

    def passages(self, slug: str) -> list[Passage]:
        """Return one article's passages, in order."""
        return list(self.read(lambda snapshot: snapshot.article_passages(slug)))

    @contextmanager
    def left_out(self, slug: str) -> Iterator[None]:
        with self.index.left_out(slug):
            yield

    def article(self, slug: str) -> Article:
        """Return one article as its file holds it now; raises `bot.core.errors.AddressError` if
        there is none, and `bot.core.errors.ArticleError` if the file is none any more."""
        version = self.store.list({slug}).versions.get(slug)
        if version is None:
            raise AddressError("article.missing", slug=self.prefix + slug)
        try:
            return self.store.get(slug, version)[0]
        except ArticleError as error:
            raise ArticleError(
                "article.unreadable", slug=self.prefix + slug, error=error
            ) from error


def read(shelves: Sequence[Shelf], action: Callable[[Sequence[Snapshot]], _T]) -> _T:
    """Call a function with a snapshot of each of these shelves, and again with new snapshots if one
    turns out to be damaged. Raises `bot.core.errors.StorageError` if that does not help, and
    `bot.core.errors.UnreachableError` or `bot.core.errors.IndexBusyError` at once."""
    for tries in range(_TRIES):
        try:
            with ExitStack() as stack:
                return action([stack.enter_context(shelf.snapshot()) for shelf in shelves])
        except (UnreachableError, IndexBusyError):
            raise
        except StorageError:
            if tries == _TRIES - 1:
                raise
    raise AssertionError


def are_remote(shelves: Sequence[Shelf]) -> bool:
    """Return whether all of these shelves are asked over a network."""
    return bool(shelves) and all(_is_remote(shelf.index) for shelf in shelves)


def _is_remote(index: Index) -> TypeGuard[RemoteIndex]:
    """Return whether an index is a remote one. ``isinstance`` with a Protocol would load the
    module ``inspect`` from Python 3.12 on."""
    return hasattr(index, "async_snapshot")


def taken_up(shelves: Sequence[Shelf]) -> tuple[tuple[str, int], ...] | None:
    """Return versions of remote shelves, with their prefixes, whose changes are known to be found;
    None if one of them is not known. See `bot.core.seams.RemoteIndex.taken_up`."""
    found: list[tuple[str, int]] = []
    for shelf in shelves:
        version = shelf.index.taken_up() if _is_remote(shelf.index) else None
        if version is None:
            return None
        found.append((shelf.prefix, version))
    return tuple(found)


def are_latest(shelves: Sequence[Shelf], versions: Sequence[tuple[str, int]]) -> bool:
    """Return whether these are the latest versions of remote shelves, as `taken_up` returned them.
    See `bot.core.seams.RemoteIndex.is_latest`."""
    return all(
        _is_remote(shelf.index) and shelf.index.is_latest(version)
        for shelf, (_, version) in zip(shelves, versions, strict=True)
    )


async def read_remote(
    shelves: Sequence[Shelf], action: Callable[[Sequence[AsyncSnapshot]], Awaitable[_T]]
) -> _T:
    """Do the same as `read` with remote shelves. To be called on any event loop; the function is
    called on the shelves' own."""
    indexes = [shelf.index for shelf in shelves if _is_remote(shelf.index)]

    async def attempt() -> _T:
        for tries in range(_TRIES):
            try:
                async with AsyncExitStack() as stack:
                    opening = [
                        stack.enter_async_context(index.async_snapshot()) for index in indexes
                    ]
                    snapshots = await awaited_at_once(opening)
                    return await action(snapshots)
            except (UnreachableError, UnfinishedIndexError):  # that takes more than a moment
                raise
            except StorageError:
                if tries == _TRIES - 1:
                    raise
        raise AssertionError

    return await indexes[0].awaited(attempt())
