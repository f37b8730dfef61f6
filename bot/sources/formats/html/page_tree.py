"""A web page's tree, parsed from the bytes of its file."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.core.errors import ArticleError
from bot.sources.formats.html.encoding import decode

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ud800-\udfff]")


def parse(data: bytes) -> HtmlElement:
    """Return the page's tree. Takes the file's bytes; raises `ArticleError` if they are no page."""
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf")):
        raise ArticleError("page.wrong_kind")
    text = CONTROL.sub("", decode(data))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("page.without_html") from error
    return tree
