"""Small talk, filler and follow-ups have floors, in the twelve languages that have phrases.

The messages are of this project's own wording, and were written after the phrases. The figures in
the README beside them are of the same lists.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.text.asking_parts import asked
from bot.text.phrases import LANGUAGES
from bot.text.small_talk import small_talk
from bot.wiring import library as wired

HERE = Path(__file__).parent


def rows(path: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / path).read_text("utf-8").splitlines()]


TALK, POLITE = rows("messages/talk.jsonl"), rows("messages/polite.jsonl")
QUESTIONS = [row["question"] for row in [*rows("questions.jsonl"), *rows("asking/questions.jsonl")]]
FOLLOWING = rows("messages/following.jsonl")
SHORT = rows("messages/short_questions.jsonl")


def test_every_language_has_messages() -> None:
    assert {row["language"] for row in TALK} == {row["language"] for row in POLITE}
    assert {row["language"] for row in TALK} == set(LANGUAGES)


def test_small_talk_is_known() -> None:
    known = [small_talk(row["text"]) is not None for row in TALK]
    assert sum(known) >= 0.97 * len(TALK)


def test_questions_are_not_taken_for_small_talk() -> None:
    asked_here = [*QUESTIONS, *(row["text"] for row in POLITE)]
    taken = [text for text in asked_here if small_talk(text) is not None]
    assert len(taken) <= len(asked_here) / 200, taken


@pytest.mark.parametrize("row", SHORT, ids=[row["text"] for row in SHORT])
def test_a_short_question_is_neither_small_talk_nor_filler(row: dict[str, str]) -> None:
    assert small_talk(row["text"]) is None
    (span,) = asked(row["text"], row["language"]).asking
    assert row["text"][span.start : span.end].strip(" ?？¿") == row["text"].strip(" ?？¿")


def test_filler_is_told_from_what_is_asked() -> None:
    right = 0
    for row in POLITE:
        parts = asked(row["text"], row["language"]).asking
        right += " | ".join(row["text"][start:end] for start, end in parts) == row["asks"]
    assert right >= 0.9 * len(POLITE)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    cache = tmp_path_factory.mktemp("messages")
    settings = Settings(
        CorpusSettings(folder=HERE / "asking" / "corpus"), SearchSettings(cache=cache)
    )
    found = wired(settings)
    found.refresh()
    return found


def test_follow_ups_find_the_right_passage(library: Library) -> None:
    first = 0
    for row in FOLLOWING:
        answer = library.ask(row["question"], limit=1, earlier=[row["follows"]])
        match = answer.matches[0] if answer.matches else None
        first += (
            match is not None
            and match.citation.slug == row["article"]
            and row["answer"] in match.passage.text
        )
    assert first >= 0.6 * len(FOLLOWING)
