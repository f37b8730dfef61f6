"""The catalogue in SQLite: heads, passages and file versions, read row by row.

An article and a passage each carry a checksum of all that is shown of them, for SQLite notices a
damaged page only where its structure is hurt, and a quotation must never be anything but what was
written. Texts are kept as UTF-8 bytes, in which a lone surrogate can be kept too.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from typing import Any, NamedTuple

from bot.core.article import Article, Head, Span, Version, count_words
from bot.core.errors import DamagedIndexError
from bot.core.passage import Passage
from bot.core.seams import Entry, FileRecord
from bot.index.database import Database

_PASSAGE = "passage.number, first, last, start, text, sentences, page, passage.checksum"
_ENTRIES = (
    "SELECT slug, checksum, head, language, paragraphs, words, passages"
    " FROM article WHERE fault IS NULL"
)
_AT_ONCE = 1000
"""Passages that one statement asks for."""
_OF_ARTICLE = "passage.id BETWEEN article.id << 32 AND (article.id << 32) + 4294967295"
"""A passage's id is its article's above its own number: so an article's passages lie together,
in a table whose rows fit their pages (an index, as WITHOUT ROWID has it, takes a page more for
each row of a kilobyte)."""


class Prepared(NamedTuple):
    """An article as the catalogue keeps it, ready to be written."""

    slug: str
    record: FileRecord
    shown: tuple[str, str, int, int, int]
    """Head as JSON, language, how many paragraphs, words and passages there are."""
    checksum: int
    title_hash: int
    is_digest: bool
    passages: Sequence[tuple[int | bytes | None, ...]]
    """Their rows, but for the ids."""


def prepare(
    article: Article, language: str, passages: Sequence[Passage], record: FileRecord
) -> Prepared:
    """What `SqliteCatalogue.put` writes; in whatever process there is time for it."""
    head = {key: value for key, value in article.head._asdict().items() if value is not None}
    shown = (
        json.dumps(head),
        language,
        len(article.paragraphs),
        count_words([article.text]),
        len(passages),
    )
    return Prepared(
        article.slug,
        record,
        shown,
        _checksum(article.slug, *shown),
        _checksum(article.head.title),
        article.head.digest_of is not None,
        [_row(each) for each in passages],
    )


class SqliteCatalogue:
    """Implements `bot.core.seams.Catalogue` in the index folder's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def writing(self) -> AbstractContextManager[None]:
        return self._writing()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._database.writing():
            yield

    def reset(self) -> None:
        self._database.reset()

    def records(self, slugs: Iterable[str] | None = None) -> Mapping[str, FileRecord]:
        query = "SELECT slug, path, size, modified, changed, digest, fault FROM article"
        with self._database.reading() as connection:
            rows = (
                connection.execute(query)
                if slugs is None
                else (
                    row
                    for slug in set(slugs)
                    for row in connection.execute(f"{query} WHERE slug = ?", (slug,))
                )
            )
            return {
                slug: FileRecord(Version(path, size, modified, changed), digest, fault)
                for slug, path, size, modified, changed, digest, fault in rows
            }

    def put(
        self, article: Article, language: str, passages: Sequence[Passage], record: FileRecord
    ) -> None:
        self.put_prepared(prepare(article, language, passages, record))

    def put_prepared(self, article: Prepared) -> None:
        """Keep an article in place of the one of the same slug."""
        self.remove(article.slug)
        record = article.record
        with self._database.reading() as connection:
            cursor = connection.execute(
                "INSERT INTO article (slug, path, size, modified, changed, digest, head, language,"
                " paragraphs, words, passages, checksum, title_hash, is_digest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.slug,
                    *record.version,
                    record.digest,
                    *article.shown,
                    article.checksum,
                    article.title_hash,
                    article.is_digest,
                ),
            )
            first = (cursor.lastrowid or 0) << 32
            connection.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((first + number, *row) for number, row in enumerate(article.passages)),
            )

    def touch(self, slug: str, version: Version) -> None:
        with self._database.reading() as connection:
            connection.execute(
                "UPDATE article SET path = ?, size = ?, modified = ?, changed = ? WHERE slug = ?",
                (*version, slug),
            )

    def put_fault(self, slug: str, record: FileRecord) -> None:
        self.remove(slug)
        with self._database.reading() as connection:
            connection.execute(
                "INSERT INTO article (slug, path, size, modified, changed, digest, fault)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (slug, *record.version, record.digest, record.fault),
            )

    def remove(self, slug: str) -> None:
        with self._database.reading() as connection:
            connection.execute(
                "DELETE FROM passage WHERE id IN (SELECT passage.id FROM article"  # noqa: S608
                f" JOIN passage ON {_OF_ARTICLE} WHERE slug = ?)",
                (slug,),
            )
            connection.execute("DELETE FROM article WHERE slug = ?", (slug,))

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        with self._database.reading() as connection:
            if slugs is None:
                rows = connection.execute(f"{_ENTRIES} ORDER BY slug").fetchall()
            else:
                rows = [
                    row
                    for slug in sorted(set(slugs))
                    for row in connection.execute(f"{_ENTRIES} AND slug = ?", (slug,))
                ]
        return {row[0]: _entry(row) for row in rows}

    def digests(self, slugs: Iterable[str]) -> dict[str, Entry]:
        asked = sorted(set(slugs))
        marks = ", ".join("?" * len(asked))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_ENTRIES} AND is_digest AND slug IN ({marks}) ORDER BY slug", asked
            ).fetchall()
        return {row[0]: _entry(row) for row in rows}

    def titled(self, title: str) -> dict[str, Entry]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_ENTRIES} AND title_hash = ? ORDER BY slug", (_checksum(title),)
            ).fetchall()
        found = map(_entry, rows)
        return {entry.slug: entry for entry in found if entry.head.title == title}

    def languages(self) -> list[str]:
        # from each to the next in the index of languages, however many articles there are
        with self._database.reading() as connection:
            rows = connection.execute(
                "WITH RECURSIVE known (language) AS ("
                " SELECT min(language) FROM article WHERE fault IS NULL"
                " UNION ALL"
                " SELECT (SELECT min(article.language) FROM article"
                " WHERE fault IS NULL AND article.language > known.language)"
                " FROM known WHERE known.language IS NOT NULL)"
                " SELECT language FROM known WHERE language IS NOT NULL"
            )
            return [language for (language,) in rows]

    def passages(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        asked = list(keys)
        found = {}
        with self._database.reading() as connection:
            for at in range(0, len(asked), _AT_ONCE):
                some = asked[at : at + _AT_ONCE]
                rows = connection.execute(
                    f"WITH asked (name, place) AS (VALUES {', '.join(['(?, ?)'] * len(some))})"  # noqa: S608
                    f" SELECT name, place, {_PASSAGE} FROM asked"
                    " CROSS JOIN article ON slug = name"
                    " LEFT JOIN passage ON passage.id = (article.id << 32) + place"
                    " WHERE fault IS NULL AND place < passages",
                    [value for key in some for value in key],
                )
                for slug, number, *row in rows:
                    if row[0] is None:
                        raise DamagedIndexError(f"{slug}: passage {number} is missing")
                    found[slug, number] = _passage(slug, row)
        return found

    def all_passages(self, slug: str) -> Iterator[Passage]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT passages, {_PASSAGE} FROM article LEFT JOIN passage ON {_OF_ARTICLE}"  # noqa: S608
                " WHERE slug = ? AND fault IS NULL ORDER BY passage.id",
                (slug,),
            ).fetchall()
        if rows and rows[0][0] != sum(row[1] is not None for row in rows):
            raise DamagedIndexError(f"{slug}: some of its passages are missing")
        for row in rows:
            if row[0]:
                yield _passage(slug, row[1:])


def _checksum(*values: object) -> int:
    """A CRC-32 of values that are numbers, texts or bytes, or None."""
    shown = [(len(value),) if type(value) is bytes else value for value in values]
    checksum = zlib.crc32(repr(shown).encode())
    for value in values:
        if type(value) is bytes:
            checksum = zlib.crc32(value, checksum)
    return checksum


def _row(passage: Passage) -> tuple[int | bytes | None, ...]:
    sentences = array("I", chain.from_iterable(passage.sentences)).tobytes()
    shown = (
        passage.number,
        passage.first,
        passage.last,
        passage.start,
        passage.text.encode("utf-8", "surrogatepass"),
        sentences,
        passage.page,
    )
    return (*shown, _checksum(passage.article, *shown))


def _passage(slug: str, row: Sequence[Any]) -> Passage:
    *shown, checksum = row
    if _checksum(slug, *shown) != checksum:
        raise DamagedIndexError(f"{slug}: passage {shown[0]} is not what was indexed")
    number, first, last, start, encoded, sentences, page = shown
    text = encoded.decode("utf-8", "surrogatepass")
    bounds = array("I", sentences)
    spans = tuple(map(Span._make, zip(bounds[::2], bounds[1::2], strict=True)))
    return Passage(slug, number, first, last, start, start + len(text), text, spans, page)


def _entry(row: Sequence[Any]) -> Entry:
    slug, checksum, *shown = row
    if _checksum(slug, *shown) != checksum:
        raise DamagedIndexError(f"{slug}: its head is not what was indexed")
    head, language, paragraphs, words, _ = shown
    return Entry(slug, Head(**json.loads(head)), language, paragraphs, words)
