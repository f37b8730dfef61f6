"""Data that programs read is refused where a page or a text is expected, and prose is not."""

from __future__ import annotations

import pytest

from bot.core.errors import ArticleError
from bot.sources.formats.file_reading import read_file
from tests.wording import worded

FEED = "it is a feed or a sitemap, which names articles; `add --feed` adds those"
CODE = "it is a program or a style sheet, no article"
JSON = "it is data (JSON), no article"
SENTENCE = "The heron stands on one leg because a single foot loses less heat than two. "
ITEM = f"<title>Herons</title><description>{SENTENCE * 5}</description><p>{SENTENCE}</p>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', FEED),
        (f'\ufeff{{"headline": "Herons", "text": "{SENTENCE * 9}"}}', JSON),
        (f'[{{"text": "{SENTENCE * 9}"}}]\n', JSON),
        (f'["{SENTENCE}", "{SENTENCE}"]', JSON),
        ("{}", JSON),
        (f'<rss version="2.0"><channel><item>{ITEM}</item></channel></rss>', FEED),
        (f'<?xml version="1.0"?>\n<!-- <p> -->\n<feed><entry>{ITEM}</entry></feed>', FEED),
        (f'<?xml version="1.0"?><?xml-stylesheet href="a"?><rdf:RDF>{ITEM}</rdf:RDF>', FEED),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", FEED),
        ('<?xml version="1.0"?><urlset><url><loc>https://a.test/</loc></url></urlset>', FEED),
        (f'<?xml version="1.0"?><catalogue><bird>{SENTENCE}</bird></catalogue>', "XML"),
        (f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SENTENCE}</text></svg>', "SVG"),
        ("body { color: #333; margin: 0 auto }\n.lead, .lead p { font-size: 1.2em }", CODE),
        (f"/* {SENTENCE * 20} */\n.heron {{ color: blue; }}", CODE),
        ('"use strict";\n(function () { var x = document.title; send(x); })();', CODE),
        (f'show({{"text": "{SENTENCE * 20}"}});', CODE),
        ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + SENTENCE, "it is binary, not text"),
    ],
)
@pytest.mark.parametrize("name", ["page.html", "page.xhtml"])
def test_data_called_a_page_is_refused(data: str, message: str, name: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_file(data.encode("utf-8"), name)
    said = f"it is data ({message}), no article" if message.isupper() else message
    assert worded(caught.value) == said


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 3,
        "{ It was spring } " + SENTENCE * 3,
        "[1] " + SENTENCE * 3,
        "f(x) = 2x; " + SENTENCE * 3,
        f'<?xml version="1.0"?><!DOCTYPE html><html><body><p>{SENTENCE * 3}</p></body></html>',
        f"<!-- <rss> --><article><p>{SENTENCE * 3}</p></article>",
        f"<p>{SENTENCE * 3}</p><script>var a = {{}}; f(a); g(a); h(a);</script>",
        f"<svg><path d='M0'/></svg><p>{SENTENCE * 3}</p>",
    ],
)
def test_a_page_is_read(text: str) -> None:
    (draft,) = read_file(text.encode(), "page.html")
    assert draft.body.rstrip().endswith("loses less heat than two.")


def test_a_page_that_is_a_notebook_or_a_mail_is_read_as_one() -> None:
    notebook = f'{{"cells": [{{"cell_type": "markdown", "source": "{SENTENCE}"}}], "nbformat": 4}}'
    mail = f"From: Ada <ada@a.test>\nMIME-Version: 1.0\nSubject: Herons\n\n{SENTENCE}\n"
    assert read_file(notebook.encode(), "page.html")[0].body.strip() == SENTENCE.strip()
    assert read_file(mail.encode(), "page.html")[0].head.title == "Herons"
