"""Indexes that earlier versions of the program made: each is made anew, and no word is lost.

The files in ``tests/samples/indexes`` were made by the last version of each format, from the two
articles beside them. Whoever raises `bot.index.index_folder.FORMAT` adds one of the format before.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings
from bot.frontends.cli import main
from bot.index.index_folder import FILE, FORMAT

_SAMPLES = Path(__file__).parents[1] / "samples" / "indexes"
_FORMATS = sorted(
    int(re.findall(r"\d+", path.name)[0]) for path in _SAMPLES.glob("format-*.sqlite3.gz")
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A working folder with the articles of the samples, and an index folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(_SAMPLES / "articles", tmp_path / "corpus")
    return Settings()


def _asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_there_is_one_of_each_earlier_format() -> None:
    assert set(range(1, FORMAT)) <= set(_FORMATS)


@pytest.mark.parametrize("number", _FORMATS)
def test_an_index_of_an_earlier_format_is_made_anew_without_a_word_lost(
    number: int, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = ["When did the sound freeze?", "In which month do pears ripen?"]
    fresh = [_asked(capsys, "ask", question) for question in questions]
    articles = _asked(capsys, "articles")
    folder = wiring.index_folder(settings)
    shutil.rmtree(folder)
    folder.mkdir(parents=True)
    sample = gzip.decompress((_SAMPLES / f"format-{number}.sqlite3.gz").read_bytes())
    (folder / FILE).write_bytes(sample)
    connection = sqlite3.connect(folder / FILE)
    assert connection.execute("PRAGMA user_version").fetchone() == (number,)
    connection.close()
    assert [status for status, _ in fresh] == [0, 0]
    assert [_asked(capsys, "ask", question) for question in questions] == fresh
    assert _asked(capsys, "articles") == articles
    assert main(["check"]) == 0
    connection = sqlite3.connect(folder / FILE)
    assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    connection.close()
