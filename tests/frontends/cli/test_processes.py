"""Whole processes: their streams, their rights, their company, and their end."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from .conftest import ROOT, Run

BOT = [sys.executable, "-m", "bot"]
DEADLINE = 60.0
"""Seconds until what was awaited counts as missing; far more than any of it takes."""


@pytest.fixture
def corpus(corpus: Path) -> Path:
    """The two articles, their language named: a process of its own need not load what tells it."""
    tides = corpus / "tides.txt"
    (corpus / "tides.md").write_text(f"---\nlanguage: en\n---\n\n{tides.read_text()}")
    tides.unlink()
    return corpus


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """The environment of a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def shell(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a line of shell in which ``bot`` is the command line."""

    def shell(line: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - lines of our own
            ["sh", "-c", f'bot() {{ "$0" -m bot "$@"; }}; {line}', sys.executable],  # noqa: S607
            env={**environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return shell


Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("command", ["ask 'Is it high tide?'", "move --to postgres", "check"])
def test_a_database_without_its_driver_is_one_clear_line(
    folder: Path, shell: Shell, command: str
) -> None:
    (folder / "database.toml").write_text('[storage]\npostgres = "postgresql://user@host/here"\n')
    without = folder / "without"
    without.mkdir()
    (without / "psycopg.py").write_text("raise ImportError(\"No module named 'psycopg'\")\n")
    ended = shell(
        f"cd {folder} && bot {command} --config database.toml", PYTHONPATH=f"{without}:{ROOT}"
    )
    assert ended.returncode == (1 if command == "check" else 2)
    assert (ended.stdout + ended.stderr).removeprefix("articlebot: ") == (
        "a PostgreSQL database needs psycopg (No module named 'psycopg'); "
        'install it with: pip install "articlebot[cluster]"\n'
    )


def test_streams_that_are_closed_or_full(shipped: Path, run: Run, shell: Shell) -> None:
    run("articles")
    question = "'russia walks a fine line'"
    wanted = run("ask", "russia walks a fine line").out
    for line, status, out, err in (
        (f"bot ask {question} <&-", 0, wanted, ""),
        (f"bot ask {question} >&-", 0, "", ""),
        (f"bot ask {question} 2>&-", 0, wanted, ""),
        (f"bot ask {question} <&- >&- 2>&-", 0, "", ""),
        ("bot chat <&-", 0, "", ""),
        (
            "bot ask - <&-",
            2,
            "",
            "articlebot: the question is empty; write one, in quotation marks\n",
        ),
        (
            f"bot ask {question} >/dev/full",
            2,
            "",
            "articlebot: the output cannot be written: No space left on device\n",
        ),
    ):
        if "/dev/full" in line and not Path("/dev/full").exists():
            continue
        ran = shell(line)
        assert (ran.returncode, ran.stdout, ran.stderr) == (status, out, err), line


@pytest.mark.parametrize("command", ["articles", "--version"])
def test_a_reader_that_leaves_early(
    shipped: Path, environment: dict[str, str], command: str
) -> None:
    reading, writing = os.pipe()
    process = subprocess.Popen(  # noqa: S603
        [*BOT, command], stdout=writing, stderr=subprocess.PIPE, env=environment
    )
    os.close(reading)
    os.close(writing)
    assert process.communicate()[1] == b""
    assert process.returncode == 141  # what a shell says of a program that SIGPIPE ended


def test_a_locale_without_unicode(shipped: Path, run: Run, shell: Shell) -> None:
    run("articles")
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    plain = shell("bot ask russia walks a fine line", **old)
    assert (plain.returncode, plain.stderr) == (0, "")
    assert "\\u201cChina and Russia\\u2019s North Korea problem\\u201d" in plain.stdout
    data = shell("bot ask russia walks a fine line --json", **old)
    assert data.stdout.isascii()
    title = json.loads(data.stdout)["matches"][0]["title"]
    assert title == "China and Russia’s North Korea problem"


def restricted() -> Sequence[str]:
    """Return a prefix for a command so that files' modes count for it; skips where root has no way
    to lay its powers down."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("nothing is unwritable for root, and there is no setpriv to lay that down with")
    return (setpriv, "--bounding-set", "-dac_override,-dac_read_search")


def test_folders_that_cannot_be_written(corpus: Path, environment: dict[str, str]) -> None:
    Path("whales.md").write_text("# Whales\n\nA whale sings for hours.\n")
    (corpus / "hidden").mkdir()
    (corpus / "half").mkdir()
    (corpus / "half" / "a.md").write_text("Text.")
    (corpus / "secret.txt").write_text("Text.")
    modes = {
        corpus / "hidden": 0o000,
        corpus / "half": 0o444,
        corpus / "secret.txt": 0o000,
        corpus: 0o555,
        Path("cache"): 0o555,
    }
    Path("cache").mkdir()

    def bot(*arguments: str, cache: str = "elsewhere") -> tuple[int, str, list[str]]:
        ran = subprocess.run(  # noqa: S603
            [*restricted(), *BOT, *arguments],
            env={**environment, "XDG_CACHE_HOME": str(Path(cache).absolute())},
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.returncode, ran.stdout, ran.stderr.splitlines()

    for path, mode in modes.items():
        path.chmod(mode)
    try:
        added = bot("add", "whales.md")
        removed = bot("remove", "tides")
        asked = bot("ask", "lighthouse", "--json", cache="cache")
        checked = bot("check", cache="cache")
    finally:
        for path in reversed(modes):
            path.chmod(0o755)
    assert added[:2] == (2, "")
    assert added[2][0] == (
        "articlebot: whales.md: corpus/whales.md: cannot be written (Permission denied)"
    )
    removal = ["articlebot: corpus/tides.md: cannot be removed (Permission denied)"]
    assert removed == (2, "", removal)
    assert json.loads(asked[1])["matches"][0]["article"] == "lighthouse"
    (warning, *skipped) = asked[2]
    assert ": the index cannot be written here; it is made anew each time" in warning
    assert skipped == ["articlebot: skipped 3 files; `check` names them"]
    assert checked[0] == 1
    assert checked[1].splitlines()[:-1] == [
        "corpus/half/a.md: it cannot be read (Permission denied)",
        "corpus/hidden: the folder cannot be read (Permission denied)",
        "corpus/secret.txt: it cannot be read (Permission denied)",
    ]
    assert checked[1].endswith(
        ": the index cannot be written here; set [search] cache to a folder that can\n"
    )
    assert bot("check", cache="cache")[0] == 0


def test_a_home_that_is_none(corpus: Path, environment: dict[str, str]) -> None:
    environment |= {"HOME": "/dev/null", "XDG_CACHE_HOME": "", "XDG_STATE_HOME": ""}
    temporary = Path("temporary").absolute()
    temporary.mkdir()
    ran = subprocess.run(  # noqa: S603
        [*BOT, "ask", "lighthouse", "--json"],
        env={**environment, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(ran.stdout)["matches"][0]["article"] == "lighthouse"
    assert ran.stderr.count("\n") == 1
    assert list(temporary.iterdir()) == []  # the index of one question is gone with it


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_leave_leaves_no_temporary_folder(
    corpus: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    environment |= {"HOME": "/dev/null", "XDG_CACHE_HOME": "", "XDG_STATE_HOME": ""}
    temporary = Path("temporary").absolute()
    temporary.mkdir()
    process = subprocess.Popen(  # noqa: S603
        [*BOT, "chat"],
        env={**environment, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("lighthouse\n")
    process.stdin.flush()
    for line in process.stdout:  # the answer
        if "lighthouse#" in line:
            break
    assert list(temporary.iterdir())
    process.send_signal(number)
    process.communicate()
    assert process.returncode == 128 + number
    assert list(temporary.iterdir()) == []


def slugs(output: bytes) -> set[str]:
    return {entry["article"] for entry in json.loads(output)}


def test_processes_that_look_at_once_see_every_change(
    corpus: Path, environment: dict[str, str]
) -> None:
    for name in ("first", "second"):
        (corpus / f"{name}.md").write_text(f"---\nlanguage: en\n---\n\nThe {name} text.\n")
        processes = [
            subprocess.Popen(  # noqa: S603
                [*BOT, "articles", "--json"],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for _ in range(2)
        ]
        for process in processes:
            out, err = process.communicate()
            assert (process.returncode, err) == (0, b"")
            assert slugs(out) == {path.stem for path in corpus.iterdir()}


@pytest.mark.parametrize("moment", ["lock", "*.sqlite3-wal"])
def test_a_kill_while_indexing_loses_nothing(
    corpus: Path, environment: dict[str, str], moment: str
) -> None:
    for number in range(20):
        text = "\n\n".join(f"Paragraph {place} of text {number}." for place in range(20))
        (corpus / f"n{number}.md").write_text(f"---\nlanguage: en\n---\n\n{text}\n")
    process = subprocess.Popen(  # noqa: S603
        [*BOT, "articles"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    cache = Path(environment["XDG_CACHE_HOME"])
    due = time.monotonic() + DEADLINE
    while process.poll() is None and not list(cache.rglob(moment)):
        assert time.monotonic() < due
    process.kill()
    process.communicate()
    ran = subprocess.run(  # noqa: S603
        [*BOT, "articles", "--json"], env=environment, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert slugs(ran.stdout) == {path.stem for path in corpus.iterdir()}


def test_what_has_no_end_is_not_read_to_its_end(corpus: Path, shell: Shell) -> None:
    """A megabyte is read of a question and of a quotation, and of a file what one may hold."""
    Path("small.toml").write_text("[corpus]\nlargest_file_mb = 0.5\n", "utf-8")
    asked = shell("yes why | bot ask -")
    assert asked.returncode in (0, 1)
    assert asked.stderr.endswith("only its beginning is searched for\n")
    checked = shell("yes why | bot verify lighthouse#1 --quote -")
    assert (checked.returncode, checked.stderr) == (1, "")
    added = shell("yes why | bot add - --config small.toml")
    assert (added.returncode, added.stdout) == (2, "")
    line = "articlebot: standard input: it has more than the 0.5 MB of [corpus] "
    assert added.stderr == f"{line}largest_file_mb\n"


def test_an_answer_of_the_chat_reaches_a_pipe_before_the_next_question(
    corpus: Path, environment: dict[str, str]
) -> None:
    with subprocess.Popen(  # noqa: S603 - a line of our own
        [*BOT, "chat"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        chat.stdin.write("Who built the lighthouse on Skerry Rock?\n")
        chat.stdin.flush()
        came, _, _ = select.select([chat.stdout], [], [], DEADLINE)
        chat.stdin.close()
        assert came == [chat.stdout]
        assert "Tobias Wren" in chat.stdout.read()
