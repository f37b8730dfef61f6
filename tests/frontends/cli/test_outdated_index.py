"""An index that another version of a library has made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings
from bot.text.analyzer import Languages

from .conftest import Run


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
    lines = run("check").out.splitlines()
    assert lines[2] == (f"index: {folder}, made with PyStemmer 2.2.0.3\\x1b[31m, and now made anew")
    assert run("check").out.splitlines()[2] == f"index: {folder}, in order"
