"""Who wrote a web page's article: by its JSON-LD, its meta elements, the names of its elements, and
last by a line of its text. Where none of them says, nobody did."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks import PageBlock
from bot.sources.formats.html.boilerplate import STAMP_WORDS, is_stamp

AUTHOR_NAMES = (
    "author article:author_name parsely-author sailthru.author dc.creator dcterms.creator "
    "citation_author byl article.author cxenseparse:author rbauthors creator article:author"
).split()
_WROTE = r"(?:written|reported|posted|story|text|words|article)"
BY = re.compile(
    rf"^\W*(?:{_WROTE}\s+)?(?:by|von|par|por|di|door|av|af)\b\s*:?\s*",
    re.IGNORECASE,
)
BYLINE_PART = re.compile(rf"(?:^|\s)(?:(?i:{_WROTE})\s+)?(?:by|BY|By):?\s+(?=[^\W\d_a-z])")
FOR = re.compile(r"\s+for the\b", re.IGNORECASE)
NAME = re.compile(r"^[^\W\d_][\w'’.\- ]{2,60}$")
NO_NAMES = ("admin", "editor", "staff", "guest")


def clean(value: object) -> str:
    """A value's text on one line, entities that were escaped twice resolved; "" for no text."""
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(value).split())[:1000]


def name_of(value: object) -> str:
    """The name of a person or an organisation in JSON-LD."""
    if isinstance(value, list):
        return name_of(value[0]) if value else ""
    if isinstance(value, dict):
        return name_of(value.get("name"))
    return clean(value)


def find_authors(
    tree: HtmlElement,
    linked: Mapping[str, object],
    meta: Mapping[str, str],
    blocks: Iterable[PageBlock],
    others: tuple[str, ...],
) -> tuple[str, ...]:
    """Who wrote the article, by name. Takes the page's tree, its JSON-LD, its meta elements by
    name, its blocks, and the publisher and title: a site is not its own author."""
    title = others[-1]
    known = {other.casefold() for other in others} | set(NO_NAMES)
    for found in (
        _linked_authors(linked.get("author") or linked.get("creator")),
        [name for key in AUTHOR_NAMES for name in _split_names(meta.get(key, ""))],
        _marked_authors(tree),
        _written_authors(blocks, title),
    ):
        names = dict.fromkeys(
            name for name in found if NAME.match(name) and name.casefold() not in known
        )
        if names:
            return tuple(names)[:8]
    return ()


def _linked_authors(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [name for item in values for name in _split_names(name_of(item))]


def _split_names(text: str) -> list[str]:
    """Names that stand in one line: "By A. Bee and C. Dee, Staff Writers, 3 May"."""
    text = _without_date(FOR.split(BY.sub("", clean(text)))[0])
    if not text or "://" in text or "@" in text or len(text) > 200:
        return []
    names = re.split(r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\by\b)\s*", text)
    return [n.strip() for n in names if 1 < len(n.split()) <= 5] or (
        [names[0].strip()] if len(names) == 1 and len(names[0].split()) == 1 else []
    )


def _without_date(text: str) -> str:
    """A byline's text before the date that stands in it."""
    words = text.split()
    first = next((n for n, word in enumerate(words) if any(map(str.isdigit, word))), None)
    if first is None:
        return text
    words = words[:first]
    while words and words[-1].strip("|,.:;()–—-·•").lower() in {*STAMP_WORDS, ""}:
        words.pop()
    return " ".join(words).rstrip("|,:;(–—-·• ")


def _marked_authors(tree: HtmlElement) -> list[str]:
    """The authors by the marks of the page's elements: rel, itemprop, and a byline's name."""
    for path in (
        '//*[@itemprop="author"]//*[@itemprop="name"]',
        '//a[@rel="author"]',
        '//*[@itemprop="author"]',
        '//*[contains(concat(" ",normalize-space(@class)," ")," author-name ")]',
        '//*[contains(@class,"byline")]//a',
        '//*[contains(@class,"byline")]',
        '//*[contains(@class,"author")]//a',
        '//*[contains(@class,"author")]',
    ):
        for element in tree.xpath(path)[:4]:
            text = " ".join(str(element.text_content()).split())
            if 3 < len(text) <= 80 and (names := _split_names(text)) and " " in names[0]:
                return names
    return []


def _written_authors(blocks: Iterable[PageBlock], title: str) -> Iterator[str]:
    """The authors by a short line near the title that says "by", or is a date and says "by"."""
    blocks = list(blocks)
    start = next((n for n, block in enumerate(blocks) if title and title in block.text), 0)
    for block in blocks[max(0, start - 3) : start + 12]:
        for line in block.text.split("\n"):
            said = BYLINE_PART.search(line) if len(line.split()) <= 14 else None
            if said is None or not (said.start() == 0 or is_stamp(line[: said.start()])):
                continue
            names = _split_names(line[said.end() :])
            if names and all(word[0].isupper() for word in names[0].split()):
                yield from names
                return
