"""Questions as people type them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.measuring.perturbation import PERTURBATIONS, edit, perturb
from bot.text.analyzer import Languages

ANALYZER = Languages()


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - to be repeatable


QUESTION = "Who was the lighthouse keeper of Skerry?"


def test_lower_case_goes_without_the_question_mark() -> None:
    assert perturb(QUESTION, "lower", chance(0), ANALYZER) == (
        "who was the lighthouse keeper of skerry"
    )


def test_stop_words_are_dropped() -> None:
    assert perturb(QUESTION, "stopwords", chance(0), ANALYZER) == "lighthouse keeper Skerry"
    assert perturb("Who is it?", "stopwords", chance(0), ANALYZER) == "Who is it?"


def test_a_typing_error_is_one_edit_in_the_longest_word_and_the_same_for_the_same_seed() -> None:
    typed = {perturb(QUESTION, "typo", chance(seed), ANALYZER) for seed in range(20)}
    assert len(typed) > 10
    for question in typed:
        assert question.startswith("Who was the ")
        assert question.endswith(" keeper of Skerry?")
    assert perturb(QUESTION, "typo", chance(3), ANALYZER) == perturb(
        QUESTION, "typo", chance(3), ANALYZER
    )


@given(st.text(min_size=1), st.integers(0, 100))
def test_an_edit_changes_the_length_by_one_at_most(word: str, seed: int) -> None:
    assert abs(len(edit(word, chance(seed))) - len(word)) <= 1


@given(st.text(), st.sampled_from(PERTURBATIONS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_any_question_can_be_perturbed(language: str, question: str, how: str) -> None:
    perturbed = perturb(question, how, chance(0), ANALYZER, language)  # type: ignore[arg-type]
    assert bool(perturbed) == bool(question) or how == "typo"
