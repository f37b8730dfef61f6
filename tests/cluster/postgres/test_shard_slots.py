"""Shares of Discord's shards: each is one process's at a time, and free when that is dead."""

from __future__ import annotations

import signal

import pytest

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from bot.cluster.postgres.shard_slots import ShardSlots
from bot.core.errors import StorageError, UnreachableError
from bot.service.operations.sharding import Share
from tests.cluster.postgres.servers import own_server


@pytest.fixture(autouse=True)
def grown_up(connections: Connections) -> None:
    """Wait until the server is old enough for a spare to take a share."""
    with connections.session() as session:
        session.execute(
            "SELECT pg_sleep(greatest(0, 3.1 - extract(epoch FROM clock_timestamp()"
            " - pg_postmaster_start_time())))"
        )


def test_the_shards_are_divided_and_one_process_too_many_is_a_spare(
    connections: Connections,
) -> None:
    one, two, spare = (ShardSlots(connections, 2) for _ in range(3))
    assert one.take(5) == Share(0, (0, 2, 4), 5)
    assert two.take(5) == Share(1, (1, 3), 5)
    assert spare.take(5) is None
    assert one.keep()
    assert two.keep()
    two.release()
    assert spare.take(5) == Share(1, (1, 3), 5)
    assert not two.keep()
    one.release()
    spare.release()


def test_a_share_is_free_when_its_holders_session_ends(connections: Connections) -> None:
    one, spare = ShardSlots(connections, 1), ShardSlots(connections, 1)
    assert one.take(4) == Share(0, (0, 1, 2, 3), 4)
    cut_off(connections)
    assert spare.take(4) == Share(0, (0, 1, 2, 3), 4)
    with pytest.raises(UnreachableError):
        one.keep()
    assert not one.keep()
    spare.release()


def test_a_holder_that_was_cut_off_takes_its_share_again(connections: Connections) -> None:
    one = ShardSlots(connections, 1)
    assert one.take(4) is not None
    cut_off(connections)
    with pytest.raises(UnreachableError):
        one.keep()
    assert one.keep()
    spare = ShardSlots(connections, 1)
    assert spare.take(4) is None
    spare.release()
    one.release()


def test_more_processes_than_shards_leave_spares(connections: Connections) -> None:
    one, spare = ShardSlots(connections, 3), ShardSlots(connections, 3)
    assert one.take(1) == Share(0, (0,), 1)
    assert spare.take(1) is None
    one.release()
    spare.release()


def test_all_processes_have_one_division(connections: Connections) -> None:
    one, two, other = (
        ShardSlots(connections, 2),
        ShardSlots(connections, 2),
        ShardSlots(connections, 3),
    )
    assert one.take(4) == Share(0, (0, 2), 4)
    assert two.take(16) == Share(1, (1, 3), 4)  # Discord recommends more by now
    with pytest.raises(StorageError, match=r"shards\.divided"):
        other.take(4)
    one.release()
    two.release()
    assert other.take(16) == Share(0, (0, 3, 6, 9, 12, 15), 16)
    other.release()


def test_servers_belong_to_the_shard_that_discord_says() -> None:
    share = Share(1, (1, 3), 4)
    assert [share.holds(number << 22) for number in range(5)] == [False, True, False, True, False]


def test_turns_to_identify_are_apart_among_all_processes(connections: Connections) -> None:
    one, two = ShardSlots(connections, 2), ShardSlots(connections, 2)
    assert one.turn(0, 5.0) == 0
    assert 4.5 < two.turn(0, 5.0) <= 5
    assert 9.5 < one.turn(0, 5.0) <= 10
    assert two.turn(1, 5.0) == 0


def test_an_event_is_claimed_once(connections: Connections) -> None:
    one, two = ShardSlots(connections, 2), ShardSlots(connections, 2)
    assert one.claim(1 << 62)
    assert not two.claim(1 << 62)
    assert not one.claim(1 << 62)
    assert two.claim(7)


def test_when_the_server_is_killed_a_holder_comes_before_a_spare() -> None:
    with own_server() as server:
        connections = Connections(server.address())
        prepare(connections)
        one, spare = ShardSlots(connections, 1), ShardSlots(connections, 1)
        with connections.session() as session:
            session.execute("SELECT pg_sleep(3.1)")
        assert one.take(2) is not None
        server.end(signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(UnreachableError):
                one.keep()
        with pytest.raises(UnreachableError):
            spare.take(2)
        server.start()
        assert spare.take(2) is None  # the server is young
        assert one.keep()
        one.release()
        spare.release()
        connections.close()


def cut_off(connections: Connections) -> None:
    """End the sessions that hold locks, as a network does that is cut off."""
    with connections.session() as session:
        session.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks JOIN pg_database"
            " ON pg_database.oid = database AND datname = current_database()"
            " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
