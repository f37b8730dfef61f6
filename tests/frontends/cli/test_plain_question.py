"""Command lines read without argparse are read as argparse would."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontends.cli.parsing.parser import parse
from bot.frontends.cli.plain_question import read_plain_question

WORDS = ["ask", "--corpus", "--config", "a", "why?", "who was it", "-", "--", "-1", "--json", ""]


def meaning(options: object) -> dict[str, object]:
    """Return the options' values, without the function behind the command."""
    return {name: value for name, value in vars(options).items() if name != "command"}


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=7))
def test_it_says_what_argparse_says(arguments: list[str]) -> None:
    options = read_plain_question(arguments)
    if options is not None:
        assert meaning(options) == meaning(parse(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who built the lighthouse?"],
        ["ask", "Who", "built", "it?"],
        ["--config", "c.toml", "ask", "--corpus", "a", "Who?"],
        ["ask", "Who?", "--corpus", "a", "--config", "c.toml", "--corpus", "b"],
    ],
)
def test_a_plain_question(arguments: list[str]) -> None:
    options = read_plain_question(arguments)
    assert isinstance(options, SimpleNamespace)
    assert meaning(options) == meaning(parse(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["articles"],
        ["why?", "ask"],
        ["ask", "-"],
        ["ask", "x", "--json"],
        ["ask", "x", "--corpus=a"],
        ["ask", "x", "--corpus"],
        ["ask", "x", "--corpus", ""],
        ["ask", "x", "--corpus", "a\0b"],
        ["ask", "x", "--corpus", "a", "y"],
    ],
)
def test_what_is_left_to_argparse(arguments: list[str]) -> None:
    assert read_plain_question(arguments) is None
