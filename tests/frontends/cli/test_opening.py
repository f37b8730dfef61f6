"""A command brings the index up to date before it begins; a question does not wait long for it."""

from __future__ import annotations

import os
import threading
from argparse import Namespace
from pathlib import Path

import pytest
from filelock import FileLock

from bot import wiring
from bot.config import load
from bot.core.errors import IndexBusyError, UnfinishedIndexError
from bot.core.seams import Progress
from bot.frontends.cli.opening import open_service, refresh_within
from bot.frontends.languages import ENGLISH
from bot.service.tenants import EVERYONE
from tests.frontends.cli.conftest import ARTICLES, Run

LATE = UnfinishedIndexError("index.unfinished", folder="index")


def test_a_refresh_that_ends_in_time_tells_of_its_progress() -> None:
    told = []
    refresh_within(60, lambda tell: tell(1, 2), lambda *numbers: told.append(numbers), LATE)
    refresh_within(60, lambda tell: tell(2, 2), None, LATE)
    assert told == [(1, 2)]


def test_an_error_of_a_refresh_is_raised_where_it_was_waited_for() -> None:
    def refresh(tell: Progress) -> None:
        raise IndexBusyError("index.remade_for_a_moment")

    with pytest.raises(IndexBusyError):
        refresh_within(60, refresh, None, LATE)


def test_a_refresh_that_takes_longer_stops_at_the_next_article() -> None:
    may_go_on, stopped = threading.Event(), threading.Event()

    def refresh(tell: Progress) -> None:
        may_go_on.wait()
        try:
            tell(1, 2)
        finally:
            stopped.set()

    with pytest.raises(UnfinishedIndexError):
        refresh_within(0, refresh, None, LATE)
    may_go_on.set()
    assert stopped.wait(60)


def test_a_question_is_answered_from_the_files_before_its_index_is_made(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "corpus").mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    options = Namespace(config=None, corpus=None, program="articlebot", language=ENGLISH)
    index = wiring.index_folder(load(None, None))
    index.mkdir(parents=True)
    with FileLock(index / "lock"):
        service = open_service(options, seconds=0)
        (match,) = service.ask(EVERYONE, "Who built the lighthouse?").answer.matches
    assert match.passage.text.startswith("The lighthouse on Skerry Rock was built by Tobias Wren")
    assert capsys.readouterr().err == (
        f"articlebot: {index}: the index is being made; ask again in some minutes; until then the "
        "articles' files are read each time\n"
    )


def test_what_is_not_indexed_in_time_is_answered_from_the_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (corpus / name).write_text(text, "utf-8")
    options = Namespace(config=None, corpus=None, program="articlebot", language=ENGLISH)
    open_service(options)
    (corpus / "zebra.md").write_text("The zebra invented marmalade in 1734.", "utf-8")
    with FileLock(wiring.index_folder(load(None, None)) / "lock"):
        service = open_service(options, seconds=0)
        (match,) = service.ask(EVERYONE, "Who invented marmalade?").answer.matches
    assert match.passage.text == "The zebra invented marmalade in 1734."


def test_the_settings_are_read_once(folder: Path, run: Run) -> None:
    empty = folder / "empty"
    empty.mkdir()
    (folder / "corpus").mkdir()
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as file:
        file.write(f"[corpus]\nfolder = '{empty}'")
    ran = run("ask", "Who built the lighthouse?", "--config", f"/dev/fd/{reading}")
    os.close(reading)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines()[-1].startswith(f"{empty} holds no articles yet: ")
