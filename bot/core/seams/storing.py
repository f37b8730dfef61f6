"""Seams between the core and the rooms that keep articles and index them."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from contextlib import AbstractAsyncContextManager, AbstractContextManager

from bot.core.article import Article, Draft, Version
from bot.core.errors import BotError, Problem
from bot.core.light_typing import Any, Protocol, TypeVar
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.seams.retrieval import (
    AsyncSnapshot,
    Entry,
    FoldedTitle,
    Hit,
    OpenSnapshot,
    Statistics,
    TitleLookup,
)

_T = TypeVar("_T")

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are in all."""


class Retriever(Protocol):
    """Finds passages by their terms. Several threads may call it at once.

    An exact one scores as ``rank_bm25.BM25Plus(k1=0.9, b=0.6, delta=0)`` does over all passages
    held: idf ``log((N + 1) / df)``, times ``tf (k1 + 1) / (tf + k1 (1 - b + b length / average))``
    (Lv and Zhai, "Lower-bounding term frequency normalization", CIKM 2011, with delta 0).
    A term that is asked for twice counts once.
    """

    def articles(self) -> Collection[str]:
        """Return the slugs of the articles held, those without passages too."""

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        """Return the best passages that share at least one term, best first, at most ``limit``; of
        equal scores the passage that was put first comes first. ``articles`` restricts what is
        found, not the statistics behind the scores."""

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        """Return the statistics of these terms over all passages, or over those of some
        articles."""


class SearchEngine(Retriever, Protocol):
    """A retriever as it is written, by one thread at a time: that of an `Indexer`. Raises
    `bot.core.errors.StorageError` if what it keeps on disk cannot be written."""

    def put(self, article: str, passages: Sequence[Sequence[str]]) -> None:
        """Set the article's passages (each the list of its terms), replacing those that it had.
        They are found from now on in this process."""

    def remove(self, article: str) -> None:
        """Forget the article's passages; nothing happens if it has none."""

    def commit(self) -> None:
        """Make all puts and removals since the last commit durable. If the process is killed before
        this returns, the state of the last commit remains."""

    def sweep(self) -> None:
        """Delete the files of writers that were killed an hour or more ago."""

    def background_fault(self) -> BotError | None:
        """Return the error that occurred in the background since the last call, or None."""

    def close(self) -> None:
        """Discard uncommitted changes, and wait for background work."""


class Fault(NamedTuple):
    """A file that is no article, and why."""

    path: str
    """Relative to the folder of articles, control characters escaped."""
    problem: Problem


class Listing(NamedTuple):
    """The content of a store: the articles' versions by slug, and the files that could not be
    articles."""

    versions: Mapping[str, Version]
    faults: Sequence[Fault]


class ArticleStore(Protocol):
    """The store of the articles: the truth, of which every index is a disposable copy. Called by an
    `Indexer` and by the commands that add and remove."""

    def list(self, slugs: Set[str] | None = None) -> Listing:
        """Return what the store holds now, by names, sizes and times alone; no file is opened. If
        slugs are given, only these are listed, at a cost that depends on their number alone. Raises
        `bot.core.errors.CorpusError` if the store as a whole cannot be read."""

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        """Read one article; returns it with the SHA-256 of its file's bytes, hexadecimal. Raises
        `bot.core.errors.ArticleError` if it is none."""

    def sha256(self, version: Version) -> str:
        """Return the SHA-256 of the file's bytes, hexadecimal; empty if it cannot be read."""

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        """Yield these files' bytes, with the slug of each; a file that cannot be read is left
        out."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Keep other writers, in any process or thread, out of their own `exclusive` until the
        context ends: a name that `list` shows as free in it is still free when `save` takes it.
        Waits for them. Raises `bot.core.errors.CorpusError` if the store cannot be read."""

    def save(self, slug: str, draft: Draft) -> str:
        """Write an article, whole or not at all, and return its location for people to read. Raises
        `bot.core.errors.ArticleError` or `bot.core.errors.CorpusError`."""

    def remove(self, slug: str) -> str:
        """Take an article out and return where it lay. Raises `bot.core.errors.AddressError` if
        there is none of that name."""

    def sweep(self) -> None:
        """Delete the files of writers that were killed an hour or more ago."""


class BulkIndexer(Protocol):
    """Reads many files at once into the catalogue and the engine that it was made with. Called by
    an `Indexer` where it says that they are enough for that."""

    def is_worth_it(self, files: Iterable[Version]) -> bool:
        """Return whether reading these together is faster than one after the other."""

    def index(self, files: Mapping[str, Version]) -> Iterator[tuple[str, bool]]:
        """Read these files, by slug, as `bot.core.passages.article_reading.read` does, and put each
        in place of the article of its slug. Yield each file's slug once what it holds is kept for
        good, and whether its bytes differ from before. Where the caller stops, what was yielded is
        kept, but only `restore` puts it into the engine. Raises `bot.core.errors.StorageError` if
        the index cannot be written."""

    def restore(self, slugs: Set[str], progress: Progress | None = None) -> None:
        """Put into the engine what the catalogue holds of these articles and the engine lacks: that
        happens if the caller, or the process, was stopped before the last file was read. Raises the
        same."""


class FileRecord(NamedTuple):
    """The catalogue's record of one file."""

    version: Version
    sha256: str
    """SHA-256 of the file's bytes, hexadecimal; empty if it could not be read."""
    fault: Problem | None
    """The reason why it is no article; None for an article."""


class CatalogueReader(Protocol):
    """Data read from the articles, kept so that a question opens no article's file: heads, passages
    with their sentences, and each file's version. Every method raises
    `bot.core.errors.DamagedIndexError` if the kept data is not what was written, and
    `bot.core.errors.StorageError` if it cannot be read at all."""

    def records(self, slugs: Iterable[str] | None = None) -> Mapping[str, FileRecord]:
        """Return the records of all files, or of the files of these slugs, by slug."""

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        """Return these articles (all, where None), by slug, in the slugs' order; missing ones are
        left out."""

    def titled(self, title: str) -> dict[str, Entry]:
        """Return the articles of this title, by slug, in order."""

    def languages(self) -> list[str]:
        """Return the languages of the articles, in order."""

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """Return these passages, by article and number; missing ones are left out."""

    def all_passages(self, slug: str) -> Iterator[Passage]:
        """One article's passages, in order."""

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        """See `bot.core.seams.Snapshot.titles`."""

    def count(self) -> int:
        """Return the number of articles."""


class Changes(NamedTuple):
    """The changes that a refresh found, by slug."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Index(Protocol):
    """The index of one store: read by questions, written by nothing else than its own methods.
    Safe for any number of threads."""

    def snapshot(self) -> OpenSnapshot:
        """Return all that is held now. If that is damaged, return what is held after a few seconds'
        repair, or what the articles' files hold. Raises `bot.core.errors.StorageError` if there is
        neither."""

    def refresh(self, progress: Progress | None = None, slugs: Set[str] | None = None) -> Changes:
        """Make the index what the store is now; returns what was different. ``slugs``, if they are
        given, are those of the articles that may have changed: nothing else is looked at. Nothing
        is written if nothing is different.

        Raises `bot.core.errors.CorpusError` if the store cannot be read, and
        `bot.core.errors.StorageError` if the index cannot be written."""

    def rebuild(self, progress: Progress | None = None) -> Changes:
        """Discard the index and rebuild it from the store. Raises as `refresh` does."""

    def fall_behind(self) -> None:
        """Take note that the index does not hold what the store does: until a refresh has ended, a
        snapshot is what the articles' files hold. Where nobody has the files, nothing happens."""

    def faults(self) -> list[Fault]:
        """Return the files that the last refresh found to be no articles, and why, by path."""

    def left_out(self, slug: str) -> AbstractContextManager[None]:
        """Leave this article out of the engine, its statistics included, until the context ends:
        for an evaluation, with an engine in memory that has no other user."""

    def close(self) -> None:
        """Wait for background work, and close all files."""


class RemoteIndex(Index, Protocol):
    """An index that is asked over a network: its snapshots should be awaited. Those of several
    such indexes of one cluster are awaited on one event loop, which is the cluster's own."""

    def async_snapshot(self) -> AbstractAsyncContextManager[AsyncSnapshot]:
        """Return the same as `snapshot`. To be entered on the cluster's own event loop."""

    def taken_up(self) -> int | None:
        """Return a version of the articles up to which the index is known to hold all changes; None
        if none is known. May be called on an event loop."""

    def is_latest(self, version: int) -> bool:
        """Return whether the articles have not changed since a version. Asks a server: not to be
        called on an event loop. Raises `bot.core.errors.UnreachableError`."""

    async def awaited(self, steps: Coroutine[Any, Any, _T]) -> _T:
        """Run a coroutine on the cluster's own event loop; to be called on any other."""
