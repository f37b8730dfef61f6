"""The facts about an article in a page's JSON-LD (schema.org's Article and its kinds)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.wording import same_title

_ARTICLE_TYPE = re.compile(r"(?:^|[/:])\w*(?:Article|Posting|Report|Thesis|Chapter)$")
_AROUND = re.compile(r"^(?:\s|<!--|//|/\*|<!\[CDATA\[|\*/)+|(?:\s|-->|//|/\*|\]\]>|\*/|;)+$")
"""Comment marks that hide a script from programs that do not know it."""
_DEEPEST = 8


def read_json_ld(tree: HtmlElement, titles: tuple[str, ...], url: str) -> Mapping[str, object]:
    """Return the page's article as its JSON-LD describes it; empty if it describes none.

    ``titles`` and ``url`` are what the page calls itself elsewhere: of several articles the one
    that has one of these, or else the first. What stands under an ``@id`` is put in its place.
    """
    nodes = [node for data in _scripts(tree) for node in _nodes(data, 0)]
    known = {
        name: node for node in nodes if isinstance(name := node.get("@id"), str) and len(node) > 1
    }
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return {}
    own = [node for node in articles if _is_own(node, titles, url)] or articles[:1]
    return {
        key: _resolved(value, known, 0)
        for node in reversed(own)  # the first has the last word
        for key, value in node.items()
    }


def _scripts(tree: HtmlElement) -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = _AROUND.sub("", str(script.text_content()))
        try:
            yield json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for part in data:
            yield from _nodes(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for value in data.values():
            if isinstance(value, dict | list):
                yield from _nodes(value, depth + 1)


def _is_article(node: Mapping[str, object]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in names)


def _is_own(node: Mapping[str, object], titles: tuple[str, ...], url: str) -> bool:
    headline = node.get("headline") or node.get("name")
    if isinstance(headline, str) and any(same_title(headline, title) for title in titles if title):
        return True
    page = node.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id")
    return bool(url) and any(
        isinstance(value, str) and _path(value) == _path(url) for value in (page, node.get("url"))
    )


def _path(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/")


def _resolved(value: object, known: Mapping[str, dict[str, object]], depth: int) -> object:
    """Return a value in which references are replaced by their targets."""
    if depth > 2:
        return value
    if isinstance(value, list):
        return [_resolved(item, known, depth + 1) for item in value[:50]]
    if isinstance(value, dict) and "name" not in value:
        name = value.get("@id")
        return known.get(name, value) if isinstance(name, str) else value
    return value
