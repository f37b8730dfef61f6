"""A PostgreSQL server of the tests' own, one for the whole run, and a database for each test."""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.cluster.postgres.connections import Connections
from bot.cluster.postgres.schema import prepare
from bot.service.tenants import Tenant, discord_server
from bot.wiring.temporary_folders import temporary_folder
from tests.cluster.certificates import Certificate
from tests.processes import tied

_SETTINGS = (
    # what the machine's crash could lose is a test's: it is three times as fast
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB"),
    *("max_connections=100", "autovacuum=off", "listen_addresses=127.0.0.1"),
)
_START_SECONDS = 60.0
NO_SERVER = "no PostgreSQL server is installed here (Debian's package postgresql)"
_numbers = count(1)


def programs() -> Path | None:
    """Return the folder of the newest server's programs, which are not on the path; None if there
    is no server."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """One server, in a folder of its own, that can be killed and started again."""

    def __init__(self, folder: Path, certificate: Certificate | None = None) -> None:
        """With a ``certificate`` the server speaks TLS to clients that ask for it."""
        bin_folder = programs()
        assert bin_folder is not None
        self._bin = bin_folder
        self._folder = folder.resolve()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._as: dict[str, Any] = {}
        if os.getuid() == 0:  # it refuses to run as root
            nobody = pwd.getpwnam("nobody")
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
        self._folder.chmod(0o755)
        subprocess.run(  # noqa: S603
            [
                *(self._bin / "initdb", "-D", self._folder / "data", "-U", "tester", "-A", "trust"),
                *("-E", "UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            **self._as,
        )
        self._settings = list(_SETTINGS)
        if certificate is not None:
            for name, file in zip(("cert", "key"), certificate, strict=True):
                own = self._folder / f"server.{name}"
                own.touch(mode=0o600)
                own.write_bytes(file.read_bytes())
                if self._as:
                    os.chown(own, self._as["user"], self._as["group"])
                self._settings.append(f"ssl_{name}_file={own}")
            self._settings.append("ssl=on")

    @property
    def hosts(self) -> Path:
        """The file that says who may connect from where, and by what they prove who they are."""
        return self._folder / "data" / "pg_hba.conf"

    @property
    def pid(self) -> int:
        """The id of the server's first process, whose children serve the sessions."""
        assert self._process is not None
        return self._process.pid

    def address(self, database: str = "postgres") -> str:
        return f"postgresql://tester@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database, and return its address."""
        name = f"test{next(_numbers)}"
        with psycopg.connect(self.address(), autocommit=True) as session:
            session.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        return self.address(name)

    def start(self) -> None:
        """Start the server; it ends with the thread that calls this, if not before."""
        options = [f"-c{each}" for each in self._settings]
        command = [
            self._bin / "postgres",
            "-D",
            self._folder / "data",
            "-k",
            "",
            "-p",
            str(self.port),
        ]
        with (self._folder / "log").open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603
                tied([str(each) for each in (*command, *options)], "QUIT"),
                cwd=self._folder,
                stdout=log,
                stderr=log,
                **self._as,
            )
        self._process = process
        ends = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.address(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert process.poll() is None, (self._folder / "log").read_text()[-2000:]
                assert time.monotonic() < ends
                time.sleep(0.05)

    def tell(self, which: signal.Signals) -> None:
        """Send a signal to all of the server's processes: SIGSTOP freezes it, SIGCONT wakes it."""
        main = self.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in (main, *map(int, children)):
            os.kill(process, which)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the server: by SIGKILL, as a crash does, or with SIGINT, orderly. Return when its
        sessions have ended, too: for a moment they answer without it."""
        if self._process is not None:
            sessions = _children(self._process.pid)
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None
            for session in sessions:
                select.select([session], [], [], 30)
                os.close(session)


def _children(process: int) -> list[int]:
    """Return a descriptor of each child of a process, readable once the child has ended; none where
    the system has no such list."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    found: list[int] = []
    for child in listed.read_text("ascii").split() if listed.exists() else ():
        with suppress(ProcessLookupError):
            found.append(os.pidfd_open(int(child)))
    return found


def shared_server() -> PostgresServer:
    """Return the server of this run, started on first use. Skips the test where there is none."""
    if programs() is None:
        pytest.skip(NO_SERVER)
    if not _shared:
        import atexit

        until_the_end = ExitStack()
        atexit.register(until_the_end.close)
        _shared.append(until_the_end.enter_context(own_server()))
    return _shared[0]


_shared: list[PostgresServer] = []


@contextmanager
def own_server(certificate: Certificate | None = None) -> Iterator[PostgresServer]:
    """A server of a test's own, that it may kill; see `PostgresServer` for ``certificate``. Skips
    the test where there is none."""
    if programs() is None:
        pytest.skip(NO_SERVER)
    with temporary_folder("articlebot-postgres-") as folder:
        folder.chmod(0o755)  # the server runs as another user
        own = folder / "server"
        own.mkdir()
        server = PostgresServer(own, certificate)
        server.start()
        try:
            yield server
        finally:
            server.end(signal.SIGINT)


def shared_connections() -> Connections:
    """Return sessions with a database of this run that has its tables, for tests that keep apart by
    their tenants. Skips the test where there is no server."""
    if not _opened:
        made = Connections(shared_server().new_database())
        prepare(made)
        _opened.append(made)
    return _opened[0]


def new_tenant() -> Tenant:
    """Return a tenant that no other test has."""
    return discord_server(next(_numbers))


def empty_records_database() -> Connections:
    """Return sessions with this run's database in which there are no records."""
    connections = shared_connections()
    with connections.session() as session:
        tables = session.execute(
            "SELECT string_agg(tablename, ', ') FROM pg_tables WHERE schemaname = 'articlebot'"
            " AND tablename NOT IN ('schema_version', 'state', 'article', 'outbox', 'shelf',"
            " 'settings_version')"
        ).fetchone()
        session.execute(f"TRUNCATE {tables[0]} RESTART IDENTITY" if tables else "")
    return connections


_opened: list[Connections] = []
