"""A model of the Markdown of Discord's client, to test and to draw with.

Discord's client parses messages with rules in the manner of simple-markdown: at each position the
first rule that matches wins, else one stretch of plain text is taken. The rules below are written
after Discord's documentation (Markdown Text 101, message formatting reference) and after what its
client does. They err on the side of taking effect: where clients differ, the rule is the more
eager one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Node(NamedTuple):
    """A piece of a text that was read."""

    kind: str
    """``text``, or the markup that took effect: ``bold``, ``link``, ``mention`` and so on."""
    text: str = ""
    """The text that a reader sees, where it has no children; a link's address."""
    children: tuple[Node, ...] = ()


# Rules that hold at the beginning of a line only.
BLOCKS = (
    ("quote", re.compile(r" *>>> ([\s\S]*)|(?: *> [^\n]*(?:\n|$))+")),
    ("heading", re.compile(r" *(#{1,3})\s+([^\n]+?)#*\s*(?:\n|$)")),
    ("subtext", re.compile(r" *-# +([^\n]+?)(?:\n|$)")),
    ("list", re.compile(r" *(?:[*+-]|\d+[.)])(?: +|\t)([^\n]*)(?:\n|$)")),
)

ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
LEAVES = (
    ("codeblock", re.compile(r"```(?:[a-z0-9_+\-.#]+?\n)?\n*([\s\S]+?)\n*```", re.I)),
    ("code", re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
    ("mention", re.compile(r"<@[!&]?\d+>|<#\d+>|<id:\w+>|</[^>]+:\d+>|@everyone|@here|@time")),
    ("timestamp", re.compile(r"<t:-?\d+(?::[a-zA-Z])?>")),
    ("emoji", re.compile(r"<a?:\w+:\d+>|:[^\s:]+?(?:::skin-tone-\d)?:")),
    ("link", re.compile(r"<(?:https?|mailto|tel|sms|steam|discord)[:/][^ >]+>|<\+?\d[\d ()-]+>")),
    ("link", re.compile(r"<[^\s@<>]+@[^\s@<>]+\.[^\s<>]+>")),
    ("link", re.compile(r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]", re.I)),
    ("shrug", re.compile(r"¯\\_\(ツ\)_/¯")),
)
MASKED = re.compile(r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?([^\s<>)]+)>?[^)]*\)")
SPANS = (
    ("bold", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("strike", re.compile(r"~~([\s\S]+?)~~(?!_)")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
    (
        "italic",
        re.compile(r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"),
    ),
    ("italic", re.compile(r"_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)")),
)


def parse(text: str) -> tuple[Node, ...]:
    """Read a message's text, or a text component's."""
    return tuple(_merged(_read(text.strip(), at_line_start=True)))


def plain(nodes: tuple[Node, ...]) -> str:
    """Return the text that a reader sees and copies."""
    return "".join(node.text if not node.children else plain(node.children) for node in nodes)


def kinds(nodes: tuple[Node, ...]) -> set[str]:
    """All the markup that took effect, plain text left out."""
    found = {node.kind for node in nodes} - {"text"}
    for node in nodes:
        found |= kinds(node.children)
    return found


def links(nodes: tuple[Node, ...]) -> list[tuple[str, str]]:
    """The links that a reader can follow, in order: their words, and where they lead."""
    found: list[tuple[str, str]] = []
    for node in nodes:
        if node.kind == "masked link":
            found.append((plain(node.children), node.text))
        found += links(node.children)
    return found


def _merged(nodes: Iterator[Node]) -> Iterator[Node]:
    """Neighbouring stretches of plain text as one."""
    waiting: list[str] = []
    for node in nodes:
        if node.kind == "text":
            waiting.append(node.text)
            continue
        if waiting:
            yield Node("text", "".join(waiting))
            waiting = []
        yield node
    if waiting:
        yield Node("text", "".join(waiting))


def _inner(text: str, *, at_line_start: bool) -> tuple[Node, ...]:
    return tuple(_merged(_read(text, at_line_start=at_line_start)))


def _read(text: str, *, at_line_start: bool) -> Iterator[Node]:
    position = 0
    while position < len(text):
        fresh = at_line_start if position == 0 else text[position - 1] == "\n"
        node, position = _next(text, position, fresh=fresh)
        yield node


def _next(text: str, position: int, *, fresh: bool) -> tuple[Node, int]:
    if fresh:
        for kind, rule in BLOCKS:
            if found := rule.match(text, position):
                inside = found.group(0) if kind == "quote" else found.group(found.lastindex or 0)
                if kind == "quote":
                    inside = re.sub(r"^ *>>> | *> ", "", inside, flags=re.M)
                return Node(kind, "", _inner(inside, at_line_start=True)), found.end()
    if found := ESCAPE.match(text, position):
        return Node("text", found.group(1)), found.end()
    for kind, rule in LEAVES:
        if found := rule.match(text, position):
            seen = found.group(found.lastindex or 0) if kind.startswith("code") else found.group(0)
            return Node(kind, seen), found.end()
    if found := MASKED.match(text, position):
        # No escape works inside the label of a masked link.
        label = Node("text", found.group(1))
        return Node("masked link", found.group(2), (label,)), found.end()
    for kind, rule in SPANS:
        if found := rule.match(text, position):
            return Node(kind, "", _inner(found.group(1), at_line_start=True)), found.end()
    return Node("text", text[position]), position + 1
