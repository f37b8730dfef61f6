"""A cluster of OpenSearch nodes, each a process of its own, on loopback, for the tests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.cluster.opensearch.installing import java, user
from tests.processes import tied

SMALL = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For tests: a node is up sooner and takes less memory. Benchmarks give options of their own."""
_ARCHIVE = "classes.jsa"


class NodeProcesses:
    """The nodes of one cluster; a context, at the end of which all are killed."""

    def __init__(
        self,
        home: Path,
        work: Path,
        nodes: int = 3,
        jvm: tuple[str, ...] = SMALL,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """``home`` is the installation, ``work`` the folder for data and logs; ``jvm`` are options
        of Java, ``settings`` more of the server's settings."""
        self._home, self._work, self._jvm = home, work, jvm
        self._settings = dict(settings or {})
        ports = _free_ports(2 * nodes)
        self._http, self._transport = ports[:nodes], ports[nodes:]
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self._http]

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that run, in the order of the nodes."""
        return [self._running[node].pid for node in sorted(self._running)]

    def __enter__(self) -> NodeProcesses:
        try:
            for node in range(len(self._http)):
                self.start(node)
            self.wait()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill all nodes."""
        for node in list(self._running):
            self.signal(node, signal.SIGCONT)
            self.kill(node)

    def start(self, node: int) -> None:
        """Start a node, with the data that it had. It ends with the thread that calls this, if not
        before."""
        folder = self._work / f"n{node}"
        for name in ("config", "data", "logs", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        options = self._options(node, folder)
        (folder / "config" / "opensearch.yml").write_text(
            "".join(f"{key}: {value}\n" for key, value in options.items()), "utf-8"
        )
        (folder / "config" / "log4j2.properties").write_text(_LOGGING.format(folder=folder))
        as_user: dict[str, Any] = {}
        owner = user()
        if owner is not None:
            as_user = {"user": owner[0], "group": owner[1], "extra_groups": []}
            for path in (folder, *folder.rglob("*")):
                os.chown(path, *owner)
        with (folder / "console.log").open("ab") as log:
            self._running[node] = subprocess.Popen(  # noqa: S603
                tied(self._command(folder)),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **as_user,
            )

    def start_missing(self) -> None:
        """Start the nodes that were killed, and wait until all form a cluster again."""
        missing = set(range(len(self._http))) - self._running.keys()
        for node in missing:
            self.start(node)
        if missing:
            self.wait()

    def kill(self, node: int, how: signal.Signals = signal.SIGKILL) -> None:
        """End a node, and wait until it has ended."""
        process = self._running.pop(node)
        process.send_signal(how)
        process.wait(60)

    def signal(self, node: int, which: signal.Signals) -> None:
        """Send a node a signal that does not end it: SIGSTOP freezes it, SIGCONT wakes it."""
        self._running[node].send_signal(which)

    def leader(self) -> int:
        """Return the number of the node that leads the cluster."""
        told = self.get("/_cat/cluster_manager?format=json")
        return int(told[0]["node"].removeprefix("n"))

    def wait(self, status: str = "green", seconds: float = 120.0) -> float:
        """Wait until all running nodes form a cluster of this status; return how many seconds that
        took. Raises `RuntimeError` if a node ends or time runs out."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            for node, process in self._running.items():
                if process.poll() is not None:
                    log = (self._work / f"n{node}" / "console.log").read_text("utf-8", "replace")
                    raise RuntimeError(f"node {node} ended: {log[-2000:]}")
            try:
                health = self.get("/_cluster/health")
            except OSError:
                health = {}
            if health.get("status") == status and health["number_of_nodes"] == len(self._running):
                return time.monotonic() - began
            time.sleep(0.1)
        raise RuntimeError(f"the cluster is not {status} after {seconds:g} s")

    def get(self, path: str) -> Any:
        """Ask the first node that answers. Raises `OSError` if none does."""
        return self._send(urllib.request.Request, path)

    def put(self, path: str, body: Mapping[str, object]) -> Any:
        """Send JSON to the first node that answers. Raises `OSError` if none does."""
        data = json.dumps(body).encode()

        def request(url: str) -> urllib.request.Request:
            headers = {"Content-Type": "application/json"}
            return urllib.request.Request(url, data, headers, method="PUT")  # noqa: S310

        return self._send(request, path)

    def _send(self, request: Any, path: str) -> Any:
        for node in list(self._running):
            try:
                with urllib.request.urlopen(request(self.urls[node] + path), timeout=5) as answer:  # noqa: S310
                    return json.load(answer)
            except OSError:
                continue
        raise OSError("no node answers")

    def _options(self, node: int, folder: Path) -> dict[str, str]:
        names = json.dumps([f"n{number}" for number in range(len(self._http))])
        return {
            "cluster.name": "articlebot-tests",
            "node.name": f"n{node}",
            "path.data": str(folder / "data"),
            "path.logs": str(folder / "logs"),
            "network.host": "127.0.0.1",
            "http.port": str(self._http[node]),
            "transport.port": str(self._transport[node]),
            "discovery.seed_hosts": json.dumps([f"127.0.0.1:{port}" for port in self._transport]),
            "cluster.initial_cluster_manager_nodes": names,
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "action.auto_create_index": "false",
            "node.processors": "1",
            **self._settings,
        }

    def _command(self, folder: Path) -> list[str]:
        archive = self._home / _ARCHIVE
        shared = [f"-XX:SharedArchiveFile={archive}"] if archive.exists() else []
        return [
            str(java() / "bin" / "java"), *self._jvm, *shared, "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off", "-Xss512k", "-XX:MaxDirectMemorySize=128m",
            "-XX:-UsePerfData", "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            f"-Djava.io.tmpdir={folder / 'tmp'}", f"-Djna.tmpdir={folder / 'tmp'}",
            "-Djna.nosys=true",
            "-Dfile.encoding=UTF-8", "-Dio.netty.noUnsafe=true",
            "-Dio.netty.allocator.type=unpooled", "-Dlog4j2.disable.jmx=true",
            f"-Dopensearch.path.home={self._home}", f"-Dopensearch.path.conf={folder}/config",
            "-Dopensearch.distribution.type=tar", "-Dopensearch.networkaddress.cache.ttl=60",
            "-Dopensearch.networkaddress.cache.negative.ttl=10",
            "-cp", f"{self._home}/lib/*", "org.opensearch.bootstrap.OpenSearch",
        ]  # fmt: skip


def archive_classes(home: Path, work: Path) -> None:
    """Let one node write the classes that it has loaded to an archive, from which all others start
    in half the time. Nothing happens if there is one already."""
    if (home / _ARCHIVE).exists():
        return
    folder = work / "archive"
    folder.mkdir(parents=True)
    owner = user()
    if owner is not None:
        os.chown(folder, *owner)
    archiving = (*SMALL, f"-XX:ArchiveClassesAtExit={folder}/{_ARCHIVE}")
    with NodeProcesses(home, work / "archiving", 1, archiving) as node:
        node.kill(0, signal.SIGTERM)
    made = folder / _ARCHIVE
    if made.exists():
        copied = home / f"{_ARCHIVE}.part"
        copied.write_bytes(made.read_bytes())
        copied.rename(home / _ARCHIVE)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports: list[int] = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


_LOGGING = """\
status = error
appender.f.type = File
appender.f.name = f
appender.f.fileName = {folder}/logs/server.log
appender.f.layout.type = PatternLayout
appender.f.layout.pattern = [%d{{HH:mm:ss,SSS}}][%-5p][%c{{1.}}] %marker%m%n
rootLogger.level = info
rootLogger.appenderRef.f.ref = f
"""
