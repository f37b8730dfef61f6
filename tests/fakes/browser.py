"""A model of a browser that follows a link to a text, written after the specification.

`follow` is "find a range from a text directive" of the WICG's "URL Fragment Text Directives",
over a page that is given as text with a line for each block; `text_of_page` gives a page so.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from lxml.html import HtmlElement

from bot.core.article import Span


class TextDirective(NamedTuple):
    """``text=[prefix-,]start[,end][,-suffix]``, decoded; what is not there is empty."""

    prefix: str
    start: str
    end: str
    suffix: str


def directive_of(url: str) -> TextDirective | None:
    """The text directive that a URL ends with; None without one, or with a malformed one."""
    _, marker, directive = url.partition(":~:text=")
    if not marker or "&" in directive:
        return None
    parts = directive.split(",")
    prefix = parts.pop(0)[:-1] if parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if parts and parts[-1].startswith("-") else ""
    if not 1 <= len(parts) <= 2 or any("-" in part for part in (*parts, prefix, suffix)):
        return None
    start, end = parts[0], parts[1] if len(parts) == 2 else ""
    return TextDirective(*map(unquote, (prefix, start, end, suffix)))


def follow(url: str, page: str) -> Span | None:
    """Return the span that a browser marks when it follows the link, in the page's
    code points; None where it finds nothing."""
    directive = directive_of(url)
    return None if directive is None else _Page(page).find_range(directive)


_WITHIN = frozenset(
    "a abbr b bdi bdo big button cite code data del dfn em font i ins kbd label mark q rb ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements that a browser lays out within a line."""
_UNSEEN = frozenset(
    "head script style template noscript iframe object video audio canvas svg select textarea "
    "input img math datalist rp rt area base link meta noembed noframes param title".split()
)


def text_of_page(page: HtmlElement) -> str:
    """A page's text as a browser that runs no scripts lays it out: a line for each block."""
    parts: list[str] = []

    def visit(element: HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            return
        style = (element.get("style") or "").replace(" ", "")
        if element.get("hidden") is not None or "display:none" in style:
            return
        edge = "" if element.tag in _WITHIN else "\0"
        parts.append(edge + (element.text or ""))
        for child in element:
            visit(child)
            parts.append(child.tail or "")
        parts.append(edge)

    visit(page)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\0"))
    return "\n".join(filter(None, lines))


class _Page:
    """A page's text as it is compared, each character with where it stands in the original."""

    def __init__(self, page: str) -> None:
        self.chars: list[str] = []
        self.places: list[int] = []
        for place, char in enumerate(page):
            for folded in _fold(char):
                if folded == " " and (not self.chars or self.chars[-1] in " \n"):
                    continue
                if folded == "\n" and self.chars and self.chars[-1] == " ":
                    self.chars.pop(), self.places.pop()
                self.chars.append(folded)
                self.places.append(place)
        self.text = "".join(self.chars)

    def find_range(self, directive: TextDirective) -> Span | None:
        prefix, start, end, suffix = (_query(part) for part in directive)
        whole_start = bool(end) or not suffix
        search = 0
        while search < len(self.text):
            if prefix:
                before = self.find(prefix, search, True, False)
                if before is None:
                    return None
                search = before + 1
                after = self.skip_space(before + len(prefix))
                found = self.find(start, after, False, whole_start)
                if found is None:
                    return None
                if found != after:
                    continue
            else:
                found = self.find(start, search, True, whole_start)
                if found is None:
                    return None
                search = found + 1
            stop = found + len(start)
            while stop < len(self.text) or not (end or suffix):
                if end:
                    last = self.find(end, stop, True, not suffix)
                    if last is None:
                        return None
                    stop = last + len(end)
                if not suffix:
                    return Span(self.places[found], self.places[stop - 1] + 1)
                next_words = self.skip_space(stop)
                behind = self.find(suffix, next_words, False, True)
                if behind is None:
                    return None
                if behind == next_words:
                    return Span(self.places[found], self.places[stop - 1] + 1)
                if not end:
                    break
            else:
                return None
        return None

    def skip_space(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in " \n":
            at += 1
        return at

    def find(self, words: str, at: int, starts_word: bool, ends_word: bool) -> int | None:
        """Return where these words stand within one block, from ``at`` on."""
        if not words:
            return None
        found = self.text.find(words, at)
        while found >= 0:
            fits_start = not starts_word or self.is_boundary(found)
            if fits_start and (not ends_word or self.is_boundary(found + len(words))):
                return found
            found = self.text.find(words, found + 1)
        return None

    def is_boundary(self, at: int) -> bool:
        """Return whether a word begins or ends here: not between two letters or digits, but for
        scripts that write no spaces, which a browser divides by a dictionary."""
        pair = self.text[max(0, at - 1) : at + 1]
        return len(pair) < 2 or not pair.isalnum() or all(char > "\u2e80" for char in pair)


def _fold(char: str) -> str:
    """Return a text as collation at its primary level compares it: no case, no accents."""
    if char == "\n":
        return char
    if char.isspace():
        return " "
    folded = unicodedata.normalize("NFD", char.casefold())
    return "".join(part for part in folded if not "\u0300" <= part <= "\u036f")


def _query(words: str) -> str:
    return " ".join("".join(map(_fold, words)).split())
