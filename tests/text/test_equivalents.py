"""Other ways to write numbers and short forms."""

from __future__ import annotations

import pytest

from bot.text.equivalents import number_forms, other_forms


@pytest.mark.parametrize(
    ("language", "word", "forms"),
    [
        ("en", "4", {"4th", "fourth", "four", "iv"}),
        ("en", "fourth", {"4", "4th", "four", "iv"}),
        ("en", "iv", {"4", "4th", "fourth", "four"}),
        ("en", "dozen", {"12", "12th", "twelfth", "twelve", "xii"}),
        ("en", "2nd", {"2", "second", "two", "ii"}),
        ("en", "1500000", {"1.5 million"}),
        ("en", "2000000000", {"2 billion"}),
        ("en", "1234567", set()),
        ("en", "1", set()),
        ("en", "1st", {"first"}),
        ("en", "harbour", set()),
        ("de", "vierte", {"4", "4te", "4ter", "4tes", "4ten", "vier", "iv"}),
        ("fi", "4", set()),
    ],
)
def test_numbers(language: str, word: str, forms: set[str]) -> None:
    assert set(number_forms(word, language)) == forms


def test_short_and_long_forms() -> None:
    assert other_forms(["the", "ipo"], "en") == {"ipo": ("initial public offering",)}
    assert other_forms(["initial", "public", "offering"], "en") == {
        "initial": ("ipo",),
        "public": ("ipo",),
        "offering": ("ipo",),
    }
    assert other_forms(["km"], "en")["km"][:2] == ("kilometres", "kilometers")
    assert other_forms(["min"], "en")["min"] == ("minimum", "minutes")
    assert other_forms(["harbour"], "en") == {}


def test_a_unit_is_written_in_several_ways() -> None:
    assert other_forms(["dollars"], "en")["dollars"][:2] == ("dollar", "usd")
    assert other_forms(["美元"], "zh") == {"美元": ("美金", "$")}
    assert "km" in other_forms(["kilometres"], "en")["kilometres"]
    assert "км" in other_forms(["километров"], "ru")["километров"]
    assert other_forms(["miles"], "en") == {}


@pytest.mark.parametrize(
    ("language", "words", "sign"),
    [
        ("en", "dollars", "$"),
        ("en", "pounds", "£"),
        ("de", "euro", "€"),
        ("en", "percent", "%"),
        ("en", "per cent", "%"),
        ("de", "prozent", "%"),
        ("fr", "pour cent", "%"),
        ("es", "por ciento", "%"),
        ("it", "per cento", "%"),
        ("ru", "процентов", "%"),
    ],
)
def test_a_sign_stands_for_a_unit(language: str, words: str, sign: str) -> None:
    *_, unit = words.split()
    assert sign in other_forms(words.split(), language)[unit]


def test_a_cent_is_a_coin_unless_it_is_per_cent() -> None:
    assert "cent" in other_forms(["percent"], "en")["percent"]
    assert "cent" not in other_forms(["prozent"], "de")["prozent"]
    assert other_forms(["cent"], "en") == other_forms(["cents"], "en") == {}
    assert other_forms(["hundert", "cent"], "de") == other_forms(["cent", "francs"], "fr") == {}


def test_forms_of_the_same_kind_come_first() -> None:
    assert number_forms("4th", "en")[0] == "fourth"
    assert number_forms("4", "en")[0] == "four"


def test_millions_are_written_in_figures_too() -> None:
    assert other_forms(["1.5", "million", "visitors"], "en") == {"1.5": ("1500000",)}
    assert other_forms(["2", "billion"], "en")["2"][-1] == "2000000000"
    assert other_forms(["two.5", "million"], "en") == {}
    assert other_forms(["9" * 12, "billion"], "en") == {}  # longer than any number is written
