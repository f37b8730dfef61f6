"""Words of a language, told from typing errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.text
from bot.text.known_words import is_word
from bot.text.tokens import fold


@pytest.mark.parametrize(
    "word", ["duplicates", "duplicated", "player", "happier", "cakes", "baked"]
)
def test_a_form_of_a_word_is_one(word: str) -> None:
    assert is_word(word, "en")


@pytest.mark.parametrize("word", ["duplicats", "plaier", "cakis"])
def test_what_only_ends_like_a_form_is_none(word: str) -> None:
    assert not is_word(word, "en")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "allein rauchen raucht geraucht studenten schluessel schlussel hausarzt mieten"),
        ("es", "cuesta habitaciones pagar vecinos"),
        ("fr", "coute cheville louer voisins"),
        ("it", "costa camere affittare vicini"),
        ("nl", "kost kamers huren fietsen"),
        ("pt", "custa quartos alugar vizinhos"),
    ],
)
def test_everyday_words_of_other_languages_are_known(language: str, words: str) -> None:
    assert [word for word in words.split() if not is_word(word, language)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "rauhcen schluesel studnten allien hausarzzt"),
        ("es", "habitacoin vecnios"),
        ("fr", "chevlile voisni"),
        ("it", "afittare camrea"),
        ("nl", "kamesr fietsne"),
        ("pt", "qaurto vizniho"),
        ("fi", "allein costa"),
    ],
)
def test_misspelt_words_of_other_languages_are_not_known(language: str, words: str) -> None:
    assert [word for word in words.split() if is_word(word, language)] == []


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl", "pt"])
def test_a_list_of_words_is_in_alphabetical_order(language: str) -> None:
    file = Path(bot.text.__file__).with_name(f"words.{language}.txt")
    words = file.read_text("utf-8").split()
    assert words == sorted(set(words), key=lambda word: (fold(word), word))
    assert all(word == word.lower() and word.isalpha() for word in words)
