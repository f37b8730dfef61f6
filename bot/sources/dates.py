"""Dates as people write them, read into ISO 8601; only those that can be read in one way."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name[:size]: number
    for number, name in enumerate(
        (
            "january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december",
        ),
        1,
    )
    for size in (3, len(name))
} | {"sept": 9}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS = (
    re.compile(r"(?P<y>\d{4})([/.-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<n>{_NAMES})\.?,?\s+(?P<y>\d{{4}})", re.I
    ),
    re.compile(rf"(?P<n>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})", re.I),
)


def read_date(text: str) -> str | None:
    """The date that a line is, as ``YYYY-MM-DD``; None where the line is not just a date."""
    found = leading_date(text)
    return found[0] if found and not found[1] else None


def leading_date(text: str) -> tuple[str, str] | None:
    """The date a text begins with, as ``YYYY-MM-DD``, and what follows it; None without one."""
    stripped = text.strip()
    for form in _FORMS:
        match = form.match(stripped)
        if match is None or stripped[match.end() :][:1].isdigit():
            continue
        parts = match.groupdict()
        month = _MONTHS[parts["n"].lower()] if "n" in parts else int(parts["m"])
        try:
            found = date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            continue
        return found.isoformat(), stripped[match.end() :].strip()
    return None
