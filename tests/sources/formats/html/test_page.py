# ruff: noqa: E501 - pages and sentences are read more easily one to a line
"""Web pages: the article comes out word for word, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from bot.core.article import Head
from bot.core.errors import ArticleError
from bot.sources.formats.html.blocks.page_blocks import PageBlock, blocks_of
from bot.sources.formats.html.blocks.page_tree import parse as parse_page
from bot.sources.formats.html.page import read_html
from bot.sources.formats.markdown import article_of, parse
from bot.sources.formats.markdown_writing import write_body
from tests.sources.made_prose import Prose
from tests.wording import worded


def paragraphs(count: int, seed: int = 1) -> list[str]:
    prose = Prose(seed)
    return [prose.paragraph(2, 3) for _ in range(count)]


def page_of(inner: str, head: str = "<title>Ferry to Quillport sails again</title>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>".encode()


def text_of(page: bytes) -> str:
    return article_of("a", read_html(page, "a")[0]).text


def test_blocks_keep_their_kind() -> None:
    first, second, third = paragraphs(3)
    page = page_of(
        f"<article><h1>Ferry to Quillport sails again</h1><p>{first}</p><h2>Who pays</h2><p>{second}</p>"
        "<ol><li>The board pays for the hull and for the engine.</li><li>The county pays the crew.</li></ol>"
        f"<blockquote><p>We counted every bolt of her, and then we counted them again.</p></blockquote><p>{third}</p>"
        "<table><tr><th>Year</th><th>Passengers</th></tr><tr><td>2019</td><td>4,100</td></tr></table></article>"
    )
    assert read_html(page, "a")[0].body == (
        f"{first}\n\n## Who pays\n\n{second}\n\n"
        "1. The board pays for the hull and for the engine.\n2. The county pays the crew.\n\n"
        f"> We counted every bolt of her, and then we counted them again.\n\n{third}\n\n"
        "| Year | Passengers |\n| --- | --- |\n| 2019 | 4,100 |"
    )


def test_a_link_keeps_its_words_only_and_white_space_is_folded() -> None:
    first, second = paragraphs(2)
    page = page_of(
        f"<article><p>{first}</p><p>The\n  <a href='https://x.test/?a=1'>harbour board</a>,&nbsp;which "
        f"meets<b> on Mondays</b>, did\tnot say <i>when</i>.</p><p>{second}</p></article>"
    )
    assert text_of(page).split("\n\n")[1] == (
        "The harbour board, which meets on Mondays, did not say when."
    )


def test_two_line_breaks_part_paragraphs_and_one_parts_lines() -> None:
    tree = fromstring("<div>One line.<br>And its second.<br><br>Another<br> <br>A third</div>")
    assert [block.text for block in blocks_of(tree)] == [
        "One line.\nAnd its second.",
        "Another",
        "A third",
    ]


@pytest.mark.parametrize(
    "trimming",
    [
        "<p>Advertisement</p>",
        "<p>READ MORE: <a href='/x'>Ferry sinks at its moorings</a></p>",
        "<p><a href='/x'>Ferry sinks at its moorings</a></p>",
        "<p>Lesen Sie auch: <a href='/x'>Fähre gesunken</a></p>",
        "<figure><img src='a.jpg'><figcaption>The ferry at her berth on Monday.</figcaption></figure>",
        "<div class='wp-caption'><p class='wp-caption-text'>The ferry at her berth on Monday.</p></div>",
        "<p>The ferry at her berth on Monday. Photograph: Ivo Strand/Harbour Pictures</p>",
        "<p>The ferry leaves her berth on Monday afternoon (Ivo Strand/Getty Images)</p>",
        "<div class='newsletter-signup'><p>Our best stories of the day, each morning, for nothing at all.</p></div>",
        "<p>Sign up for our daily newsletter and never miss a story again</p>",
        "<div class='share-tools'><span>Share this with</span></div>",
        "<p>Share on Facebook</p>",
        "<p>Partager cet article sur Facebook</p>",
        "<p>この記事をシェアする</p>",
        "<p>The Quay Wire<br>™ & © 2013 Quay News Network, Inc., a Harbour Company. All rights reserved.</p>",
        "<p>Нашли ошибку? Выделите её и нажмите Ctrl + Enter</p>",
        "<div style='display: none'><p>This sentence is hidden from everybody who reads the page.</p></div>",
        "<aside><p>This box stands beside the article and tells of something else altogether.</p></aside>",
        "<script>var words = 'a script is not text';</script>",
        "<p>Media playback is unsupported on your device</p>",
        "<p>Click here to subscribe to our channel</p>",
        "<p>Read more about the ferry here</p>",
        "<p>WATCH: Ferry sinks at its moorings</p>",
        "<p>[Most read] <a href='/x'>Ferry sinks at its moorings</a> »</p>",
        "<div class='relatedarticles'><p>The board of the ferry met again on Monday and sold her.</p></div>",
    ],
)
def test_what_is_not_the_article_is_left_out(trimming: str) -> None:
    parts = paragraphs(6)
    inner = "".join(f"<p>{part}</p>" for part in parts[:3]) + trimming
    inner += "".join(f"<p>{part}</p>" for part in parts[3:])
    page = page_of(f"<article><h1>Ferry to Quillport sails again</h1>{inner}</article>")
    assert text_of(page) == "\n\n".join(parts)


@pytest.mark.parametrize(
    "sentence",
    [
        "Credit Suisse lent the board most of what it needed.",
        "No response was given by the county.",
        "Photographers were asked to stay behind the rope.",
        "“Read my lips,” said the minister.",
        "More than 4,000 people wrote to the board.",
        "By Monday it was over.",
        "Compartir es vivir, dice el capitán.",
        "Teilen sie sich die Arbeit, so geht es schneller.",
        "She wrote that all rights reserved by the board would pass to the town.",
        "Press Ctrl+Enter to send the message to the bridge.",
        "Share prices fell by a tenth on the news.",
        "Why?",
        "Video from the scene showed smoke above the quay.",
        "Photos from Dunmere show two lorries in the ditch.",
        "He said of the video: “We will not be moved.”",
        "It won the prize for best picture by a wide margin.",
        "Source: that is the word on the last page, and nothing stands behind it.",
        "Get your account statement from the branch by Friday, the bank advised.",
        "Not a member of any party, she stands as an independent.",
        "Copyright law has not kept pace with the machines.",
        "This story was first published in 1951.",
        "Opinion – the word is used loosely here – was divided.",
        "Analysis: the bank moved too early.",
        "Join the company and you will hear from its new chief.",
        "If you liked the first film you will love this one.",
        "View the full article in the archive, he said.",
        "By continuing the strike you accept that the plant may close.",
        "The board was told so by AFP/Quillport.",
    ],
)
def test_sentences_that_begin_like_trimmings_stay(sentence: str) -> None:
    parts = [*paragraphs(3), sentence, *paragraphs(3, seed=2)]
    inner = "".join(f"<p>{part}</p>" for part in parts)
    assert text_of(page_of(f"<article>{inner}</article>")) == "\n\n".join(parts)


def test_a_class_name_that_holds_most_of_the_article_is_not_believed() -> None:
    parts = paragraphs(6)
    inner = "".join(f"<p>{part}</p>" for part in parts)
    page = page_of(f"<div class='has-sidebar related social'>{inner}</div>")
    assert text_of(page) == "\n\n".join(parts)


def test_a_second_article_on_the_page_is_left_out() -> None:
    own, other = paragraphs(4), paragraphs(12, seed=9)
    page = page_of(
        "<article><h1>Ferry to Quillport sails again</h1>"
        + "".join(f"<p>{part}</p>" for part in own)
        + "</article><article><h1>Trams are late</h1>"
        + "".join(f"<p>{part}</p>" for part in other)
        + "</article>"
    )
    assert text_of(page) == "\n\n".join(own)


def test_a_page_that_a_script_draws_is_read_from_its_json_ld() -> None:
    import json

    parts = paragraphs(5)
    data = {
        "@graph": [
            {"@type": "WebPage"},
            {"@type": ["NewsArticle"], "articleBody": "\n".join(parts)},
        ]
    }
    page = page_of(
        f"<div id='root'></div><script type='application/ld+json'>{json.dumps(data)}</script>"
    )
    assert text_of(page) == "\n\n".join(parts)


def test_metadata_is_left_out_where_the_page_has_none() -> None:
    draft = read_html(page_of("".join(f"<p>{part}</p>" for part in paragraphs(3))), "a")[0]
    assert draft.head._replace(sha256=None) == Head("Ferry to Quillport sails again")


def test_metadata_from_meta_elements() -> None:
    head = (
        "<title>Ferry to Quillport sails again | The Quillport Echo</title>"
        "<link rel='canonical' href='https://echo.test/2021/05/04/ferry'>"
        "<meta property='og:site_name' content='The Quillport Echo'>"
        "<meta name='author' content='By Mira Oldham and Ivo Strand'>"
        "<meta property='og:locale' content='en_GB'>"
    )
    page = page_of("".join(f"<p>{part}</p>" for part in paragraphs(3)), head)
    assert read_html(page, "a")[0].head._replace(sha256=None) == Head(
        "Ferry to Quillport sails again",
        author="Mira Oldham, Ivo Strand",
        publisher="The Quillport Echo",
        published="2021-05-04",
        url="https://echo.test/2021/05/04/ferry",
        language="en",
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "https://me:secret@echo.test/",
        "ftp://echo.test/a",
        "//",
        "http://[::1",
    ],
)
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    head = f"<title>Ferry</title><link rel='canonical' href='{address}'>"
    page = page_of("".join(f"<p>{part}</p>" for part in paragraphs(3)), head)
    assert read_html(page, "a")[0].head.url is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset=utf-8><p>Zoë “said”".encode(), "Zoë “said”"),
        ("<p>Zoë “said”".encode("utf-8-sig"), "Zoë “said”"),
        ("<p>Zoë “said”".encode("utf-16"), "Zoë “said”"),
        ("<meta charset='iso-8859-1'><p>Zoë “said”".encode("cp1252"), "Zoë “said”"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>Лодка".encode(
                "koi8-r"
            ),
            "Лодка",
        ),
    ],
)
def test_the_encoding_is_the_page_s_own(data: bytes, text: str) -> None:
    assert [block.text for block in blocks_of(parse_page(data))] == [text]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0",
        b"<html></html>",
        b"<",
        b"<!--",
        b"\xff\xfe",
        b"<div>" * 5000,
        b"<p>" + b"<b>" * 3000,
    ],
)
def test_a_page_without_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ArticleError) as error:
        read_html(data, "a")
    assert "\n" not in worded(error.value)


@pytest.mark.thorough
def test_one_line_of_a_megabyte_is_read() -> None:
    sentence = "The ferry to Quillport sailed at noon and came back at six in the evening. "
    words = text_of(page_of(f"<article><p>{sentence * 13_000}</p></article>"))
    assert words == (sentence * 13_000).strip()


KINDS = st.sampled_from(["paragraph", "item", "heading", "quotation"])
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")) | st.just(" "), max_size=40
)


@given(st.lists(st.tuples(KINDS, TEXTS)))
def test_whatever_is_written_reads_back_word_for_word(made: list[tuple[str, str]]) -> None:
    blocks = [
        PageBlock(kind, 0, " ".join(text.split()), 1, 0, None)
        for kind, text in made
        if text.split()
    ]
    lines = [line for block in parse(write_body(blocks)) for line in block.text.split("\n")]
    assert lines == [block.text for block in blocks]


@given(st.text(max_size=300))
def test_no_page_is_a_traceback(text: str) -> None:
    try:
        drafts = read_html(f"<html><body><p>{text}".encode("utf-8", "replace"), "a")
    except ArticleError:
        return
    assert len(drafts) == 1


def test_a_call_in_the_midst_of_the_text_does_not_end_it() -> None:
    parts = paragraphs(10)
    inner = [f"<p>{part}</p>" for part in parts]
    inner.insert(6, "<h3>Most read</h3><ol><li><a href='/1'>Ferry sinks</a></li></ol>")
    inner.insert(8, "<p>Sign up for our newsletter</p>")
    assert text_of(page_of(f"<article>{''.join(inner)}</article>")) == "\n\n".join(parts)


def test_a_summary_that_the_page_calls_its_body_does_not_take_its_place() -> None:
    import json

    parts = paragraphs(6)
    data = {"@type": "NewsArticle", "articleBody": "A ferry sank, and nobody knows why it did."}
    page = page_of(
        f"<script type='application/ld+json'>{json.dumps(data)}</script>"
        f"<article>{''.join(f'<p>{part}</p>' for part in parts)}</article>"
    )
    assert text_of(page) == "\n\n".join(parts)


def test_an_article_element_of_the_title_alone_is_not_the_article() -> None:
    parts = paragraphs(6)
    page = page_of(
        "<article><h1>Ferry to Quillport sails again</h1></article>"
        f"<article>{''.join(f'<p>{part}</p>' for part in parts)}<h2>Who pays</h2><p>{parts[0]} It does.</p></article>"
    )
    assert text_of(page).startswith("\n\n".join(parts))


def test_linked_headings_of_a_list_of_things_stay() -> None:
    prose = Prose(4)
    entries = [(f"{n}. The boat of {n}", prose.paragraph(4, 5)) for n in range(1, 6)]
    inner = "".join(
        f"<div class='entry'><h2><a href='https://{n}.test/'>{name}</a></h2><p>{text}</p></div>"
        for n, (name, text) in enumerate(entries)
    )
    page = page_of(f"<article><h1>Ferry to Quillport sails again</h1>{inner}</article>")
    assert text_of(page) == "\n\n".join(part for entry in entries for part in entry)


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("<p class='byline'>By Mira Oldham July 3, 2019</p>", "Mira Oldham"),
        ("<p class='byline'>Mira Oldham, December 18, 2020</p>", "Mira Oldham"),
        ("<div>April 15, 2023 by Mira Oldham and Ivo Strand</div>", "Mira Oldham, Ivo Strand"),
        ("<p class='byline'>By Mira Oldham For The Quillport Post</p>", "Mira Oldham"),
        ("<h6><i>Words by Mira Oldham</i></h6>", "Mira Oldham"),
        ("<p class='byline'>July 25, 2019</p>", None),
        ("<p>By Monday it was over.</p>", None),
        ("<p>By the sea</p>", None),
    ],
)
def test_an_author_is_read_from_the_byline_and_a_date_is_none(
    byline: str, author: str | None
) -> None:
    inner = "".join(f"<p>{part}</p>" for part in paragraphs(4))
    page = page_of(f"<h1>Ferry to Quillport sails again</h1>{byline}<div>{inner}</div>")
    assert read_html(page, "a")[0].head.author == author
