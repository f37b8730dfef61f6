"""The articles in PostgreSQL: each the bytes of its file, as a folder would hold it.

A change, its version, its entry in the outbox and the notification are one transaction.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.outbox import CHANNEL
from bot.core.article import Article, Draft, Version
from bot.core.errors import AddressError, ArticleError
from bot.core.seams import Listing
from bot.service.tenants import Tenant
from bot.sources.corpus.batches import Batches
from bot.sources.corpus.file_names import check_name, slug_of
from bot.sources.corpus.folder import FileReader
from bot.sources.corpus.folder_writing import article_file
from bot.sources.formats.markdown import article_of

_ADDING = 0x61727461
"""First key of the locks of those who add articles; the second is the tenant's."""
_NEXT = "next AS (UPDATE state SET version = version + 1 RETURNING version)"
_NOTED = (
    "noted AS (INSERT INTO outbox (tenant, slug, version, kind)"
    " SELECT %(tenant)s, %(slug)s, version, %(kind)s FROM next"
    " ON CONFLICT (tenant, slug) DO UPDATE SET version = excluded.version, kind = excluded.kind)"
)
_SHELVED = (
    "shelved AS (INSERT INTO shelf (tenant, version) SELECT %(tenant)s, version FROM next"
    " ON CONFLICT (tenant) DO UPDATE SET version = excluded.version)"
)
_NOTIFIED = f"SELECT version, pg_notify('{CHANNEL}', '') FROM next"  # noqa: S608
_PUT = (
    f"WITH {_NEXT}, written AS (INSERT INTO article (tenant, slug, path, data, digest, version)"  # noqa: S608
    " SELECT %(tenant)s, %(slug)s, %(path)s, %(data)s, %(digest)s, version FROM next"
    " ON CONFLICT (tenant, slug) DO UPDATE SET path = excluded.path, data = excluded.data,"
    " digest = excluded.digest, written = excluded.written, version = excluded.version),"
    f" {_NOTED}, {_SHELVED} {_NOTIFIED}"
)
_REMOVE = (
    f"WITH {_NEXT}, gone AS (DELETE FROM article WHERE tenant = %(tenant)s AND slug = %(slug)s),"  # noqa: S608
    f" {_NOTED}, {_SHELVED} {_NOTIFIED}"
)
_AT_ONCE = 100
"""Number of files that are fetched together."""


class StoredFile(NamedTuple):
    """An article as it is kept: the bytes of a file."""

    slug: str
    """Without the tenant's prefix."""
    path: str
    """Path that the file has in a folder, with forward slashes."""
    data: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


class PostgresArticleStore:
    """Implements `bot.core.seams.ArticleStore`: the articles of one tenant. Can be pickled, for
    other processes that read."""

    def __init__(self, connections: Connections, tenant: Tenant, reader: FileReader) -> None:
        """``reader`` reads a file's bytes by its name. Nothing is read yet."""
        self._connections = connections
        self.tenant = tenant
        self._reader = reader
        self._held: dict[str, Version] | None = None
        self._batches: Batches[StoredFile] = Batches(self._alone, self._begin_turn, self._write)

    def __reduce__(self) -> tuple[type[PostgresArticleStore], tuple[object, ...]]:
        return PostgresArticleStore, (self._connections, self.tenant, self._reader)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Read the list of articles once, and keep it up to date with what is saved here, until the
        context ends: adding many articles then costs as much for each as adding one."""
        self._held = dict(self.list().versions)
        try:
            yield
        finally:
            self._held = None

    def together(self) -> AbstractContextManager[None]:
        """Write saved articles some at a time until the context ends; at the end all of them are
        there."""
        return self._batches.together()

    def _write(self, files: Iterable[StoredFile]) -> None:
        written = self.put(files)
        if self._held is not None:
            self._held.update(written)

    def list(self, slugs: Set[str] | None = None) -> Listing:
        if self._held is not None:
            return Listing(self._held, ())
        return Listing(self._versions(slugs), [])

    def _versions(self, slugs: Set[str] | None) -> dict[str, Version]:
        query = (
            "SELECT slug, path, octet_length(data), (extract(epoch FROM written) * 1e9)::bigint,"
            " version FROM article WHERE tenant = %s"
        )
        with self._connections.session() as session:
            if slugs is None:
                rows = session.execute(f"{query} ORDER BY slug", (self.tenant.name,)).fetchall()
            else:
                wanted = [slug for slug in slugs if _can_be_sent(slug)]
                rows = session.execute(
                    f"{query} AND slug = ANY(%s) ORDER BY slug", (self.tenant.name, wanted)
                ).fetchall()
        return {slug: Version(*version) for slug, *version in rows}

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        self._batches.settle()
        found = self.files([slug])
        if not found:
            raise ArticleError("article.not_in_database")
        drafts = self._reader(found[0].data, found[0].path)
        return article_of(slug, drafts[0]), found[0].sha256

    def sha256(self, version: Version) -> str:
        self._batches.settle()
        with self._connections.session() as session:
            row = session.execute(
                "SELECT digest FROM article WHERE tenant = %s AND slug = %s",
                (self.tenant.name, slug_of(PurePosixPath(version.path).name)),
            ).fetchone()
        return row[0] if row else ""

    def contents(self, versions: Mapping[str, Version]) -> Iterator[tuple[str, bytes]]:
        slugs = list(versions)
        for at in range(0, len(slugs), _AT_ONCE):
            for file in self.files(slugs[at : at + _AT_ONCE]):
                yield file.slug, file.data

    def exclusive(self) -> AbstractContextManager[None]:
        return self._batches.exclusive()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        key = (_ADDING, zlib.crc32(self.tenant.name.encode()) & 0x7FFFFFFF)
        with self._connections.session() as session:  # closed, and so unlocked, where this fails
            session.execute("SELECT pg_advisory_lock(%s, %s)", key)
            yield
            session.execute("SELECT pg_advisory_unlock(%s, %s)", key)

    def _begin_turn(self) -> None:
        if self._held is not None:  # others may have added since
            self._held = self._versions(None)

    def save(self, slug: str, draft: Draft) -> str:
        check_name(slug)
        file = StoredFile(slug, f"{slug}.md", article_file(draft))
        self._batches.add(slug, file)
        if self._held is not None and slug in self._batches:
            self._held[slug] = Version(file.path, len(file.data), 0, 0)  # until it is written
        return self._location(slug)

    def remove(self, slug: str) -> str:
        self._batches.settle()
        with self._connections.transaction() as session:
            found = (
                _can_be_sent(slug)
                and session.execute(
                    "SELECT 1 FROM article WHERE tenant = %s AND slug = %s FOR UPDATE",
                    (self.tenant.name, slug),
                ).fetchone()
            )
            if not found:
                raise AddressError("article.missing", slug=slug)
            values = {"tenant": self.tenant.name, "slug": slug, "kind": "remove"}
            session.execute(_REMOVE, values)
        if self._held is not None:
            self._held.pop(slug, None)
        return self._location(slug)

    def sweep(self) -> None:
        """Nothing is left by a writer that was killed: its transaction never happened."""

    # -- the bytes, for copying and for indexing -------------------------------------------------

    def put(self, files: Iterable[StoredFile]) -> dict[str, Version]:
        """Write files in one transaction, each in place of the one of its slug; return their
        versions."""
        values = [
            {
                "tenant": self.tenant.name,
                "slug": file.slug,
                "path": file.path,
                "data": file.data,
                "digest": file.sha256,
                "kind": "put",
            }
            for file in files
        ]
        with self._connections.transaction() as session, session.cursor() as cursor:
            cursor.executemany(_PUT, values)
        return self._versions({str(each["slug"]) for each in values})

    def files(self, slugs: Sequence[str]) -> Sequence[StoredFile]:
        """Return the files of these articles, in no order; missing ones are left out."""
        with self._connections.session() as session:
            rows = session.execute(
                "SELECT slug, path, data FROM article WHERE tenant = %s AND slug = ANY(%s)",
                (self.tenant.name, [slug for slug in slugs if _can_be_sent(slug)]),
            ).fetchall()
        return [StoredFile(*row) for row in rows]

    def fetched(self, slugs: Sequence[str]) -> FetchedArticles:
        """Return these articles, read at once; missing ones are left out."""
        with self._connections.session() as session:
            rows = session.execute(
                "SELECT slug, path, octet_length(data),"
                " (extract(epoch FROM written) * 1e9)::bigint, version, data, digest"
                " FROM article WHERE tenant = %s AND slug = ANY(%s)",
                (self.tenant.name, [slug for slug in slugs if _can_be_sent(slug)]),
            ).fetchall()
        held = {slug: (Version(*version), data, kept) for slug, *version, data, kept in rows}
        return FetchedArticles(held, self._reader)

    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each article's file, by slug, worked out of its bytes."""
        with self._connections.session() as session:
            rows = session.execute(
                "SELECT slug, encode(sha256(data), 'hex') FROM article WHERE tenant = %s",
                (self.tenant.name,),
            ).fetchall()
        return dict(rows)

    def _location(self, slug: str) -> str:
        return f"{self.tenant.prefix}{slug} in {self._connections.location()}"


def _can_be_sent(slug: str) -> bool:
    """Return whether PostgreSQL can hold a text: no surrogates, no NUL."""
    return "\0" not in slug and slug.encode("utf-8", "replace").decode() == slug


class FetchedArticles:
    """Some articles in memory, as they were at one moment; see
    `bot.core.passages.article_reading.ReadableArticles`."""

    def __init__(self, held: Mapping[str, tuple[Version, bytes, str]], reader: FileReader) -> None:
        """``held`` has each article's version, bytes and SHA-256 by its slug; ``reader`` reads a
        file's bytes by its name."""
        self._held = held
        self._reader = reader

    def versions(self) -> dict[str, Version]:
        """Return the articles' versions by slug."""
        return {slug: version for slug, (version, _, _) in self._held.items()}

    def get(self, slug: str, version: Version) -> tuple[Article, str]:
        held, data, sha256 = self._held[slug]
        return article_of(slug, self._reader(data, held.path)[0]), sha256

    def sha256(self, version: Version) -> str:
        return next((sha256 for held, _, sha256 in self._held.values() if held == version), "")
