"""A database over TLS that is verified, as the guide advises: everything is done over it, and a
server that is not the one that is meant is told nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.locks import SessionLock
from bot.cluster.postgres.outbox import ChangeListener
from bot.cluster.postgres.schema import prepare
from bot.core.article import Draft, Head
from bot.core.errors import UnreachableError
from bot.service.tenants import EVERYONE
from tests.cluster.certificates import Authority
from tests.cluster.opensearch.world import store_of
from tests.cluster.postgres.servers import PostgresServer, own_server


def verified(server: PostgresServer, authority: Path, host: str = "localhost") -> str:
    """Return the address of a server that has to prove by its certificate that it is this host."""
    plain = server.address().replace("127.0.0.1", host)
    return f"{plain}?sslmode=verify-full&sslrootcert={authority}"


def test_everything_is_done_over_tls_and_nothing_with_another_server(tmp_path: Path) -> None:
    authority, another = Authority(tmp_path), Authority(tmp_path, "another")
    with own_server(authority.issue("database")) as server:
        connections = Connections(verified(server, authority.path))
        prepare(connections)
        assert is_encrypted(connections)
        first = backend(connections)
        assert backend(connections) == first  # a session that is used again
        store = store_of(connections, EVERYONE)
        store.save("owl", Draft(Head("The owl"), "The barn owl hunts mice at night."))
        heard: list[int] = []
        listener = ChangeListener(connections)
        waiting = Thread(target=lambda: heard.append(listener.wait(1, 30.0)))
        waiting.start()
        store.save("fox", Draft(Head("The fox"), "The red fox hunts hares at dawn."))
        waiting.join(30.0)
        assert heard == [2]
        listener.close()
        lock = SessionLock(connections, "test")
        assert lock.take()
        lock.release()

        refused = [
            verified(server, another.path),  # who signed it is not trusted
            verified(server, authority.path, "127.0.0.1"),  # it is not for this host
        ]
        for address in refused:
            with pytest.raises(UnreachableError) as caught, Connections(address).session():
                pass
            assert str(caught.value).isprintable()
            assert "certificate" in str(caught.value)
        connections.close()
        said = asked_by_a_command(tmp_path, verified(server, authority.path))
        assert json.loads(said)["matches"][0]["text"] == "The barn owl hunts mice at night."
        said = asked_by_a_command(tmp_path, refused[0])
        assert "certificate" in said
        assert len(said.strip().splitlines()) == 1


def asked_by_a_command(folder: Path, address: str) -> str:
    config = folder / "config.toml"
    cache = folder / "index"
    config.write_text(
        f"[storage]\npostgres = {json.dumps(address)}\n[search]\ncache = {json.dumps(str(cache))}\n"
    )
    done = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "bot", "--config", str(config)),
            *("ask", "What does the barn owl hunt?", "--json"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


def is_encrypted(connections: Connections) -> bool:
    with connections.session() as session:
        row = session.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    return bool(row and row[0])


def backend(connections: Connections) -> int:
    with connections.session() as session:
        return session.info.backend_pid
