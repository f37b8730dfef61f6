"""Marks around sentences, in any language: quotation marks and brackets, within which no sentence
ends, the markers of lists, with which one begins, and spaced ellipses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

LONGEST_QUOTATION = 600
"""Code points; in a longer quotation, or pair of brackets, sentences end as elsewhere."""

_INSIDE = f"{{0,{LONGEST_QUOTATION}}}"
_QUOTATION = re.compile(
    rf"“[^“”„]{_INSIDE}”|„[^“”„]{_INSIDE}[“”]|”(?<!\S”)[^“”„]{_INSIDE}”"
    rf"|«[^«»]{_INSIDE}»|»(?<!\w»)(?=\S)[^«»]{_INSIDE}«"
    rf"|\"(?<![^\s(\[“„«‘—–/-]\")[^\"]{_INSIDE}\"(?!\w)"
    rf"|‘(?<!\w‘)(?:[^‘’]|’(?=\w)){_INSIDE}’(?!\w)"
    rf"|\([^()]{_INSIDE}\)|\[[^\[\]]{_INSIDE}\]"
    rf"|「[^「」]{_INSIDE}」|『[^『』]{_INSIDE}』|《[^《》]{_INSIDE}》"
)
_BULLETS = "•‣◦▪●○⁃■□➢➤✓"
_MARKER = re.compile(
    rf"(?P<bullet>[{_BULLETS}]\s*)?(?P<open>\(?)(?P<value>\d{{1,3}}|[a-z]|[ivx]{{2,5}})"
    r"(?P<close>\.\)|[.)])(?=\s)"
)
_LONE_MARKER = re.compile(rf"[{_BULLETS}(\s]*(?:\d{{1,3}}|[a-z]|[ivxIVX]{{1,5}})?[.)\s…]*")
_BEGUN_NAME = re.compile(r"[A-Z]{2,5}\. [A-Z]{2,} (?![A-Z]{2})")
LONGEST_BEGUN_NAME = 6
"""Code points of a name's first part, with its full stop."""
_LINE = re.compile(rf"\n[^\S\n]*+(?=[{_BULLETS}]|\(?(?:\d{{1,3}}|[a-z])[.)]+\s)")
_RULE = re.compile(r"(?:[^\w\n]{3,}|_{3,})\n")
_RULE_BELOW = re.compile(rf"\n{_RULE.pattern}")
"""A rule below another line; what begins with one character is found sooner."""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_ELLIPSIS = re.compile(r"\.(?:[ \u00a0]\.){2,}[\"”’“»)\]]*")
_OPENED = re.compile("[\"'“‘«( \n\u00a0]+")
_STOPS_BEFORE_END = 4
"""Number of stops of an ellipsis that includes the sentence's own."""


_ASCII_PAIRS = (("(", ")"), ("[", "]"), ('"', '"'))
_PAIRS = (*_ASCII_PAIRS, ("“", "”"), ("”", "”"), ("«", "»"), ("»", "«"))
"""Opening and closing marks; a span reaches from each opening one to the next closing one."""
_OTHER_QUOTES = "„‘「『《"
BEGIN_MARKERS = frozenset(f"{_BULLETS}(.)…IVXabcdefghijklmnopqrstuvwxyz")
"""Characters, besides digits, that a marker or a lone stop may begin with."""


def may_be_within(text: str, ends: Sequence[int]) -> bool:
    """Return False if none of these ends, in order, lies within a quotation or brackets, which is
    so of most texts and found out sooner than where all these are."""
    if not ends:
        return False
    pairs: Sequence[tuple[str, str]] = _ASCII_PAIRS
    if not text.isascii():
        if any(map(text.__contains__, _OTHER_QUOTES)):
            return True
        pairs = _PAIRS
    for opening, closing in pairs:
        at = text.find(opening)
        while at >= 0:
            until = text.find(closing, at + 1)
            if until < 0:
                break
            first = bisect_right(ends, at)
            if first < len(ends) and ends[first] <= until:
                return True
            at = text.find(opening, until)  # those before it end there, too: their spans are within
    return False


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans between marks that belong together, each from its opening mark to its
    closing one, in order and without overlap. Marks without a partner are passed over, and so is
    what is longer than `LONGEST_QUOTATION`."""
    return [(match.start(), match.end() - 1) for match in _QUOTATION.finditer(text)]


def outside(ends: Sequence[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return those of some sentences' ends, in order, that lie within none of these spans, which
    are in order too."""
    found: list[int] = []
    at = 0
    for start, end in spans:
        first = bisect_right(ends, start, at)
        found += ends[at:first]
        at = bisect_right(ends, end, first)
    found += ends[at:]
    return found


def is_marker(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is nothing but a list's marker, or stops."""
    return _LONE_MARKER.fullmatch(text, start, end) is not None


def is_begun_name(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is a name's first part, written in capitals like its next
    one, and unlike the word after that: "ID. SPACE is the name of a channel"."""
    return _BEGUN_NAME.match(text, start) is not None and text[end - 1] == "."


def item_ends(text: str) -> list[int]:
    """Return the ends of list items: before a bullet or a number at a line's beginning, below a
    line that is a rule, and, in a text that begins with a marker, before those that continue it:
    "1. Nets 2. Boats"."""
    ends: list[int] = []
    if "\n" in text:
        ends += [match.end() for match in _LINE.finditer(text)]
        first_line = _RULE.match(text)
        behind = 0 if first_line is None else first_line.end()
        ends += [behind] if behind else []
        ends += [match.end() for match in _RULE_BELOW.finditer(text, behind)]
    begins = text[:1]
    if begins.isupper():
        return ends  # as most texts do
    first = _MARKER.match(text)
    if first is not None:
        ends += _sequence(text, first)
    if begins and begins in _BULLETS:
        ends += [match.start() for match in re.finditer(rf"(?<=\s)[{_BULLETS}]", text)]
    return ends


def _sequence(text: str, first: re.Match[str]) -> list[int]:
    """Return the positions of the markers that continue the first one, in the same form."""
    ends: list[int] = []
    marker = first
    while (value := _next(marker["value"])) is not None:
        bullet = rf"[{_BULLETS}]\s*" if first["bullet"] else ""
        form = rf"(?<=\s){bullet}{re.escape(first['open'] + value + first['close'])}(?=\s)"
        found = re.compile(form).search(text, marker.end())
        if found is None:
            break
        ends.append(found.start())
        matched = _MARKER.match(text, found.start())
        if matched is None:
            break
        marker = matched
    return ends


def _next(value: str) -> str | None:
    """Return the value of the marker that follows this one."""
    if value.isdigit():
        return str(int(value) + 1)
    if value in _ROMAN[1:] or (value == "i"):
        ordinal = _ROMAN.index(value) + 1
        return _ROMAN[ordinal] if ordinal < len(_ROMAN) else None
    return chr(ord(value) + 1) if len(value) == 1 and value < "z" else None


def ellipses(text: str) -> list[tuple[int, int, bool]]:
    """Return the spaced ellipses (". . .") of a text: start, end, and whether a sentence ends with
    it."""
    found = []
    for match in _ELLIPSIS.finditer(text):
        stops = match[0].count(".")
        is_end = stops >= _STOPS_BEFORE_END and _capital_follows(text, match.end())
        found.append((match.start(), match.end(), is_end))
    return found


def _capital_follows(text: str, end: int) -> bool:
    opened = _OPENED.match(text, end)
    at = end if opened is None else opened.end()
    return text[at : at + 1].isupper()


def is_of_ellipsis(start: int, spaced: Sequence[tuple[int, int, bool]]) -> bool:
    """Return whether a stop is one of these ellipses, which are in order."""
    ordinal = bisect_right(spaced, start, key=itemgetter(0)) - 1
    return ordinal >= 0 and start < spaced[ordinal][1]
