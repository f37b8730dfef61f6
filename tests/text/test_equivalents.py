"""Other ways to write numbers and short forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.text import equivalents
from bot.text.equivalents import number_forms, other_forms
from bot.text.tokens import fold


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
    assert other_forms(["the", "gdp"], "en") == {"gdp": ("gross domestic product",)}
    assert other_forms(["ipo"], "en")["ipo"][:2] == ("initial public offering", "went public")
    assert other_forms(["initial", "public", "offering"], "en") == {
        "initial": ("ipo",),
        "public": ("ipo",),
        "offering": ("ipo",),
    }
    assert other_forms(["km"], "en")["km"][:2] == ("kilometres", "kilometers")
    assert other_forms(["min"], "en")["min"] == ("minimum", "minutes")
    assert other_forms(["harbour"], "en") == {}


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "e2ee", "end to end encryption"),
        ("de", "opnv", "öffentlicher nahverkehr"),  # words are folded, forms are not
        ("es", "pib", "producto interior bruto"),
        ("fr", "tva", "taxe sur la valeur ajoutée"),
        ("pt", "onu", "nações unidas"),
        ("it", "ztl", "zona a traffico limitato"),
        ("nl", "ov", "openbaar vervoer"),
        ("ru", "ввп", "валовой внутренний продукт"),
        ("tr", "kdv", "katma değer vergisi"),
        ("zh", "gps", "卫星导航"),
    ],
)
def test_each_language_has_short_forms_of_its_own(language: str, short: str, long: str) -> None:
    assert other_forms([short], language)[short][0] == long
    words = [fold(word) for word in long.split()]
    assert len(words) == 1 or other_forms(words, language)[words[0]][-1] == short


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt", "it", "nl", "ru", "tr", "zh"])
def test_a_list_of_short_forms_says_nothing_twice(language: str) -> None:
    text = Path(equivalents.__file__).with_name(f"abbreviations.{language}.txt").read_text("utf-8")
    lines = text.splitlines()
    assert len(set(lines)) == len(lines)
    assert all(": " in line and line == line.lower() for line in lines)


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
