"""The tables of phrases, and the language that they are written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.text import phrases
from bot.text.phrases import LANGUAGES, Phrases, languages_of, make_vocabulary, phrase_table
from bot.text.phrases import plain_words as plain

SECTIONS = {
    "greeting", "farewell", "thanks", "praise", "insult", "acknowledgement", "laughter", "help",
    "identity", "quit", "test", "summary", "summary words", "summary opening", "catalogue",
    "filler opening", "filler marker", "filler closing", "filler tail", "filler anywhere",
    "filler sentence", "mid opening", "asks",
}  # fmt: skip


def test_the_vocabulary_is_that_of_the_files() -> None:
    """`python -c "from bot.text.phrases import make_vocabulary as m; print(m(), end='')"`"""
    written = Path(phrases.__file__).with_name("vocabulary.txt").read_text("utf-8")
    assert written == make_vocabulary()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_every_section(language: str) -> None:
    text = Path(phrases.__file__).with_name(f"{language}.txt").read_text("utf-8")
    sections = {line[1:-1] for line in text.splitlines() if line.startswith("[")}
    assert sections >= SECTIONS
    assert "@" not in "".join(phrase_table(language).words())  # type: ignore[union-attr]


def test_a_language_without_a_file_has_no_table() -> None:
    assert phrase_table("fi") is None


def test_words_are_compared_without_case_accents_and_apostrophes() -> None:
    assert [each.word for each in plain("Où est l'Élan, Ümit'in I’d?")] == [
        "ou", "est", "lelan", "umitin", "id",
    ]  # fmt: skip
    assert [each.word for each in plain("你好 ok吗")] == ["你", "好", "ok", "吗"]
    assert plain("¿?! …") == ()


@pytest.mark.parametrize(
    ("pattern", "words", "ends"),
    [
        ("good day", "good day to you", {2}),
        ("good/fine day/morning", "fine morning", {2}),
        ("good day? sir/to_you", "good to you", {3}),
        ("good day? sir?", "good day sir", {1, 2, 3}),
        ("what does * say", "what does the long book say now", {6}),
        ("sorry *", "sorry for that", {1, 2, 3}),
        ("good day", "good", set()),
        ("day", "good", set()),
    ],
)
def test_patterns(pattern: str, words: str, ends: set[int]) -> None:
    found = Phrases([pattern])
    assert found.ends(words.split(), 0) == ends
    assert found.longest(words.split(), 0) == max(ends, default=0)


def test_languages_are_told_by_their_words() -> None:
    assert languages_of(["danke", "schon"]) == ["de"]
    assert languages_of(["xylophone"]) == []


def test_where_no_phrase_begins_is_told_for_all_words_at_once() -> None:
    phrases = Phrases(["good_morning", "thanks? for that"])
    assert phrases.may_begin_in(["owls", "hunt"])  # it is not known yet
    assert phrases.ends(["good", "morning"], 0) == {2}
    assert not phrases.may_begin_in(["owls", "hunt"])
    assert not phrases.may_begin_in(["morning", "that"])
    assert phrases.may_begin_in(["owls", "good"])
    assert phrases.may_begin_in(["for", "that"])  # its first word may be left out
