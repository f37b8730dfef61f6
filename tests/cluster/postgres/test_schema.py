"""The tables: made, brought to the next version, and refused where they are of a later one."""

from __future__ import annotations

import threading

import pytest

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare, versions
from bot.cluster.postgres.steps import STEPS, Step
from bot.core.errors import StorageError

COLUMN = Step("ALTER TABLE article ADD COLUMN mark text NOT NULL DEFAULT ''")


def test_tables_are_made_once_however_many_begin_at_once(address: str) -> None:
    errors: list[BaseException] = []

    def begin() -> None:
        try:
            prepare(Connections(address))
        except BaseException as error:  # noqa: BLE001 - it is shown below
            errors.append(error)

    threads = [threading.Thread(target=begin) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [str(error) for error in errors] == []
    assert versions(Connections(address)) == (len(STEPS), 1)


def test_a_database_without_tables_has_no_version(address: str) -> None:
    assert versions(Connections(address)) is None


def test_each_database_has_a_name_of_its_own(connections: Connections) -> None:
    with connections.session() as session:
        (name,) = session.execute("SELECT identity FROM state").fetchone() or ("",)
    assert len(name) == 16
    prepare(connections)
    with connections.session() as session:
        assert session.execute("SELECT identity FROM state").fetchone() == (name,)


def test_the_version_before_works_on_beside_the_next(connections: Connections) -> None:
    later = (*STEPS, COLUMN)
    prepare(connections, later)
    prepare(connections)  # the version before, started again
    assert versions(connections) == (len(later), 1)


def test_tables_that_need_a_later_version_are_refused_in_one_line(connections: Connections) -> None:
    prepare(connections, (*STEPS, COLUMN._replace(oldest=len(STEPS) + 1)))
    with pytest.raises(StorageError, match=r"storage\.newer") as caught:
        prepare(connections)
    assert caught.value.data["found"] == len(STEPS) + 1


def test_a_step_that_fails_changes_nothing(connections: Connections) -> None:
    broken = (*STEPS, COLUMN, Step("ALTER TABLE nowhere ADD COLUMN mark text"))
    with pytest.raises(StorageError, match=r"storage\.refused"):
        prepare(connections, broken)
    assert versions(connections) == (len(STEPS), 1)
