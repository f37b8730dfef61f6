"""The languages of readers: choosing one, and messages in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontends.languages import (
    CATALOGUES,
    ENGLISH,
    Language,
    choose,
    language,
    of_accept_language,
    of_environment,
)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (["de_AT.UTF-8"], "de"),
        (["pt-BR"], "pt"),
        (["zh-CN"], "zh_Hans"),
        (["zh_CN.GB18030"], "zh_Hans"),
        (["zh-Hans-SG"], "zh_Hans"),
        (["zh-TW"], "en"),
        (["zh-TW", "ja"], "ja"),
        (["es-ES", "de"], "es"),
        (["es-419"], "es"),
        (["sr@latin", "fr_FR@euro"], "fr"),
        (["C", "de"], "en"),
        (["POSIX"], "en"),
        (["en-GB", "de"], "en"),
        (["", "tlh", "../../etc", "ru"], "ru"),
        ([], "en"),
    ],
)
def test_the_first_language_that_there_is_is_taken(wanted: list[str], code: str) -> None:
    assert choose(wanted).code == code


def test_another_default_than_english_stands_in_where_none_is_there() -> None:
    assert choose(["tlh"], language("pl")).code == "pl"


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "it_IT"}, "it"),
        ({"LC_MESSAGES": "it_IT", "LC_ALL": "tr_TR.UTF-8"}, "tr"),
        ({"LC_ALL": "C", "LANGUAGE": "ja:de"}, "ja"),
        ({"LANGUAGE": "tlh:pl", "LANG": "de"}, "pl"),
        ({"LANGUAGE": "", "LANG": "fr"}, "fr"),
    ],
)
def test_the_environment_is_read_as_gettext_does(environment: dict[str, str], code: str) -> None:
    assert of_environment(environment).code == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-CH, fr;q=0.9, en;q=0.8", "de"),
        ("tlh, fr;q=0.5, it;q=0.7", "it"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("fr;q=0.5,zh-CN", "zh_Hans"),
        ("*, ja;q=0.1", "ja"),
        ("en;q=1, de;q=1", "en"),
        ("de;q=nan, fr", "de"),
        (",;,;q=1,;;", "en"),
    ],
)
def test_a_browser_is_answered_in_the_language_it_likes_best(header: str, code: str) -> None:
    assert of_accept_language(header).code == code


@given(st.text())
def test_any_header_and_any_variable_is_some_language(text: str) -> None:
    codes = {"en", *CATALOGUES}
    assert of_accept_language(text).code in codes
    assert of_environment({"LANG": text}).code in codes


def test_english_fills_messages_in_and_reads_no_value_as_a_message() -> None:
    assert ENGLISH.gettext("100 % {") == "100 % {"
    assert ENGLISH.gettext("no “{word}”", word="{0.__class__}") == "no “{0.__class__}”"
    assert ENGLISH.ngettext("{number} article", "{number:,} articles", 1) == "1 article"
    assert ENGLISH.ngettext("{number} article", "{number:,} articles", 1234) == "1,234 articles"


@pytest.mark.parametrize(
    ("code", "count", "half"),
    [("de", "12.345", "0,5"), ("fr", "12\u202f345", "0,5"), ("ja", "12,345", "0.5"),
     ("pl", "12\u00a0345", "0,5"), ("ru", "12\u00a0345", "0,5"), ("tr", "12.345", "0,5")],
)  # fmt: skip
def test_numbers_are_written_as_cldr_has_them(code: str, count: str, half: str) -> None:
    told = language(code).gettext(
        "{count:,} {half:.1f} {half:g} {year}", count=12345, half=0.5, year=2015
    )
    assert told == f"{count} {half} {half} 2015"


@pytest.mark.parametrize(
    ("code", "day", "month"),
    [
        ("en", "4 November 2015", "November 2015"),
        ("de", "4. November 2015", "November 2015"),
        ("fr", "4 novembre 2015", "novembre 2015"),
        ("ja", "2015年11月4日", "2015年11月"),
        ("zh_Hans", "2015年11月4日", "2015年11月"),
    ],
)
def test_dates_are_written_out(code: str, day: str, month: str) -> None:
    known = language(code)
    assert [known.date(each) for each in ("2015-11-04", "2015-11", "2015")] == [day, month, "2015"]
    assert known.date("2015-13-04") == "2015-13-04"
    assert known.date("last spring") == "last spring"
    assert known.date("2015-02-31") in ("2015-02-31", "31 February 2015")


def test_a_value_is_formatted_as_english_does_it_but_for_numbers() -> None:
    german = language("de")
    values = {"text": "a\n{b}", "number": 3}
    assert german.gettext("{text!a} {number:02} {number}", **values) == "'a\\n{b}' 03 3"


def test_a_catalogue_that_is_missing_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.frontends.languages._loaded", {})
    monkeypatch.setattr("bot.frontends.languages.LOCALES", Path("/nowhere"))
    assert language("de") is ENGLISH


def test_english_loads_no_catalogue_and_no_babel() -> None:
    script = (
        "import sys; from bot.frontends.languages import of_environment;"
        "of_environment({'LANG': 'en_US.UTF-8'}).ngettext('{number} a', '{number} b', 2);"
        "print([name for name in ('gettext', 'babel', 'locale') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {script}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "[]\n"


def test_languages_are_values_and_not_global() -> None:
    assert Language("en").gettext("x") == language("de").gettext("x") == "x"
    assert language("de") is language("de")


@pytest.mark.parametrize(
    ("code", "day", "moment", "count"),
    [
        ("en", "2026-08-01", "2026-08-01T09:30:00Z", "12345"),
        ("de", "1. August 2026", "1. August 2026, 09:30:00 UTC", "12.345"),
        ("pl", "1 sierpnia 2026", "1 sierpnia 2026 09:30:00 UTC", "12 345"),
        ("tr", "1 Ağustos 2026", "1 Ağustos 2026 09:30:00 UTC", "12.345"),
        ("ja", "2026年8月1日", "2026年8月1日 9:30:00 UTC", "12,345"),
    ],
)
def test_a_terminal_shows_dates_and_counts_as_cldr_has_them_but_in_english(
    code: str, day: str, moment: str, count: str
) -> None:
    spoken = language(code)
    assert spoken.day("2026-08-01") == day
    assert spoken.moment("2026-08-01T09:30:00Z") == moment
    for odd in ("once upon a time", "0001-01-01T00:00:00+14:00"):
        assert spoken.moment(odd) == odd
    assert spoken.count(12345).replace("\u00a0", " ") == count
