"""What the core asks of the rooms that keep articles and the index of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from bot.core.article import Article, Draft, Version
from bot.core.passage import Passage
from bot.core.seams.retrieval import Entry, Hit, Statistics

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are in all."""


class SearchEngine(Protocol):
    """Finds passages by their terms. Called by `bot.core.shelf`, one thread at a time for put,
    remove and commit; search and statistics may come from several threads at once.

    Scores are those of ``rank_bm25.BM25Plus(k1=0.9, b=0.6, delta=0)`` over all passages held:
    idf ``log((N + 1) / df)``, times ``tf (k1 + 1) / (tf + k1 (1 - b + b length / average))``
    (Lv and Zhai, "Lower-bounding term frequency normalization", CIKM 2011, with delta 0).
    A term that is asked for twice counts once. Raises `bot.core.errors.StorageError` where what
    it keeps on disk cannot be written.
    """

    def put(self, article: str, passages: Sequence[Sequence[str]]) -> None:
        """Hold these passages (each the list of its terms) as that article's; those that it
        had are forgotten. Found from now on in this process."""

    def remove(self, article: str) -> None:
        """Forget the article's passages; nothing happens where it has none."""

    def commit(self) -> None:
        """Make what was put and removed last. A process that is killed before this leaves what
        the last commit left."""

    def articles(self) -> Collection[str]:
        """The slugs of the articles held, those without passages too."""

    def search(
        self, terms: Collection[str], limit: int, articles: Set[str] | None = None
    ) -> list[Hit]:
        """The best passages that share at least one term, best first, at most ``limit``; of
        equal scores the passage that was put first comes first. ``articles`` restricts what is
        found, not the statistics behind the scores."""

    def statistics(self, terms: Iterable[str], articles: Set[str] | None = None) -> Statistics:
        """The statistics of these terms over all passages, or over those of some articles."""


class Fault(NamedTuple):
    """A file that is no article, and why: one line each."""

    path: str
    """Relative to the folder of articles, control characters escaped."""
    reason: str


class Listing(NamedTuple):
    """What lies in a store: the articles' versions by slug, and what could not be an article."""

    versions: Mapping[str, Version]
    faults: Sequence[Fault]


class ArticleStore(Protocol):
    """Where the articles lie: the truth, of which every index is a disposable copy. Called by
    `bot.core.shelf` and by the commands that add and remove."""

    def list(self, slugs: Set[str] | None = None) -> Listing:
        """What is there now, by names, sizes and times alone; no file is opened. Of these slugs
        alone where some are given, at the cost of these. Raises `bot.core.errors.CorpusError`
        where the store as a whole cannot be read."""

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        """Read one article; returns it with the SHA-256 of its file's bytes, hexadecimal. Raises
        `bot.core.errors.ArticleError` where it is none."""

    def digest(self, version: Version) -> str:
        """The SHA-256 of the file's bytes, hexadecimal; empty where it cannot be read."""

    def save(self, slug: str, draft: Draft) -> str:
        """Write an article, whole or not at all, and return where it lies, for people to read.
        Raises `bot.core.errors.ArticleError` or `bot.core.errors.CorpusError`."""

    def remove(self, slug: str) -> str:
        """Take an article out and return where it lay. Raises `bot.core.errors.AddressError`
        where there is none of that name."""


class BulkIndexer(Protocol):
    """Reads many files at once into the catalogue and the engine that it was made with. Called by
    `bot.core.shelf` where it says that they are enough for that."""

    def is_worth_it(self, files: Iterable[Version]) -> bool:
        """Whether to read these together is faster than one after the other."""

    def index(self, files: Mapping[str, Version]) -> Iterator[tuple[str, bool]]:
        """Read these files, by slug, as `bot.core.reading.read` does, and put each in place of the
        article of its slug. Gives each file's slug when what it holds is kept for good, and
        whether its bytes were others before. Where the caller stops, what was given is kept, but
        only `restore` puts it into the engine.
        Raises `bot.core.errors.StorageError` where the index cannot be written."""

    def restore(self, slugs: Set[str], progress: Progress | None = None) -> None:
        """Put into the engine what the catalogue holds of these articles, where the engine lacks
        it: it does where the caller, or the process, was stopped before the last file was read.
        Raises the same."""


class FileRecord(NamedTuple):
    """What a catalogue remembers of one file."""

    version: Version
    digest: str
    """SHA-256 of the file's bytes, hexadecimal; empty where it could not be read."""
    fault: str | None
    """Why it is no article, in one line; None for an article."""


class Catalogue(Protocol):
    """What was read off the articles, kept so that a question opens no article's file: heads,
    passages with their sentences, and each file's version. Called by `bot.core.shelf`; reading
    methods may be called from several threads. Every method raises
    `bot.core.errors.DamagedIndexError` where what was kept is not what was written, and
    `bot.core.errors.StorageError` where it cannot be read or written at all."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the right to write, the only one to do so among all processes; what is written
        inside lasts when it ends, and is forgotten where it ends with an exception."""

    def reset(self) -> None:
        """Forget everything and start anew with an empty catalogue; for a damaged one."""

    def records(self, slugs: Iterable[str] | None = None) -> Mapping[str, FileRecord]:
        """What is remembered of each file, or of the files of these slugs, by slug."""

    def put(
        self, article: Article, language: str, passages: Sequence[Passage], record: FileRecord
    ) -> None:
        """Keep an article in place of the one of the same slug."""

    def touch(self, slug: str, version: Version) -> None:
        """Remember that the file has this version now, with the same bytes."""

    def put_fault(self, slug: str, record: FileRecord) -> None:
        """Remember that this version of a file is no article, so as not to read it again."""

    def remove(self, slug: str) -> None:
        """Forget an article or a fault."""

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        """These articles (all, where None), by slug, in the slugs' order; what is not there is
        left out."""

    def digests(self, slugs: Iterable[str]) -> dict[str, Entry]:
        """Those of these articles that are digests of another text, by slug, in order."""

    def titled(self, title: str) -> dict[str, Entry]:
        """The articles of this title, by slug, in order."""

    def languages(self) -> list[str]:
        """The languages of the articles, in order."""

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """These passages, by article and number; what is not there is left out."""

    def all_passages(self, slug: str) -> Iterator[Passage]:
        """One article's passages, in order."""
