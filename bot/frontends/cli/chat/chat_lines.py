"""The lines that are typed in the local chat: which command, with which options."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bot.core.errors import BotError
from bot.service.presentation.chat_commands import COMMANDS, Command
from bot.service.shelves.titles import Title

NEAREST, QUIT = "/nearest", "/quit"
"""Commands of the chat at a terminal alone."""


class TypedCommand(NamedTuple):
    command: str
    options: dict[str, str]


def parse_line(line: str) -> TypedCommand:
    """Read a line as Discord shows a command, ``/ask question: ... article: ...``; the first
    required option needs no name, and plain text is a question. Raises `BotError` if there is no
    such command."""
    if not line.startswith("/"):
        return TypedCommand("ask", {"question": line})
    name, _, rest = line[1:].partition(" ")
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        known = (*(f"/{command.name}" for command in COMMANDS), NEAREST, QUIT)
        raise BotError("chat.no_command", name=name, known=known)
    return TypedCommand(name, _options(command, rest.strip()))


def completions(
    before: str, complete: Callable[[str], Iterable[Title]]
) -> Iterator[tuple[int, str]]:
    """Yield the possible completions at the cursor, given the line before it: the number of
    characters that each replaces, and its text. ``complete`` finds the titles of which the typed
    text may be a part."""
    if not before.startswith("/"):
        return
    name, space, rest = before[1:].partition(" ")
    if not space:
        for command in COMMANDS:
            if command.name.startswith(name):
                yield len(before), f"/{command.name} "
        return
    chosen = next((command for command in COMMANDS if command.name == name), None)
    if chosen is None:
        return
    for option in chosen.options:
        at = rest.rfind(f"{option.name}:")
        typed = rest[at + len(option.name) + 1 :].lstrip()
        if option.kind == "title" and at >= 0:
            for title in complete(typed):
                if typed != _visible(title.title):
                    yield len(typed), _visible(title.title)
            return
    word = rest.rpartition(" ")[2]
    for option in chosen.options:
        if option.name.startswith(word) and f"{option.name}:" not in rest:
            yield len(word), f"{option.name}: "


def _visible(text: str) -> str:
    """Return the text without characters that show nothing, such as those that turn the direction
    of writing around; nobody can type them."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _options(command: Command, text: str) -> dict[str, str]:
    if not command.options:
        return {}
    names = "|".join(option.name for option in command.options)
    parts = re.split(rf"(?:^|(?<=\s))({names}):\s*", text)
    options = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
    if parts[0].strip():
        options.setdefault(command.options[0].name, parts[0].strip())
    return options
