"""Questions as people type them have a floor.

Five articles of the kinds that communities keep, and questions about them by somebody who has not
read them, in this project's own words; a question in four asks for what they don't say. A passage
is right where it holds the words that answer. The weights of `bot.core.relevance.confidence` were
fitted to these questions among others, so that the floors guard what is reached and measure nothing
new.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple, TypedDict

import pytest

from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.answer import Answer
from bot.core.library import Library
from bot.core.measuring.perturbation import edit
from bot.wiring import library as wired

HERE = Path(__file__).parent / "asking"


class Asked(NamedTuple):
    """One question, what its right passage holds, and what came of it."""

    words: tuple[str, ...]
    """Wordings of the answer; none where the articles don't say."""
    article: str | None
    answer: Answer

    @property
    def is_right(self) -> bool:
        if not self.answer.matches:
            return False
        match = self.answer.matches[0]
        return match.citation.slug == self.article and self._holds(match.passage.text)

    @property
    def is_marked(self) -> bool:
        """Return whether the marked sentence answers."""
        if not self.is_right:
            return False
        match = self.answer.matches[0]
        return self._holds(match.passage.text[match.sentence.start : match.sentence.end])

    def _holds(self, text: str) -> bool:
        return any(_plain(words) in _plain(text) for words in self.words)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


class Row(TypedDict):
    """A line of the questions."""

    question: str
    article: str | None
    answers: list[str]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    cache = tmp_path_factory.mktemp("asking")
    settings = Settings(
        CorpusSettings(folder=HERE / "corpus"), SearchSettings(engine="rank-bm25", cache=cache)
    )
    library = wired(settings)
    library.refresh()
    return library


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [json.loads(line) for line in (HERE / "questions.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def asked(library: Library, rows: list[Row]) -> list[Asked]:
    return [
        Asked(tuple(row["answers"]), row["article"], library.ask(row["question"])) for row in rows
    ]


def share(counted: list[bool]) -> float:
    return sum(counted) / len(counted)


def answerable(asked: list[Asked]) -> list[Asked]:
    return [each for each in asked if each.words]


def asked_otherwise(library: Library, rows: list[Row], change: Callable[[str], str]) -> list[bool]:
    """Return of each question that has an answer whether its passage comes first when it is
    changed."""
    return [
        Asked(tuple(row["answers"]), row["article"], library.ask(change(row["question"]))).is_right
        for row in answerable_rows(rows)
    ]


def answerable_rows(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["answers"]]


def test_the_right_passage_comes_first_and_the_right_sentence_is_marked(asked: list[Asked]) -> None:
    assert share([each.is_right for each in answerable(asked)]) >= 0.81
    assert share([each.is_marked for each in answerable(asked)]) >= 0.64


def test_three_typing_errors_leave_most_questions_their_passage(
    library: Library, rows: list[Row]
) -> None:
    random = Random(0)  # noqa: S311 - errors, not secrets
    found = asked_otherwise(library, rows, lambda question: _with_errors(question, 3, random))
    assert share(found) >= 0.72


def test_a_space_that_was_left_out_leaves_nearly_all_their_passage(
    library: Library, rows: list[Row]
) -> None:
    random = Random(0)  # noqa: S311 - errors, not secrets
    found = asked_otherwise(library, rows, lambda question: _without_a_space(question, random))
    assert share(found) >= 0.77


def test_a_space_too_many_leaves_nearly_all_their_passage_and_most_their_answer(
    library: Library, rows: list[Row]
) -> None:
    random = Random(0)  # noqa: S311 - errors, not secrets
    found = [
        Asked(tuple(row["answers"]), row["article"], library.ask(_cut(row["question"], random)))
        for row in answerable_rows(rows)
    ]
    assert share([each.is_right for each in found]) >= 0.75
    assert share([each.is_right and each.answer.kind == "answer" for each in found]) >= 0.46


def _cut(question: str, random: Random) -> str:
    """Return a question with a space in one of its words of six letters or more."""
    word = random.choice(list(re.finditer(r"[a-z]{6,}", question)) or [None])
    if word is None:
        return question
    at = random.randrange(word.start() + 3, word.end() - 2)
    return f"{question[:at]} {question[at:]}"


def _without_a_space(question: str, random: Random) -> str:
    """Return a question with two of its words run together, each of three letters or more."""
    gap = random.choice(list(re.finditer(r"(?<=[a-z]{3}) (?=[a-z]{3})", question)) or [None])
    return question if gap is None else question[: gap.start()] + question[gap.end() :]


def _with_errors(question: str, errors: int, random: Random) -> str:
    """Return a question with an error in each of its longest words."""
    words = question.split()
    longest = sorted(range(len(words)), key=lambda at: -len(words[at]))
    for at in longest[:errors]:
        if len(words[at]) > 2:
            words[at] = words[at][0] + edit(words[at][1:], random)
    return " ".join(words)


def test_what_is_right_is_said_to_be_an_answer_or_shown_as_what_may_be_one(
    asked: list[Asked],
) -> None:
    rows = answerable(asked)
    assert share([e.is_right and e.answer.kind == "answer" for e in rows]) >= 0.62
    assert share([e.is_right and e.answer.kind in ("answer", "unsure") for e in rows]) >= 0.78


def test_little_else_is(asked: list[Asked]) -> None:
    wrong = [each.answer.kind == "answer" and not each.is_right for each in answerable(asked)]
    assert share(wrong) <= 0.03
    unsaid = [each.answer.kind == "answer" for each in asked if not each.words]
    assert share(unsaid) <= 0.13


def test_each_kind_of_answer_keeps_what_it_promises(asked: list[Asked]) -> None:
    given = [each for each in asked if each.answer.kind == "answer"]
    maybe = [each for each in asked if each.answer.kind == "unsure"]
    assert share([each.is_right for each in given]) >= 0.87
    assert share([each.is_right for each in maybe]) >= 0.28
    assert share([each.is_right for each in given]) > share([each.is_right for each in maybe])
