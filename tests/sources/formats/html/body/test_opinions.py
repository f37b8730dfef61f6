# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The choice of the part of a page that is its article, where several could be."""

from __future__ import annotations

import pytest

from tests.sources.formats.html.body.test_article_body import OTHERS, OWN, TITLE, each, read

BRIEF = "A swan on the rails held up forty trains on Thursday, until a guard carried it off."
BRIEFER = "A swan on the rails held up forty trains until a guard came."


@pytest.mark.parametrize("text", [BRIEF, BRIEFER])
@pytest.mark.parametrize("element", ["article", "main"])
def test_a_brief_report_is_read_and_not_the_longer_teasers_below_it(
    text: str, element: str
) -> None:
    teasers = "".join(
        f"<div class='item'><h3><a href='/{n}'>The council and the bridge, part {n}</a></h3><p>{other}</p></div>"
        for n, other in enumerate(OTHERS[:5])
    )
    own = f"<{element}><h1>{TITLE}</h1><time>17 May 2022</time><p>{text}</p></{element}>"
    assert read(f"{own}<section><h2>Latest</h2>{teasers}</section>") == [text]


def test_an_article_s_lists_and_headings_are_read_above_linked_titles() -> None:
    items = "<h2>What the bridge needs</h2><ul><li>Forty new bolts</li><li>Paint, green</li></ul>"
    titles = "".join(
        f"<h3><a href='/{n}'>The council and the bridge, part {n}</a></h3>" for n in range(4)
    )
    own = f"<article><h1>{TITLE}</h1>{each(OWN[:4])}{items}<h2>When it opens</h2>{each(OWN[4:])}</article>"
    assert read(f"{own}<section>{titles}</section>") == [
        *OWN[:4],
        "What the bridge needs",
        "Forty new bolts\nPaint, green",
        "When it opens",
        *OWN[4:],
    ]
