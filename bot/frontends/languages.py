"""The languages of readers: which one somebody wants, and messages in it.

Messages are written in English where they are used, and looked up in gettext catalogues
(``bot/locale``). A language is a value that is handed to whatever renders; there is no global one,
and the process's locale is never set. English needs no catalogue, and none is loaded for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from bot.core.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "articlebot"
LOCALES = Path(__file__).parents[1] / "locale"
CATALOGUES = ("de", "es", "fr", "it", "ja", "pl", "pt", "ru", "tr", "zh_Hans")
"""The languages besides English, as CLDR names them."""
_SIMPLIFIED = {"zh", "zh_cn", "zh_sg", "zh_my"}
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that gettext reads; the first that is set counts."""
_NUMBERS = (":,", "g}", "f}")
"""Ends of placeholders for numbers that languages write in their own ways."""
_MOST_WANTED = 20
"""Languages of a browser that are looked at."""


def mark(message: str) -> str:
    """Return a message as it is, marked as one that catalogues translate: for constants, which
    `Language.gettext` is given later."""
    return message


class Language:
    """A language in which messages are said. Immutable; any thread may use it."""

    __slots__ = ("_catalogue", "code")

    def __init__(self, code: str, catalogue: NullTranslations | None = None) -> None:
        """``code`` is CLDR's; without a catalogue, messages are said as they are written."""
        self.code = code
        self._catalogue = catalogue

    def gettext(self, message: str, /, **values: object) -> str:
        """Return a message in this language, its placeholders filled by `str.format`. The values
        are never read as messages."""
        if self._catalogue is None:
            return message.format(**values) if values else message
        # what stands for nothing in a catalogue is its header
        return self._filled(self._catalogue.gettext(message), values) if message else ""

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return the form of a message that goes with a number, which fills ``{number}``."""
        values = {"number": number, **values}
        if self._catalogue is None:
            return (one if number == 1 else many).format(**values)
        return self._filled(self._catalogue.ngettext(one, many, number), values)

    def date(self, iso: str) -> str:
        """Return a date, ``2015-11-04``, ``2015-11`` or ``2015``, as it is written out in this
        language; anything else as it is."""
        match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", iso)
        if match is None:
            return iso
        year, month, day = (int(part) if part else None for part in match.groups())
        if month is None or not 1 <= month <= 12 or not 1 <= (day or 1) <= 31:
            return iso if month is not None else str(year)
        if self._catalogue is None:
            return f"{f'{day} ' if day else ''}{_MONTHS[month - 1]} {year}"
        from bot.frontends.localised import written_date

        return written_date(self.code, year or 1, month, day)

    def day(self, iso: str) -> str:
        """Return a date for a terminal: written out, but in English as ISO 8601 has it, which
        programs read that were made for this output."""
        return iso if self._catalogue is None else self.date(iso)

    def count(self, number: int) -> str:
        """Return a number for a terminal's table: grouped, but in English as programs read it."""
        return str(number) if self._catalogue is None else self._filled("{n:,}", {"n": number})

    def moment(self, iso: str) -> str:
        """Return a moment, ``2026-08-01T09:30:00Z``, for a terminal: see `day`."""
        if self._catalogue is None:
            return iso
        from bot.frontends.localised import written_moment

        return written_moment(self.code, iso)

    def quoted(self, texts: Iterable[str]) -> str:
        """Return a list of texts, each between this language's quotation marks."""
        comma = "、" if self.code in ("ja", "zh_Hans") else ", "
        return comma.join(self.gettext("“{text}”", text=text) for text in texts)

    def percent(self, share: float) -> str:
        """Return a share, from 0 to 1, in percent without decimals, as this language writes it."""
        if self._catalogue is None:
            return f"{share:.0%}"
        from bot.frontends.localised import written_percent

        return written_percent(self.code, share)

    def decimal(self, number: float, decimals: int = 1) -> str:
        """Return a number with a number of decimals, as this language writes it."""
        group = "," if self._catalogue is None else ""
        return self._filled(f"{{number:{group}.{decimals}f}}", {"number": number})

    def _filled(self, message: str, values: Mapping[str, object]) -> str:
        if not values:
            return message
        is_number = any(end in message for end in _NUMBERS)  # else Babel need not be loaded
        if is_number and any(type(value) in (int, float) for value in values.values()):
            from bot.frontends.localised import filled

            return filled(self.code, message, values)
        return message.format(**values)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ENGLISH = Language("en")
_loaded: dict[str, Language] = {"en": ENGLISH}


def language(code: str) -> Language:
    """Return one of the languages in `CATALOGUES`, or English. A catalogue is loaded when it is
    first asked for, and one that is missing is English."""
    found = _loaded.get(code)
    if found is None:
        from gettext import GNUTranslations

        try:
            with (LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
                found = Language(code, GNUTranslations(file))
        except OSError:
            found = ENGLISH
        _loaded[code] = found
    return found


def choose(wanted: Iterable[str], default: Language = ENGLISH) -> Language:
    """Return the first of these languages that there is: locale names (``de_AT.UTF-8``) or tags
    (``pt-BR``), best first."""
    for name in wanted:
        code = _code_of(name)
        if code is not None:
            return language(code)
    return default


@lru_cache(256)
def _code_of(name: str) -> str | None:
    """Return the code of the language that a name asks for; None if there is no such language."""
    plain = re.split("[.@]", name, maxsplit=1)[0].strip().replace("-", "_").lower()
    base = plain.partition("_")[0]
    if base in ("c", "posix", "en"):
        return "en"
    if base == "zh":
        return "zh_Hans" if plain in _SIMPLIFIED or plain.startswith("zh_hans") else None
    return base if base in CATALOGUES else None


def of_environment(environment: Mapping[str, str]) -> Language:
    """Return the language that these environment variables ask for, as gettext reads them."""
    for name in _VARIABLES:
        if found := environment.get(name):
            return choose(found.split(":"))
    return ENGLISH


def of_accept_language(header: str) -> Language:
    """Return the language that a browser asks for with Accept-Language (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, int, str]] = []
    for rank, part in enumerate(header.split(",")[:_MOST_WANTED]):
        tag, _, weight = part.partition(";")
        match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        quality = float(match[1]) if match else 1.0
        if quality > 0:
            wanted.append((-quality, rank, tag.strip()))
    return choose(tag for _, _, tag in sorted(wanted))
