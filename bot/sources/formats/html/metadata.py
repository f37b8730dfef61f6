"""What a web page says about itself: title, author, publisher, date, address, language.

Asked in this order: its JSON-LD (schema.org Article and its kinds), its OpenGraph and other meta
elements, its microdata, the names of its elements, and last its text. What none of them says is
left out.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from bot.core.article import Head
from bot.sources.formats.dates import date_in_url, find_date
from bot.sources.formats.html.blocks import PageBlock
from bot.sources.formats.html.boilerplate import is_stamp
from bot.sources.formats.html.bylines import clean, find_authors, name_of

ARTICLE_TYPE = re.compile(r"Article$|BlogPosting$|^Report$|^ScholarlyArticle$|^LiveBlogPosting$")
DATE_NAMES = (
    "article:published_time og:article:published_time datepublished date.issued "
    "dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date "
    "parsely-pub-date sailthru.date publishdate publish-date publish_date published_date "
    "publication_date pubdate article.published published-date cxenseparse:recs:publishtime "
    "citation_publication_date rnews:datepublished og:pubdate bt:pubdate "
    "originalpublicationdate displaydate date"
).split()
SITE_MARK = re.compile(r"\s+[|–—\-·»:•]+\s+|\s*\|\s*")


PUBLISHED = re.compile(r"\W*(?:published|posted|by\b|publié|veröffentlicht|publicado)", re.I)


class Facts(NamedTuple):
    """What a page says about itself."""

    head: Head
    authors: tuple[str, ...]
    """Each author by name."""
    body: str | None
    """The article's text, where the page's JSON-LD holds it."""


def read_facts(tree: HtmlElement, blocks: list[PageBlock], name: str) -> Facts:
    """What the page says about itself. Takes its tree, its blocks, and the file's name, by which
    a page without any title is called."""
    linked = _json_ld(tree)
    meta = _meta(tree)
    publisher = clean(meta.get("og:site_name")) or name_of(linked.get("publisher"))
    publisher = publisher or clean(meta.get("application-name"))
    title = _title(tree, linked, meta, publisher)
    url = _url(tree, linked, meta)
    authors = find_authors(tree, linked, meta, blocks, (publisher, title))
    body = linked.get("articleBody")
    head = Head(
        title=title or name,
        author=", ".join(authors) or None,
        publisher=publisher or None,
        published=_published(tree, linked, meta, url, blocks, title),
        url=url,
        language=_language(tree, linked, meta),
        section=clean(meta.get("article:section")) or None,
    )
    return Facts(head, authors, _plain(body) if isinstance(body, str) else None)


def _plain(text: str) -> str | None:
    """Text that may hold markup, without it, one paragraph a line."""
    text = html.unescape(text)
    text = re.sub(r"(?i)</p>|<br\s*/?>|</h\d>|</li>", "\n", text)
    text = re.sub(r"<[^<>]{1,500}>", "", text)
    return text.strip() or None


def _json_ld(tree: HtmlElement) -> Mapping[str, object]:
    """The facts of the page's JSON-LD article: the first that is one; empty where there is none."""
    best: dict[str, object] = {}
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip()
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data, 0):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and ARTICLE_TYPE.search(name) for name in names):
                best = {**item, **best}
    return best


def _items(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for part in data:
            yield from _items(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            yield from _items(data.get(key), depth + 1)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by name, in lower case; the first of each name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        value = (element.get("content") or "").strip()
        if key and value:
            found.setdefault(key.strip().lower(), value)
    return found


def _title(
    tree: HtmlElement, linked: Mapping[str, object], meta: Mapping[str, str], publisher: str
) -> str:
    """The headline as a reader sees it, where the page's other words for it bear it out."""
    declared = [
        clean(linked.get("headline")),
        clean(meta.get("og:title")),
        clean(meta.get("twitter:title")),
        clean(tree.findtext(".//title")),
        clean(meta.get("title")) or clean(meta.get("dc.title")),
    ]
    declared = [text for text in declared if text]
    headings = [" ".join(str(h.text_content()).split()) for h in tree.iter("h1")]
    headings = [text for text in headings if 3 <= len(text) <= 400]
    for text in declared:
        for heading in headings:
            if _share(heading, text) >= 0.7:
                return heading
    if not declared:
        return headings[0] if headings else ""
    if (
        len(headings) == 1
        and len(headings[0].split()) >= 4
        and publisher.casefold() != headings[0].casefold()
    ):
        return headings[0]
    return _without_site(declared[0], publisher, declared[1:])


def _share(first: str, second: str) -> float:
    """How many of the first text's words the second one has, 0.0 to 1.0."""
    one = Counter(re.findall(r"\w+", first.casefold()))
    two = Counter(re.findall(r"\w+", second.casefold()))
    return sum((one & two).values()) / max(1, one.total())


def _without_site(title: str, publisher: str, others: list[str]) -> str:
    """A title without the site's name at its end or its beginning."""
    pieces = SITE_MARK.split(title)
    if len(pieces) < 2:
        return title
    for text in others:
        if text != title and len(text.split()) >= 3 and title.startswith(text):
            return text
    if publisher and pieces[-1].casefold() == publisher.casefold():
        return title[: title.rindex(pieces[-1])].rstrip(" |–—-·»:•")
    if publisher and pieces[0].casefold() == publisher.casefold():
        return title[len(pieces[0]) :].lstrip(" |–—-·»:•")
    if len(pieces[-1].split()) <= 4 and len(pieces[0].split()) >= 4:
        return title[: title.rindex(pieces[-1])].rstrip(" |–—-·»:•")
    return title


def _published(
    tree: HtmlElement, linked: Mapping[str, object], meta: Mapping[str, str], url: str | None,
    blocks: list[PageBlock], title: str,
) -> str | None:  # fmt: skip
    """When the article came out, ``YYYY-MM-DD``; None where the page does not say."""
    sources = [linked.get("datePublished"), *(meta.get(key) for key in DATE_NAMES)]
    for value in sources:
        if isinstance(value, str) and (date := find_date(value)):
            return date
    for path in (
        '//*[@itemprop="datePublished"]',
        "//time[@pubdate]",
        '//time[contains(@class,"publish") or contains(@class,"entry-date")]',
        '//*[contains(@class,"published")]',
        "//article//time",
        "//time",
    ):
        for element in tree.xpath(path)[:3]:
            value = element.get("datetime") or element.get("content") or element.text_content()
            if date := find_date(str(value)[:100]):
                return date
    if url and (date := date_in_url(url)):
        return date
    if isinstance(made := linked.get("dateCreated") or linked.get("dateModified"), str):
        return find_date(made)
    return _date_in_text(blocks, title)


def _date_in_text(blocks: list[PageBlock], title: str) -> str | None:
    """The date in a line that is nothing else, or that says "published", near the title."""
    start = next((n for n, block in enumerate(blocks) if title and title in block.text), 0)
    for block in blocks[max(0, start - 3) : start + 12]:
        for line in block.text.split("\n"):
            words = len(line.split())
            said = PUBLISHED.match(line)
            if words <= 20 and (is_stamp(line) or said or words <= 8) and (date := find_date(line)):
                return date
    return None


def _url(tree: HtmlElement, linked: Mapping[str, object], meta: Mapping[str, str]) -> str | None:
    """The page's own address: http or https, with a host, and no name or password in it."""
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
    """The language that the page names, as ISO 639-1."""
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
