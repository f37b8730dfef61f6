"""The numbers that a browser writes before the items of ordered lists.

The page does not hold them. An item that gets a letter, a Roman numeral or no label has no number
here, because Markdown would show one that its author did not choose.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_STYLE = re.compile(r"(?:^|;)list-style(?:-type)?:([^;]*)")


class ListNumbers:
    """The numbers of the items of one page, found a list at a time."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, int] = {}

    def of(self, item: HtmlElement) -> int:
        """Return an item's number in an ordered list, 0 where it has none."""
        items = item.getparent()
        if item.tag != "li" or items is None or items.tag != "ol":
            return 0
        if item not in self._known:
            self._known.update(_numbers(items))
        return self._known[item]


def _numbers(items: HtmlElement) -> dict[HtmlElement, int]:
    """Return the numbers of a list's items (WHATWG HTML, "Ordinal value")."""
    children = list(items.iterchildren("li"))
    step = 1 if items.get("reversed") is None else -1
    number = _whole_number(items.get("start"))
    if number is None:
        number = 1 if step > 0 else len(children)
    found = {}
    for child in children:
        given = _whole_number(child.get("value"))
        number = number if given is None else given
        found[child] = max(0, number) if _is_numbered(child, items) else 0
        number += step
    return found


def _whole_number(value: str | None) -> int | None:
    return int(value) if value and _WHOLE_NUMBER.fullmatch(value.strip()) else None


def _is_numbered(item: HtmlElement, items: HtmlElement) -> bool:
    if (item.get("type") or items.get("type") or "1").strip() != "1":
        return False
    style = (item.get("style") or items.get("style") or "").replace(" ", "").lower()
    kind = _STYLE.search(style)
    return kind is None or "decimal" in kind[1]
