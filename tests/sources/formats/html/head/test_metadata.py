# ruff: noqa: E501 - pages are read more easily in few lines
"""A page's author, date and title are right, or left out."""

from __future__ import annotations

import json

import pytest

from bot.core.article import Head
from bot.sources.formats.html.page import read_html
from tests.sources.made_prose import Prose

TITLE = "The bridge that was built twice"
PROSE = Prose(3)
BODY = "".join(f"<p>{PROSE.paragraph(2, 3)}</p>" for _ in range(5))


def head_of(body: str, head: str = f"<title>{TITLE}</title>") -> Head:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "file")[0].head


def json_ld(data: object) -> str:
    return f"<title>{TITLE}</title><script type='application/ld+json'>{json.dumps(data)}</script>"


ARTICLE = f"<article><h1>{TITLE}</h1>{BODY}</article>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>Foghorn News: {TITLE}</title><meta property='og:title' content='{TITLE}'>",
         f"<header><h1>Foghorn News From The Coast</h1></header><div><h3>{TITLE}</h3>{BODY}</div>"),
        (f"<title>Foghorn News: {TITLE}</title>", f"<header><h1>Foghorn News</h1></header><div><h3>{TITLE}</h3>{BODY}</div>"),
        (f"<title>{TITLE}</title>", f"<h1>Foghorn News From The Coast</h1>{BODY}"),
        (f"<title>{TITLE} | Foghorn News</title>", f"<h1><a href='/'>Foghorn News</a></h1>{BODY}"),
        (f"<title>{TITLE} – Foghorn</title><meta property='og:site_name' content='Foghorn'>", BODY),
        (f"<title>{TITLE} - Your Coast Today - Your Life - Foghorn Network</title>", f"<h1>{TITLE}</h1>{BODY}"),
        (f"<title>The Foghorn News - {TITLE}</title>", f"<h1>The Foghorn News</h1><h3>{TITLE}</h3>{BODY}"),
        ("<title>Home</title>", f"<main><h1>{TITLE}</h1>{BODY}</main>"),
        ("<title>Bridge built twice: the story</title>", ARTICLE),
        (f"<title>{TITLE}</title>", f"<div class='teaser'><h1><a href='/x'>Trams are late again in town</a></h1></div><div><h2>{TITLE}</h2>{BODY}</div>"),
        ("", f"<article><h1>{TITLE}<span class='mw-editsection'>[edit]</span></h1>{BODY}</article>"),
        (f"<title>{TITLE}</title>", f"<article><h1>{TITLE.replace('bridge', '<i>bridge</i>')}</h1>{BODY}</article>"),
    ],
)  # fmt: skip
def test_the_title_is_the_articles_not_the_sites(head: str, body: str) -> None:
    assert head_of(body, head).title == TITLE


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (
            "Cordage - HarbourWiki",
            "<div id='content' role='main'><h1>Cordage</h1>{}</div>",
            "Cordage",
        ),
        (
            "Deckhand, seasonal | Larne Ferries Careers",
            "<main><h1>Deckhand, seasonal</h1>{}</main>",
            "Deckhand, seasonal",
        ),
        # it may be the site's name, of which a heading of the article follows
        (
            "Foghorn | Trams are late",
            "<main><h1>Foghorn</h1><h2>Trams are late</h2>{}</main>",
            "Trams are late",
        ),
        ("Foghorn | Trams", "<h1>Foghorn</h1>{}", "Foghorn | Trams"),
        ("Foghorn | Trams", "<main><h1>Foghorn</h1><h1>News</h1>{}</main>", "Foghorn | Trams"),
        ("Foghorn: Trams", "<main><h1>Foghorn</h1>{}</main>", "Foghorn: Trams"),
    ],
)
def test_a_title_of_a_word_or_two_is_without_the_site_s_name(
    title: str, body: str, expected: str
) -> None:
    assert head_of(body.format(BODY), f"<title>{title}</title>").title == expected


@pytest.mark.parametrize(
    "body",
    [
        f"{ARTICLE}<div class='comments'><p>Mo, <time datetime='2021-04-05'>5 April 2021</time>: well said.</p></div>",
        f"{ARTICLE}<footer><time datetime='2021-04-05'>5 April 2021</time></footer>",
        f"{ARTICLE}<div class='related'><article><h3><a href='/x'>Trams are late</a></h3><time datetime='2021-04-05'></time></article></div>",
        f"{ARTICLE}<article><h2>Trams are late</h2><time datetime='2021-04-05'>5 April 2021</time></article>",
        f"<ul><li><a href='/x'>Trams are late again in the whole of the town</a> <time datetime='2021-04-05'></time></li></ul>{ARTICLE}",
        f"<article><h1>{TITLE}</h1><p>Updated: <time datetime='2021-04-05'>5 April 2021</time></p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1>{BODY}<span class='theme-last-updated'>Last updated on <b><time datetime='2021-04-05'>5 April 2021</time></b></span></article>",
        f"<article><h1>{TITLE}</h1><dl><dt>Date</dt><dd>5 April 2021</dd></dl>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>When: 5 April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>3 to 5 April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>April 3–5, 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>3.-5. April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>5 April – 12 May 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>Brack, 5 April 2021 to 12 May 2022</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>April 5 – May 12, 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>Born 5 April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>Date of birth: 5 April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>Apply by 5 April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><p>Last modified 5 April 2021</p>{BODY}</article>",
        f"<article><h1>{TITLE}</h1><time itemprop='dateModified' datetime='2021-04-05'></time>{BODY}</article>",
        f"<div class='bar'>Monday, 5 April 2021</div>{ARTICLE}",
        f"{ARTICLE}<ul><li><a href='/x'>Trams are late again</a><span class='published'>2021-04-05</span></li></ul>",
    ],
)
def test_a_date_of_something_else_is_none(body: str) -> None:
    assert head_of(body).published is None


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<article><h1>{TITLE}</h1><time datetime='2021-04-05'>5 April 2021</time>{BODY}</article>", ""),
        (f"<article><h1>{TITLE}</h1><p>Date: 5 April 2021</p>{BODY}</article>", ""),
        (f"<article><h1>{TITLE}</h1><p>2021-04-05</p>{BODY}</article>", ""),
        (f"<article><h1>{TITLE}</h1><p>5 April 2021 - 10 am</p>{BODY}</article>", ""),
        (f"<article><h1>{TITLE}</h1><p>2021-04-05 10:00 - 12 comments</p>{BODY}</article>", ""),
        (f"<article><h1>{TITLE}</h1><p>Mira Oldham - 5 April 2021</p>{BODY}</article>", ""),
        (f"<article><h1>{TITLE}</h1><p>Published 5 April 2021, updated 6 May 2022</p>{BODY}</article>", ""),
        (f"<article itemscope itemtype='http://schema.org/BlogPosting'><h1>{TITLE}</h1>{BODY}<aside><time itemprop='datePublished' datetime='2021-04-05'></time></aside></article>", ""),
        (ARTICLE, json_ld({"@type": "BlogPosting", "datePublished": "2021-04-05T10:00:00Z", "dateModified": "2022-01-01"})),
        (ARTICLE, json_ld([{"@type": "NewsArticle", "headline": "Trams are late", "datePublished": "2020-01-01"},
                           {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2021-04-05"}])),
        (ARTICLE, json_ld({"@type": "https://schema.org/SocialMediaPosting", "datePublished": "2021-04-05"})),
        (ARTICLE, f"<title>{TITLE}</title><meta name='publishedDate' content='2021-04-05T09:10:00'>"),
    ],
)  # fmt: skip
def test_the_articles_own_date_is_found(body: str, head: str) -> None:
    assert head_of(body, head or f"<title>{TITLE}</title>").published == "2021-04-05"


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", "2021-02-30"]
)
def test_what_programs_write_that_know_no_date_is_none(written: str) -> None:
    head = f"<title>{TITLE}</title><meta property='article:published_time' content='{written}'>"
    assert head_of(ARTICLE, head).published is None


def test_what_an_article_does_not_say_is_not_taken_from_another_one() -> None:
    data = {"@graph": [
        {"@type": "NewsArticle", "headline": TITLE},
        {"@type": "NewsArticle", "headline": "Trams are late", "datePublished": "2020-01-01", "author": "Ivo Strand"},
    ]}  # fmt: skip
    found = head_of(ARTICLE, json_ld(data))
    assert (found.author, found.published) == (None, None)


GRAPH = {"@graph": [
    {"@type": "Article", "headline": TITLE, "author": {"@id": "#mira"}, "publisher": {"@id": "#site"}},
    {"@type": "Person", "@id": "#mira", "name": "Mira Oldham"},
    {"@type": "Organization", "@id": "#site", "name": "Foghorn"},
]}  # fmt: skip


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (json_ld(GRAPH), "Mira Oldham"),
        (json_ld(GRAPH).replace("json'>", "json'>//<![CDATA[\n").replace("</script>", "\n//]]></script>"), "Mira Oldham"),
        (json_ld({"@type": "Article", "author": {"@type": "Person", "name": "Mira Oldham"}}), "Mira Oldham"),
        (json_ld({"@type": "Article", "author": [{"name": "Mira Oldham"}, {"name": "Ivo Strand"}]}), "Mira Oldham, Ivo Strand"),
        (json_ld({"@type": "Article", "author": {"name": "García y Vega"}}), "García y Vega"),
        (json_ld({"@type": "Article", "author": {"@type": "Person", "name": "Mira Oldham"}, "publisher": {"name": "Mira Oldham"}}), "Mira Oldham"),
        ("<meta name='citation_author' content='Oldham, Mira'><meta name='citation_author' content='Strand, Ivo B.'>", "Mira Oldham, Ivo B. Strand"),
        ("<meta name='citation_authors' content='Oldham, Mira; Strand, Ivo'>", "Mira Oldham, Ivo Strand"),
        ("<meta name='citation_author' content='Strand, Ivo Bo, Jr.'>", "Ivo Bo Strand Jr."),
        ("<meta name='dc.creator' content='Oldham, Mira'>", "Mira Oldham"),
        ("<meta name='citation_author' content='Mira Oldham, PhD'>", "Mira Oldham"),
        ("<meta name='citation_author' content='Foghorn Health Organization, Brack'>", "Foghorn Health Organization"),
        ("<meta name='author' content='Ivo Strand, MD, and Mira Oldham'>", "Ivo Strand, Mira Oldham"),
        ("<meta name='author' content='Adobe Holm'>", "Adobe Holm"),
        ("<meta name='citation_author' content='Foghorn Ferry Company, Ltd.'>", "Foghorn Ferry Company"),
        ("<meta name='author' content='Oldham, Mira and Strand, Ivo'>", None),
        ("<meta name='author' content='Ada and Ben Holm'>", "Ada and Ben Holm"),
        ("<meta name='author' content='Ivo Strand, Jr. and Mira Oldham, PhD'>", "Ivo Strand Jr., Mira Oldham"),
        ("<meta name='author' content='mira@foghorn.test (Mira Oldham)'>", "Mira Oldham"),
        ("<meta name='author' content='Di Marzio Angela'>", "Di Marzio Angela"),
        ("<meta name='author' content='Hugo 0.92.1'><meta name='generator' content='Hugo 0.92.1'>", None),
        ("<meta name='author' content='None'>", None),
        (json_ld({"@type": "Article", "author": {"name": ["Mira Oldham", "Ivo Strand"]}}), "Mira Oldham, Ivo Strand"),
        (json_ld({"@type": "Article", "author": {"givenName": "Mira", "familyName": "Oldham"}}), "Mira Oldham"),
        (json_ld({"@type": "Article", "author": {"name": "By Mira Oldham"}}), "Mira Oldham"),
        ("<meta name='author' content='Ortega y Gasset'>", "Ortega y Gasset"),
        ("<meta name='author' content='Ana Ortega y Luis Vega'>", "Ana Ortega, Luis Vega"),
        ("<meta name='author' content='Mira Oldham, Mira Oldham'>", "Mira Oldham"),
        ("<meta name='author' content='Mira Oldham Mira Oldham'>", "Mira Oldham"),
        ("<meta name='author' content='MIRA OLDHAM and Mira Oldham'>", "MIRA OLDHAM"),
        ("<meta name='author' content='Ludwig van der Berg'>", "Ludwig van der Berg"),
        ("<meta name='creator' content='rfcmarkup version 1.129d'>", None),
        ("<meta name='author' content='admin'>", None),
        ("<meta name='author' content='Software Engineer on trains'>", None),
        ("<meta name='author' content='https://foghorn.test/mira'>", None),
    ],
)  # fmt: skip
def test_authors_that_a_page_declares(head: str, author: str | None) -> None:
    assert head_of(ARTICLE, head).author == author


@pytest.mark.parametrize(
    ("part", "author"),
    [
        ("<p class='byline'>By <a href='/m'>Mira Oldham</a></p>", "Mira Oldham"),
        (
            "<p class='author'><span>Mira Oldham</span><span hidden>Mira Oldham</span></p>",
            "Mira Oldham",
        ),
        ("<div class='authority-control'><a href='/a'>Authority control</a></div>", None),
        ("<div class='comments'><span class='comment-author'>Ivo Strand</span></div>", None),
        ("<aside><p class='byline'>By Ivo Strand</p></aside>", None),
        (
            "<div class='node__submitted'>Submitted by Ivo Strand on Tue, 06/14/2022 - 07:30</div>",
            "Ivo Strand",
        ),
        ("<p>Posted by Mira Oldham, Staff Writer</p>", "Mira Oldham"),
        ("<p class='byline'>By Mira Oldham, MD and Ivo Strand, PhD</p>", "Mira Oldham, Ivo Strand"),
        ("<p class='autor'>Von Mira Oldham | Vik | 08/01/2014</p>", "Mira Oldham"),
        ("<p class='author'>作者：王小明</p>", "王小明"),
    ],
)
def test_authors_that_a_page_shows(part: str, author: str | None) -> None:
    body = f"<article><h1>{TITLE}</h1>{part}{BODY}</article>"
    assert head_of(body).author == author


@pytest.mark.parametrize(
    "source",
    [
        "{",
        "[[[[",
        '{"@type": 7}',
        '{"@type": ["Article", 3], "author": 5, "headline": []}',
        '{"@graph": {"@id": []}}',
        "null",
    ],
)
def test_json_ld_that_is_none_changes_nothing(source: str) -> None:
    head = f"<title>{TITLE}</title><script type='application/ld+json'>{source}</script>"
    assert head_of(ARTICLE, head)._replace(sha256=None) == Head(TITLE)
