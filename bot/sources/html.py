"""Web pages: what a reader would call the article, as Markdown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import groupby

from bot.core.article import Draft, Head
from bot.core.errors import ArticleError
from bot.sources.body import select
from bot.sources.front_matter import clean
from bot.sources.markdown import escape
from bot.sources.metadata import read_facts
from bot.sources.web_blocks import Block, blocks_of, parse


def read_html(data: bytes, title: str) -> list[Draft]:
    """The article of a web page. Takes the page's bytes, and what it is called where it does not
    say so itself. Raises `ArticleError` where it holds no text that reads as an article."""
    tree = parse(data)
    facts = read_facts(tree, blocks_of(tree), title)
    body = write_body(select(tree, facts.head.title, facts.authors, facts.body))
    if not body:
        raise ArticleError("the page holds no article's text; it may be drawn by a script")
    head = Head(
        clean(facts.head.title) or title,
        *(clean(value) or None if value else None for value in facts.head[1:]),
    )
    return [Draft(head._replace(sha256=hashlib.sha256(data).hexdigest()), body)]


def write_body(blocks: Sequence[Block]) -> str:
    """Markdown that reads as these blocks: lists, quotations and tables as what they are."""
    parts = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        members = list(group)
        if kind == "item":
            parts.append("\n".join(_item(block) for block in members))
        elif kind == "heading":
            parts.extend(f"## {escape(_line(block.text))}" for block in members)
        elif kind == "table":
            parts.extend(_table(block.text) for block in members)
        elif kind == "quotation":
            quoted = "\n\n".join(escape(block.text) for block in members)
            parts.append("\n".join(f"> {line}".rstrip(" ") for line in quoted.split("\n")))
        elif kind == "code":
            parts.extend(_fenced(block.text) for block in members)
        else:
            parts.extend(escape(block.text) for block in members)
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())


def _item(block: Block) -> str:
    marker = f"{block.level}." if block.level else "-"
    return f"{marker} {escape(_line(block.text))}"


def _table(text: str) -> str:
    rows = [[escape(_line(cell)) for cell in row.split(" | ")] for row in text.split("\n")]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"
