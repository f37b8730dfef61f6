"""The text that a question names."""

from __future__ import annotations

import pytest

from bot.text.crediting import credited


@pytest.mark.parametrize(
    ("language", "text", "words", "rest"),
    [
        ("en", "According to the annual report, who won?", "annual report", "who won?"),
        ("en", 'In "Bees in town", what do they eat?', "Bees in town", "what do they eat?"),
        ("en", "Who won, according to the annual report?", "annual report", "Who won, ?"),
        ("en", "according to the ferry FAQ, who sails?", "ferry FAQ", "who sails?"),
        ("en", "per the guild rules page, how many?", "guild rules page", "how many?"),
        ("en", "As stated in the ferry report, who sails?", "ferry report", "who sails?"),
        ("en", "according to the rules, who begins?", "rules", "who begins?"),
        ("de", "Laut „Bienen der Stadt“: Was fressen sie?", "Bienen der Stadt", "Was fressen sie?"),
        (
            "fr",
            "Selon « Les abeilles », que mangent-elles ?",
            "Les abeilles",
            "que mangent-elles ?",
        ),
    ],
)
def test_a_question_that_names_a_text(language: str, text: str, words: str, rest: str) -> None:
    found = credited(text, language)
    assert found is not None
    assert text[slice(*found.words)].strip() == words
    assert text[: found.whole.start] + text[found.whole.end :] == rest


@pytest.mark.parametrize(
    "text",
    ["In the harbour of Elling, who sails?", "In which year was it built?", 'In "x" we trust', ""],
)
def test_a_question_that_names_none(text: str) -> None:
    assert credited(text, "en") is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("according to the ferry FAQ, who sails?", "ferry"),
        ("per the guild rules page, how many?", "guild rules"),
        ("according to the rules, who begins?", "rules"),
        ("According to “Our annual report”, who won?", "Our annual report"),
    ],
)
def test_the_word_for_a_text_may_be_no_part_of_its_title(text: str, bare: str) -> None:
    found = credited(text, "en")
    assert found is not None
    assert text[slice(*found.bare)] == bare
