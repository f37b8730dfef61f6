"""Numbers of an ODT file's lists that pandoc does not know: of a list that counts on from another
which it names (``text:continue-list``), and of one whose first item gives its number
(``text:start-value``). They are put into the lists' styles."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy

from lxml import etree

from bot.sources.formats.zip_members import replaced

_STYLES = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}automatic-styles"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE_NAME = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NUMBERED = re.compile(rb"text:continue-list=|<text:list-item[^<>]{0,300}text:start-value=")
_MOST = 10_000
"""Number of lists that get a style of their own, at most."""


def with_list_numbers(data: bytes) -> bytes:
    """Return an ODT file whose lists' styles tell their first numbers; the same bytes if no list
    needs one. Raises what `zipfile` raises if it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
        if _NUMBERED.search(content) is None:
            return data
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            return data  # pandoc says so
        if not _number(root):
            return data
        return replaced(archive, {"content.xml": etree.tostring(root, encoding="utf-8")})


def _number(root: etree._Element) -> bool:
    """Give the lists their numbers. Return whether any got one."""
    holder = next(root.iter(_STYLES), None)
    if holder is None:
        return False
    styles = {style.get(_STYLE_NAME): style for style in holder.iter(f"{_TEXT}list-style")}
    ends: dict[str | None, int] = {}
    last = count = 0
    for each in root.iter(f"{_TEXT}list"):
        items = each.findall(f"{_TEXT}list-item")
        style = styles.get(each.get(f"{_TEXT}style-name"))
        if next(each.iterancestors(f"{_TEXT}list"), None) is not None or not items:
            continue
        start = _start(each, items[0], ends, last)
        last = (_start_of(style) if start is None else start) + len(items) - 1
        ends[each.get(_ID)] = last
        if start is None or style is None or count == _MOST:
            continue
        if each.get(f"{_TEXT}continue-numbering") == "true":
            continue  # pandoc knows it
        count += 1
        own = deepcopy(style)
        own.set(_STYLE_NAME, f"{style.get(_STYLE_NAME)}-from-{count}")
        if (level := _first_level(own)) is not None:
            level.set(f"{_TEXT}start-value", str(start))
        holder.append(own)
        each.set(f"{_TEXT}style-name", own.get(_STYLE_NAME) or "")
    return count > 0


def _first_level(style: etree._Element) -> etree._Element | None:
    levels = style.iter(f"{_TEXT}list-level-style-number")
    return next((level for level in levels if level.get(f"{_TEXT}level") == "1"), None)


def _start_of(style: etree._Element | None) -> int:
    """Return the number with which a style's lists begin."""
    level = None if style is None else _first_level(style)
    given = None if level is None else _given(level)
    return 1 if given is None else given


def _given(element: etree._Element) -> int | None:
    """Return the first number that a level or an item gives, or None."""
    text = element.get(f"{_TEXT}start-value") or ""
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _start(
    each: etree._Element, first: etree._Element, ends: dict[str | None, int], last: int
) -> int | None:
    """Return the number of a list's first item where the list gives it; None where its style
    does. ``last`` is the last number of the list before it."""
    if (given := _given(first)) is not None:
        return given
    if each.get(f"{_TEXT}continue-numbering") == "true":
        return last + 1
    before = each.get(f"{_TEXT}continue-list")
    return ends[before] + 1 if before in ends and before is not None else None
