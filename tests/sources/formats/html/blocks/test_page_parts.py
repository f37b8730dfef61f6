# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The parts of a page whose names say that they are not its article, although they are."""

from __future__ import annotations

from tests.sources.formats.html.body.test_article_body import OTHERS, OWN, each, read_article


def test_a_slideshow_of_an_article_s_chapters_is_read() -> None:
    names = ["The bean yard", "A pond by the signal", "Four metres of roses"]
    slides = "".join(
        f"<div class='slide'><img src='{n}.jpg'><div>{n} of 3</div><h3>{name}</h3><p>{text}</p><div class='slide-credit'>Getty Images</div></div>"
        for n, (name, text) in enumerate(zip(names, OWN[2:5], strict=True), 1)
    )
    inner = f"{each(OWN[:2])}<div class='gallery'>{slides}</div>{each(OWN[5:])}"
    chapters = [line for pair in zip(names, OWN[2:5], strict=True) for line in pair]
    assert read_article(inner) == [*OWN[:2], *chapters, *OWN[5:]]


def test_a_carousel_of_other_articles_is_left_out() -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/{n}'>The council and the bridge, part {n}</a></h3><p>{text}</p></div>"
        for n, text in enumerate(OTHERS[:4])
    )
    inner = f"{each(OWN[:4])}<div class='carousel'>{cards}</div>{each(OWN[4:])}"
    assert read_article(inner) == OWN
