"""Typing errors are put right."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.questions.question_reading import read
from bot.core.questions.repair import (
    Repaired,
    can_be_repaired,
    candidates,
    is_name,
    likeliest,
    likelihood,
    variants,
    with_repairs,
    without_guesses,
)
from bot.text.analyzer import Languages

ANALYZER = Languages()


def repair(word: str, *texts: str, language: str = "en") -> tuple[str, str] | None:
    """The word that was meant, given the passages there are."""
    frequency = Counter(stem for text in texts for stem in set(ANALYZER.terms(text, language)))
    meant = likeliest(candidates(word, language, ANALYZER), frequency)
    return (meant[0][0].word, meant[0][0].stem) if meant else None


@pytest.mark.parametrize("typed", ["harbor", "harbourr", "hatbour", "ahrbour", "hrbour", "harbuor"])
def test_one_edit_is_put_right(typed: str) -> None:
    assert repair(typed, "The harbour froze.") == ("harbour", "harbour")


@pytest.mark.parametrize(
    ("typed", "texts", "is_sure"),
    [
        ("wpnd", ["A pond.", "The pond."], False),  # no edit leads there
        ("pnd", ["A pond."], True),
        ("quarp", ["a quark", "the quart"], False),  # as likely one as the other
        ("quarp", ["a quark"], True),
        ("thst", ["A pond."], True),  # that
    ],
)
def test_what_was_meant_is_sure_if_little_speaks_for_anything_else(
    typed: str, texts: list[str], is_sure: bool
) -> None:
    frequency = Counter(stem for text in texts for stem in set(ANALYZER.terms(text, "en")))
    meant = likeliest(candidates(typed, "en", ANALYZER), frequency)
    assert bool(meant and meant[0][0].is_sure) == is_sure


def test_the_stem_that_stands_in_the_most_passages_is_meant() -> None:
    assert repair("quarp", "a quark", "a quart", "the quart") == ("quart", "quart")
    assert repair("quarp", "a quark", "the quark", "the quart") == ("quark", "quark")


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


@pytest.mark.parametrize(
    ("typed", "likelier", "other"),
    [
        ("haul", "haul", "hail"),
        ("bedt", "best", "belt"),  # neighbours on the keyboard
        ("definate", "definite", "definame"),  # they sound alike
        ("goood", "good", "gooed"),  # typed twice
        ("mcuh", "much", "mush"),  # swapped
        ("brigde", "bridge", "brigade"),
        ("гавамь", "гавань", "гаваль"),
    ],
)
def test_an_error_of_fingers_or_ears_is_likelier(typed: str, likelier: str, other: str) -> None:
    assert likelihood(typed, likelier) > likelihood(typed, other)


def test_a_word_of_the_language_may_be_meant_that_no_article_holds() -> None:
    assert repair("coakh", "The trainer is old.") == ("coach", "coach")
    ((meant, _),) = likeliest(candidates("coakh", "en", ANALYZER), {})
    assert not meant.is_held
    assert not meant.is_searched


def test_people_ask_with_common_words_and_function_words() -> None:
    assert repair("meny", "It was mended.", "They mend it.") == ("many", "mani")
    assert repair("thee", "Three of them.", "There are three.") == ("the", "the")
    assert repair("wgy", "The wig.") == ("why", "whi")


def test_a_word_is_not_put_right_to_another_that_has_its_stem_alone() -> None:
    assert repair("alowd", "It allows that.") != ("allows", "allow")
    assert repair("glotment", "They glower.") is None


@pytest.mark.parametrize(
    ("typed", "language", "text"),
    [("mariee", "fr", "Le conseil votera en mars."), ("партии", "ru", "Паром ходит через реку.")],
)
def test_a_word_is_not_put_right_to_one_with_which_its_variant_shares_a_few_letters(
    typed: str, language: str, text: str
) -> None:
    assert repair(typed, text, language=language) is None


def test_a_stem_of_three_letters_is_no_little_in_arabic() -> None:
    assert repair("الحلمات", "الحملات", language="ar") == ("الحملات", "ar:حمل")


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
    repaired = with_repairs(reading, {"harbuor": Repaired("harbour", "harbour", False)}, ANALYZER)
    assert repaired.terms == ("harbour", "freez")
    assert repaired.tokens.words == ["when", "did", "the", "harbour", "freeze"]
    assert repaired.tokens.starts == reading.tokens.starts


@pytest.mark.parametrize(
    ("word", "text", "stem"), [("crust", "The Trust met.", "trust"), ("wick", "a pick", "pick")]
)
def test_hardly_anybody_mistakes_the_first_letter(word: str, text: str, stem: str) -> None:
    assert stem not in candidates(word, "en", ANALYZER)
    assert repair(word, text) != (stem, stem)


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [("rauchen", "de", "brauchen"), ("ouvrir", "fr", "couvrir"), ("asar", "es", "casar")],
)
def test_a_word_of_a_language_without_a_word_list_lacks_no_first_letter(
    word: str, language: str, other: str
) -> None:
    assert other in variants(word)
    assert other not in {each.word for each in candidates(word, language, ANALYZER).values()}


def test_function_words_are_put_right_and_not_searched_for() -> None:
    for typed, meant in {"teh": "the", "wich": "which", "mcuh": "much"}.items():
        ((found, _), *_) = likeliest(candidates(typed, "en", ANALYZER), {"wish": 1, "rich": 1})
        assert (found.word, found.is_stop) == (meant, True)
    reading = read("how mcuh did it cost", "en", ANALYZER)
    much = candidates("mcuh", "en", ANALYZER)["much"]
    repaired = with_repairs(reading, {"mcuh": much}, ANALYZER)
    assert (repaired.terms, repaired.kind) == (("cost",), "money")


def test_three_letters_are_no_shorter_function_word_with_another_beginning() -> None:
    """Of "psa", a dog, no letter was typed too many before "są"."""
    assert "sa" not in {each.word for each in candidates("psa", "pl", ANALYZER).values()}
    assert "who" in {each.word for each in candidates("hwo", "en", ANALYZER).values()}


def test_a_word_is_told_from_an_error() -> None:
    assert all(
        ANALYZER.is_word(word, "en")
        for word in "stake cons ovens baking chilly opened stopped baked baker hid geese".split()
    )
    wrong = "harbuor musuem kestrals baned crudst"
    assert not any(ANALYZER.is_word(word, "en") for word in wrong.split())
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


@pytest.mark.parametrize(
    ("language", "word", "function_word"),
    [
        ("de", "warm", "war"),
        ("de", "warm", "warum"),
        ("de", "meinen", "einen"),
        ("de", "sand", "sind"),
        ("tr", "kişi", "kimi"),
    ],
)
def test_a_word_of_a_language_without_a_word_list_is_no_misspelt_function_word(
    language: str, word: str, function_word: str
) -> None:
    assert ANALYZER.tokens(function_word, language).stops == [True]
    options = candidates(word, language, ANALYZER)
    assert function_word not in {each.word for each in options.values()}


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [("de", "wnan", "wann"), ("de", "wannn", "wann"), ("de", "wiviel", "wieviel")],
)
def test_a_function_word_with_a_plain_typing_error_is_put_right(
    language: str, typed: str, meant: str
) -> None:
    options = candidates(typed, language, ANALYZER)
    assert meant in {each.word for each in options.values() if each.is_stop}


@pytest.mark.parametrize(
    ("word", "function_word"), [("fob", "for"), ("hex", "her"), ("tow", "the")]
)
def test_three_letters_with_another_one_in_their_midst_are_no_function_word(
    word: str, function_word: str
) -> None:
    assert function_word not in {each.word for each in candidates(word, "en", ANALYZER).values()}


@pytest.mark.parametrize(
    ("typed", "meant"), [("fot", "for"), ("teh", "the"), ("wat", "what"), ("hwo", "how")]
)
def test_three_letters_that_a_finger_missed_are_a_function_word(typed: str, meant: str) -> None:
    assert meant in {each.word for each in candidates(typed, "en", ANALYZER).values()}


def test_a_name_is_no_common_word_that_no_passage_holds() -> None:
    options = without_guesses("mona", candidates("mona", "en", ANALYZER))
    assert likeliest(options, {}) == []
    ((meant, _),) = likeliest(options, {"moan": 2})
    assert meant.word == "moan"
