"""Moving articles and kept answers between a folder and the database, either way.

Each article is copied as the bytes of its file, and counts as moved once the target holds bytes of
the same SHA-256. Nothing is deleted; what differs at the target is left as it is unless it is to be
replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from bot.cluster.postgres.article_store import StoredFile
from bot.core.article import Version
from bot.core.seams import Progress
from bot.core.seams.pairs import KeptPairs
from bot.sources.corpus.answers_file import question_key
from bot.sources.corpus.file_names import check_name, slug_of
from bot.sources.corpus.folder import CorpusFolder, read_regular_file

_TOGETHER = 100
"""Number of articles that are copied at a time."""


class Moved(NamedTuple):
    """The result of moving one part, such as a server's articles."""

    part: str
    total: int
    """Number of things at the source."""
    there: int
    """Number of them that are at the target now, the same."""
    differing: Sequence[str] = ()
    """Names of those that differ at the target, and were left as they are."""
    unreadable: Sequence[str] = ()
    """Names of files at the source that are no articles, and were left where they are."""

    @property
    def is_whole(self) -> bool:
        """True if all is there."""
        return self.there == self.total


class ArticleFiles(Protocol):
    """Articles as files, by slug."""

    def hashes(self) -> Mapping[str, str]:
        """Return the SHA-256 of each file's bytes, worked out of the bytes."""

    def files(self, slugs: Sequence[str]) -> Sequence[StoredFile]:
        """Return these files; missing ones are left out."""

    def put(self, files: Iterable[StoredFile]) -> object:
        """Write files, each in place of the one of its slug."""


class FolderFiles:
    def __init__(
        self, store: CorpusFolder, largest: int, write: Callable[[Path, bytes], None]
    ) -> None:
        """``largest`` is in bytes; ``write`` writes a file whole or not at all."""
        self._store = store
        self._largest = largest
        self._write = write
        self._hashes: dict[str, tuple[Version, str]] = {}

    def unreadable(self) -> list[str]:
        """Return the files that cannot be articles."""
        return [fault.path for fault in self._store.list().faults]

    def hashes(self) -> Mapping[str, str]:
        known, self._hashes = self._hashes, {}
        for slug, version in self._store.list().versions.items():
            before = known.get(slug)
            same = before is not None and before[0] == version
            sha256 = before[1] if before and same else self._store.sha256(version)
            self._hashes[slug] = version, sha256
        return {slug: sha256 for slug, (_, sha256) in self._hashes.items()}

    def files(self, slugs: Sequence[str]) -> Sequence[StoredFile]:
        found = []
        for slug, version in self._store.list(set(slugs)).versions.items():
            data = read_regular_file(self._store.root / version.path, self._largest)
            found.append(StoredFile(slug, version.path, data))
        return found

    def put(self, files: Iterable[StoredFile]) -> None:
        for file in files:
            path = self._store.root / self._path_of(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, file.data)

    def _path_of(self, file: StoredFile) -> str:
        """Return where a file belongs: where the one of its slug is, or where it was, never outside
        of the folder."""
        check_name(file.slug)
        known = self._store.list({file.slug}).versions.get(file.slug)
        path = PurePosixPath(file.path)
        if known is not None and PurePosixPath(known.path).suffix == path.suffix:
            return known.path
        hidden = any(part.startswith(".") for part in path.parts)
        if path.is_absolute() or hidden or slug_of(path.name) != file.slug:
            return f"{file.slug}.md"
        return file.path


def move_files(
    part: str,
    source: ArticleFiles,
    target: ArticleFiles,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Moved:
    """Copy the articles that the target lacks, with ``replace`` also those that differ there.
    Raises `bot.core.errors.BotError` if something cannot be read or written; what was copied until
    then stays."""
    wanted, known = source.hashes(), target.hashes()
    differing = sorted(slug for slug in wanted.keys() & known.keys() if wanted[slug] != known[slug])
    lacking = sorted(wanted.keys() - known.keys())
    copied = [*lacking, *differing] if replace else lacking
    for at in range(0, len(copied), _TOGETHER):
        target.put(source.files(copied[at : at + _TOGETHER]))
        if progress is not None:
            progress(min(at + _TOGETHER, len(copied)), len(copied))
    held = target.hashes() if copied else known
    there = sum(held.get(slug) == sha256 for slug, sha256 in wanted.items())
    left = [] if replace else differing
    unreadable = source.unreadable() if isinstance(source, FolderFiles) else ()
    return Moved(part, len(wanted), there, left, unreadable)


def move_pairs(
    part: str, source: KeptPairs, target: KeptPairs, *, replace: bool = False
) -> Moved | None:
    """Copy the kept answers in the same way; None if there are none. Raises the same."""
    pairs = list(reversed(source.pairs()))
    if not pairs:
        return None
    known = {question_key(pair.question): pair for pair in target.pairs()}
    differing = []
    for pair in pairs:
        before = known.get(question_key(pair.question))
        if before is not None and before != pair and not replace:
            differing.append(pair.question)
        elif before != pair:
            target.keep(pair)
    held = {question_key(pair.question): pair for pair in target.pairs()}
    there = sum(held.get(question_key(pair.question)) == pair for pair in pairs)
    return Moved(part, len(pairs), there, differing)
