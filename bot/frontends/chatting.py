"""What is typed in a chat: which command, which options, which article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.core.errors import AddressError, BotError
from bot.core.seams import Entry
from bot.frontends.commands import COMMANDS, Command


class Request(NamedTuple):
    """A command with its options."""

    command: str
    options: dict[str, str]


def parse_line(line: str) -> Request:
    """Read a line as Discord shows a command, ``/ask question: ... article: ...``; the first
    required option needs no name, and plain text is a question. Raises `BotError` where there
    is no such command."""
    if not line.startswith("/"):
        return Request("ask", {"question": line})
    name, _, rest = line[1:].partition(" ")
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        known = ", ".join(f"/{command.name}" for command in COMMANDS)
        raise BotError(f"there is no command /{name}; there are {known}")
    return Request(name, _options(command, rest.strip()))


def find_article(entries: Sequence[Entry], wanted: str) -> Entry:
    """The article that is called so, by slug or title, whatever the case; else the only one whose
    title holds the words. Raises `AddressError` where there is none, or more than one."""
    plain = _plain(wanted)
    if not plain:
        raise AddressError("name an article; /articles lists them")
    for entry in entries:
        if plain in (_plain(entry.slug), _plain(entry.head.title)):
            return entry
    close = [entry for entry in entries if plain in _plain(entry.head.title)]
    if len(close) == 1:
        return close[0]
    if close:
        titles = ", ".join(f"“{entry.head.title}”" for entry in close[:3])
        raise AddressError(f"several articles are called so: {titles}; write more of the title")
    raise AddressError(f"no article is called “{wanted.strip()}”; /articles lists them")


def completions(before: str, titles: Iterable[str]) -> Iterator[tuple[int, str]]:
    """What could stand at the cursor, given the line before it: how many characters it replaces,
    and the text."""
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
            for title in titles:
                if _plain(typed) in _plain(title) and typed != _visible(title):
                    yield len(typed), _visible(title)
            return
    word = rest.rpartition(" ")[2]
    for option in chosen.options:
        if option.name.startswith(word) and f"{option.name}:" not in rest:
            yield len(word), f"{option.name}: "


def _plain(text: str) -> str:
    """A title as people type it: no case, no accents, the apostrophe of a keyboard."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_visible(letters).split())


def _visible(text: str) -> str:
    """The text without characters that show nothing, such as those that turn the direction of
    writing around; nobody can type them."""
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
