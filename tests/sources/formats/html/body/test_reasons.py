# ruff: noqa: E501 - pages are read more easily with one part to a line
"""The parts that a site adds among an article's paragraphs, and short lines that are the author's."""

from __future__ import annotations

import re

import pytest

from bot.sources.formats.html.body.boilerplate import is_tail_heading
from tests.sources.formats.html.body.test_article_body import OWN, each, read_article


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
        "<p>Like Be the first to like this</p>",
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


def test_a_sentence_about_a_newspaper_is_no_call_to_subscribe_to_one() -> None:
    said = "The Foghorn is a reader-supported publication with 4,000 subscribers, and has been one since 1921."
    assert read_article(f"{each(OWN[:4])}<p>{said}</p>{each(OWN[4:])}") == [
        *OWN[:4],
        said,
        *OWN[4:],
    ]


def test_properties_above_the_first_paragraph_stand() -> None:
    items = "<ul><li>Where: inner harbour</li><li>Price: free</li></ul>"
    terms = "<dl><dt>Date</dt><dd>6 to 7 July 2024</dd><dt>Tickets</dt><dd>free</dd></dl>"
    written = "<dl><dt>Published</dt><dd>6 July 2024</dd><dt>Pages</dt><dd>two</dd></dl>"
    linked = "<dl><dt>Topic</dt><dd><a href='/t'>Ferries</a></dd></dl>"
    assert read_article(items + each(OWN)) == ["Where: inner harbour\nPrice: free", *OWN]
    assert read_article(terms + each(OWN)) == ["Date\n6 to 7 July 2024\nTickets\nfree", *OWN]
    assert read_article(written + each(OWN)) == OWN
    assert read_article(linked + each(OWN)) == OWN


def test_the_last_item_of_a_list_above_a_link_stays() -> None:
    items = "<ul><li>Saturday: regatta at noon</li><li>Sunday: open boats</li></ul>"
    inner = f"{each(OWN[:4])}{items}<p><a href='/b'>Book a seat</a></p>{each(OWN[4:])}"
    expected = [*OWN[:4], "Saturday: regatta at noon\nSunday: open boats", *OWN[4:]]
    assert read_article(inner) == expected


@pytest.mark.parametrize(
    "heading", ["Rights and permissions", "Cite this article", "More poems by Ada Olsen"]
)
def test_a_heading_of_the_site_s_says_that_the_article_is_over(heading: str) -> None:
    assert is_tail_heading(heading)


@pytest.mark.parametrize("name", ["Menu", "Log in", "Metadata", "Tags", "Ratings & quiz"])
@pytest.mark.parametrize("element", ["section", "h2"])
def test_a_chapter_whose_id_is_made_of_its_heading_is_no_part_of_the_site(
    name: str, element: str
) -> None:
    names = ["Install", name, "Limits"]
    expected, inner = [OWN[0]], f"<p>{OWN[0]}</p>"
    for number, heading in enumerate(names):
        made = "-".join(re.findall(r"\w+", heading.lower()))
        text = OWN[2 * number + 1 : 2 * number + 3]
        head = (
            f"<h2{f' id={made!r}' if element == 'h2' else ''}>{heading}<a href='#{made}'>¶</a></h2>"
        )
        inner += (
            f"<section id='{made}'>{head}{each(text)}</section>"
            if element == "section"
            else head + each(text)
        )
        expected += [heading, *text]
    assert read_article(inner) == expected


def test_a_part_of_the_site_with_a_heading_of_its_name_is_none_of_the_article_s() -> None:
    parts = "".join(
        f"<section id='{name.lower()}'><h2>{name}</h2><p>Read what was said of it by others, today.</p></section>"
        for name in ("Related", "Comments")
    )
    assert read_article(each(OWN) + parts) == OWN


@pytest.mark.parametrize(
    ("attributes", "is_own"),
    [
        ("class='starlight-aside starlight-aside--note'", True),
        ("class='callout'", True),
        ("role='note'", True),
        ("role='doc-footnote'", True),
        ("class='related-notes'", False),
        ("role='complementary'", False),
        ("", False),
    ],
)
def test_an_aside_for_a_remark_is_the_article_s(attributes: str, is_own: bool) -> None:
    remark = "A wet connector reads two degrees too low, so dry it first."
    aside = f"<aside {attributes}><section><p>{remark}</p></section></aside>"
    expected = [*OWN[:4], *([remark] if is_own else []), *OWN[4:]]
    assert read_article(f"{each(OWN[:4])}{aside}{each(OWN[4:])}") == expected
