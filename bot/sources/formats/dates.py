"""Dates as people and programs write them, read into ISO 8601; only unambiguous ones, and no day
that is not in the calendar or lies in the future."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_NAMES = (
    "january jan januar januari janvier enero gennaio janeiro stycznia ledna января ocak",
    "february feb februar februari février febrero febbraio fevereiro lutego února февраля şubat",
    "march mar märz maart mars marzo março marca března марта mart",
    "april apr avril abril aprile kwietnia dubna апреля nisan",
    "may mai mei maj mayo maggio maio maja května мая mayıs",
    "june jun juni juin junio giugno junho czerwca června июня haziran",
    "july jul juli juillet julio luglio julho lipca července июля temmuz",
    "august aug augustus augusti août agosto sierpnia srpna августа ağustos",
    "september sept sep septembre septiembre settembre setembro września září сентября eylül",
    "october oct okt oktober octobre octubre ottobre outubro października října октября ekim",
    "november nov novembre noviembre novembro listopada listopadu ноября kasım",
    "december dec dez dezember décembre diciembre dicembre dezembro grudnia prosince декабря "
    "aralık",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_NAME = r"(?P<n>[^\W\d_]{3,12})"
_DAY = r"(?P<d>\d{1,2})"
_YEAR = r"(?P<y>\d{4})(?!\d)"
_FORMS = tuple(
    re.compile(r"(?<!\d)(?<!\w-)" + form, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日",
        rf"{_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th|er|º|\.)?,?\s+(?:of |de |den )?{_NAME}\.?,?\s+(?:de |del )?{_YEAR}",
        rf"(?<!\w){_NAME}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
)
_FIRST_YEAR = 1000
"""The years before are what programs write that know of none."""
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_IN_URL = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/\-_.]|$)")


def read_date(text: str) -> str | None:
    """Return the date that a line is, as ``YYYY-MM-DD``; None if the line is not just a date."""
    found = leading_date(text)
    return found[0] if found and not found[1] else None


def leading_date(text: str) -> tuple[str, str] | None:
    """Return the date a text begins with, as ``YYYY-MM-DD``, and what follows it; None without
    one."""
    stripped = text.strip()
    for form in _FORMS:
        match = form.match(stripped)
        if match is not None and (found := _calendar_date(match)):
            return found, stripped[match.end() :].strip()
    return None


def find_date(text: str) -> str | None:
    """Return the first date anywhere in a text, as ``YYYY-MM-DD``.

    Also reads a program's "20191104" and "20191104T101500", where the text is nothing else, and
    "25/11/2019"; "04/11/2019" may be either of two days, so it is not read.
    """
    stripped = text.strip()
    if compact := _COMPACT.fullmatch(stripped):
        return _valid(*map(int, compact.groups()))
    found: list[tuple[int, str]] = []
    for form in _FORMS:
        for match in form.finditer(stripped):
            if read := _calendar_date(match):
                found.append((match.start(), read))
                break
    for match in _SLASHED.finditer(stripped):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first > 12 or first == second:
            first, second = second, first
        elif second <= 12:
            continue
        if read := _valid(year, first, second):
            found.append((match.start(), read))
    return min(found)[1] if found else None


def date_in_url(url: str) -> str | None:
    """Return the date in the path of a URL, as news sites file their articles, or None."""
    found = _IN_URL.search(url)
    return _valid(*map(int, found.groups())) if found else None


def _calendar_date(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month = _MONTHS.get(parts["n"].lower(), 0) if "n" in parts else int(parts["m"])
    return _valid(int(parts["y"]), month, int(parts["d"]))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    is_past = found <= datetime.now(UTC).date() + timedelta(days=1)
    return found.isoformat() if is_past and year >= _FIRST_YEAR else None
