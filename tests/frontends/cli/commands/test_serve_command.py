"""``serve``: a process of its own that serves pages until it is told to leave."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.frontends.web.run_pages import MOST_PROCESSES
from bot.frontends.web.worker_processes import usable_cores
from tests.frontends.cli.conftest import ROOT, Run
from tests.processes import tied


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """An empty folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@contextmanager
def served(
    *arguments: str, temporary: Path | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves, and where; ``temporary`` is its folder for temporary files."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "bot", "serve", "--listen", where, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    process = subprocess.Popen(  # noqa: S603 - it is our own
        tied(command), env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if f"the pages are at http://{where}" in line:
                break
        yield process, f"http://{where}"
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_leaves_when_told(corpus: Path, number: signal.Signals) -> None:
    with served() as (process, base):
        with urllib.request.urlopen(f"{base}/a/lighthouse") as reply:  # noqa: S310
            assert "The lighthouse on Skerry Rock" in reply.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{base}/a/nothing")  # noqa: S310
        process.send_signal(signal.SIGHUP)  # a terminal was closed
        with urllib.request.urlopen(f"{base}/healthz") as reply:  # noqa: S310
            assert reply.status == 200
        process.send_signal(number)
        assert process.wait(20) == 0


def test_several_processes_serve_one_socket(corpus: Path) -> None:
    with served("--processes", "2") as (process, base):
        for _ in range(20):
            with urllib.request.urlopen(f"{base}/api/ask?q=lamp") as reply:  # noqa: S310
                assert reply.status == 200
        with urllib.request.urlopen(f"{base}/metrics") as reply:  # noqa: S310
            figures = reply.read().decode()
        counted = [line for line in figures.splitlines() if line.startswith("articlebot_questions")]
        assert sum(float(line.rpartition(" ")[2]) for line in counted) == 20
        assert "articlebot_articles 2.0" in figures
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(base)  # noqa: S310


def test_the_processes_end_with_the_one_that_started_them(corpus: Path, temporary: Path) -> None:
    with served("--processes", "2", temporary=temporary) as (process, base):
        urllib.request.urlopen(f"{base}/healthz").close()  # noqa: S310
        process.kill()
        assert process.stderr is not None
        process.stderr.read()  # ends when no process has it
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(base)  # noqa: S310


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_where_temporary_files_lie(
    corpus: Path, temporary: Path, number: signal.Signals
) -> None:
    with served("--processes", "2", temporary=temporary) as (process, base):
        urllib.request.urlopen(f"{base}/healthz").close()  # noqa: S310
        assert list(temporary.iterdir())
        process.send_signal(number)
        assert process.wait(20) == 0
    assert not list(temporary.iterdir())


def test_the_next_start_removes_what_a_killed_process_left_and_no_other(
    corpus: Path, temporary: Path
) -> None:
    with served("--processes", "2", temporary=temporary) as (killed, base):
        urllib.request.urlopen(f"{base}/healthz").close()  # noqa: S310
        [left] = temporary.iterdir()
        with served("--processes", "2", temporary=temporary) as (process, another):
            urllib.request.urlopen(f"{another}/healthz").close()  # noqa: S310
            [used] = set(temporary.iterdir()) - {left}
            killed.kill()
            assert killed.stderr is not None
            killed.stderr.read()  # ends when no process has it
            with served("--processes", "2", temporary=temporary) as (_, third):
                urllib.request.urlopen(f"{third}/healthz").close()  # noqa: S310
                assert used.is_dir()
                assert not left.exists()
            assert set(temporary.iterdir()) == {used}
            process.terminate()
            assert process.wait(20) == 0
    assert not list(temporary.iterdir())


def test_the_processes_share_the_connections_of_the_settings(corpus: Path) -> None:
    corpus.with_name("config.toml").write_text("[reader]\nconnections = 2\n")
    with served("--processes", "2") as (process, base), ExitStack() as stack:
        port = int(base.rpartition(":")[2])
        statuses = []
        for _ in range(8):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
            statuses.append(one.recv(12).decode())
        process.send_signal(signal.SIGTERM)
    assert 1 <= statuses.count("HTTP/1.1 200") <= 2
    assert statuses.count("HTTP/1.1 503") == 8 - statuses.count("HTTP/1.1 200")


def test_a_process_serves_for_each_core(corpus: Path) -> None:
    expected = min(usable_cores(), MOST_PROCESSES)
    with served() as (process, base):
        urllib.request.urlopen(f"{base}/healthz").close()  # noqa: S310
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            pytest.skip("the system does not list a process's children")
        started = len(children.read_text().split())
        assert started == (0 if expected == 1 else expected)


def test_where_the_processes_cannot_begin_the_program_ends(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "serve", "--listen", "127.0.0.1:0", "--processes", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603 - it is our own
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "there is no folder of articles here" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_in_one_line(corpus: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        found = run("serve", "--listen", where)
    assert found.status == 2
    assert f"{where} cannot be listened at (Address already in use)" in found.err


@pytest.mark.parametrize("where", ["8080", "localhost", "127.0.0.1:", ":80", "a:99999", "x/y:1"])
def test_what_is_no_place_to_listen_is_said_in_one_line(corpus: Path, run: Run, where: str) -> None:
    found = run("serve", "--listen", where)
    assert found.status == 2
    assert "it has to be an address and a port" in found.err
    assert found.err.count("\n") == 1


@pytest.mark.parametrize(
    "setting",
    [
        "public_url = 'example.org'",
        "public_url = 'ftp://example.org'",
        "public_url = 'https://example.org/reader'",
        "public_url = 'https://a@example.org'",
        "proxies = ['nginx']",
    ],
)
def test_a_setting_that_is_none_is_said_in_one_line(corpus: Path, run: Run, setting: str) -> None:
    Path("config.toml").write_text(f"[reader]\n{setting}\n", "utf-8")
    found = run("serve", "--listen", "127.0.0.1:0")
    assert found.status == 2
    assert f"[reader] {setting.partition(' ')[0]}" in found.err
    assert found.err.count("\n") == 1
