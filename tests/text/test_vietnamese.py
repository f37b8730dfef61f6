"""Vietnamese typed without marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.analyzer import Languages
from bot.text.tokens import fold
from bot.text.vietnamese import marked_forms


@pytest.mark.parametrize(
    "marked",
    ["thuyền", "đường", "mùa", "quán", "giặt", "nghiêng", "hòa", "uống", "biển", "ở", "gì", "bốn"],
)
def test_a_marked_syllable_is_among_the_forms_of_its_letters(marked: str) -> None:
    assert marked in marked_forms(fold(marked))


@pytest.mark.parametrize("word", ["bến", "", "12", "hmm", "harbour", "a-b"])
def test_what_is_marked_or_no_syllable_has_no_forms(word: str) -> None:
    assert marked_forms(word) == ()


@given(st.from_regex(r"[a-z]{1,7}", fullmatch=True))
def test_every_form_becomes_the_word_without_its_marks(word: str) -> None:
    for form in marked_forms(word):
        assert fold(form) == word != form


def test_only_a_language_whose_marks_tell_words_apart_has_them() -> None:
    languages = Languages()
    assert languages.marked_forms("pho", "fr") == ()
    assert "phở" in languages.marked_forms("pho", "vi")
