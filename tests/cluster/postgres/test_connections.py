"""Sessions: used again, replaced where the server ended them, and one line where there is none."""

from __future__ import annotations

import pickle
import signal
import socket

import pytest

from bot.cluster.postgres.connections import Connections, location_of
from bot.cluster.postgres.locks import SessionLock
from bot.core.errors import StorageError, UnreachableError
from tests.cluster.postgres.servers import own_server


def backend(connections: Connections) -> int:
    with connections.session() as session:
        return session.info.backend_pid


def test_a_session_is_used_again(connections: Connections) -> None:
    assert backend(connections) == backend(connections)


def test_a_session_that_the_server_ended_is_replaced(connections: Connections) -> None:
    ended = backend(connections)
    with Connections(connections.address).session() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (ended,))
    assert backend(connections) != ended


def test_what_is_refused_is_one_line_and_the_next_statement_works(connections: Connections) -> None:
    with (
        pytest.raises(StorageError, match=r"storage\.refused") as caught,
        connections.session() as s,
    ):
        s.execute("SELECT nothing FROM nowhere")
    assert not isinstance(caught.value, UnreachableError)
    assert str(caught.value).isprintable()
    assert backend(connections)


def test_a_server_that_is_not_there_is_one_line_without_the_password() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"postgresql://me:secret@127.0.0.1:{probe.getsockname()[1]}/articles"
        with pytest.raises(UnreachableError) as caught, Connections(address).session():
            pass
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_server_that_lets_wait_in_vain_is_not_waited_for_by_everybody() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        connections = Connections(f"postgresql://127.0.0.1:{silent.getsockname()[1]}/articles")
        with pytest.raises(UnreachableError) as first, connections.session():
            pass
        with pytest.raises(UnreachableError) as second, connections.session():
            pass
    assert second.value.data == first.value.data


def test_a_frozen_server_holds_nobody_for_ever() -> None:
    """Its kernel goes on acknowledging packets, so that no time-out of TCP notices."""
    with own_server() as server:
        connections = Connections(server.address(), patience=0.3)
        with connections.session() as session:
            session.execute("SELECT pg_sleep(1.2)")  # long, of a server that is well
        server.tell(signal.SIGSTOP)
        try:
            with pytest.raises(UnreachableError), connections.session() as session:
                session.execute("SELECT 1")
        finally:
            server.tell(signal.SIGCONT)
        with connections.session() as session:
            assert session.execute("SELECT 1").fetchone() == (1,)
        connections.close()


def test_a_statement_without_end_is_cut_off(address: str) -> None:
    connections = Connections(address, patience=0.1, longest=0.5)
    with pytest.raises(UnreachableError), connections.session() as session:
        session.execute("SELECT pg_sleep(60)")
    with connections.session() as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
    connections.close()


def test_what_ends_with_an_exception_never_happened(connections: Connections) -> None:
    with pytest.raises(KeyboardInterrupt), connections.transaction() as session:  # noqa: PT012
        session.execute("UPDATE state SET version = 7")
        raise KeyboardInterrupt
    with connections.session() as session:
        assert session.execute("SELECT version FROM state").fetchone() == (0,)


def test_another_process_opens_sessions_of_its_own(connections: Connections) -> None:
    copy = pickle.loads(pickle.dumps(connections))  # noqa: S301 - our own
    assert copy.address == connections.address
    assert backend(copy) != backend(connections)
    copy.close()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("postgresql://me:secret@db:5433/articles", "db:5433/articles"),
        ("postgresql:///articles", "localhost/articles"),
        ("postgresql://db/a?password=secret", "db/a"),
        ("postgresql://[", "PostgreSQL"),
    ],
)
def test_a_place_holds_no_secret(address: str, place: str) -> None:
    assert location_of(address) == place


def test_a_lock_is_one_sessions_until_that_ends(connections: Connections) -> None:
    one, other = SessionLock(connections, "indexer"), SessionLock(connections, "indexer")
    assert one.take()
    assert one.take()
    assert not other.take()
    assert not other.is_held()
    another = SessionLock(connections, "feeds")
    assert another.take()
    another.release()
    one.release()
    assert other.take()
    with connections.session() as session:
        session.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    assert not other.is_held()
    assert one.take()
    one.release()
