"""The catalogue in SQLite, written by the holder of the right to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from bot.core.article import Article, Version
from bot.core.light_typing import Protocol
from bot.core.passage import Passage
from bot.core.seams import FileRecord
from bot.index.catalogue_reader import OF_ARTICLE, Reading, SqliteCatalogueReader
from bot.index.index_folder import FORMAT
from bot.index.prepared_articles import PreparedArticle, prepare


class WritableSource(Reading, Protocol):
    """A source of connections to write to; see `bot.index.index_database.Database`."""

    def writing(self) -> AbstractContextManager[sqlite3.Connection]: ...
    def reset(self, damaged: tuple[int, int] | None = None) -> None: ...


class SqliteCatalogue(SqliteCatalogueReader):
    """The catalogue in a database of the index folder's tables, written by one thread at a time:
    that of an `Indexer`. Methods that write raise what those raise that read."""

    def __init__(self, database: WritableSource) -> None:
        super().__init__(database)
        self._database = database

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write, which one writer among all processes has at a time; changes made
        inside are committed at the end, or rolled back if it ends with an exception."""
        with self._database.writing():
            yield

    def reset(self, damaged: tuple[int, int] | None = None) -> None:
        """Delete everything, including what an engine keeps beside it, and start with an empty
        catalogue. Does nothing if that was already done since the file ``damaged``, if given, was
        found to be damaged."""
        self._database.reset(damaged)

    def finish(self, files: int) -> None:
        """Record that all articles are in the catalogue: questions do not read it before. Does
        nothing unless it has the records of so many files, for another process may have reset it
        since they were counted."""
        with self._database.writing() as connection:
            (held,) = connection.execute("SELECT count(*) FROM article").fetchone()
            if held == files:
                connection.execute(f"PRAGMA user_version = {FORMAT}")

    def put(
        self, article: Article, language: str, passages: Sequence[Passage], record: FileRecord
    ) -> None:
        """Store an article, replacing the one of the same slug."""
        self.put_prepared(prepare(article, language, passages, record))

    def put_prepared(self, article: PreparedArticle) -> None:
        """Keep an article in place of the one of the same slug."""
        self.remove(article.slug)
        record = article.record
        with self._database.reading() as connection:
            cursor = connection.execute(
                "INSERT INTO article (slug, path, size, modified, changed, digest, head, language,"
                " paragraphs, words, passages, checksum, title_hash, folded_title)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.slug,
                    *record.version,
                    record.sha256,
                    *article.shown,
                    article.checksum,
                    article.title_hash,
                    article.folded_title,
                ),
            )
            first = (cursor.lastrowid or 0) << 32
            connection.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((first + number, *row) for number, row in enumerate(article.passages)),
            )

    def touch(self, slug: str, version: Version) -> None:
        """Record that the file now has this version, with the same bytes."""
        with self._database.reading() as connection:
            connection.execute(
                "UPDATE article SET path = ?, size = ?, modified = ?, changed = ? WHERE slug = ?",
                (*version, slug),
            )

    def put_fault(self, slug: str, record: FileRecord) -> None:
        """Record that this version of a file is no article, so that it is not read again."""
        self.remove(slug)
        with self._database.reading() as connection:
            connection.execute(
                "INSERT INTO article (slug, path, size, modified, changed, digest, fault)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (slug, *record.version, record.sha256, record.fault and record.fault.to_json()),
            )

    def remove(self, slug: str) -> None:
        """Remove an article or a fault."""
        with self._database.reading() as connection:
            connection.execute(
                "DELETE FROM passage WHERE id IN (SELECT passage.id FROM article"  # noqa: S608
                f" JOIN passage ON {OF_ARTICLE} WHERE slug = ?)",
                (slug,),
            )
            connection.execute("DELETE FROM article WHERE slug = ?", (slug,))
