"""Data that programs read, told by its bytes: what servers send by mistake as a page or as text."""

from __future__ import annotations

import re

from bot.core.errors import ArticleError

_XML_HEAD = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+", re.S)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FEEDS = (b"rss", b"rdf", b"feed", b"urlset", b"sitemapindex")
_PAGE = re.compile(rb"<(?:html|head|body|p|div|h1)[\s>]", re.I)
_JSON = re.compile(rb'(?:[{]\s*(?:"|[}])|\[\s*(?:[{"\[\]]|-?\d+\s*,))')
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_ASSIGNED = re.compile(
    rb"(?:(?:var|let|const)\s+)?[\w.$]+\s*[=(]\s*(?:JSON\.parse\s*[(]\s*)?[\[{'\"]"
)
"""The beginning of a value that a program gives a name, or hands to a function (JSONP)."""
_COMMENT = re.compile(rb"/[*](?:.*?[*]/|.*)", re.S)
_SIGNS = re.compile(rb"[{}();=]")
_BRACES = re.compile(rb"[{][^{}]*[}]")
_LEAST_SIGNS = 0.05
"""Share of a program's characters that are such signs; a text about programs has half as many."""
_LEAST_BRACED = 0.3
"""Share of a style sheet that stands in braces."""
_SAMPLE = 100_000
"""Number of bytes that are looked at."""


def refuse_data(data: bytes) -> None:
    """Raise `ArticleError` for a feed, a sitemap, JSON or XML, and for what is not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return  # text in UTF-16
    text = data[:_SAMPLE].removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        _refuse_xml(text)
    elif b"\0" in text[:4096]:
        raise ArticleError("text.binary")
    elif _JSON.match(text) and data.rstrip().endswith((b"}", b"]")):
        if _JSON_FEED.search(text[:2000]):
            raise ArticleError("data.feed")
        if b'"nbformat"' not in data:
            raise ArticleError("data.kind", kind="JSON")


def refuse_code(data: bytes) -> None:
    """Raise `ArticleError` for a program or a style sheet that a server calls a page. A text that
    begins with an element is a page, whatever else is in it."""
    text = data[:_SAMPLE].removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return
    text = b"".join(_COMMENT.sub(b"", text).split())
    signs = len(_SIGNS.findall(text)) / max(1, len(text))
    rules = (rule for rule in _BRACES.findall(text) if b":" in rule)
    braced = sum(map(len, rules)) / max(1, len(text))
    is_value = _ASSIGNED.match(text) and data.rstrip().endswith((b")", b"}", b"]", b";"))
    if signs > _LEAST_SIGNS or braced > _LEAST_BRACED or is_value:
        raise ArticleError("data.code")


def _refuse_xml(text: bytes) -> None:
    head = _XML_HEAD.match(text)
    root = _ROOT.match(text, head.end() if head else 0)
    name = root[1].lower() if root else b""
    if name in _FEEDS:
        raise ArticleError("data.feed")
    if (name == b"svg" or text.startswith(b"<?xml")) and not _PAGE.search(text):
        raise ArticleError("data.kind", kind="SVG" if name == b"svg" else "XML")
