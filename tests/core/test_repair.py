"""Typing errors are put right."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.query import read
from bot.core.repair import (
    Repaired,
    can_be_repaired,
    candidates,
    is_name,
    likeliest,
    variants,
    with_repairs,
    without_guesses,
)
from bot.text.analyzer import Languages

ANALYZER = Languages()


def repair(word: str, *texts: str, language: str = "en") -> tuple[str, str] | None:
    """The word that was meant, given the passages there are."""
    frequency = Counter(stem for text in texts for stem in set(ANALYZER.terms(text, language)))
    meant = likeliest(word, candidates(word, language, ANALYZER), frequency)
    return None if meant is None else (meant.word, meant.stem)


@pytest.mark.parametrize("typed", ["harbor", "harbourr", "hatbour", "ahrbour", "hrbour", "harbuor"])
def test_one_edit_is_put_right(typed: str) -> None:
    assert repair(typed, "The harbour froze.") == ("harbour", "harbour")


def test_the_stem_that_stands_in_the_most_passages_is_meant() -> None:
    assert repair("lave", "a lake", "a lane", "the lane") == (
        "lane",
        "lane",
    )
    assert repair("lave", "a lake", "the lake", "the lane") == (
        "lake",
        "lake",
    )


@pytest.mark.parametrize(
    ("typed", "language", "text", "meant"),
    [
        ("гавнь", "ru", "гавань", "гавань"),
        ("brukce", "de", "Brücke", "brucke"),
        ("λινη", "el", "λίμνη", "λιμνη"),
        ("ميناد", "ar", "ميناء", "ميناء"),
        ("अधकार", "hi", "अधिकार", "अधिकार"),
    ],
)
def test_letters_come_from_the_words_own_script(
    typed: str, language: str, text: str, meant: str
) -> None:
    found = repair(typed, text, language=language)
    assert found is not None
    assert found[0] == meant


def test_nothing_is_put_right_where_nothing_is_near() -> None:
    assert repair("zeppelin", "The harbour froze.") is None


@pytest.mark.parametrize(
    ("word", "can"),
    [
        ("port", True),
        ("teh", True),
        ("of", False),
        ("h2o2", False),
        ("x" * 41, False),
        ("अधकार", True),
        ("гавxнь", True),
        ("กรรม", False),
        ("发明电话", False),
    ],
)
def test_only_words_long_enough_are_looked_at(word: str, can: bool) -> None:
    assert can_be_repaired(word) is can


@settings(max_examples=30)
@given(st.text(alphabet="abcdefgh", min_size=4, max_size=8), st.data())
def test_whatever_one_letter_was_done_the_word_is_among_the_variants(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    for typed in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        swapped,
    ):
        assert typed == word or word in variants(typed)
        assert typed not in variants(typed)


def test_a_reading_with_repairs_searches_for_what_was_meant() -> None:
    reading = read("When did the harbuor freeze?", "en", ANALYZER)
    repaired = with_repairs(
        reading, {"harbuor": Repaired("harbour", "harbour", False, True)}, ANALYZER
    )
    assert repaired.terms == ("harbour", "freez")
    assert repaired.tokens.words == ["when", "did", "the", "harbour", "freeze"]
    assert repaired.tokens.starts == reading.tokens.starts


@pytest.mark.parametrize(
    ("word", "text"), [("crust", "The Trust met."), ("wick", "a pick"), ("of", "off")]
)
def test_hardly_anybody_mistakes_the_first_letter(word: str, text: str) -> None:
    assert repair(word, text) is None


def test_function_words_are_put_right_and_not_searched_for() -> None:
    for typed, meant in {"teh": "the", "wich": "which", "mcuh": "much"}.items():
        found = likeliest(typed, candidates(typed, "en", ANALYZER), {"wish": 1, "rich": 1})
        assert found is not None
        assert (found.word, found.is_stop) == (meant, True)
    reading = read("how mcuh did it cost", "en", ANALYZER)
    much = candidates("mcuh", "en", ANALYZER)["much"]
    repaired = with_repairs(reading, {"mcuh": much}, ANALYZER)
    assert (repaired.terms, repaired.kind) == (("cost",), "money")


def test_a_word_is_told_from_an_error() -> None:
    assert all(
        ANALYZER.is_word(word, "en")
        for word in "stake cons ovens baking chilly opened stopped".split()
    )
    assert not any(ANALYZER.is_word(word, "en") for word in "harbuor musuem kestrals baned".split())
    assert ANALYZER.is_word("warum", "de")
    assert not ANALYZER.is_word("warun", "de")
    assert not ANALYZER.is_word("stake", "fi")


def test_names_are_told_by_their_shape() -> None:
    assert is_name("Wick", opens_sentence=False)
    assert not is_name("Wick", opens_sentence=True)
    assert not is_name("Kestrals", opens_sentence=False)
    assert not is_name("wick", opens_sentence=False)
    options = candidates("Rokc".lower(), "en", ANALYZER)
    assert [each.word for each in without_guesses("rokc", options).values()][:1] == ["orkc"]
