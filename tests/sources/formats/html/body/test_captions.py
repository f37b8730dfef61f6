# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The captions of an article's pictures: its author's own stay, those that came with a picture do not."""

from __future__ import annotations

import pytest

from tests.sources.formats.html.body.test_article_body import OWN, each, read_article

CAPTION = "The keeper of the light climbs the tower twice a night in winter."
PICTURE = "<img src='a.jpg' alt='A tower'>"


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>The keeper of <cite>The Long Night</cite> climbs the tower <small>(twice a night)</small> in winter.</figcaption></figure>",
        f"<div class='thumb'><a href='/f'>{PICTURE}</a><div class='thumbcaption'>{CAPTION}</div></div>",
        f"<div class='wp-caption'>{PICTURE}<p class='wp-caption-text'>{CAPTION}</p></div>",
        f"<div class='box'><div class='image'>{PICTURE}</div><div class='dnd-caption-wrapper'>{CAPTION}</div></div>",
        f"<figure>{PICTURE}<figcaption><span class='off-screen'>Image caption</span>{CAPTION}</figcaption></figure>",
    ],
)
def test_the_author_s_own_caption_stands_among_the_paragraphs(figure: str) -> None:
    caption = CAPTION
    if "Long Night" in figure:
        caption = "The keeper of The Long Night climbs the tower (twice a night) in winter."
    assert read_article(f"{each(OWN[:4])}{figure}{each(OWN[4:])}") == [*OWN[:4], caption, *OWN[4:]]


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{PICTURE}<figcaption>{CAPTION} Ivo Strand/Reuters</figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>{CAPTION}<span class='credit'>Ivo Strand</span></figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>{CAPTION} [Ivo Strand/QN]</figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>{CAPTION} <cite>Ivo Strand</cite></figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>{CAPTION} <small>Ivo Strand</small></figcaption></figure>",
        f"<figure>{PICTURE}<span class='image-source'>Ivo Strand</span><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>Credit Ivo Strand for the Harbour Pictures of Quillport and Dunmere</figcaption></figure>",
        f"<figure><video src='a.mp4'></video><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure>{PICTURE}<figcaption><a href='/tower'>{CAPTION}</a></figcaption></figure>",
        f"<div class='gallery'><figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure></div>",
        f"<figure>{PICTURE}<figcaption>The tower in winter.</figcaption></figure>",
    ],
)
def test_a_caption_that_came_with_the_picture_is_left_out(figure: str) -> None:
    assert read_article(f"{each(OWN[:4])}{figure}{each(OWN[4:])}") == OWN


@pytest.mark.parametrize("credit", ["Ivo Strand", "Photograph: Ivo Strand/Foghorn"])
def test_a_caption_with_the_author_s_own_name_is_theirs(credit: str) -> None:
    figure = f"<figure>{PICTURE}<figcaption>{CAPTION} <span class='credit'>{credit}</span></figcaption></figure>"
    byline = "<p class='byline'>By Ivo Strand</p>"
    found = read_article(f"{byline}{each(OWN[:4])}{figure}{each(OWN[4:])}")
    assert found == [*OWN[:4], CAPTION, *OWN[4:]]


def test_a_caption_above_the_article_is_left_out() -> None:
    figure = f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure>"
    assert read_article(f"{figure}{each(OWN)}") == OWN


def test_the_name_of_a_film_is_no_sentence_of_the_article() -> None:
    name = "The keeper of the light is seen as out of date"
    film = f"<div class='player'><p class='title'>{name}</p></div><div itemscope itemtype='http://schema.org/VideoObject'><meta itemprop='name' content='{name}'></div>"
    assert read_article(f"{film}{each(OWN)}") == OWN
    assert read_article(f"<p>{name}</p>{each(OWN)}") == [name, *OWN]
