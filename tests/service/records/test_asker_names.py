"""Names for people: of all processes, over a restart, and of no day that is over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.cluster.postgres.record_statements import PostgresStatements
from bot.service.records import open_records, records_over
from bot.service.records.asker_names import name_of
from bot.service.records.given_answers import DAY
from tests.cluster.postgres.servers import empty_records_database
from tests.fakes.clock import Clock


def keys(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT day, key FROM asker_key").fetchall()


def test_all_processes_name_a_person_alike_after_a_restart_too(tmp_path: Path) -> None:
    path, clock = tmp_path / "r.sqlite3", Clock()
    one, other = (open_records(path, clock) for _ in range(2))
    name = one.asker_names.of("ada")
    one.close()
    again = open_records(path, clock)
    assert [each.asker_names.of("ada") for each in (other, again)] == [name, name]
    ((day, key),) = keys(path)
    assert name == name_of("ada", bytes.fromhex(key))
    clock.seconds += DAY
    assert again.asker_names.of("ada") == other.asker_names.of("ada") != name
    assert [each for each, _ in keys(path)] == [day + 1]
    clock.seconds += DAY
    other.asker_names.forget_past()
    assert keys(path) == []
    for each in (other, again):
        each.close()


def test_processes_that_share_a_database_name_a_person_alike() -> None:
    connections, clock = empty_records_database(), Clock()
    first, second = (
        records_over(PostgresStatements(connections), clock, lambda: None, waits=True)
        for _ in range(2)
    )
    name = first.asker_names.of("ada")
    assert second.asker_names.of("ada") == name
    clock.seconds += DAY
    assert second.asker_names.of("ada") == first.asker_names.of("ada") != name
