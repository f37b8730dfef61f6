"""Moving records between their SQLite file and the database, either way.

Both have the same tables and columns; the keys of a day are not moved, for each database makes its
own. A row counts as moved once the target holds the same row; a
number that a database gave to a row by itself (``id``) is no part of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.file_moving import Moved
from bot.cluster.postgres.record_statements import storable
from bot.core.errors import StorageError

_GIVEN = "id"
_TOGETHER = 500


class Table(NamedTuple):
    name: str
    columns: tuple[str, ...]
    """Without those whose values the database gives."""
    key: tuple[str, ...]
    """The columns of the primary key; empty if the database gives that."""


class RecordTables(Protocol):
    """A database of records, table by table."""

    def tables(self) -> Sequence[Table]:
        """Return the tables, in the order of their names."""

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Yield a table's rows, in the order in which they were written."""

    def put(self, table: Table, rows: Sequence[tuple[Any, ...]], *, replace: bool) -> None:
        """Write the rows whose keys the table lacks, with ``replace`` all."""


class SqliteTables:
    """The records in a SQLite file that nobody else writes to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def tables(self) -> Sequence[Table]:
        with closing(self._opened()) as file:
            names = file.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " AND name <> 'asker_key' ORDER BY name"
            ).fetchall()
            return [self._table(file, name) for (name,) in names]

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        order = ", ".join(table.key or (_GIVEN,))
        with closing(self._opened()) as file:
            yield from file.execute(
                f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {order}"  # noqa: S608
            )

    def put(self, table: Table, rows: Sequence[tuple[Any, ...]], *, replace: bool) -> None:
        marks = ", ".join("?" * len(table.columns))
        names = f"{table.name} ({', '.join(table.columns)})"
        if table.key:
            verb = "INSERT OR REPLACE" if replace else "INSERT OR IGNORE"
            statement = f"{verb} INTO {names} VALUES ({marks})"
        else:
            same = " AND ".join(f"{column} IS ?" for column in table.columns)
            statement = (
                f"INSERT INTO {names} SELECT {marks} WHERE NOT EXISTS"  # noqa: S608
                f" (SELECT 1 FROM {table.name} WHERE {same})"
            )
            rows = [row * 2 for row in rows]
        with closing(self._opened()) as file, file:
            file.executemany(statement, rows)

    def _table(self, file: sqlite3.Connection, name: str) -> Table:
        found = file.execute(f"PRAGMA table_info({name})").fetchall()
        keys = sorted((ordinal, column) for _, column, _, _, _, ordinal in found if ordinal)
        key = tuple(column for _, column in keys)
        columns = tuple(sorted(column for _, column, *_ in found if column != _GIVEN))
        return Table(name, columns, () if key == (_GIVEN,) else key)

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path)


class PostgresTables:
    """The records in PostgreSQL; of its tables those that a list names."""

    def __init__(self, connections: Connections, names: Sequence[str]) -> None:
        self._connections = connections
        self._names = list(names)

    def tables(self) -> Sequence[Table]:
        return [self._table(name) for name in sorted(self._names)]

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        order = ", ".join(table.key or (_GIVEN,))
        columns = ", ".join(table.columns)
        with self._connections.transaction() as session, session.cursor(name="rows") as cursor:
            cursor.execute(f"SELECT {columns} FROM {table.name} ORDER BY {order}".encode())  # noqa: S608
            yield from cursor

    def put(self, table: Table, rows: Sequence[tuple[Any, ...]], *, replace: bool) -> None:
        kinds = self._kinds(table)
        marks = ", ".join(f"%s::{kinds[column]}" for column in table.columns)
        names = f"{table.name} ({', '.join(table.columns)})"
        values = [
            tuple(
                bool(value) if kinds[column] == "boolean" and value is not None else storable(value)
                for column, value in zip(table.columns, row, strict=True)
            )
            for row in rows
        ]
        if table.key:
            new = ", ".join(f"{column} = excluded.{column}" for column in table.columns)
            then = f"UPDATE SET {new}" if replace else "NOTHING"
            statement = (
                f"INSERT INTO {names} VALUES ({marks})"  # noqa: S608
                f" ON CONFLICT ({', '.join(table.key)}) DO {then}"
            )
        else:
            same = " AND ".join(
                f"{column} IS NOT DISTINCT FROM %s::{kinds[column]}" for column in table.columns
            )
            statement = (
                f"INSERT INTO {names} SELECT {marks} WHERE NOT EXISTS"  # noqa: S608
                f" (SELECT 1 FROM {table.name} WHERE {same})"
            )
            values = [row * 2 for row in values]
        with self._connections.transaction() as session, session.cursor() as cursor:
            cursor.executemany(statement.encode(), values)

    def _table(self, name: str) -> Table:
        with self._connections.session() as session:
            found = session.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name = %s",
                (name,),
            ).fetchall()
            keys = session.execute(
                "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid"
                " AND attnum = ANY(indkey) WHERE indisprimary AND indrelid = %s::regclass"
                " ORDER BY array_position(indkey, attnum)",
                (name,),
            ).fetchall()
        if not found:
            raise StorageError(
                "records.unknown_table", location=self._connections.location(), name=name
            )
        columns = tuple(sorted(column for (column,) in found if column != _GIVEN))
        key = tuple(column for (column,) in keys)
        return Table(name, columns, () if key == (_GIVEN,) else key)

    def _kinds(self, table: Table) -> dict[str, str]:
        with self._connections.session() as session:
            return dict(
                session.execute(
                    "SELECT column_name, data_type FROM information_schema.columns"
                    " WHERE table_schema = current_schema() AND table_name = %s",
                    (table.name,),
                ).fetchall()
            )


def move_records(source: RecordTables, target: RecordTables, *, replace: bool = False) -> Moved:
    """Copy the rows that the target lacks, with ``replace`` also those that differ there. Raises
    `bot.core.errors.BotError` if something cannot be read or written; what was copied until then
    stays."""
    total = there = 0
    differing: list[str] = []
    targets = {table.name: table for table in target.tables()}
    for table in source.tables():
        if targets[table.name].columns != table.columns:
            raise StorageError("records.unlike_tables", name=table.name)
        waiting: list[tuple[Any, ...]] = []
        for row in source.rows(table):
            waiting.append(row)
            if len(waiting) == _TOGETHER:
                target.put(table, waiting, replace=replace)
                waiting = []
        if waiting:
            target.put(table, waiting, replace=replace)
        held = {_comparable(row) for row in target.rows(targets[table.name])}
        lacking = 0
        for row in source.rows(table):
            total += 1
            lacking += _comparable(row) not in held
        there -= lacking
        if lacking:
            differing.append(f"{lacking} of {table.name}")
    return Moved("records", total, total + there, differing)


def _comparable(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row so that it is equal to the same one of another database, without NULs, which
    one of them cannot hold."""
    return tuple(map(storable, row))
