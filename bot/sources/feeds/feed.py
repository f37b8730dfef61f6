"""Feeds: RSS, Atom, JSON Feed and sitemaps, read into the links of their articles.

Formats: RSS 2.0 (and 1.0), RFC 4287, jsonfeed.org version 1.1, sitemaps.org 0.9.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from bot.core.errors import ArticleError
from bot.sources.corpus.atomic_files import write_whole
from bot.sources.web.fetching import Fetched, Fetcher

MOST_LINKS = 1000
"""Of one feed; a sitemap may list fifty thousand pages."""
MOST_SITEMAPS = 20


class FeedState:
    """What is remembered of feeds, in one JSON file: how to ask for news only, which links were
    taken, when it last worked and what went wrong since."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a file that is damaged is as good as none."""
        self._path = path
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._feeds: dict[str, dict[str, Any]] = found if isinstance(found, dict) else {}

    def of(self, url: str) -> dict[str, Any]:
        """What is known of one feed: ``etag``, ``modified``, ``taken`` (links), ``worked`` and
        ``asked`` (seconds since 1970), ``fault`` (a line)."""
        return self._feeds.setdefault(url, {})

    def save(self) -> None:
        """Write it, whole or not at all. Raises `bot.core.errors.CorpusError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, json.dumps(self._feeds, indent=1).encode())


def read_feed(data: bytes, url: str) -> list[str]:
    """The links of a feed's articles, in its order, each once. Raises `ArticleError` for what is
    no feed."""
    found = _json_links(data) if data.lstrip()[:1] == b"{" else _xml_links(data)
    links = (urljoin(url, link.strip()) for link in found if link.strip())
    return list(dict.fromkeys(links))[:MOST_LINKS]


def sitemaps_in(data: bytes, url: str) -> list[str]:
    """The sitemaps that a sitemap index names; empty for anything else."""
    try:
        root = _parse(data)
    except ArticleError:
        return []
    if _local(root) != "sitemapindex":
        return []
    return [urljoin(url, text) for text in _texts(root, "loc")][:MOST_SITEMAPS]


async def new_links(url: str, fetcher: Fetcher, known: dict[str, Any]) -> list[str]:
    """The links of a feed that were not taken yet. ``known`` is what `FeedState.of` gives, and is
    brought up to date but for what is taken. Raises `ArticleError` where the feed cannot be had.
    """
    answer = await fetcher.fetch(url, known.get("etag"), known.get("modified"))
    if not answer.fresh:
        return _untaken(known.get("links", []), known)
    links = await _links(answer, fetcher)
    known.update(etag=answer.etag, modified=answer.modified, links=links)
    return _untaken(links, known)


def _untaken(links: list[str], known: dict[str, Any]) -> list[str]:
    taken = set(known.get("taken", []))
    return [link for link in links if link not in taken]


async def _links(answer: Fetched, fetcher: Fetcher) -> list[str]:
    inner = await asyncio.to_thread(sitemaps_in, answer.data, answer.url)
    if not inner:
        return await asyncio.to_thread(read_feed, answer.data, answer.url)
    links: list[str] = []
    for sitemap in inner:
        found = await fetcher.fetch(sitemap)
        links += await asyncio.to_thread(read_feed, found.data, found.url)
    return links[:MOST_LINKS]


def _json_links(data: bytes) -> Iterator[str]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ArticleError("it is no feed: its JSON is broken") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise ArticleError("it is no feed: there are no items in its JSON")
    for item in items:
        link = item.get("url") or item.get("external_url") if isinstance(item, dict) else None
        if isinstance(link, str):
            yield link


def _xml_links(data: bytes) -> Iterator[str]:
    root = _parse(data)
    kind = _local(root)
    if kind == "urlset":
        yield from _texts(root, "loc")
    elif kind in ("rss", "RDF"):
        for item in root.iter("{*}item"):
            yield from _item_links(item)
    elif kind == "feed":
        for entry in root.iter("{*}entry"):
            yield from _entry_links(entry)
    else:
        raise ArticleError("it is no feed: neither RSS nor Atom, JSON Feed or a sitemap")


def _item_links(item: Any) -> Iterator[str]:
    for child in item:
        if _local(child) == "link" and (child.text or "").strip():
            yield child.text
            return
    for child in item:
        if _local(child) == "guid" and child.get("isPermaLink") != "false":
            yield child.text or ""


def _entry_links(entry: Any) -> Iterator[str]:
    for child in entry:
        if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
            yield child.get("href", "")
            return


def _texts(root: Any, name: str) -> Iterator[str]:
    """The texts of the elements of this name two levels down: of pages, not of their pictures."""
    for page in root:
        for child in page:
            if _local(child) == name and child.text and child.text.strip():
                yield child.text.strip()
                break


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _parse(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("it is no feed: its XML is broken") from error
    if root is None:
        raise ArticleError("it is no feed: its XML is broken")
    return root
