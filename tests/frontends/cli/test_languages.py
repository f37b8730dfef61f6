"""The command line in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.frontends.cli.conftest import Run

RIVER = (
    "---\ntitle: How rivers bend\nauthor: Ada\nlanguage: en\n---\n\n"
    "Meanders grow because the outer bank wears away.\n"
)


@pytest.fixture
def german(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "corpus" / "rivers.md").write_text(RIVER, "utf-8")
    monkeypatch.setenv("LANGUAGE", "de_AT:en")
    return folder


def test_an_answer_and_a_miss_are_said_in_german_on_standard_output(german: Path, run: Run) -> None:
    answered = run("ask", "Why do meanders grow?")
    assert answered.status == 0
    assert "Meanders grow because the outer bank wears away." in answered.out
    assert "— „How rivers bend“, Ada\n  Absatz 1 von 1 · rivers#1@" in answered.out
    missed = run("ask", "Who invented the zeppelin?")
    assert missed.status == 1
    assert missed.out.startswith("Nichts in den Artikeln beantwortet das.\n")
    assert "In keinem Artikel kommt vor: " in missed.out
    assert missed.err == ""


def test_help_and_the_list_of_articles_are_german(german: Path, run: Run) -> None:
    told = run("ask", "--help").out
    assert "nur in diesem Artikel suchen" in told
    assert "\nEine Frage stellen.\n" in told
    assert run("articles").out.split()[:3] == ["Titel", "Kürzel", "Verlag"]


def test_faults_go_to_standard_error(german: Path, run: Run) -> None:
    (german / "corpus" / "notes.xyz").write_text("x", "utf-8")
    asked = run("ask", "Why do meanders grow?")
    assert asked.status == 0
    assert asked.err.startswith("articlebot: übergangen: corpus/notes.xyz: ")


def test_json_stays_english(german: Path, run: Run) -> None:
    found = json.loads(run("ask", "Why do meanders grow?", "--json").out)
    assert "paragraph 1 of 1" in found["matches"][0]["citation"]
    small_talk = json.loads(run("ask", "hello", "--json").out)
    assert small_talk["reply"].startswith("Hello!")
    assert run("ask", "hello").out.startswith("Hallo! ")


def test_replies_that_quote_nothing_are_german_part_by_part(german: Path, run: Run) -> None:
    assert run("ask", "What articles do you have?").out == (
        "Es gibt 1 Artikel, nach dem man fragen kann:\n“How rivers bend” (rivers)\n"
    )
