"""Names of persons as catalogues write them, the family name first: ``Oldham, Mira``."""

from __future__ import annotations

import re

_ENDS = r"(?=\s*(?:[,;&|/]|$|and\b))"
_DEGREE = re.compile(r",\s*(?:Ph\.?\s?D|M\.?D|M\.?Sc|M\.?P\.?H|J\.?D|R\.?N|Esq)\b\.?" + _ENDS)
_GENERATION = re.compile(r",\s*(Jr|Sr|II|III|IV)\b(\.?)" + _ENDS)
"""The part of a name that stands behind a comma."""
_GENERATION_END = re.compile(r" (?:Jr|Sr|II|III|IV)\.?$")
_BODY = re.compile(
    r"\b(?:of|for|the|and|universit\w+|institut\w*|ministry|organi[sz]ation|department|agency"
    r"|associat\w+|cent(?:er|re)|council|committee|commission|society|company|corporation|foundation"
    r"|federation|ltd|inc|llc|gmbh)\b",
    re.IGNORECASE,
)
"""Words in the name of a body, behind whose comma stands its place."""


def without_degrees(names: str) -> str:
    """Return a line of names without degrees, and with no comma before a generation ("Jr.")."""
    return _GENERATION.sub(r" \1\2", _DEGREE.sub("", names))


def in_order(name: str) -> str | None:
    """Return the name of one person with the given name first; None if it is not written as in a
    catalogue."""
    last, comma, first = without_degrees(name.strip()).partition(", ")
    if not comma or "," in first or _BODY.search(name):
        return None
    if not 1 <= len(last.split()) <= 3 or not 1 <= len(first.split()) <= 4:
        return None
    generation = _GENERATION_END.search(first)
    end = generation[0] if generation else ""
    return f"{first.removesuffix(end).strip()} {last}{end}"
