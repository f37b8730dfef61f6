"""An installation of OpenSearch from Maven's jars, kept between runs outside of the repository.

There is no archive of the server among Maven's packages, so its jars are laid out as the archive
does: ``lib/`` and ``modules/NAME/`` with a descriptor each. ``OPENSEARCH_HOME`` names another
folder to install to and to find the installation in.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

VERSION = "3.9.0"
_LEAST_JAVA = 21
_LOG4J = "2.25.5"
_SECONDS = 300.0
"""Seconds that fetching the jars may take."""


class Module(NamedTuple):
    """One of the server's modules."""

    name: str
    artifact: str
    plugin: str
    """The class that the server loads."""


_SERVER = (
    ("org.opensearch", "opensearch", VERSION),
    ("org.opensearch", "opensearch-plugin-classloader", VERSION),
    ("org.opensearch", "opensearch-agent-bootstrap", VERSION),
    ("org.apache.logging.log4j", "log4j-core", _LOG4J),
)
_MODULES = (
    Module(
        "transport-netty4",
        "transport-netty4-client",
        "org.opensearch.transport.Netty4ModulePlugin",
    ),
    Module("lang-painless", "lang-painless", "org.opensearch.painless.PainlessModulePlugin"),
    Module("reindex", "reindex-client", "org.opensearch.index.reindex.ReindexModulePlugin"),
)
_FOREIGN = ("osx", "windows", "aarch")
"""Parts of the names of jars with native code for other systems."""


class MissingPartError(Exception):
    """Something that a cluster needs is not on this machine; the message names it."""


def installed() -> Path:
    """Return the installation's folder, made where it is not there yet. Raises
    `MissingPartError`."""
    java()
    base = Path(tempfile.gettempdir()) / f"articlebot-tests-{os.getuid()}"
    home = Path(os.environ.get("OPENSEARCH_HOME") or base / f"opensearch-{VERSION}")
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "lock", timeout=_SECONDS):
        if not (home / "installed").exists():
            _install(home)
            (home / "installed").touch()
    return home


def java() -> Path:
    """Return the newest JDK's folder. Raises `MissingPartError`."""
    named = os.environ.get("OPENSEARCH_JAVA_HOME")
    folders = [Path(named)] if named else [*Path("/usr/lib/jvm").glob("*")]
    found = {version: each for each in folders if (version := _version_of(each)) >= _LEAST_JAVA}
    if not found:
        raise MissingPartError(f"no JDK {_LEAST_JAVA} or later in /usr/lib/jvm")
    return found[max(found)]


def user() -> tuple[int, int] | None:
    """Return whom the server has to run as: it refuses to run as root. None for whoever runs the
    tests."""
    if os.getuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _version_of(folder: Path) -> int:
    try:
        told = (folder / "release").read_text("utf-8")
    except OSError:
        return 0
    version = re.search(r'JAVA_VERSION="(\d+)', told)
    return int(version[1]) if version and (folder / "bin" / "java").exists() else 0


def _install(home: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingPartError("there is no mvn, which fetches OpenSearch")
    for name in ("lib", "modules", "bin", "plugins", "extensions"):  # the server asks for each
        shutil.rmtree(home / name, ignore_errors=True)
        (home / name).mkdir()
    with tempfile.TemporaryDirectory() as folder:
        jars = Path(folder)
        _fetch(maven, jars / "server", _SERVER)
        for jar in (jars / "server").glob("*.jar"):
            shutil.move(jar, home / "lib" / jar.name)
        in_lib = {jar.name for jar in (home / "lib").iterdir()}
        for module in _MODULES:
            _fetch(maven, jars / module.name, [("org.opensearch.plugin", module.artifact, VERSION)])
            place = home / "modules" / module.name
            place.mkdir()
            for jar in (jars / module.name).glob("*.jar"):
                # a class that is there twice ends the server
                if jar.name not in in_lib and not any(part in jar.name for part in _FOREIGN):
                    shutil.move(jar, place / jar.name)
            (place / "plugin-descriptor.properties").write_text(_descriptor(module), "utf-8")
    for path in (home, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _fetch(maven: str, folder: Path, packages: Iterable[tuple[str, str, str]]) -> None:
    folder.mkdir()
    needed = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version></dependency>"
        for group, artifact, version in packages
    )
    (folder / "pom.xml").write_text(
        "<project><modelVersion>4.0.0</modelVersion><groupId>tests</groupId>"
        "<artifactId>jars</artifactId><version>1</version><packaging>pom</packaging>"
        f"<dependencies>{needed}</dependencies></project>",
        "utf-8",
    )
    command = [
        maven, "-q", "-B", "-ntp", "-f", str(folder / "pom.xml"), "dependency:copy-dependencies",
        "-DincludeScope=runtime", f"-DoutputDirectory={folder}",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, "JAVA_HOME": str(java())},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        told = (done.stdout + done.stderr).strip().splitlines()
        raise MissingPartError(f"mvn could not fetch OpenSearch: {' '.join(told[:1])[:200]}")


def _descriptor(module: Module) -> str:
    return (
        f"name={module.name}\ndescription={module.name}\nversion={VERSION}\n"
        f"opensearch.version={VERSION}\njava.version={_LEAST_JAVA}\nclassname={module.plugin}\n"
        "extended.plugins=\nhas.native.controller=false\n"
    )
