"""A web page's metadata: title, author, publisher, date, address, language.

Asked in this order: its JSON-LD (schema.org Article and its kinds), its OpenGraph and other meta
elements, its microdata, the names of its elements, and last its text. What none of them says is
left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from bot.core.article import Head
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.part_names import Elsewhere
from bot.sources.formats.html.head.bylines import clean, find_authors, name_of
from bot.sources.formats.html.head.dateline import find_published
from bot.sources.formats.html.head.headline import find_title
from bot.sources.formats.html.head.json_ld import read_json_ld


class Facts(NamedTuple):
    """The metadata of a page."""

    head: Head
    authors: tuple[str, ...]
    """Each author by name."""
    body: str | None
    """The article's text, if the page's JSON-LD holds it."""


def read_facts(tree: HtmlElement, blocks: list[PageBlock], name: str) -> Facts:
    """Return the page's metadata. Takes its tree, its blocks, and the file's name, which becomes
    the title of a page without any."""
    elsewhere = Elsewhere(tree)
    meta = _meta(tree)
    declared = [
        clean(meta.get("og:title")),
        clean(meta.get("twitter:title")),
        clean(meta.get("citation_title")) or clean(meta.get("dc.title")),
        clean(tree.findtext(".//title")),
        clean(meta.get("title")),
    ]
    linked = read_json_ld(tree, tuple(declared), _url(tree, {}, meta) or "")
    publisher = clean(meta.get("og:site_name")) or name_of(linked.get("publisher"))
    publisher = publisher or clean(meta.get("application-name"))
    title = find_title(tree, elsewhere, [clean(linked.get("headline")), *declared], publisher)
    url = _url(tree, linked, meta)
    authors = find_authors(tree, elsewhere, linked, blocks, (publisher, title))
    body = linked.get("articleBody")
    head = Head(
        title=title or name,
        author=", ".join(authors) or None,
        publisher=publisher or None,
        published=find_published(tree, elsewhere, linked, meta, url, blocks, title),
        url=url,
        language=_language(tree, linked, meta),
        section=clean(meta.get("article:section")) or None,
    )
    return Facts(head, authors, _plain(body) if isinstance(body, str) else None)


def _plain(text: str) -> str | None:
    """Return text without its markup, if any, one paragraph a line."""
    text = html.unescape(text)
    text = re.sub(r"(?i)</p>|<br\s*/?>|</h\d>|</li>", "\n", text)
    text = re.sub(r"<[^<>]{1,500}>", "", text)
    return text.strip() or None


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the page's meta elements by name, in lower case; the first of each name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        value = (element.get("content") or "").strip()
        if key and value:
            found.setdefault(key.strip().lower(), value)
    return found


def _url(tree: HtmlElement, linked: Mapping[str, object], meta: Mapping[str, str]) -> str | None:
    """Return the page's own address: http or https, with a host, and no name or password in it."""
    base = meta.get("og:url", "")
    candidates = [
        *(
            link.get("href")
            for link in tree.iter("link")
            if "canonical" in (link.get("rel") or "").lower()
        ),
        base,
        linked.get("url"),
        linked.get("mainEntityOfPage"),
    ]
    for candidate in candidates:
        if isinstance(candidate, dict):
            candidate = candidate.get("@id")
        if not isinstance(candidate, str) or len(candidate) > 2000:
            continue
        try:
            full = urljoin(base, candidate.strip()) if base else candidate.strip()
            parts = urlsplit(full)
            if parts.scheme in ("http", "https") and parts.hostname and not parts.username:
                return full if full.isprintable() and " " not in full else None
        except ValueError:
            continue
    return None


def _language(
    tree: HtmlElement, linked: Mapping[str, object], meta: Mapping[str, str]
) -> str | None:
    """Return the language that the page names, as ISO 639-1."""
    for value in (
        tree.get("lang"),
        tree.get("xml:lang"),
        linked.get("inLanguage"),
        meta.get("content-language"),
        meta.get("og:locale"),
    ):
        if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}(?:[-_].*)?", value.strip()):
            return value.strip()[:2].lower()
    return None
