"""A working folder of our own, and the command line run in it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.frontends.cli import main

ROOT = Path(__file__).parents[3]
ARTICLES = {
    "lighthouse.md": (
        "---\ntitle: The lighthouse on Skerry Rock\npublisher: The Harbour Gazette\n"
        "author: Ada Finch\npublished: 1999-04-02\nurl: https://example.org/skerry\n"
        "language: en\n---\n\n"
        "The lighthouse on Skerry Rock was built by Tobias Wren in 1871. Its lamp burnt whale oil "
        "at first, and paraffin after the year 1889.\n\n"
        "A storm in the winter of 1902 tore the gallery away. The keeper, Marta Quill, carried the "
        "lamp down the stairs and kept it alight in a window.\n\n"
        "Nobody has lived on the rock since the lamp was made automatic in 1968.\n"
    ),
    "tides.txt": (
        "The tide at the harbour rises twice a day, and the highest tides come in March.\n\n"
        "Fishermen read the height of the water off a post that stands beside the old quay.\n"
    ),
}


class Ran(NamedTuple):
    """The result of a command."""

    status: int
    out: str
    err: str


class Typist:
    """A standard input whose lines are made as they are read, so that things happen between."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def isatty(self) -> bool:
        return False

    def __iter__(self) -> Iterator[str]:
        return self._lines


Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a home of its own; nothing of ours is in it but what a test puts."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def corpus(folder: Path) -> Path:
    """The working folder's corpus, with two articles."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in ARTICLES.items():
        (corpus / name).write_text(text, "utf-8")
    return corpus


@pytest.fixture
def shipped(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder whose settings name the corpus that ships; all tests share its index."""
    cache = tmp_path_factory.getbasetemp() / "index-of-the-shipped-corpus"
    (folder / "config.toml").write_text(
        f"[corpus]\nfolder = '{ROOT / 'corpus'}'\n[search]\ncache = '{cache}'\n", "utf-8"
    )
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line in this process, with ``stdin`` as its standard input."""

    def run(*arguments: str, stdin: str | bytes | Typist = b"") -> Ran:
        if isinstance(stdin, str):
            stdin = stdin.encode()
        if isinstance(stdin, bytes):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        else:
            monkeypatch.setattr(sys, "stdin", stdin)
        capsys.readouterr()
        try:
            status = main(arguments)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(status, out, err)

    return run
