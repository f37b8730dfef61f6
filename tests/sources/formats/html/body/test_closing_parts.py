# ruff: noqa: E501 - pages are read more easily with one part to a line
"""Notes below an article on what was corrected in it, and the names of those who signed it."""

from __future__ import annotations

import pytest

from tests.sources.formats.html.body.test_article_body import OWN, each, read_article


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 10 October 2022 to correct the name of the clerk.",
        "An earlier version of this story incorrectly said that the bridge had opened in 1921.",
        "Correction: The ferry has room for forty cars, not for four hundred.",
        "Editor’s note, 3 May: The council has answered since this was written.",
        "Rectificatif du 3 mai : le bac peut prendre quarante voitures, et non quatre cents.",
    ],
)
def test_a_correction_in_the_article_s_footer_is_read(note: str) -> None:
    footer = f"<footer class='article-footer'><p class='footnote'><em>{note}</em></p><p>Filed under islands</p></footer>"
    assert read_article(f"<div class='text'>{each(OWN)}</div>{footer}") == [*OWN, note]


def test_what_else_stands_in_an_article_s_footer_is_left_out() -> None:
    footer = "<footer class='article-footer'><p>This article is part of a series on the islands of the north.</p></footer>"
    assert read_article(f"<div class='text'>{each(OWN)}</div>{footer}") == OWN


@pytest.mark.parametrize("signature", ["Ada Olsen", "— Ada Olsen", "By Ada Olsen"])
def test_the_author_s_name_below_the_text_is_left_out(signature: str) -> None:
    byline = "<p class='byline'>By Ada Olsen</p>"
    text = f"{each(OWN)}<p class='paragraph'>{signature}</p>"
    assert read_article(f"{byline}<section>{text}</section>") == OWN
