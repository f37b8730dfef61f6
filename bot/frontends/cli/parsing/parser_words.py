"""The words of argparse itself: usage, headings and errors, in the reader's language.

argparse looks its messages up by two functions of its own module; these are set to a language's.
"""

from __future__ import annotations

import argparse

from bot.frontends.languages import ENGLISH, Language, mark

WORDS = (
    mark("usage:"),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("expected one argument"),
    mark("expected at least one argument"),
    mark("expected at most one argument"),
    mark("ignored explicit argument %r"),
    mark("invalid %(type)s value: %(value)r"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("not allowed with argument %s"),
    mark("one of the arguments %s is required"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
)
"""The messages that a wrong command line, or a request for help, can lead to; without the white
space at their ends."""


class WrongValueError(argparse.ArgumentTypeError):
    """A value that an argument does not take; argparse says it within a message of its own."""

    language = ENGLISH
    """The language that argparse speaks."""

    def __init__(self, message: str, value: str) -> None:
        """``message`` is one of the catalogues, with ``{value}`` in it."""
        super().__init__(message)
        self._message = message
        self._value = value

    def __str__(self) -> str:
        return self.language.gettext(self._message, value=ascii(self._value))


def speak(language: Language) -> None:
    """Let argparse say its own words in a language, from now on and in this whole process."""

    def gettext(message: str) -> str:
        words = message.strip()
        start, _, end = message.partition(words)
        return f"{start}{language.gettext(words)}{end}" if words in WORDS else message

    def ngettext(one: str, many: str, number: int) -> str:
        return gettext(one if number == 1 else many)

    argparse._ = gettext  # type: ignore[attr-defined]
    argparse.ngettext = ngettext  # type: ignore[attr-defined]
    WrongValueError.language = language
