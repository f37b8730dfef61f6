"""The steps of a Dockerfile, run in plain chroots of this machine's own programs.

    unshare --mount --pid --fork --kill-child \\
        python -m tests.deploy.dockerfile FOLDER SCRATCH WHEELS

For where no container engine is at hand. FOLDER holds the Dockerfile and what it copies. Each stage
gets a root in SCRATCH, kept in memory, that has this machine's /usr, read-only, and the Python that
runs this in place of its image's. Nothing comes from the network: ``apt-get`` in there only looks
whether the packages are on this machine, and pip finds packages in the folder WHEELS. What is
started at the end has a network of its own, a root that cannot be written but for the volumes and
/tmp, as compose.yaml asks for, and no rights. Prints a line of JSON for each thing done there.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shlex
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1  # of ioctls.h and if.h
_PYTHON = Path(sys.base_prefix)
_DEVICES = ("null", "zero", "random", "urandom")
_FROM_ETC = ("alternatives", "ld.so.cache", "login.defs", "group", "passwd", "shadow", "gshadow")
_APT = """#!/bin/sh
# looks whether the packages are here: there is no network
[ "$1" = install ] || exit 0
for name in "$@"; do
    case $name in install | -*) continue ;; esac
    dpkg-query --admindir=/packages --show "$name" || exit 1
done
"""


class Step(NamedTuple):
    """An instruction of a Dockerfile."""

    name: str
    """In capitals."""
    rest: str

    @property
    def words(self) -> list[str]:
        """The words of the rest: those of its JSON, or those that a shell would see."""
        if self.rest.startswith("["):
            return [str(word) for word in json.loads(self.rest)]
        return shlex.split(self.rest)


class Stage:
    """A root that is being made, and what the image of it will say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = "/"
        self.user: str | None = None
        self.environment = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/"}
        self.volumes: list[str] = []
        self.entrypoint: list[str] = []
        self.command: list[str] = []
        self.healthcheck: list[str] = []

    def inside(self, path: str) -> Path:
        """Return where a path of the stage is on this machine."""
        return self.root / os.path.join(self.folder, path).lstrip("/")  # noqa: PTH118

    def command_line(self, words: Sequence[str]) -> list[str]:
        """Return a command that runs words in the stage, as its user and in its folder."""
        script = f"cd {shlex.quote(self.folder)} && exec {shlex.join(words)}"
        user = [f"--userspec={self.user}:{self.user}"] if self.user else []
        return ["chroot", *user, str(self.root), "/bin/sh", "-c", script]

    def run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a command in the stage to its end."""
        return subprocess.run(  # noqa: S603 - the Dockerfile's own
            self.command_line(words),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def steps_of(text: str) -> Iterator[Step]:
    """Yield the instructions of a Dockerfile, in order."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, rest = line.strip().partition(" ")
        if name:
            yield Step(name.upper(), rest.strip())


def build(folder: Path, scratch: Path, wheels: Path) -> Stage:
    """Run the steps of the folder's Dockerfile; return the last stage. Raises `SystemExit` where
    a step fails, or is one that is not known here."""
    stages: dict[str, Stage] = {}
    stage: Stage | None = None
    for step in steps_of((folder / "Dockerfile").read_text("utf-8")):
        if step.name == "FROM":
            image, *named = step.words
            if not image.startswith("python:"):
                raise SystemExit(f"no image but Python's is known here: {image}")
            stage = base(scratch / str(len(stages)), wheels)
            stages[named[1] if named else str(len(stages))] = stage
        elif stage is None:
            raise SystemExit(f"before FROM: {step.name}")
        else:
            take(step, stage, folder, stages)
    if stage is None:
        raise SystemExit("the Dockerfile has no stage")
    return stage


def take(step: Step, stage: Stage, folder: Path, stages: dict[str, Stage]) -> None:
    """Carry out one instruction."""
    match step.name:
        case "RUN":
            done = stage.run(["/bin/sh", "-c", step.rest])
            if done.returncode:
                raise SystemExit(f"RUN {step.rest}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        case "COPY":
            words = step.words
            copied = folder
            is_stage = words[0].startswith("--from=")
            if is_stage:
                copied = stages[words.pop(0).partition("=")[2]].root
            *sources, target = words
            for source in sources:
                copy(
                    copied / source.lstrip("/"),
                    stage.inside(target),
                    into=target.endswith("/"),
                    is_stage=is_stage,
                )
        case "WORKDIR":
            stage.folder = os.path.join(stage.folder, step.rest)  # noqa: PTH118
            stage.inside(".").mkdir(parents=True, exist_ok=True)
        case "ENV":
            for word in step.words:
                name, _, value = word.partition("=")
                stage.environment[name] = value.replace("$PATH", stage.environment["PATH"])
        case "ARG":
            name, _, value = step.rest.partition("=")
            stage.environment[name] = value.strip('"')
        case "USER":
            stage.user = step.rest
            stage.environment["HOME"] = home_of(step.rest, stage.root / "etc/passwd")
        case "VOLUME":
            stage.volumes += step.words
        case "ENTRYPOINT":
            stage.entrypoint = step.words
        case "CMD":
            stage.command = step.words
        case "HEALTHCHECK":
            stage.healthcheck = Step("CMD", step.rest.partition("CMD ")[2]).words
        case "EXPOSE" | "STOPSIGNAL":
            pass
        case _:
            raise SystemExit(f"no such instruction is known here: {step.name}")


def home_of(user: str, passwords: Path) -> str:
    """Return a user's home folder, of which Docker tells what is run."""
    users = [line.split(":") for line in passwords.read_text("utf-8").splitlines()]
    return next((fields[5] for fields in users if user in fields[:1] + fields[2:3]), "/")


def copy(source: Path, target: Path, *, into: bool, is_stage: bool) -> None:
    """Copy a file, or what is in a folder, as COPY does. The files of a stage are linked, for
    nothing changes them any more."""
    if source.is_dir():
        shutil.copytree(
            source,
            target,
            symlinks=True,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("__pycache__"),
            copy_function=os.link if is_stage else shutil.copy2,
        )
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target / source.name if into else target)


def base(root: Path, wheels: Path) -> Stage:
    """Return a stage like Python's image: this machine's programs, its Python among them."""
    for name in ("usr", "dev/shm", "proc", "tmp", "etc", "var/lib", "packages", "wheels", "run"):
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    (root / "dev/shm").chmod(0o1777)
    bind(Path("/usr"), root / "usr")
    for name in ("bin", "sbin", "lib", "lib64"):
        here = Path("/", name)
        if here.is_symlink():
            (root / name).symlink_to(here.readlink())
        elif here.exists():
            (root / name).mkdir()
            bind(here, root / name)
    if not _PYTHON.is_relative_to("/usr"):
        (root / _PYTHON.relative_to("/")).mkdir(parents=True)
        bind(_PYTHON, root / _PYTHON.relative_to("/"))
    bind(Path("/var/lib/dpkg"), root / "packages")
    bind(wheels, root / "wheels")
    mount("--rbind", "/proc", str(root / "proc"))
    for name in _DEVICES:
        (root / "dev" / name).touch()
        mount("--bind", f"/dev/{name}", str(root / "dev" / name))
    for name in _FROM_ETC:
        source = Path("/etc", name)
        if source.is_dir():
            shutil.copytree(source, root / "etc" / name, symlinks=True)
        elif source.exists():
            shutil.copy2(source, root / "etc" / name)
    own = root / "own"
    own.mkdir()
    (own / "apt-get").write_text(_APT)
    (own / "apt-get").chmod(0o755)
    if not (_PYTHON / "bin/python").exists():
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        (own / "python").symlink_to(_PYTHON / "bin" / version)
    stage = Stage(root)
    stage.environment["PATH"] = f"/own:{_PYTHON}/bin:{stage.environment['PATH']}"
    stage.environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels"}
    return stage


def bind(source: Path, target: Path) -> None:
    """Show a folder at another place, where it cannot be written."""
    mount("--bind", str(source), str(target))
    mount("-o", "remount,bind,ro", str(target))


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, timeout=30)  # noqa: S603, S607


def alone() -> None:
    """Leave this machine's network for one that holds nothing but a loopback interface."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "no network of its own is to be had")
    with socket.socket() as control:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(control, _GET_FLAGS, request))[1]
        fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


def close(stage: Stage) -> None:
    """Make the stage's root read-only, but for its volumes and /tmp."""
    mount("--rbind", str(stage.root), str(stage.root))
    mount("-o", "remount,bind,ro", str(stage.root))
    for volume in (*stage.volumes, "/tmp"):  # noqa: S108 - the container's
        inside = stage.root / volume.lstrip("/")
        written = stage.root.with_name(f"{stage.root.name}-{inside.name}")
        shutil.copytree(inside, written)  # a new volume holds what the image has there
        shutil.copystat(inside, written)
        status = inside.stat()
        os.chown(written, status.st_uid, status.st_gid)
        mount("--bind", str(written), str(inside))


def try_out(stage: Stage) -> None:
    """Start what the image starts, with other arguments, and ask whether it is well."""
    for arguments in (["--version"], stage.command, ["ask", "When does the ferry leave?"]):
        tell(" ".join(arguments), stage.run([*stage.entrypoint, *arguments]))
    tell("rights", stage.run(["/bin/sh", "-c", "id -u; touch /opt/x /srv/articlebot/x"]))
    server = subprocess.Popen(  # noqa: S603
        stage.command_line([*stage.entrypoint, "serve"]),
        env=stage.environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    for _ in range(100):
        health = stage.run(stage.healthcheck)
        if not health.returncode or server.poll() is not None:
            break
        time.sleep(0.2)
    tell("healthcheck", health)
    server.terminate()
    _, said = server.communicate(timeout=60)
    tell("serve", subprocess.CompletedProcess([], server.returncode, "", said))


def tell(what: str, done: subprocess.CompletedProcess[str]) -> None:
    """Print what a command gave."""
    said = {"did": what, "status": done.returncode, "out": done.stdout, "err": done.stderr}
    sys.stdout.write(json.dumps(said) + "\n")


def main() -> None:
    folder, scratch, wheels = map(Path, sys.argv[1:])
    mount("--make-rprivate", "/")
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(scratch))
    stage = build(folder, scratch, wheels)
    article = "# The ferry\n\nThe ferry leaves at nine in the evening.\n"
    (stage.root / "srv/articlebot/corpus/ferry.md").write_text(article)
    close(stage)
    alone()
    try_out(stage)


if __name__ == "__main__":
    main()
