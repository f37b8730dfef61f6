"""Records in PostgreSQL: statements in the SQL that `bot.service.records.statements` describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from bot.cluster.postgres.connections import Connections


class FetchedRows:
    """Implements `bot.service.records.statements.Rows`, with the session given back already."""

    def __init__(self, rows: Sequence[Any], rowcount: int) -> None:
        self.rowcount = rowcount
        self._rows = iter(rows)

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def __iter__(self) -> Iterator[Any]:
        return self._rows


class PostgresStatements:
    """Implements `bot.service.records.statements.Statements`. Safe for any number of threads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def execute(self, statement: str, values: Sequence[Any] = ()) -> FetchedRows:
        with self._connections.session() as session:
            cursor = session.execute(_translated(statement), [*map(storable, values)])
            rows = cursor.fetchall() if cursor.description else ()
            return FetchedRows(rows, cursor.rowcount)


@cache
def _translated(statement: str) -> bytes:
    """Return a statement with psycopg's marks for values."""
    return statement.replace("%", "%%").replace("?", "%s").encode()


def storable(value: Any) -> Any:
    """Return a value as PostgreSQL can hold it: no NUL in a text."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
