"""The conditions that a question sets for its answer."""

from __future__ import annotations

import pytest

from bot.core.questions.conditions import unmet
from bot.core.questions.question_reading import read
from bot.text.analyzer import Languages

ANALYZER = Languages()


def count(question: str, text: str, names: frozenset[str] = frozenset(), earlier: str = "") -> int:
    """Return the number of conditions of the question that a text does not meet."""
    reading, tokens = read(question, "en", ANALYZER, earlier), ANALYZER.tokens(text, "en")
    written = f"_{'_'.join(tokens.words)}_"
    return unmet(reading, written, set(tokens.stems).__contains__, names, ANALYZER.cues("en"))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many seats did they win?", "They won nine seats.", 0),
        ("How many seats did they win?", "They won nine votes.", 1),
        ("Who rowed the first boat?", "Ada Byrne rowed the first boat.", 0),
        ("Who rowed the first boat?", "Ada Byrne rowed the boat.", 1),
        ("Is it older than the mill?", "It is a mill.", 1),
        ("Who sang in 1931?", "Ada Byrne sang in 1931.", 0),
        ("Who sang in 1931?", "Ada Byrne sang in 1932.", 1),
        ("What is paid every year?", "It is paid yearly.", 0),
        ("What is paid every year?", "It is paid this year.", 1),
        ("How many boats first came in 1931?", "A canoe won.", 3),
        ("Who sang?", "It rained.", 0),
    ],
)
def test_conditions_that_a_text_does_not_meet_are_counted(
    question: str, text: str, expected: int
) -> None:
    assert count(question, text) == expected


def test_a_name_does_not_tell_what_is_counted() -> None:
    question, text = "How many jobs Elling has?", "Elling has a mill."
    assert count(question, text) == 0  # is taken for what is counted
    assert count(question, text, frozenset({"ell"})) == 1
    assert count("How many Ellings are there?", text, frozenset({"ell"})) == 0


def test_the_question_before_sets_none() -> None:
    assert count("And who sang?", "Ada Byrne sang.", earlier="Who rowed the first boat?") == 0
