"""Names that are written as in a catalogue."""

from __future__ import annotations

import pytest

from bot.sources.formats.catalogue_names import in_order


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Oldham, Mira", "Mira Oldham"),
        (" García Márquez, Gabriel ", "Gabriel García Márquez"),
        ("Strand, Ivo, Jr.", "Ivo Strand Jr."),
        ("Strand, Ivo, PhD", "Ivo Strand"),
        ("Ivo Strand", None),
        ("Ivo Strand, Jr.", None),
        ("Ivo Strand, PhD", None),
        ("University of Brack, Norway", None),
        ("Oldham, Mira, Strand, Ivo", None),
        ("Those Four Long Words, Ivo", None),
        (", Ivo", None),
        ("", None),
    ],
)
def test_the_given_name_comes_first(written: str, name: str | None) -> None:
    assert in_order(written) == name
