"""Short forms, and the names and terms that have their initials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions.initials import is_short_form, spelt_out


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("EPRC", True),
        ("EPRC2", True),
        ("P2P", True),
        ("StVO", True),
        ("rspb", True),  # typed in small letters, and no word
        ("Tarn", False),
        ("EU", False),  # the initials of too much
        ("SWV-7", False),
        ("2024", False),
        ("A380", False),
        ("EPRCLONGER", False),
        ("rhythm", False),
    ],
)
def test_what_may_be_a_short_form(written: str, is_one: bool) -> None:
    assert is_short_form(written) == is_one


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("The Elm Park Rowing Club – news", "EPRC", "Elm Park Rowing Club"),
        ("paid by the Society of Friends of Owls.", "SFO", "Society of Friends of Owls"),
        ("paid by the Society of Friends of Owls.", "SOFOO", "Society of Friends of Owls"),
        ("a point-to-point race", "p2p", "point-to-point"),
        ("It has edge-to-edge glass.", "E2EG", "edge-to-edge glass"),
        ("Der Bund der Imker in Orlo tagt", "BIO", "Bund der Imker in Orlo"),
        ("La Unión de Ciclistas Alegres", "UCA", "Unión de Ciclistas Alegres"),
        ("Общество Любителей Сов собралось", "ОЛС", "Общество Любителей Сов"),
        ("an elm, a park and a rowing club", "EPRC", ""),
        ("Elm Park. Rowing Club", "EPRC", ""),
        ("The Elm Park Club", "EPRC", ""),
        ("Elm Park Rowing", "EPRC", ""),
        ("elm park rowing club", "EPRC", ""),
        ("", "EPRC", ""),
    ],
)
def test_the_name_with_the_initials(text: str, short: str, name: str) -> None:
    assert spelt_out([text], short) == name


@given(st.lists(st.text(max_size=40), max_size=3), st.from_regex(r"\A[A-Z]{3,7}\Z"))
def test_what_is_found_stands_in_a_text(texts: list[str], short: str) -> None:
    found = spelt_out(texts, short)
    assert not found or any(found in text for text in texts)
