"""Parts of a page that a reader opens by a button in a heading, as the answers of a FAQ are."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.sources.formats.html.blocks.part_names import part_name
from bot.sources.formats.html.blocks.visibility import hidden
from bot.sources.formats.sentence_ends import ends_as_sentence

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
_MENUS = ("ul", "ol")
_QUESTION_MARKS = ("?", "？", "؟", ";")
_NO_TEXT = frozenset("nav header footer form dialog aside".split())
_QUESTION = 3
"""Least number of words of a button that is a question; one that opens a menu has fewer."""
_CONTROLS = ("aria-controls", "data-bs-target", "data-target", "href")
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^;]*", re.I)


def open_all(tree: HtmlElement) -> None:
    """Make the buttons that are whole headings part of these, and show what they open: the element
    that a button names, or the one that follows the heading. A button outside of headings that
    names a text becomes one. Panels of tabs are shown, too. Menus
    and dialogs, which other buttons open, stay closed."""
    texts: dict[HtmlElement, str] = {}
    openers = [
        (opener, headings)
        for opener in tree.iter("button", "a")
        if opener.tag == "button" or opener.get("aria-expanded") is not None
        if (headings := _headings_of(opener, texts))
    ]
    questions = {
        name: button
        for button in tree.iter("button")
        if (name := button.get("aria-controls"))
        and next(button.iterancestors(*_HEADINGS), None) is None
    }
    for panel in tree.iter():
        if panel.get("role") == "tabpanel":
            _show(panel)
    if not openers and not questions:
        return
    named = {name: part for part in tree.iter() if (name := part.get("id"))}
    for name, button in questions.items():
        panel = named.get(name)
        if panel is not None and _is_question(button, panel):
            _show(panel)
            button.tag = "h3"
    for opener, headings in openers:
        panels = [named.get((opener.get(key) or "").lstrip("#")) for key in _CONTROLS]
        panels += [heading.getnext() for heading in headings]
        panel = next((found for found in panels if found is not None), None)
        if panel is not None and isinstance(panel.tag, str):
            _show(panel)
        if opener.tag == "button":
            opener.drop_tag()


def _is_question(button: HtmlElement, panel: HtmlElement) -> bool:
    """Return whether a button that is in no heading stands over a text of the article, and not over
    a menu, a search field or a message of the site."""
    words = str(button.text_content()).split()
    if len(words) < _QUESTION or panel.tag in _MENUS or panel in button.iterancestors():
        return False
    if any(e.tag in _NO_TEXT or part_name(e) for e in (panel, *panel.iterancestors())):
        return False
    text = _text(panel)
    if not words[-1].endswith(_QUESTION_MARKS) and not ends_as_sentence(text):
        return False  # a choice of languages or places
    linked = sum(len(_text(link)) for link in panel.iter("a"))
    return text != "" and 2 * linked <= len(text) and panel.find(".//input") is None


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
