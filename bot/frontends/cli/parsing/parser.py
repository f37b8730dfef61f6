"""The parser of the command line; what it knows is in `bot.frontends.cli.parsing.command_table`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from bot import __version__
from bot.frontends.cli.output.terminal import printable
from bot.frontends.cli.parsing.argument_types import FILE, FOLDER, Argument, path
from bot.frontends.cli.parsing.command_table import COMMANDS, QUESTION
from bot.frontends.cli.parsing.parser_words import speak
from bot.frontends.languages import ENGLISH, Language, mark


def parse(arguments: Sequence[str], language: Language = ENGLISH) -> argparse.Namespace:
    """Return the parsed command line. Exits with status 2 if it is wrong, after one line of
    usage."""
    speak(language)
    unset = argparse.Namespace(corpus=None, config=None)
    options, unknown = make_parser(_command_in(arguments), language).parse_known_args(
        arguments, unset
    )
    own = vars(options).pop("own")
    if unknown:
        own.error(_unrecognized(unknown, own, language))
    return options


def _unrecognized(unknown: Sequence[str], parser: _Parser, language: Language) -> str:
    """Return the message about arguments that a command does not take."""
    from difflib import get_close_matches

    given = " ".join(unknown)
    written = next((each.partition("=")[0] for each in unknown if each.startswith("-")), "")
    if close := get_close_matches(written, parser.options(), 1):
        return language.gettext(
            "unrecognized arguments: {arguments}; did you mean {close}?",
            arguments=given,
            close=close[0],
        )
    return language.gettext("unrecognized arguments: %s") % given


def _command_in(arguments: Sequence[str]) -> str | None:
    """Return the command in these arguments; None if there is none, or it is not clear which."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--corpus", "--config"):
            next(rest, None)
        elif not argument.startswith(("--corpus=", "--config=")):
            return argument if argument in COMMANDS else None
    return None


def make_parser(only: str | None = None, language: Language = ENGLISH) -> argparse.ArgumentParser:
    """Return the parser; what it gives has ``command``, the function to call with it. ``only``
    names the one command that it is to know, for it takes 10 ms to tell it all. Its help is in
    ``language``."""
    gettext = language.gettext

    class InLanguage(argparse.HelpFormatter):
        """Translates the help of arguments and commands where it is shown."""

        def _get_help_string(self, action: argparse.Action) -> str | None:
            return gettext(action.help) if action.help else action.help

    program = "articlebot"
    everywhere = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    everywhere.add_argument(
        "--corpus", type=path, metavar="DIR", help=mark("the folder of articles (default: corpus)")
    ).complete = FOLDER  # type: ignore[attr-defined]
    everywhere.add_argument(
        "--config", type=path, metavar="FILE", help=mark("the settings (default: config.toml)")
    ).complete = FILE  # type: ignore[attr-defined]
    parser = _Parser(
        program,
        formatter_class=InLanguage,
        description=gettext(
            "Answers questions about articles with their own words, and says where they stand. "
            "Also: python -m bot."
        ),
        parents=[everywhere],
        epilog=gettext("example: {command}", command=f'{program} ask "{QUESTION}"'),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        const=language,
        default=argparse.SUPPRESS,
        help=mark("show what is in use, and exit"),
    )
    parser.set_defaults(program=program)
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog=program)
    for name in COMMANDS if only is None else [only]:
        told = COMMANDS[name]
        shown = f"{program} {name} {told.example}".rstrip()
        command = commands.add_parser(
            name,
            help=told.summary,
            formatter_class=InLanguage,
            description=_as_sentence(gettext(told.summary), language),
            epilog=gettext("example: {command}", command=shown),
            parents=[everywhere],
            allow_abbrev=False,
        )
        command.set_defaults(command=_later(told.run), own=command)
        for each in told.arguments:
            if isinstance(each, list):
                group = command.add_mutually_exclusive_group()
                for one in each:
                    _add(one, group)
            else:
                _add(each, command)
    return parser


def _add(argument: Argument, parser: argparse._ActionsContainer) -> None:
    action = parser.add_argument(argument.name, help=argument.help, **argument.settings)
    if argument.complete is not None:
        action.complete = argument.complete  # type: ignore[attr-defined]


def _as_sentence(summary: str, language: Language) -> str:
    end = "。" if language.code in ("ja", "zh_Hans") else "."
    return f"{summary[0].upper()}{summary[1:]}{end}"


class _Version(argparse.Action):
    """Prints the versions of the program, the kernel and the analyzer, and exits."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from bot import wiring

        gettext = self.const.gettext
        is_there, where = wiring.compiled_kernel()
        print(f"{parser.prog} {__version__}")
        if is_there:
            print(printable(gettext("kernel: {path}", path=where)))
        else:
            print(printable(gettext("kernel: none in use ({why})", why=where)))
        print(gettext("analysis: {fingerprint}", fingerprint=wiring.analyzer().fingerprint()))
        parser.exit()


class _later:  # noqa: N801 - it is called like the function it stands for
    """A command's function, imported when it is called: each command loads only what it needs."""

    def __init__(self, name: str) -> None:
        self.module, _, self.function = name.partition(":")

    def __call__(self, options: argparse.Namespace) -> int:
        module = import_module(f"bot.frontends.cli.{self.module}")
        status: int = getattr(module, self.function)(options)
        return status


class _Parser(argparse.ArgumentParser):
    """A parser that never writes control characters of its arguments to the terminal."""

    def options(self) -> list[str]:
        """Return the options that it takes."""
        return list(self._option_string_actions)

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))
