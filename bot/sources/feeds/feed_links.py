"""The links in a feed: RSS, Atom and RDF as feedparser reads them, JSON Feed, and sitemaps.

Formats: RSS 2.0 (and 1.0), RFC 4287, jsonfeed.org version 1.1, sitemaps.org 0.9. What is read
comes from outside: `bot.sources.isolation.readers.Readers.read_feed` does it in a bounded
process.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin

from bot.core.errors import ArticleError

MOST_LINKS = 1000
"""Maximum number of links of one feed; a sitemap may list fifty thousand pages."""
MOST_SITEMAPS = 20
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>]")
_BARE = re.compile(rb"(<!\[CDATA\[(?s:.*?\]\]>|.*))|&(?!(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)")
"""An ampersand that begins no reference, as links have them; and sections in which each is one."""
_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_MOST_ENTRIES = 2 * MOST_LINKS
"""Number of a feed's entries that are read, some of which may have the same link."""
_LONGEST = 2000
"""Characters of a link."""


class FeedLinks(NamedTuple):
    """The links of a feed or a sitemap, in its order, without duplicates."""

    articles: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()
    """Those that a sitemap index names."""


def read_feed(data: bytes, url: str) -> list[str]:
    """Return the links of the articles in a feed that was fetched from ``url``. Raises
    `ArticleError` for what is no feed."""
    return list(read_feed_links(data, url).articles)


def read_feed_links(data: bytes, url: str) -> FeedLinks:
    """Return the links of a feed, a sitemap or an index of sitemaps. Raises `ArticleError` for
    anything else."""
    if data.removeprefix(_MARKS[0]).lstrip()[:1] == b"{":
        return FeedLinks(_joined(_json_links(data), url, MOST_LINKS))
    sitemap = _SITEMAP.search(data[:10_000])
    if sitemap is not None and b"<rss" not in data[:1000] and b"<feed" not in data[:1000]:
        found = _joined(_sitemap_links(data), url, MOST_LINKS)
        if sitemap.group(1) == b"urlset":
            return FeedLinks(found)
        return FeedLinks((), found[:MOST_SITEMAPS])
    return FeedLinks(_joined(_entry_links(data, url), url, MOST_LINKS))


def _joined(links: Iterable[str], url: str, most: int) -> tuple[str, ...]:
    """Return the links made absolute; an invalid one is kept unchanged, so that its fault is
    reported."""
    found: dict[str, None] = {}
    for link in links:
        stripped = link.strip()[: _LONGEST + 1]
        if not stripped:
            continue
        try:
            found[urljoin(url, stripped)] = None
        except ValueError:
            found[stripped] = None
        if len(found) >= most:
            break
    return tuple(found)


def _entry_links(data: bytes, url: str) -> Iterator[str]:
    import feedparser

    try:
        # a stream: what looks like a link or a file's name is not to be opened
        parsed = feedparser.parse(
            io.BytesIO(_escaped(_first_entries(data))),
            response_headers={"content-location": url},
            sanitize_html=False,
        )
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        raise ArticleError("feed.broken") from error
    if not parsed.get("version") and not parsed.entries:
        raise ArticleError("feed.wrong_kind")
    for entry in parsed.entries:
        link = entry.get("link")
        if isinstance(link, str):
            yield link


def _escaped(data: bytes) -> bytes:
    """Return XML in which each bare ampersand is written as one: readers take ``&copy=2`` of a link
    for a sign, or drop the name."""
    if b"\0" in data[:4]:
        return data  # UTF-16 or UTF-32, with a byte order mark or without
    return _BARE.sub(lambda match: match[1] or b"&amp;", data)


def _first_entries(data: bytes) -> bytes:
    """Return a feed without the entries after as many as are read: a feed of all articles of a site
    takes a minute, and newer ones come first."""
    kept = last = 0
    for number, match in enumerate(_ENTRY_END.finditer(data), start=1):
        last = match.end()
        if number <= _MOST_ENTRIES:
            kept = last
    return data[:kept] + data[last:]


def _json_links(data: bytes) -> Iterator[str]:
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ArticleError("feed.json") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise ArticleError("feed.without_items")
    for item in items:
        if not isinstance(item, dict):
            continue
        name = item.get("id")  # a link where it reads as one, as an RSS guid is
        is_link = isinstance(name, str) and name.startswith(("http://", "https://"))
        link = item.get("url") or item.get("external_url") or (name if is_link else None)
        if isinstance(link, str):
            yield link


def _sitemap_links(data: bytes) -> Iterator[str]:
    """Yield the texts of the ``loc`` elements two levels down: those of pages, not of their
    pictures."""
    for page in _parse(data):
        for child in page:
            if _local(child) == "loc":
                text = "".join(child.itertext()).strip()
                if text:
                    yield text
                break


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _parse(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        root = etree.fromstring(_escaped(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("feed.xml") from error
    if root is None:
        raise ArticleError("feed.xml")
    return root
