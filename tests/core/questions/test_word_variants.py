"""The words that an unknown word of a question may stand for."""

import pytest

from bot.core.questions.question_reading import QuestionReading, read
from bot.core.questions.word_variants import (
    across_words,
    forms_of,
    guesses,
    meant_options,
    related_forms,
)
from bot.text.analyzer import Languages

ANALYZER = Languages()


def unseen(reading: QuestionReading, *words: str) -> dict[int, int]:
    at = [reading.question.index(word) for word in words]
    return {start: start + len(word) for start, word in zip(at, words, strict=True)}


def test_an_ordinal_and_an_abbreviation_have_other_forms() -> None:
    reading = read("When was the 4th IPO?", "en", ANALYZER)
    found = forms_of(reading, unseen(reading, "4th", "IPO"), ANALYZER)
    assert {reading.question[a:b]: next(iter(forms)) for (a, b), forms in found.items()} == {
        "4th": "fourth",
        "IPO": "initial public offering",
    }


@pytest.mark.parametrize(
    ("question", "word", "whole"),
    [
        ("Who keeps the light house?", "house", "lighthouse"),
        ("Is there water melon?", "water", "watermelon"),
    ],
)
def test_a_word_may_be_a_part_of_one_that_was_typed_as_two(
    question: str, word: str, whole: str
) -> None:
    reading = read(question, "en", ANALYZER)
    (forms,) = related_forms(reading, unseen(reading, word), ANALYZER).values()
    assert next(iter(forms)) == whole


@pytest.mark.parametrize(
    "question", ["Where is the mill?", "Wind. Mill", "Wind-mill", "7 mill", "a bee"]
)
def test_what_is_no_pair_of_words_is_not_joined(question: str) -> None:
    reading = read(question, "en", ANALYZER)
    every = dict(zip(reading.tokens.starts, reading.tokens.ends, strict=True))
    found = related_forms(reading, every, ANALYZER)
    assert not any(form.endswith(("mill", "bee")) for forms in found.values() for form in forms)


@pytest.mark.parametrize(
    ("word", "language", "opposites"),
    [
        ("official", "en", {"unofficial", "nonofficial"}),
        ("unlimited", "en", {"limited", "nonunlimited"}),
        ("under", "en", {"nonunder"}),  # "der" is too short
        ("legal", "en", {"unlegal", "nonlegal", "illegal"}),
        ("irregular", "en", {"unirregular", "nonirregular", "regular"}),
        ("ireland", "en", {"unireland", "nonireland"}),  # not "eland"
        ("fair", "en", set()),
        ("freundlich", "de", {"unfreundlich"}),
        ("oficial", "es", set()),
    ],
)
def test_a_word_is_looked_for_as_its_opposite(
    word: str, language: str, opposites: set[str]
) -> None:
    reading = read(f"? {word}", language, ANALYZER)
    found = related_forms(reading, unseen(reading, word), ANALYZER)
    assert {form for forms in found.values() for form in forms} == opposites


def test_a_word_that_is_known_has_none() -> None:
    reading = read("When was the 4th IPO?", "en", ANALYZER)
    assert forms_of(reading, {}, ANALYZER) == {}
    assert meant_options(reading, {}, ANALYZER) == {}


def test_a_pair_of_characters_across_two_words_is_told() -> None:
    reading = read("儿童票", "zh", ANALYZER)
    assert set(across_words(reading, unseen(reading, "童票"))) == {(1, 3)}
    assert across_words(reading, unseen(reading, "儿童", "童票")) == {}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What did NASSA build there?", "NASSA"),  # capitals throughout: an abbreviation
        ("Where is the garden?", "garden"),  # a word of the language
        ("gardne", "gardne"),  # nothing else is asked
    ],
)
def test_some_unknown_words_are_no_typing_errors(question: str, word: str) -> None:
    reading = read(question, "en", ANALYZER)
    assert meant_options(reading, unseen(reading, word), ANALYZER) == {}


@pytest.mark.parametrize(
    ("language", "question", "word"),
    [
        ("de", "Darf man allein wohnen?", "allein"),
        ("de", "Wo darf man rauchen?", "rauchen"),
        ("de", "Was zahlen Studenten hier?", "Studenten"),
        ("de", "Wo ist der Schluessel?", "Schluessel"),
        ("fr", "Combien coute le billet?", "coute"),
        ("es", "¿Dónde está la cocina?", "cocina"),
        ("it", "Quanto costa il biglietto?", "biglietto"),
        ("nl", "Waar is de sleutel nu?", "sleutel"),
        ("pt", "Onde fica a cozinha?", "cozinha"),
    ],
)
def test_an_everyday_word_of_another_language_is_no_typing_error(
    language: str, question: str, word: str
) -> None:
    reading = read(question, language, ANALYZER)
    assert meant_options(reading, unseen(reading, word), ANALYZER) == {}


@pytest.mark.parametrize(
    ("language", "question", "word", "meant"),
    [
        ("de", "Wo darf man rauhcen?", "rauhcen", "rauchen"),
        ("de", "Wo ist der Schluesel?", "Schluesel", "schluessel"),
        ("fr", "Combien vaut le bilelt?", "bilelt", "billet"),
        ("es", "¿Dónde está la coicna?", "coicna", "cocina"),
        ("it", "Dove compro il bigleitto?", "bigleitto", "biglietto"),
        ("nl", "Waar is de sluetel nu?", "sluetel", "sleutel"),
        ("pt", "Onde fica a coiznha?", "coiznha", "cozinha"),
    ],
)
def test_a_misspelt_word_of_another_language_may_have_meant_it(
    language: str, question: str, word: str, meant: str
) -> None:
    reading = read(question, language, ANALYZER)
    options = meant_options(reading, unseen(reading, word), ANALYZER)
    assert meant in {each.word for each in options[word.lower()].values()}


def test_a_misspelt_word_may_have_meant_another() -> None:
    reading = read("Where is the gardne now?", "en", ANALYZER)
    options = meant_options(reading, unseen(reading, "gardne"), ANALYZER)
    assert options["gardne"]["garden"].word == "garden"


def test_guesses_are_the_terms_of_all_variants_of_what_is_not_known() -> None:
    reading = read("When was the 4th gardne?", "en", ANALYZER)
    found = guesses([reading], ANALYZER, lambda term: False)
    assert {"fourth", "garden"} <= set(found)
    assert guesses([reading], ANALYZER, lambda term: True) == []


def test_they_are_joined_to_what_a_word_beside_them_is_replaced_by() -> None:
    reading = read("Who was the hnutng govt minister?", "en", ANALYZER)
    found = guesses([reading], ANALYZER, lambda term: term not in ("hnutng", "govt"))
    assert "hnutnggovern" in found
