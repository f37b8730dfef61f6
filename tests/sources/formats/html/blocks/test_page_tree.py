"""A page's tree: all of the page is in it, however it is nested."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from bot.core.errors import ArticleError
from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_tree import parse
from bot.sources.formats.html.page import read_html

TITLE = "<title>The keepers of the light</title><h1>The keepers of the light</h1>"


def sentence(number: int) -> str:
    return f"Keeper {number} counts the boats each evening, and writes the number into a book."


def depth_of(element: HtmlElement) -> int:
    return max(sum(1 for _ in each.iterancestors()) for each in element.iter())


@pytest.mark.thorough
@pytest.mark.parametrize(
    "opening", ["<p><font size=2>", "<div><p>", "<b>", "<section><div><p>", "<x-card><p>"]
)
def test_what_is_never_closed_is_read_to_its_end(opening: str) -> None:
    sentences = [sentence(number) for number in range(400)]
    page = TITLE + "".join(f"{opening}{text}<br><br>" for text in sentences)
    assert read_html(page.encode(), "a")[0].body.split("\n\n") == sentences


def test_what_is_nested_deeply_keeps_its_headings_and_hides_what_is_hidden() -> None:
    deep = "<div>" * 300 + "<h2>The <i>third</i> bell</h2>Rung<script>no()</script> <b>late</b>."
    tree = parse((deep + "<p>Then</p>none<div hidden>never</div></div>After").encode())
    found = [(block.kind, block.text) for block in blocks_of(tree)]
    assert found == [
        ("heading", "The third bell"),
        ("paragraph", "Rung late."),
        ("paragraph", "Then"),
        ("paragraph", "none"),
        ("paragraph", "After"),
    ]


def test_what_is_nested_more_deeply_than_is_parsed_is_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        parse(("<div>The bell rang. " * 5000).encode())
    assert caught.value.problem.code == "reading.nesting"


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from("div p b font ul li table tr td h2 blockquote".split()), max_size=9)
)
def test_no_word_is_lost_and_no_depth_is_left(tags: list[str]) -> None:
    opening = "".join(f"<{tag}>" for tag in tags)
    page = "".join(f"{opening}word{number} " for number in range(150))
    tree = parse(f"<body>{page}".encode())
    words = " ".join(block.text.replace(" | ", " ") for block in blocks_of(tree)).split()
    assert words == [f"word{number}" for number in range(150)]
    assert depth_of(tree) <= 256
