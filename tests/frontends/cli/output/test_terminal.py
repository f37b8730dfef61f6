"""The command line at a real terminal: tmux for a person who types, a pty for who only looks."""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frontends.cli.conftest import ROOT, Run

DEADLINE = 30.0
"""Seconds until what was awaited counts as missing; far more than any of it takes."""
SLUGS = tuple(path.stem for path in (ROOT / "corpus").iterdir())
tmux = shutil.which("tmux")
needs_tmux = pytest.mark.skipif(tmux is None, reason="there is no tmux on this machine")
BOT = [sys.executable, "-m", "bot"]


class Screen:
    """A window of tmux in which one command runs."""

    def __init__(self, socket: Path, environment: dict[str, str]) -> None:
        self._tmux = [str(tmux), "-u", "-S", str(socket), "-f", "/dev/null"]
        self._environment = environment

    def start(self, *arguments: str, columns: int = 80, lines: int = 40) -> None:
        """Open a window and run a command in it; its exit status is shown at the end."""
        self._tmux[3] += "+"  # a server of its own: one that is stopped takes a moment to leave
        variables = [f"{name}={value}" for name, value in self._environment.items()]
        command = shlex.join(["env", *variables, *BOT, *arguments])
        size = ["-x", str(columns), "-y", str(lines)]
        self._call("new-session", "-d", *size, f"{command}; echo status=$?; exec cat")

    def type(self, *keys: str) -> None:
        """Press keys, by tmux's names, or type words."""
        self._call("send-keys", *keys)

    def text(self, *, styles: bool = False) -> str:
        """Return the text on the screen."""
        return self._call("capture-pane", "-p", *(["-e"] if styles else []))

    def wait(self, pattern: str) -> str:
        """Return the text on the screen as soon as it matches this regular expression."""
        due = time.monotonic() + DEADLINE
        while not re.search(pattern, text := self.text()):
            assert time.monotonic() < due, f"{pattern!r} is not on the screen:\n{text}"
        return text

    def stop(self) -> None:
        """Close the window."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)  # noqa: S603

    def _call(self, *arguments: str) -> str:
        return subprocess.run(  # noqa: S603
            [*self._tmux, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=dict(os.environ),  # without the size that readline puts behind Python's back
        ).stdout


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """The environment of a process of its own."""
    home = folder.parent
    return {
        "HOME": str(home / "home"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TERM": "screen-256color",
    }


@pytest.fixture
def screen(environment: dict[str, str], tmp_path: Path) -> Iterator[Screen]:
    """A window that is closed at the end."""
    screen = Screen(tmp_path / "tmux", environment)
    yield screen
    screen.stop()


@needs_tmux
def test_completion_history_and_leaving(shipped: Path, run: Run, screen: Screen) -> None:
    run("articles")
    screen.start("chat", columns=100)
    screen.wait(r"(?m)^5 articles\. Ask a question, or /help; Ctrl-D ends\.\n> *$")
    screen.type("/ar", "Tab")
    screen.wait(r"(?m)^ +/articles *\n +/article *$")
    screen.type("C-u")
    screen.type("/article title: chi", "Tab")
    shown = screen.wait("Former Fed official Fisher")
    assert [line.strip() for line in shown.split("\n") if line.strip()][2:] == [
        "China and Russia’s North Korea problem",
        "China’s Aluminium Production Drops for Second Consecutive Month",
        "Former Fed official Fisher: China could be the key to solving the North Korea crisis",
    ]
    screen.type("Tab")
    screen.wait("> /article title: China and Russia’s North Korea problem")
    screen.type("Enter")
    screen.type("Enter")
    screen.wait(r"… 11 more paragraphs\n\n>")
    screen.type("half a quest")
    screen.wait("> half a quest")
    screen.type("C-c")
    screen.wait(r"half a quest *\n> *\n")
    screen.type("why did russia walk a fine line", "Enter")
    screen.wait(r"north-korea-problem#8@4430a35c\n\n> *\n")
    assert "\x1b[1mIn the South China Sea" in screen.text(styles=True)
    screen.type("C-d")
    screen.wait("status=0")
    screen.stop()

    screen.start("chat")
    screen.wait("(?m)^> *$")
    screen.type("Up")
    screen.wait("> why did russia walk a fine line")
    screen.type("Up")
    screen.wait("> /article title: China and Russia’s North Korea problem")
    screen.type("C-c")
    screen.type("/quit", "Enter")
    screen.wait("status=0")
    history = shipped.parent / "state" / "articlebot" / "chat-history"
    assert "half a quest" not in history.read_text("utf-8")
    assert history.stat().st_mode & 0o077 == 0


@needs_tmux
def test_without_colours_without_history_and_narrow(
    shipped: Path, run: Run, screen: Screen, environment: dict[str, str]
) -> None:
    run("articles")
    environment |= {"NO_COLOR": "1", "XDG_STATE_HOME": "/dev/null"}
    screen.start("chat", columns=30, lines=60)
    screen.wait("(?m)^> *$")
    screen.type("why did russia walk a fine line", "Enter")
    shown = screen.wait(r"#8@4430a35c|@4430a35c\n")
    assert not re.search(r"\x1b\[[\d;]*[1-9]m", screen.text(styles=True).split("fine line")[-1])
    lines = [line.strip() for line in shown.split("\n")]
    quotation = " ".join(lines)
    assert "**In the South China Sea it is the other way round: China would like" in quotation
    assert "“China and Russia’s North Korea problem”, digest of the article" in quotation


@needs_tmux
def test_a_dumb_terminal(
    shipped: Path, run: Run, screen: Screen, environment: dict[str, str]
) -> None:
    run("articles")
    environment["TERM"] = "dumb"
    screen.start("chat")
    screen.wait("(?m)^> *$")
    screen.type("/articles", "Enter")
    screen.wait(r"(?m)^Zhongwang (.*\n)+\n> *$")
    assert "\x1b" not in screen.text(styles=True)
    screen.type("/quit", "Enter")
    screen.wait("status=0")


@needs_tmux
def test_ctrl_c_ends_a_command_in_one_line(corpus: Path, screen: Screen) -> None:
    Path("whales.md").write_text("# Whales\n\nA whale sings for hours.\n")
    screen.start("add", "whales.md", "-")
    # The bar stands, and it waits for what is typed. Earlier, a terminal that is told to interrupt
    # might drop the end of the line before.
    screen.wait("1/2")
    screen.type("C-c")
    shown = screen.wait("status=")
    first, *_, last, status = (line for line in shown.split("\n") if line)
    assert first == "added: corpus/whales.md  “Whales”"
    assert "interrupted; added 1," in last
    assert status == "status=130"
    assert "Traceback" not in shown


@pytest.fixture
def look(environment: dict[str, str]) -> Callable[..., str]:
    """Runs a command at a terminal of 80 columns; returns all that it wrote."""

    def look(*arguments: str, columns: int = 80, **more: str) -> str:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        process = subprocess.Popen(  # noqa: S603
            [*BOT, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**environment, **more},
        )
        os.close(theirs)
        written = b""
        try:
            while data := os.read(ours, 65536):
                written += data
        except OSError:  # how Linux says that nobody holds the other end any more
            pass
        os.close(ours)
        process.wait()
        return written.decode().replace("\r\n", "\n")

    return look


def test_long_work_has_a_progress_bar_and_leaves_nothing_of_it(
    corpus: Path, look: Callable[..., str]
) -> None:
    for number in range(20):
        text = f"---\nlanguage: en\n---\n\nThe number {number} stands here.\n"
        (corpus / f"n{number}.md").write_text(text)
    written = look("articles")
    assert re.search(r"reading articles.*22/22", written)
    assert "\x1b[2K" in written
    assert "reading articles" not in look("articles")


@pytest.mark.parametrize("columns", [20, 80])
def test_the_list_of_articles_fits_its_terminal(
    shipped: Path, run: Run, look: Callable[..., str], columns: int
) -> None:
    run("articles")
    written = look("articles", columns=columns)
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", written)
    widest = max(len(line) for line in plain.split("\n") if not line.endswith(SLUGS))
    assert columns - 10 <= widest <= columns
    assert plain.startswith("title " if columns == 80 else SLUGS)


def test_a_progress_bar_takes_nothing_from_a_file(
    corpus: Path, environment: dict[str, str]
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        Path(name).write_text(f"---\nlanguage: en\n---\n\nThe text of {name}.\n")
    ours, theirs = pty.openpty()
    with Path("log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [*BOT, "add", "a.md", "b.md", "c.md"], stdout=log, stderr=theirs, env=environment
        )
        os.close(theirs)
        bar = b""
        try:
            while data := os.read(ours, 65536):
                bar += data
        except OSError:
            pass
        os.close(ours)
        assert process.wait() == 0
    assert b"adding" in bar
    assert b"added" not in bar
    assert Path("log").read_text("utf-8").count("added: corpus/") == 3


@needs_tmux
def test_removing_asks_at_a_terminal(corpus: Path, screen: Screen) -> None:
    screen.start("remove", "tides")
    screen.wait(r"Remove tides\? It cannot be undone\. \[y/N\]")
    screen.type("Enter")
    assert "left as it was: tides" in screen.wait("status=1")
    assert (corpus / "tides.txt").exists()
    screen.stop()
    screen.start("remove", "tid")  # as it asks, its beginning will do
    screen.wait(r"Remove tides\? .* \[y/N\]")
    screen.type("y", "Enter")
    screen.wait("status=0")
    assert not (corpus / "tides.txt").exists()
    screen.stop()
    screen.start("remove", "lighthouse", "--yes")
    screen.wait("status=0")
    assert not any(corpus.iterdir())
