"""Messages that people read, extracted from the package by Babel and from its tables."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import bot
from bot.core.conversation.talk_replies import REPLIES
from bot.frontends.cli.parsing.command_table import COMMANDS as COMMAND_LINE
from bot.frontends.cli.parsing.parser import make_parser
from bot.frontends.error_words import singulars, tables
from bot.service.presentation.chat_commands import COMMANDS

PACKAGE = Path(bot.__file__).parent
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "mark": None}
_METHODS = [
    ("frontends/**.py", "tests.languages.python_messages:extract"),
    ("frontends/**.html", "jinja2.ext:babel_extract"),
]


@cache
def catalogue() -> Catalog:
    """All messages, each with the files that say it, and no translation; not to be changed."""
    found = Catalog(
        project="articlebot",
        charset="utf-8",
        fuzzy=False,
        header_comment='# Messages of articlebot. See "Languages" in bot/README.md.',
    )
    extracted = extract_from_dir(PACKAGE, _METHODS, keywords=KEYWORDS, strip_comment_tags=True)
    for file, _, message, _, _ in extracted:
        found.add(message, locations=[(f"bot/{file}", 0)])
    for file, message in _in_tables():
        found.add(message, locations=[(file, 0)])
    return found


def _in_tables() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """The messages of tables whose values are all messages."""
    for table in tables():
        for code, message in table.MESSAGES.items():
            place = f"bot/{table.__name__.removeprefix('bot.').replace('.', '/')}.py"
            singular = singulars().get(code)
            yield place, message if singular is None else (singular[0], message)
    for message in REPLIES:
        yield "bot/core/conversation/talk_replies.py", message
    for command in COMMANDS:
        yield "bot/service/presentation/chat_commands.py", command.description
        for option in command.options:
            yield "bot/service/presentation/chat_commands.py", option.description
    for subcommand in COMMAND_LINE.values():
        yield "bot/frontends/cli/parsing/command_table.py", subcommand.summary
    for message in _help(make_parser()):
        yield "bot/frontends/cli/parsing/command_table.py", message


def _help(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.help and action.help != argparse.SUPPRESS:
            yield action.help
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _help(command)
