"""Parts of a page that a reader opens by a button in a heading, as the answers of a FAQ are."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.sources.formats.html.visibility import hidden

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
_CONTROLS = ("aria-controls", "data-bs-target", "data-target", "href")
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^;]*", re.I)


def open_all(tree: HtmlElement) -> None:
    """Make the buttons that are whole headings part of these, and show what they open: the element
    that a button names, or the one that follows the heading. Panels of tabs are shown, too. Menus
    and dialogs, which other buttons open, stay closed."""
    texts: dict[HtmlElement, str] = {}
    openers = [
        (opener, headings)
        for opener in tree.iter("button", "a")
        if opener.tag == "button" or opener.get("aria-expanded") is not None
        if (headings := _headings_of(opener, texts))
    ]
    for panel in tree.iter():
        if panel.get("role") == "tabpanel":
            _show(panel)
    if not openers:
        return
    named = {name: part for part in tree.iter() if (name := part.get("id"))}
    for opener, headings in openers:
        panels = [named.get((opener.get(key) or "").lstrip("#")) for key in _CONTROLS]
        panels += [heading.getnext() for heading in headings]
        panel = next((found for found in panels if found is not None), None)
        if panel is not None and isinstance(panel.tag, str):
            _show(panel)
        if opener.tag == "button":
            opener.drop_tag()


def _headings_of(opener: HtmlElement, texts: dict[HtmlElement, str]) -> list[HtmlElement]:
    """Return the headings, one within another, of which an element is all the text. ``texts`` are
    those of the page's headings, as far as they are known."""
    text = _text(opener)
    headings = list(opener.iterancestors(*_HEADINGS)) if text else []
    for heading in headings:
        if heading not in texts:
            texts[heading] = _text(heading)
    return [heading for heading in headings if texts[heading] == text]


def _show(panel: HtmlElement) -> None:
    if hidden(panel):
        for attribute in ("hidden", "aria-hidden"):
            panel.attrib.pop(attribute, None)
        panel.set("style", _NOT_SHOWN.sub("", panel.get("style") or ""))


def _text(element: HtmlElement) -> str:
    return "".join(str(element.text_content()).split())
