# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The parts that a site adds among the paragraphs of an article, each left out for a reason."""

from __future__ import annotations

import pytest

from tests.sources.formats.html.test_article_body import OWN, each, read_article


@pytest.mark.parametrize(
    "part",
    [
        "<div class='gem-c-metadata'><dl><dt>From:</dt><dd>The Waters Agency</dd><dt>Last updated</dt><dd>3 April 2024</dd></dl></div>",
        "<table class='metadata ambox'><tr><td>This article needs additional citations. Please help to improve it.</td></tr></table>",
        "<div class='key-events'><ul><li><a href='#1'>9h ago Ferries stay in port all day</a></li></ul></div>",
        "<div class='published-dates'><p>Published 7 January 2015, with a change of fees in April 2024.</p></div>",
        "<div class='page-feedback'><p>Is this page useful? Tell us what went wrong on it, please.</p></div>",
        "<p>Was this page helpful?</p>",
        "<p><a href='/l'>NEWYou can now listen to Quillport News articles!</a></p>",
        "<p>Listen · 4:12</p>",
        "<p>Get the latest news, weather and sports by <a href='/app'>downloading the Quillport app</a>.</p>",
        "<div class='bucket'><h3 class='slug'><a href='/w'>World</a></h3><div><a href='/c'><h3>The Clock That Ran Backward</h3></a></div></div>",
        "<p>Jump to Recipe · Print Recipe</p>",
        "<p>Tried this recipe? Let us know how it was!</p>",
        "<p>This post may contain affiliate links. Please read our disclosure policy.</p>",
        "<p>Lamp Room is a reader-supported publication. To receive new posts and support my work, consider becoming a subscriber.</p>",
        "<p>___</p>",
    ],
)
def test_what_a_site_adds_within_an_article_is_left_out(part: str) -> None:
    assert read_article(f"{each(OWN[:4])}{part}{each(OWN[4:])}") == OWN
