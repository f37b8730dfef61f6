"""The mirror: a folder of articles that goes on being copied into the database as its files change.

It writes what changed in the folder, and removes what it had written and is there no longer; what
came into the database in other ways is left alone.
"""

from __future__ import annotations

from contextlib import suppress

from bot.cluster.postgres.article_store import PostgresArticleStore
from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.file_moving import FolderFiles
from bot.core.errors import AddressError
from bot.core.seams import Changes

_TOGETHER = 100


class FolderMirror:
    """Mirrors a folder into everyone's articles. One process of all calls it at a time."""

    def __init__(
        self, connections: Connections, files: FolderFiles, store: PostgresArticleStore
    ) -> None:
        self._connections = connections
        self._files = files
        self._store = store

    def copy(self) -> Changes:
        """Bring the database up to date with the folder; return what was different. Raises
        `bot.core.errors.CorpusError` if the folder cannot be read: then nothing is removed, and
        `bot.core.errors.StorageError` if the database cannot be written."""
        wanted, known = self._files.hashes(), self._known()
        gone = sorted(known.keys() - wanted.keys())
        changed = sorted(slug for slug, sha256 in wanted.items() if known.get(slug) != sha256)
        for at in range(0, len(changed), _TOGETHER):
            files = self._files.files(changed[at : at + _TOGETHER])
            self._store.put(files)
            self._note({file.slug: file.sha256 for file in files})
        for slug in gone:
            with suppress(AddressError):  # somebody has removed it already
                self._store.remove(slug)
            self._forget(slug)
        added = tuple(slug for slug in changed if slug not in known)
        return Changes(added, tuple(slug for slug in changed if slug in known), tuple(gone))

    def _known(self) -> dict[str, str]:
        with self._connections.session() as session:
            return dict(session.execute("SELECT slug, digest FROM mirrored").fetchall())

    def _note(self, hashes: dict[str, str]) -> None:
        with self._connections.transaction() as session, session.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO mirrored (slug, digest) VALUES (%s, %s)"
                " ON CONFLICT (slug) DO UPDATE SET digest = excluded.digest",
                list(hashes.items()),
            )

    def _forget(self, slug: str) -> None:
        with self._connections.session() as session:
            session.execute("DELETE FROM mirrored WHERE slug = %s", (slug,))
