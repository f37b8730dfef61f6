"""A web page's tree, parsed from the bytes of its file."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.core.errors import ArticleError
from bot.sources.formats.data_kinds import refuse_code, refuse_data
from bot.sources.formats.html.blocks.encoding import decode
from bot.sources.formats.html.blocks.page_blocks import HEADINGS, INLINE
from bot.sources.formats.html.blocks.visibility import hidden

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ud800-\udfff]")


_DEEPEST = 200
"""Number of elements, each in the one before, from which on what an element holds is laid flat."""


def parse(data: bytes) -> HtmlElement:
    """Return the page's tree. Takes the file's bytes; raises `ArticleError` if they are no page.

    What is nested more deeply than any layout is, such as a paragraph in all unclosed ``<font>``
    above it, becomes a series of paragraphs and headings.
    """
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf")):
        raise ArticleError("page.wrong_kind")
    refuse_data(data)
    refuse_code(data)
    text = CONTROL.sub("", decode(data)).encode("utf-8")
    tree, is_whole = _parsed(text, is_deep=False)
    if is_whole:
        return tree
    tree, is_whole = _parsed(text, is_deep=True)
    if not is_whole:
        raise ArticleError("reading.nesting")
    _flatten(tree)
    return tree


def _parsed(text: bytes, is_deep: bool) -> tuple[HtmlElement, bool]:
    """Return a page's tree, and whether all of the page is in it: where elements are nested too
    deeply, the parser leaves out the rest. Raises `ArticleError` if it is no page."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=is_deep)
    try:
        tree = document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("page.without_html") from error
    last = parser.error_log.last_error
    return tree, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _flatten(tree: HtmlElement) -> None:
    """Replace what is nested deeply by its text: a paragraph or a heading for each block."""
    depth = 0
    deep = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == _DEEPEST:
            deep.append(element)
    for element in deep:
        lines = _lines_in(element)
        del element[:]
        element.text = None
        for tag, text in lines:
            if text.strip():
                etree.SubElement(element, tag).text = text


def _lines_in(element: HtmlElement) -> list[tuple[str, str]]:
    """Return the text that an element shows, line by line, each with its tag, ``p`` or that of a
    heading."""
    lines: list[tuple[str, list[str]]] = [("p", [])]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        starts = event == "start"
        is_seen = part is element or not hidden(part)
        if is_seen and part.tag not in INLINE:  # a <br>, too, begins a line
            lines.append((part.tag if starts and part.tag in HEADINGS else "p", []))
        if starts and not is_seen:
            walk.skip_subtree()
        elif starts:
            lines[-1][1].append(part.text or "")
        if not starts and part is not element:
            lines[-1][1].append(part.tail or "")
    return [(tag, "".join(text)) for tag, text in lines]
