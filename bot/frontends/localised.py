"""Numbers and dates in the formats of CLDR, by Babel; loaded for other languages than English."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


def written_date(code: str, year: int, month: int, day: int | None) -> str:
    """Return a date with its month written out; without a day, the month and the year."""
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:  # 31 February, say
        return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
    if day is None:
        return format_skeleton("yMMMM", date, locale=_locale(code))
    return format_date(date, "long", locale=_locale(code))


def written_moment(code: str, iso: str) -> str:
    """Return a moment of ISO 8601 with its month written out, in UTC; anything else as it is."""
    try:
        moment = datetime.datetime.fromisoformat(iso)
        moment = moment.astimezone(datetime.UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # the second at the ends of the calendar
        return iso
    return format_datetime(moment, "long", datetime.UTC, locale=_locale(code))


def written_percent(code: str, share: float) -> str:
    """Return a share, from 0 to 1, in percent without decimals."""
    return format_percent(share, locale=_locale(code))


def filled(code: str, message: str, values: Mapping[str, object]) -> str:
    """Return a message with its placeholders filled, as `str.format` does it, but for numbers:
    what is grouped or has decimals is written as this language does it."""
    return _Filling(_locale(code)).vformat(message, (), values)


class _Filling(Formatter):
    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    def get_value(self, key: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[key]

    def format_field(self, value: Any, format_spec: str) -> str:
        if type(value) in (int, float):
            if format_spec == ",":
                return format_decimal(value, locale=self._locale)
            if format_spec.endswith("g"):
                # as many digits as English would show
                shown = float(format(value, format_spec))
                return format_decimal(shown, format="0.######", locale=self._locale)
            if match := re.fullmatch(r"\.(\d)f", format_spec):
                decimals = int(match[1])
                pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
                return format_decimal(value, format=pattern, locale=self._locale)
        text: str = super().format_field(value, format_spec)
        return text
