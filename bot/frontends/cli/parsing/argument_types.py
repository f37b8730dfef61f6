"""Arguments of the command line: their types, each a function that raises `WrongValueError`, and
the functions by which shells complete them."""

from __future__ import annotations

from argparse import Action, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from bot.frontends.cli.parsing.parser_words import WrongValueError
from bot.frontends.languages import mark

FILE = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
FOLDER = {"bash": "_shtab_compgen_dirs", "zsh": "_files -/", "tcsh": "d"}
SLUG = {
    "bash": "_articlebot_slugs",
    "zsh": "_articlebot_slugs",
    "tcsh": "`articlebot articles --slugs`",
}
"""Functions, which are defined in `bot.frontends.cli.commands.completing`."""


class Argument(NamedTuple):
    """An option or a positional argument of a command."""

    name: str
    help: str
    settings: Mapping[str, Any]
    """The others that argparse knows."""
    complete: Mapping[str, str] | None
    """The function of each shell that completes it."""


def flag(name: str, help_: str) -> Argument:
    """Return an option without a value."""
    return Argument(name, help_, {"action": "store_true"}, None)


def value(
    name: str,
    metavar: str | None,
    help_: str,
    kind: Callable[[str], object] | None = None,
    complete: Mapping[str, str] | None = None,
    **settings: Any,
) -> Argument:
    """Return an option or a positional argument that has a value."""
    return Argument(name, help_, {"metavar": metavar, "type": kind, **settings}, complete)


def words(
    name: str,
    metavar: str,
    help_: str,
    kind: Callable[[str], object] | None = None,
    complete: Mapping[str, str] | None = None,
) -> Argument:
    """Return a positional argument of one word or several, which are taken for one text, as they
    are copied without quotation marks."""
    return value(name, metavar, help_, kind, complete, nargs="+", action=_Joined)


class _Joined(Action):
    def __call__(self, _: object, namespace: Namespace, values: object, *__: object) -> None:
        setattr(namespace, self.dest, " ".join(cast(Sequence[str], values)))


def text(given: str) -> str:
    """Return a text whose bytes on the command line were UTF-8."""
    try:
        given.encode()
    except UnicodeEncodeError as error:
        raise WrongValueError(mark("{value} is not UTF-8 text"), given) from error
    return given


def identity(given: str) -> int:
    """Return the id of a Discord server."""
    if not (given.isdecimal() and len(given) <= 20):
        raise WrongValueError(mark("{value} is no id of a server; it is a number"), given)
    return int(given)


def duration(given: str) -> float:
    """Return a time in seconds: a number with ``d`` for days or ``h`` for hours."""
    number, unit = given[:-1], {"d": 86_400.0, "h": 3600.0}.get(given[-1:])
    if unit is None or not number.isdecimal() or len(number) > 5:
        raise WrongValueError(mark("{value} is no time; it is written like 30d or 12h"), given)
    return int(number) * unit


def path(given: str) -> Path:
    """Return the path of a file or folder."""
    if not given or "\0" in given:  # an empty one would be the working folder
        raise WrongValueError(mark("{value} is no path"), given)
    return Path(given)


def count(given: str) -> int:
    """Return a number from 1 to 1000."""
    if not given.isdecimal() or not 1 <= int(given[:5]) <= 1000:
        raise WrongValueError(mark("{value} is no whole number from 1 to 1000"), given)
    return int(given)


def large_count(given: str) -> int:
    """Return a number from 1 to 1,000,000."""
    if not given.isdecimal() or not 1 <= int(given[:8]) <= 1_000_000:
        raise WrongValueError(mark("{value} is no whole number from 1 to 1000000"), given)
    return int(given)
