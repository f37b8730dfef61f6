"""Stems, regular and irregular."""

from __future__ import annotations

import pytest

from bot.text.stems import as_british, base_forms, stemmer, without_affixes


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        ("write writes writing wrote written", "write"),
        ("win wins winning won", "win"),
        ("child children", "child"),
        ("crisis crises", "crisi"),
        ("left", "left"),  # as often the side
        ("harbour harbours harbor harbors", "harbour"),
        ("sew sews sewn sewed", "sew"),
        ("organise organize organised organizing", "organis"),
        ("organisation organization organizations", "organis"),
        ("analyse analyze analyzed", "analys"),
        ("centre centers centered centred", "centr"),
        ("traveller traveler", "travel"),
        ("programme program programs", "program"),
        ("maths math", "math"),
        ("prize prizes", "prize"),
        ("seize seizes", "seiz"),
    ],
)
def test_all_forms_of_an_english_word_have_one_stem(forms: str, stem: str) -> None:
    assert {stemmer("en")(form) for form in forms.split()} == {stem}


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("والمكتبات", "مكتب"),
        ("بالحرية", "حر"),
        ("ولد", "ولد"),
        ("ال", "ال"),
        ("", ""),
        ("وال", "وال"),
    ],
)
def test_arabic_words_lose_their_affixes_but_never_all(word: str, left: str) -> None:
    assert without_affixes(word) == left


def test_no_form_is_the_base_of_another() -> None:
    bases = base_forms("en")
    assert not bases.keys() & set(bases.values())
    assert all(word.isalpha() and word == word.lower() for word in [*bases, *bases.values()])


def test_leaves_and_lives_are_found_by_their_verbs() -> None:
    stem = stemmer("en")
    assert [stem("leaves"), stem("lives")] == [stem("leave"), stem("live")]


def test_other_languages_have_their_own_stemmer_or_none() -> None:
    assert base_forms("de") == {}
    assert stemmer("de")("häuser") == "haus"
    assert stemmer("xx")("children") == "children"


def test_only_american_spellings_are_changed() -> None:
    words = "prize size seize horizon magazine literature colour favourable catalogue lizard"
    assert [as_british(word) for word in words.split()] == words.split()
