"""Two words that were run together are told apart."""

from __future__ import annotations

from collections import Counter
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.question_reading import QuestionReading, read
from bot.core.questions.run_together import likelier_pairs, pairs_of, terms_of
from bot.text.analyzer import Languages

ANALYZER = Languages()


def unseen(reading: QuestionReading, word: str) -> dict[int, int]:
    start = reading.question.index(word)
    return {start: start + len(word)}


def told_apart(
    question: str,
    word: str,
    text: str,
    others: dict[str, float] | None = None,
    language: str = "en",
) -> tuple[str, bool] | None:
    """The two words that one of a question is, and whether that is sure, given an article."""
    reading = read(question, language, ANALYZER)
    frequency = Counter(set(ANALYZER.terms(text, language)))
    found = likelier_pairs(
        pairs_of(reading, unseen(reading, word), ANALYZER), others or {}, frequency
    )
    return next(((pair.form, pair.is_sure) for pair in found.values()), None)


@pytest.mark.parametrize(
    ("question", "word", "text", "expected"),
    [
        ("where does theferry land", "theferry", "A ferry lands.", ("the ferry", True)),
        ("what are the openinghours", "openinghours", "Our hours.", ("opening hours", True)),
        ("who paid for the lidorepairs", "lidorepairs", "The lido.", ("lido repairs", True)),
        ("who paid the vaskolrepairs", "vaskolrepairs", "Vaskol", ("vaskol repairs", False)),
        ("howmuch is a ticket", "howmuch", "A ticket costs 3.", ("how much", True)),
        ("what is Varnholtwriting now", "Varnholtwriting", "Varnholt", ("varnholt writing", False)),
    ],
)
def test_a_space_that_was_left_out_is_found(
    question: str, word: str, text: str, expected: tuple[str, bool]
) -> None:
    assert told_apart(question, word, text) == expected


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        ("what is Blackhouse like", "Blackhouse", "A black house."),  # another name
        ("where is the garden", "garden", "The den of a guard."),  # a word of the language
        ("the vaskolrepairs", "vaskolrepairs", "No."),  # one part is no word that is known
        ("openinghours", "openinghours", "Our hours."),  # nothing else is asked
        ("what is the OPENINGHOURS", "OPENINGHOURS", "Our hours."),  # an abbreviation
        ("what is nightt", "nightt", "The night."),  # "t" is too short for a word
        ("what is on7may", "on7may", "May"),  # no letters
    ],
)
def test_other_words_stay_one(question: str, word: str, text: str) -> None:
    assert told_apart(question, word, text) is None


def test_a_likelier_error_is_preferred() -> None:
    question, word, text = "who builds notworks here", "notworks", "It works."
    assert told_apart(question, word, text) == ("not works", True)
    assert told_apart(question, word, text, others={"notworks": 1000.0}) is None


def test_other_languages_are_told_apart_too() -> None:
    question, word = "wann fahrt dieFähre", "dieFähre"
    assert told_apart(question, word, "Eine Fähre", language="de") == ("die fahre", True)


@given(st.text(ascii_lowercase, min_size=1, max_size=50))
def test_a_pair_is_its_word_with_a_space(word: str) -> None:
    reading = read(f"what is the {word}", "en", ANALYZER)
    pairs = pairs_of(reading, {12: 12 + len(word)}, ANALYZER)
    for found in pairs.values():
        assert all(pair.form.replace(" ", "") == word for pair in found)
    held = {stem for found in pairs.values() for each in found for stem in each.tokens.stems}
    assert set(terms_of(pairs)) <= held
