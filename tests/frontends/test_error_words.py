"""Every code that is raised is said in words, with the data that it has."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.core.errors import AddressError, ArticleError
from bot.frontends.error_words import ENGLISH, in_words

PACKAGE = Path(bot.__file__).parent
NO_SENTENCES = ("core", "service/records", "service/shelves.py", "service/answering.py")
"""Rooms in which no error is raised with a finished line."""
BY_HAND = {"article.unresolved"}
"""Said by more than a template."""


def raised(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The errors that a module makes: where, and the call."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id.endswith("Error")
            and node.args
        ):
            yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def code_of(call: ast.Call) -> str | None:
    """The code that an error is made with; None where it is a finished line."""
    first = call.args[0]
    text = first.value if isinstance(first, ast.Constant) else None
    return text if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text) else None


def test_every_code_has_words_and_its_data_fills_them() -> None:
    codes: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for where, call in raised(path):
            code = code_of(call)
            if code is None or code in BY_HAND:
                continue
            codes.add(code)
            wanted = {name for _, name, _, _ in string.Formatter().parse(ENGLISH[code])}
            given = {keyword.arg for keyword in call.keywords}
            assert wanted - {None, "listing"} <= given, where
    unused = ENGLISH.keys() - codes
    assert {code for code in unused if not code.startswith("quotation.")} == set()
    assert len(codes) > 10


@pytest.mark.parametrize("room", NO_SENTENCES)
def test_no_finished_line_is_raised_in_these_rooms(room: str) -> None:
    paths = [PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py")
    lines = [
        where
        for path in paths
        for where, call in raised(path)
        if isinstance(call.args[0], ast.JoinedStr) or " " in ast.unparse(call.args[0]).strip("'")
    ]
    assert lines == []


def test_errors_within_errors_are_said_too_and_data_is_no_template() -> None:
    inner = AddressError("article.missing", slug="{0.__class__}")
    outer = ArticleError("article.unreadable", slug="a", error=inner)
    assert in_words(outer, "/articles") == (
        "a: there is no article '{0.__class__}'; /articles lists them"
    )
    assert in_words(ArticleError("it holds no text")) == "it holds no text"
