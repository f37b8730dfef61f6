"""An index that another version of a library has made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings
from bot.text.analyzer import Languages
from tests.frontends.cli.conftest import Run


class _OlderStems(Languages):
    """Stems every word in another way, as another version of the stemmer may."""

    def fingerprint(self) -> str:
        return re.sub("PyStemmer [0-9.]+", "PyStemmer 2.2.0.3\x1b[31m", super().fingerprint())

    def terms(self, text: str, language: str) -> list[str]:
        return [f"{term}-older" for term in super().terms(text, language)]


def test_an_index_that_other_libraries_made_is_made_anew(
    corpus: Path, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings()
    made = wiring.shelf(settings, wiring.corpus_folder(settings), _OlderStems())
    assert made.refresh().added == ("lighthouse", "tides")
    ran = run("ask", "When did the storm tear the gallery away?")
    assert (ran.status, ran.err) == (0, "")
    assert "tore the gallery away" in ran.out
    folder = wiring.index_folder(settings)
    told = f"{folder}: the index was made with PyStemmer 2.2.0.3\\x1b[31m; it is made anew"
    assert [record.getMessage() for record in caplog.records] == [told]
    wiring.shelf(settings, wiring.corpus_folder(settings), _OlderStems()).refresh()
    caplog.clear()
    lines = run("check").out.splitlines()
    assert lines[2] == (f"index: {folder}, made with PyStemmer 2.2.0.3\\x1b[31m, and now made anew")
    assert caplog.records == []
    assert run("check").out.splitlines()[2] == f"index: {folder}, in order"


def test_a_folder_in_the_place_of_the_index_is_moved_away_once(
    corpus: Path, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    index = wiring.index_folder(Settings()) / "index.sqlite3"
    index.mkdir(parents=True)
    ran = run("ask", "When did the storm tear the gallery away?")
    assert (ran.status, ran.err) == (0, "")
    assert "tore the gallery away" in ran.out
    told = f"{index}: something that is no file was in the index's way; it is {index}.aside now"
    assert [record.getMessage() for record in caplog.records] == [told]
    assert run("check").out.splitlines()[2] == f"index: {index.parent}, in order"
    assert len(caplog.records) == 1
