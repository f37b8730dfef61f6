"""The commands a chat offers: one table, which the local chat reads and Discord registers."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    name: str
    description: str
    required: bool = False
    kind: str = "text"
    """``text``, ``title`` (an article's title, completed), ``flag`` (yes or no)."""


class Command(NamedTuple):
    name: str
    description: str
    """At most 100 characters, as Discord demands."""
    options: tuple[Option, ...]
    example: str
    """An example, with ``{question}`` or ``{title}`` in place of what the articles answer or are
    called."""


COMMANDS = (
    Command(
        "ask",
        "Ask a question; the answer is quoted from the articles, with its address",
        (
            Option("question", "What you would like to know", required=True),
            Option("article", "Look in this article only", kind="title"),
            Option("private", "Show the answer to you alone", kind="flag"),
        ),
        "/ask question: {question}",
    ),
    Command("articles", "List the articles that can be asked", (), "/articles"),
    Command(
        "article",
        "Show what is known about one article, and how it begins",
        (Option("title", "The article's title", required=True, kind="title"),),
        "/article title: {title}",
    ),
    Command("help", "What this bot can do", (), "/help"),
)
