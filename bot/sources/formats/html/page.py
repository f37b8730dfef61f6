"""Conversion of web pages to Markdown: the text that a reader would call the article."""

from __future__ import annotations

import hashlib

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.formats.head_fields import clean
from bot.sources.formats.html.blocks.accordions import open_all
from bot.sources.formats.html.blocks.page_blocks import blocks_of
from bot.sources.formats.html.blocks.page_tree import parse
from bot.sources.formats.html.body.article_body import select
from bot.sources.formats.html.head.metadata import read_facts
from bot.sources.formats.html.refusals import refusal_of
from bot.sources.formats.markdown_writing import write_body


def read_html(data: bytes, title: str) -> list[Draft]:
    """Return the article of a web page. Takes the page's bytes, and the title to use if the page
    gives none. Raises `ArticleError` if it holds no text that reads as an article."""
    tree = parse(data)
    open_all(tree)
    facts = read_facts(tree, blocks_of(tree), title)
    kept = select(tree, facts.head.title, facts.authors, facts.body)
    if (refusal := refusal_of(tree, facts.head.title, kept)) is not None:
        raise refusal
    body = write_body(kept)
    if not body:
        raise ArticleError("page.without_text")
    head = Head(
        clean(facts.head.title) or title,
        *(clean(value) or None if value else None for value in facts.head[1:]),
    )
    return [Draft(head._replace(sha256=hashlib.sha256(data).hexdigest()), body)]
