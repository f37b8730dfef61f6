"""The catalogue as it is read: heads, passages and file versions, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from bot.core.article import Version
from bot.core.errors import DamagedIndexError
from bot.core.light_typing import Protocol
from bot.core.passage import Passage
from bot.core.seams import Entry, FileRecord, FoldedTitle, TitleLookup
from bot.index.rows import (
    KNOWN_ENTRIES,
    KNOWN_PASSAGES,
    IndexState,
    checksum_of,
    entry_of,
    passage_of,
    problem_of,
)

_PASSAGE = "passage.number, first, last, start, text, sentences, page, around, passage.checksum"
_ENTRIES = (
    "SELECT slug, checksum, head, language, paragraphs, words, passages"
    " FROM article WHERE fault IS NULL"
)
_AT_ONCE = 1000
"""Articles or passages that one statement asks for."""
_LAST = "\U0010ffff"
"""After every other character."""
OF_ARTICLE = "passage.id BETWEEN article.id << 32 AND (article.id << 32) + 4294967295"
"""A passage's id is its article's above its own number: so an article's passages lie together,
in a table whose rows fit their pages (an index, as WITHOUT ROWID has it, takes a page more for
each row of a kilobyte)."""


class Reading(Protocol):
    """A source of connections to read from; see `bot.index.index_database.Database.reading`."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]: ...


class SqliteCatalogueReader:
    """Implements `bot.core.seams.CatalogueReader` with whatever connection it is given."""

    def __init__(self, source: Reading, state: IndexState | None = None) -> None:
        """``state`` is the one state that the connection sees as long as this is used, and None if
        it may see several."""
        self._source = source
        self._state = state

    def records(self, slugs: Iterable[str] | None = None) -> Mapping[str, FileRecord]:
        query = "SELECT slug, path, size, modified, changed, digest, fault FROM article"
        with self._source.reading() as connection:
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
                slug: FileRecord(
                    Version(path, size, modified, changed),
                    sha256,
                    fault and problem_of(slug, fault),
                )
                for slug, path, size, modified, changed, sha256, fault in rows
            }

    def entries(self, slugs: Iterable[str] | None = None) -> dict[str, Entry]:
        if slugs is None:
            with self._source.reading() as connection:
                rows = connection.execute(f"{_ENTRIES} ORDER BY slug").fetchall()
            return {row[0]: entry_of(row) for row in rows}
        return KNOWN_ENTRIES.of(self._state, sorted(set(slugs)), self._read_entries)

    def _read_entries(self, asked: Sequence[str]) -> dict[str, Entry]:
        rows = []
        with self._source.reading() as connection:
            for at in range(0, len(asked), _AT_ONCE):
                some = asked[at : at + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                rows += connection.execute(
                    f"{_ENTRIES} AND slug IN ({marks}) ORDER BY slug", some
                ).fetchall()
        return {row[0]: entry_of(row) for row in rows}

    def titled(self, title: str) -> dict[str, Entry]:
        with self._source.reading() as connection:
            rows = connection.execute(
                f"{_ENTRIES} AND title_hash = ? ORDER BY slug", (checksum_of(title),)
            ).fetchall()
        found = map(entry_of, rows)
        return {entry.slug: entry for entry in found if entry.head.title == title}

    def languages(self) -> list[str]:
        state = self._state
        if state is None:
            return self._read_languages()
        if state.languages is None:
            state.languages = self._read_languages()
        return list(state.languages)

    def _read_languages(self) -> list[str]:
        # from each to the next in the index of languages, however many articles there are
        with self._source.reading() as connection:
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
        return KNOWN_PASSAGES.of(self._state, list(keys), self._read_passages)

    def _read_passages(self, asked: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        found = {}
        with self._source.reading() as connection:
            for at in range(0, len(asked), _AT_ONCE):
                some = asked[at : at + _AT_ONCE]
                rows = connection.execute(
                    f"WITH asked (name, number) AS (VALUES {', '.join(['(?, ?)'] * len(some))})"  # noqa: S608
                    f" SELECT name, asked.number, {_PASSAGE} FROM asked"
                    " CROSS JOIN article ON slug = name"
                    " LEFT JOIN passage ON passage.id = (article.id << 32) + asked.number"
                    " WHERE fault IS NULL AND asked.number < passages",
                    [value for key in some for value in key],
                )
                for row in rows:
                    slug, number = row[:2]
                    if row[2] is None:
                        raise DamagedIndexError("index.passage_missing", slug=slug, number=number)
                    found[slug, number] = passage_of(slug, row[2:])
        return found

    def all_passages(self, slug: str) -> Iterator[Passage]:
        with self._source.reading() as connection:
            rows = connection.execute(
                f"SELECT passages, {_PASSAGE} FROM article LEFT JOIN passage ON {OF_ARTICLE}"  # noqa: S608
                " WHERE slug = ? AND fault IS NULL ORDER BY passage.id",
                (slug,),
            ).fetchall()
        if rows and rows[0][0] != sum(row[1] is not None for row in rows):
            raise DamagedIndexError("index.passages_missing", slug=slug)
        for row in rows:
            if row[0]:
                yield passage_of(slug, row[1:])

    def titles(self, lookup: TitleLookup) -> Sequence[FoldedTitle]:
        query = ["SELECT folded_title, slug FROM article WHERE fault IS NULL"]
        values: list[str | int] = []
        if lookup.beginning:
            query.append("AND folded_title >= ? AND folded_title < ?")
            values += (lookup.beginning, lookup.beginning + _LAST)
        if lookup.slug_beginning:
            query.append("AND slug >= ? AND slug < ?")
            beginning = lookup.slug_beginning.encode("utf-8", "replace").decode()
            values += (beginning, beginning + _LAST)
        if lookup.holding:
            query.append(f"AND ({' OR '.join(['instr(folded_title, ?)'] * len(lookup.holding))})")
            values += lookup.holding
        query.append("ORDER BY folded_title, slug")
        if lookup.limit is not None or lookup.skip:
            query.append("LIMIT ? OFFSET ?")
            values += (-1 if lookup.limit is None else lookup.limit, lookup.skip)
        with self._source.reading() as connection:
            return list(map(FoldedTitle._make, connection.execute(" ".join(query), values)))

    def count(self) -> int:
        with self._source.reading() as connection:
            number: int = connection.execute(
                "SELECT count(*) FROM article WHERE fault IS NULL"
            ).fetchone()[0]
            return number
