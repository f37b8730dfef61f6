# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The sentences between an article's title and its text that sum it up, wherever they are."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of
from tests.sources.formats.html.body.test_article_body import OWN, TITLE, each

SUMMED_UP = "The boat was away for three winters, and half the island learned to row."
PHRASE = "Three winters without a boat on the island"
BYLINE = "<p class='byline'>By Ada Olsen</p><time datetime='2023-05-03'>3 May 2023</time>"


def read(head: str, meta: str = "") -> list[str]:
    """The blocks of an article whose text has an element of its own, below its head."""
    page = (
        f"<html><head><title>{TITLE}</title>{meta}</head><body><main><header><h1>{TITLE}</h1>{head}</header>"
        f"<div class='text'>{each(OWN)}</div></main></body></html>"
    )
    return article_of("a", read_html(page.encode(), "a")[0]).text.split("\n\n")


@pytest.mark.parametrize(
    "head",
    [
        f"<p>{SUMMED_UP}</p>{BYLINE}",
        f"<div>{SUMMED_UP}</div>{BYLINE}",
        f"{BYLINE}<p class='c-entry-summary p-dek'>{SUMMED_UP}</p>",
        f"{BYLINE}<div class='article__perex'><strong>{SUMMED_UP}</strong></div>",
        f"<figure><img src='a.jpg'><figcaption>The quay. Photo: Ada Olsen</figcaption></figure><div class='teaser-text'><div class='lead'><p>{SUMMED_UP}</p></div></div>",
    ],
)
def test_a_standfirst_outside_the_text_s_element_is_read(head: str) -> None:
    assert read(head) == [SUMMED_UP, *OWN]


def test_a_standfirst_may_be_a_heading_below_the_title() -> None:
    assert read(f"<h2 class='b-subheadline'>{PHRASE}</h2>{BYLINE}") == [PHRASE, *OWN]


def test_a_standfirst_is_known_by_the_page_s_description() -> None:
    meta = f"<meta name='description' content='{SUMMED_UP}'>"
    assert read(f"{BYLINE}<div>{SUMMED_UP}</div>", meta) == [SUMMED_UP, *OWN]


@pytest.mark.parametrize(
    "head",
    [
        f"<p class='excerpt'>{OWN[0]}</p>",
        f"<p class='excerpt'>{OWN[0][:60]} …</p>",
        "<p>Sign up for our free daily newsletter here.</p>",
        "<p>Ada Olsen is a reporter who has covered the islands since 2019.</p>",
        f"<p><a href='/other'>{SUMMED_UP}</a></p>",
        f"<div class='related'><p>{SUMMED_UP}</p></div>",
        f"<figure><img src='a.jpg'><figcaption class='desc'>{SUMMED_UP}</figcaption></figure>",
        f"<div>Islands</div><div>{SUMMED_UP}</div>",
        "<p>3 min read</p>",
    ],
)
def test_what_else_stands_below_the_title_is_no_standfirst(head: str) -> None:
    assert read(f"{BYLINE}{head}") == OWN
