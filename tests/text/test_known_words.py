"""Words of a language, told from typing errors."""

from __future__ import annotations

import pytest

from bot.text.known_words import is_word


@pytest.mark.parametrize(
    "word", ["duplicates", "duplicated", "player", "happier", "cakes", "baked"]
)
def test_a_form_of_a_word_is_one(word: str) -> None:
    assert is_word(word, "en")


@pytest.mark.parametrize("word", ["duplicats", "plaier", "cakis"])
def test_what_only_ends_like_a_form_is_none(word: str) -> None:
    assert not is_word(word, "en")
