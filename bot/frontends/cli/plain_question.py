"""``ask QUESTION`` without options, read without argparse.

It is the command that people wait for, and to load argparse and tell it the commands takes as long
as to find the answer. Whatever else a command line says is for `bot.frontends.cli.parsing.parser`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from bot.core.light_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import Namespace

_PATHS = {"--corpus": "corpus", "--config": "config"}


def read_plain_question(arguments: Sequence[str]) -> SimpleNamespace | None:
    """Return the same as `bot.frontends.cli.parsing.parser.parse` gives where there is only a
    question, and perhaps where the articles and the settings are; None for any other command line,
    and for one that is wrong."""
    words: list[str] = []
    given: dict[str, Any] = {"corpus": None, "config": None}
    is_whole = False
    rest = iter(arguments)
    for argument in rest:
        if argument in _PATHS:
            path = next(rest, "")
            if not path or path.startswith("-") or "\0" in path:
                return None
            given[_PATHS[argument]] = Path(path)
            is_whole = len(words) > 1
        elif argument.startswith("-") or is_whole:
            return None
        else:
            words.append(argument)
    if len(words) < 2 or words[0] != "ask":
        return None
    return SimpleNamespace(
        program="articlebot",
        command=_ask,
        question=" ".join(words[1:]),
        article=None,
        limit=1,
        explain=False,
        nearest=False,
        follows=[],
        json=False,
        **given,
    )


def _ask(options: Namespace) -> int:
    from bot.frontends.cli.commands.ask_command import ask

    return ask(options)
